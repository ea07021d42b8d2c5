"""When a change counts as stored."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from service.domain.errors import StoreFailed
from service.stores.redis.address import Address
from service.stores.redis.errors import ReadOnlyError, RedisError
from service.stores.redis.keys import Command, Keys

_PATIENCE_MS: Final = 8_000
_MARK: Final = "#!lua flags=allow-oom\nreturn redis.call('SET', KEYS[1], 1)"
"""A write, so that waiting on its connection waits for all that was written before, whoever wrote
it: where a change was there already, its first writer may have died waiting."""


class Durability(StrEnum):
    """What `put` and `delete` wait for.

    `disk`: the primary's disk, and a replica if it has any. `replica`: the primary's disk and a
    replica. `memory`: nothing; a crash loses the last second or more.

    A replica need have a change in memory alone (WAIT): that is milliseconds. That it is on the
    replica's disk, too, the primary hears once a second (WAITAOF).
    """

    DISK = "disk"
    REPLICA = "replica"
    MEMORY = "memory"

    def replicas(self, role: Any) -> int:  # noqa: ANN401 - the reply to ROLE
        """How many replicas have to have a change, by what the primary says of them."""
        if isinstance(role, RedisError):
            raise role
        if role[0] != b"master":
            raise ReadOnlyError("it is a replica now")
        return 1 if self is Durability.REPLICA or role[2] else 0

    def commands(self, keys: Keys, replicas: int) -> list[Command]:
        """Sent after the changes, on the same connection."""
        return [
            ("EVAL", _MARK, 1, keys.mark),
            ("WAITAOF", 1, 0, _PATIENCE_MS),
            ("WAIT", replicas, _PATIENCE_MS),
        ]

    def verify(self, replies: Sequence[Any], replicas: int, address: Address) -> None:
        """Raises StoreFailed unless the changes are where they have to be, by the replies to
        `commands`."""
        for reply in replies:
            if isinstance(reply, RedisError):
                raise reply
        _, (disk, _), copies = replies
        if disk < 1 or copies < replicas:
            where = "on its disk" if disk < 1 else "on a replica"
            raise StoreFailed(
                f"Redis at {address} did not have a change {where} within {_PATIENCE_MS // 1000} s;"
                " it may or may not be stored. Repeat it."
            )
