"""Which revisions a shard has, and when each stood: a row of fixed width for each number.

The rows are one string. A reader takes it as a whole, as arrays, and keeps it until the shard's
version changes: filters, counts and the check of what was proposed then need nothing else from the
server.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from service.domain.claim import Filters
from service.domain.verdict import Coverage
from service.stores.redis.standings import Standing
from service.stores.times import FOREVER, UNDATED, from_microseconds, to_microseconds

ROW: Final = np.dtype(
    [
        ("published", "<i8"),
        ("since", "<i8"),
        ("until", "<i8"),
        ("publisher", "<u8"),
        ("passages", "<u4"),
        ("kept", "<u4"),
    ]
)
"""`kept` is 0 where the number is not, or no longer, a revision's."""
NO_ROW: Final = bytes(ROW.itemsize)


def row_of(standing: Standing, publisher: str) -> bytes:
    """The row of a revision."""
    return np.array(
        [
            (
                standing.published,
                standing.since,
                standing.until,
                publisher_code(publisher),
                standing.passages,
                1,
            )
        ],
        ROW,
    ).tobytes()


def publisher_code(publisher: str) -> int:
    """64 bits for a name, whatever its case: two of a million share one with a chance of one in
    thirty million."""
    name = publisher.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of one shard, row i for the number i, as they were at `version`."""

    version: int = 0
    rows: NDArray[Any] = field(default_factory=lambda: np.zeros(0, ROW))

    @property
    def articles(self) -> int:
        """With a current revision."""
        return int(self.current.sum())

    @property
    def passages(self) -> int:
        """Of current revisions."""
        return int(self.rows["passages"][self.current].sum())

    @property
    def current(self) -> NDArray[np.bool_]:
        """The revisions that stand."""
        stands: NDArray[np.bool_] = (self.rows["until"] == FOREVER) & (self.rows["kept"] > 0)
        return stands

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """By number, whether a revision passes the filters: as of a moment one that stood then."""
        rows = self.rows
        if filters.as_of is None:
            passing = self.current
        else:
            as_of = to_microseconds(filters.as_of)
            passing = rows["kept"] > 0
            passing &= (rows["published"] <= as_of) & (rows["since"] > UNDATED)
            passing &= (rows["since"] <= as_of) & (rows["until"] > as_of)
        if filters.published_after is not None:
            passing &= rows["published"] > to_microseconds(filters.published_after)
        if filters.include_publishers:
            passing &= np.isin(rows["publisher"], _codes(filters.include_publishers))
        if filters.exclude_publishers:
            passing &= ~np.isin(rows["publisher"], _codes(filters.exclude_publishers))
        return passing


def coverage(rosters: Iterable[Roster], filters: Filters) -> Coverage:
    """What the shards hold for these filters."""
    chosen = [roster.rows[roster.passing(filters)] for roster in rosters]
    rows = np.concatenate(chosen) if chosen else np.zeros(0, ROW)
    dated = rows["published"][rows["published"] != UNDATED]
    return Coverage(
        articles=len(rows),
        passages=int(rows["passages"].sum()),
        publishers=len(np.unique(rows["publisher"])),
        oldest=from_microseconds(int(dated.min())) if len(dated) else None,
        newest=from_microseconds(int(dated.max())) if len(dated) else None,
    )


def _codes(publishers: frozenset[str]) -> NDArray[np.uint64]:
    return np.array([publisher_code(name) for name in publishers], np.uint64)
