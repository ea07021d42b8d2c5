"""What Redis and redis-py say, in the product's words. The one place that knows both."""

from typing import Final

from redis import exceptions as redis

from service.domain.errors import (
    InvalidSettings,
    OnrecordError,
    StoreCorrupt,
    StoreFailed,
    StoreFull,
)
from service.stores.redis.address import Address

RedisError = redis.RedisError
ReadOnlyError = redis.ReadOnlyError
REFUSALS: Final = (redis.ResponseError,)
"""What a server answers; all else means that it may not have got the question."""

_MOVING: Final = (
    redis.AskError,  # MOVED too
    redis.TryAgainError,
    redis.ClusterDownError,  # MASTERDOWN too
    redis.ReadOnlyError,
    redis.SlotNotCoveredError,
)
_LACKS: Final = (
    redis.AuthenticationError,
    redis.AuthorizationError,
    redis.AuthenticationWrongNumberOfArgsError,
)
_FULL_DISK: Final = "MISCONF"
_UNBLOCKED: Final = "UNBLOCKED"
"""Why a server ends a wait: it is no longer the primary."""
_NO_AOF: Final = "appendonly is disabled"


def passes(error: BaseException) -> bool:
    """Whether the same question may be answered in a moment: a node is gone or has changed its
    part, and another takes over."""
    if isinstance(error, _LACKS):
        return False
    if isinstance(error, redis.ResponseError):
        return isinstance(error, _MOVING) or str(error).startswith(_UNBLOCKED)
    return isinstance(error, redis.ConnectionError | redis.RedisClusterException)


def as_store_error(
    error: BaseException, address: Address, *, what: str, changing: bool = False
) -> OnrecordError:
    """The error to raise. `what` names what failed to answer, such as "shard 3 of 16"; with
    `changing` it may have been carried out."""
    if isinstance(error, OnrecordError):
        return error
    if isinstance(error, _LACKS):
        return InvalidSettings(
            f"{address} does not let us in ({error}). Put user and password into ONRECORD_STORE: "
            "redis://user:password@host:port."
        )
    if isinstance(error, redis.OutOfMemoryError):
        return StoreFull(
            f"Redis at {address} has no memory left (maxmemory). Give it more; what was "
            "acknowledged before is kept and can be read."
        )
    if isinstance(error, redis.NoPermissionError):
        return InvalidSettings(f"The user of {address} may not do what is needed: {error}.")
    if isinstance(error, redis.ResponseError) and not passes(error):
        return _refused(str(error), address)
    reason = "did not answer in time" if isinstance(error, redis.TimeoutError) else f"({error})"
    doubt = " The change may or may not be stored; repeat it." if changing else ""
    return StoreFailed(
        f"{what} of Redis at {address} cannot be reached {reason}. Check that it runs, and try "
        f"again.{doubt}"
    )


def _refused(message: str, address: Address) -> StoreFailed:
    if message.startswith(_FULL_DISK):
        return StoreFull(f"Redis at {address} cannot write to its disk: {message}")
    if _NO_AOF in message:
        return no_append_only_file(address)
    if message.startswith("WRONGTYPE"):
        return corrupt(address, message)
    return StoreFailed(f"Redis at {address} refused a command: {message}")


def no_append_only_file(address: Address) -> StoreFailed:
    """Where acknowledged changes are to be on the disk, and the server writes none."""
    return StoreFailed(
        f"Redis at {address} keeps nothing on its disk. Set `appendonly yes` there, or "
        "ONRECORD_REDIS_DURABILITY=memory to do without."
    )


def corrupt(address: Address, why: str) -> StoreCorrupt:
    """What is there is not what was written."""
    return StoreCorrupt(
        f"The index in Redis at {address} does not hold what it should ({why}). Restore a backup "
        "of the server, or index the articles again under another prefix."
    )


def gone(address: Address) -> StoreFailed:
    """Where an index that was opened has no versions."""
    return StoreFailed(
        f"The index in Redis at {address} was removed since it was opened, or is being made anew. "
        "Wait for `onrecord rebuild`, or start again."
    )
