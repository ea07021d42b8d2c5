"""What Redis and redis-py say, in the product's words. The one place that knows both."""

import ssl
from typing import Final

from redis import exceptions as redis

from service.domain.errors import (
    OnrecordError,
    StoreCorrupt,
    StoreFailed,
    StoreFull,
)
from service.stores.redis.address import Address

RedisError = redis.RedisError
ReadOnlyError = redis.ReadOnlyError
Silence = redis.TimeoutError
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
_CUT: Final = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
"""What TLS says of a connection that has ended."""
_FULL_DISK: Final = "MISCONF"
_UNBLOCKED: Final = "UNBLOCKED"
"""Why a server ends a wait: it is no longer the primary."""
_NO_AOF: Final = "appendonly is disabled"
_NO_CLUSTER: Final = "cluster support disabled"


def passes(error: BaseException) -> bool:
    """Whether the same question may be answered in a moment: a node is gone or has changed its
    part, and another takes over."""
    if isinstance(error, _LACKS) or is_silence(error) or _disagreement(error):
        return False
    if isinstance(error, redis.ResponseError):
        return isinstance(error, _MOVING) or str(error).startswith(_UNBLOCKED)
    return isinstance(error, redis.ConnectionError | redis.RedisClusterException)


def is_silence(error: BaseException) -> bool:
    """Whether no answer came in time, or no connection for the question."""
    return isinstance(error, redis.TimeoutError) or isinstance(error.__cause__, TimeoutError)


def as_store_error(
    error: BaseException, address: Address, *, shard: str = "", changing: bool = False
) -> OnrecordError:
    """The error to raise. `shard` names the one that failed to answer; with `changing` what it was
    asked may have been carried out."""
    if isinstance(error, OnrecordError):
        return error
    if isinstance(error, _LACKS):
        return StoreFailed(
            f"{address} does not let us in ({error}). Put user and password into ONRECORD_STORE: "
            "redis://user:password@host:port; where the server has a password alone (requirepass), "
            "redis://:password@host:port."
        )
    if tls := _disagreement(error):
        return _untrusted(tls, address)
    if isinstance(error, redis.OutOfMemoryError):
        return StoreFull(
            f"Redis at {address} has no memory left (maxmemory). Give it more; what was "
            "acknowledged before is kept and can be read."
        )
    if isinstance(error, redis.ResponseError) and not passes(error):
        return _refused(error, address)
    server = f"Redis at {address}"
    where = f"Shard {shard}, in {server}," if shard else server
    reason = "in time" if is_silence(error) else f"({error})"
    doubt = " The change may or may not be stored; repeat it." if changing else ""
    there = f" there, with TLS{_ask_for_certificate(address)}" if address.tls else ""
    return StoreFailed(
        f"{where} cannot be reached {reason}. Check that it runs{there}, and try again.{doubt}"
    )


def _ask_for_certificate(address: Address) -> str:
    """A server that wants a certificate may hang up before it has said so."""
    if any(name == "ssl_certfile" for name, _ in address.files):
        return ""
    return f", and whether it asks for a certificate ({address}?ssl_certfile=FILE&ssl_keyfile=FILE)"


def _disagreement(error: BaseException | None) -> ssl.SSLError | None:
    """Why two sides that reach one another do not agree on TLS: no further try helps."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return None if isinstance(error, _CUT) else error


def _untrusted(error: ssl.SSLError, address: Address) -> StoreFailed:
    if isinstance(error, ssl.SSLCertVerificationError):
        return StoreFailed(
            f"The certificate of {address} is not valid here ({error.verify_message.strip('.')}). "
            "In ONRECORD_STORE name the host as its certificate does, and the authority that "
            f"signed that: {address}?ssl_ca_certs=FILE."
        )
    return StoreFailed(
        f"{address} and we do not agree on TLS ({error.reason}). For a server that asks for a "
        f"certificate name ours in ONRECORD_STORE: {address}?ssl_certfile=FILE&ssl_keyfile=FILE."
    )


def _refused(error: redis.ResponseError, address: Address) -> StoreFailed:
    message = str(error)
    if isinstance(error, redis.NoPermissionError):
        return StoreFailed(f"The user of {address} may not do what is needed: {message}.")
    if message.startswith(_FULL_DISK):
        return StoreFull(f"Redis at {address} cannot write to its disk: {message}")
    if _NO_AOF in message:
        return no_append_only_file(address)
    if _NO_CLUSTER in message:
        return StoreFailed(f"{address} is no cluster: write redis:// in ONRECORD_STORE.")
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


def forgetful(address: Address, policy: str) -> StoreFailed:
    """Where a server without memory left would remove what it was given to keep."""
    return StoreFailed(
        f"Redis at {address} removes keys when its memory is full (maxmemory-policy {policy}). Set "
        "`maxmemory-policy noeviction`, or one that removes only what expires (volatile-lru)."
    )


def gone(address: Address) -> StoreFailed:
    """Where an index that was opened has no versions."""
    return StoreFailed(
        f"The index in Redis at {address} was removed since it was opened, or is being made anew. "
        "Wait for `onrecord rebuild`, or start again."
    )
