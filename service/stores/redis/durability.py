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

    def replicas(self, replies: Sequence[Any]) -> int:
        """How many replicas have to have a change, by the replies to `questions`.

        In a cluster one that should be there counts though it is not connected: a primary that was
        replaced while it could not be reached has lost its replica, too, does not know yet why, and
        must not promise anything. One that is still copying what was before cannot replace it.
        """
        for reply in replies:
            if isinstance(reply, RedisError):
                raise reply
        role, at = _replicas_at(replies[0].decode())
        if role != "master":
            raise ReadOnlyError("it is a replica now")
        if len(replies) > 1:
            expected = _expected(replies[1].decode()) - {
                place for place, online in at if not online
            }
        else:
            expected = {place for place, online in at if online}
        return 1 if self is Durability.REPLICA or expected else 0

    def questions(self, *, cluster: bool) -> list[Command]:
        """Asked before the changes, on the same connection."""
        return [("INFO", "replication"), *([("CLUSTER", "NODES")] if cluster else [])]

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


def _replicas_at(info: str) -> tuple[str, list[tuple[str, bool]]]:
    """The server's role, and where its replicas are, each with whether it has caught up."""
    lines = dict(line.split(":", 1) for line in info.splitlines() if ":" in line)
    replicas = [
        dict(part.split("=", 1) for part in value.split(","))
        for name, value in lines.items()
        if name.startswith("slave") and name[5:].isdecimal()
    ]
    return lines["role"], [
        (f"{one['ip']}:{one['port']}", one["state"] == "online") for one in replicas
    ]


def _expected(nodes: str) -> set[str]:
    """Where the replicas of the node are that was asked, by what the cluster has told it, but for
    those that have failed."""
    rows = [line.split() for line in nodes.splitlines()]
    own = next(row[0] for row in rows if "myself" in row[2].split(","))
    return {
        row[1].partition("@")[0]
        for row in rows
        if row[3] == own and "fail" not in row[2].split(",")
    }
