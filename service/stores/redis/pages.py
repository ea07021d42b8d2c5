"""Revisions in the order of pages: newest published first, undated last, then by id."""

import struct
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.domain.claim import Filters
from service.stores.redis.keys import Command
from service.stores.redis.nodes import Nodes
from service.stores.redis.roster import Roster
from service.stores.times import FOREVER, to_microseconds

_LEAST_READ: Final = 32
_MOST_READ: Final = 4_096
_END: Final = b"+"
_DIGITS: Final = 6
_TAIL: Final = 4 + _DIGITS
"""Bytes at the end of an entry: the number, and the digits of the revision."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A revision in its place in the order."""

    published: int
    id: str
    shard: int
    number: int
    digits: str
    """Of its revision."""

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it is, and which it is (reading.py)."""
        return self.shard, self.number, self.digits

    @property
    def key(self) -> tuple[int, str]:
        """Sorts as pages are."""
        return -self.published, self.id


def order_member(published: int, article_id: str, number: int, digits: str) -> bytes:
    """An entry of the sorted set; their bytes sort as pages do."""
    return _place(published, article_id) + struct.pack(">I", number) + bytes.fromhex(digits)


def read_member(member: bytes, shard: int) -> Listed:
    """The revision that an entry stands for."""
    (inverse,) = struct.unpack(">Q", member[:8])
    (number,) = struct.unpack(">I", member[-_TAIL:-_DIGITS])
    article_id = member[8 : -_TAIL - 1].decode("utf-8", "surrogatepass")
    return Listed(FOREVER - inverse, article_id, shard, number, member[-_DIGITS:].hex())


def after_article(published: int, article_id: str) -> bytes:
    """Where a page begins that comes after this article."""
    return b"(" + _place(published, article_id) + b"\xff" * 4


def from_article(published: int, article_id: str) -> bytes:
    """Where a page begins with this article."""
    return b"[" + _place(published, article_id)


def begins(start: bytes, listed: Listed) -> bool:
    """Whether a revision is in a page that begins at `start`."""
    member = order_member(listed.published, listed.id, listed.number, listed.digits)
    return member > start[1:] if start[:1] == b"(" else member >= start[1:]


def latest(start: bytes) -> int:
    """When the first article of a page that begins at `start` can have been published."""
    (inverse,) = struct.unpack(">Q", start[1:9])
    return FOREVER - int(inverse)


async def walk(
    nodes: Nodes,
    rosters: Sequence[Roster],
    filters: Filters,
    *,
    start: bytes | None,
    others: Iterable[Listed] = (),
) -> AsyncIterator[Listed]:
    """The revisions that pass the filters from `start` on, with `others`, which are past ones, in
    their place among them."""
    first, last = _bounds(filters, start)
    passing = [roster.passing(filters) for roster in rosters]
    waiting: dict[int, list[Listed]] = {shard: [] for shard in range(len(rosters))}
    waiting[-1] = sorted(others, key=lambda one: one.key, reverse=True)
    begin = dict.fromkeys(range(len(rosters)), first)
    count = _LEAST_READ
    while True:
        while empty := [shard for shard in begin if not waiting[shard]]:
            replies = await nodes.ask(
                {shard: [_read(nodes, shard, begin[shard], last, count)] for shard in empty}
            )
            for shard, (members,) in replies.items():
                waiting[shard] = _eligible(members, shard, passing[shard])[::-1]
                if len(members) < count:
                    del begin[shard]
                else:
                    begin[shard] = b"(" + members[-1]
            count = min(count * 2, _MOST_READ)
        heads = [shard for shard, listed in waiting.items() if listed]
        if not heads:
            return
        yield waiting[min(heads, key=lambda shard: waiting[shard][-1].key)].pop()


def _bounds(filters: Filters, start: bytes | None) -> tuple[bytes, bytes]:
    """What is later than `as_of` comes before all that passes, and so on at the other end."""
    first, last = start or b"-", _END
    if filters.as_of is not None:
        earliest = b"[" + _inverse(to_microseconds(filters.as_of))
        first = max(first, earliest, key=lambda bound: bound[1:])
    if filters.published_after is not None:
        last = b"(" + _inverse(to_microseconds(filters.published_after))
    return first, last


def _read(nodes: Nodes, shard: int, first: bytes, last: bytes, count: int) -> Command:
    return ("ZRANGE", nodes.keys[shard].order, first, last, "BYLEX", "LIMIT", 0, count)


def _eligible(members: Sequence[bytes], shard: int, passing: NDArray[np.bool_]) -> list[Listed]:
    listed = [read_member(member, shard) for member in members]
    return [one for one in listed if one.number < len(passing) and passing[one.number]]


def _place(published: int, article_id: str) -> bytes:
    return _inverse(published) + article_id.encode("utf-8", "surrogatepass") + b"\0"


def _inverse(published: int) -> bytes:
    return struct.pack(">Q", FOREVER - published)
