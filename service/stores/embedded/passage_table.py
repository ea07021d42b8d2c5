"""Who is in the index, held in memory: what filters, ids and coverage are answered from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.domain.claim import Filters
from service.domain.verdict import Coverage
from service.stores.embedded.place import Place
from service.stores.times import UNDATED, from_microseconds, to_microseconds

_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Eligible:
    """The passages that may answer: `mask[key]` says whether, `count` how many do, `filtered`
    whether some were left out."""

    mask: NDArray[np.bool_]
    count: int
    filtered: bool


@dataclass(frozen=True, slots=True)
class _Columns:
    """One row for each revision since the index was opened, dead ones with `publisher` _NOBODY.

    Rows are in the order of passage keys without a gap: row i holds the keys `ends[i - 1]` (0 for
    the first) to `ends[i] - 1`. So repeating a row's value for each passage covers all keys.
    """

    ends: NDArray[np.int64]
    published: NDArray[np.int64]
    since: NDArray[np.int64]
    publisher: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.ends, prepend=0)


class PassageTable:
    """One writer, any number of readers: a change replaces the columns as a whole, and a reader
    works on one set of columns from beginning to end."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        nothing = np.zeros(0, np.int64)
        self._columns = _Columns(nothing, nothing, nothing, nothing)
        self.change((), tuple(places))

    def change(self, removed: Sequence[Place], added: Sequence[Place]) -> None:
        """Takes out and in what one change did; `added` in the order of keys."""
        old = self._columns
        gone = old.publisher.copy()
        gone[[self._rows.pop(place.id) for place in removed]] = _NOBODY
        rows = np.array(self._new_rows(added), np.int64).reshape(-1, 4)
        columns = _Columns(
            np.concatenate((old.ends, rows[:, 0])),
            np.concatenate((old.published, rows[:, 1])),
            np.concatenate((old.since, rows[:, 2])),
            np.concatenate((gone, rows[:, 3])),
        )
        passing = columns.publisher != _NOBODY
        self._columns, self._whole = (
            columns,
            (
                _spread(columns, passing, filtered=False),
                _count(columns, passing),
            ),
        )

    def eligible(self, filters: Filters) -> Eligible:
        """The passages that pass the filters."""
        if filters.everything:
            return self._whole[0]
        columns = self._columns
        return _spread(columns, self._passing(columns, filters), filtered=True)

    def coverage(self, filters: Filters, past: Sequence[Place] = ()) -> Coverage:
        """What the index holds for these filters, `past` revisions that pass them included."""
        if filters.everything:
            return self._whole[1]
        columns = self._columns
        current = _count(columns, self._passing(columns, filters))
        return self._with_past(current, columns, filters, past) if past else current

    def _with_past(
        self, current: Coverage, columns: _Columns, filters: Filters, past: Sequence[Place]
    ) -> Coverage:
        codes = columns.publisher[self._passing(columns, filters)].tolist()
        others = {self._codes.get(place.publisher, place.publisher) for place in past}
        dates = [date for place in past if (date := from_microseconds(place.published))]
        return Coverage(
            articles=current.articles + len(past),
            passages=current.passages + sum(place.passages for place in past),
            publishers=len({*codes, *others}),
            oldest=min((*dates, *([current.oldest] if current.oldest else ())), default=None),
            newest=max((*dates, *([current.newest] if current.newest else ())), default=None),
        )

    def alive(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which keys are of current revisions: an index may be ahead of a change or behind it."""
        columns = self._columns
        rows = np.searchsorted(columns.ends, keys, side="right")
        alive = rows < len(columns.ends)
        alive[alive] = columns.publisher[rows[alive]] != _NOBODY
        return alive

    def passage_ids(self, keys: NDArray[np.int64]) -> list[str]:
        """The id of each key, in the order asked for: article id, colon, ordinal."""
        ends = self._columns.ends
        rows = np.searchsorted(ends, keys, side="right")
        ordinals = keys - np.where(rows > 0, ends[rows - 1], 0)
        pairs = zip(rows.tolist(), ordinals.tolist(), strict=True)
        return [f"{self._ids[row]}:{ordinal}" for row, ordinal in pairs]

    def passage_keys(self, passage_ids: Sequence[str]) -> dict[str, int]:
        """The key of each passage that is there; ids that never were or are gone are left out."""
        found = {passage_id: self._key(passage_id) for passage_id in passage_ids}
        return {passage_id: key for passage_id, key in found.items() if key is not None}

    def _key(self, passage_id: str) -> int | None:
        article_id, _, ordinal = passage_id.rpartition(":")
        row = self._rows.get(article_id)
        ends = self._columns.ends
        if row is None or row >= len(ends) or not (ordinal.isascii() and ordinal.isdecimal()):
            return None
        key = (int(ends[row - 1]) if row else 0) + int(ordinal)
        return key if key < ends[row] else None

    def _new_rows(self, added: Sequence[Place]) -> list[tuple[int, int, int, int]]:
        rows = []
        end = _last_end(self._columns)
        for place in added:
            if place.first > end:  # what was there has been deleted
                rows.append((place.first, UNDATED, UNDATED, _NOBODY))
                self._ids.append("")
            self._rows[place.id] = len(self._ids)
            self._ids.append(place.id)
            code = self._codes.setdefault(place.publisher, len(self._codes))
            rows.append((place.end, place.published, place.since, code))
            end = place.end
        return rows

    def _passing(self, columns: _Columns, filters: Filters) -> NDArray[np.bool_]:
        passing: NDArray[np.bool_] = columns.publisher != _NOBODY
        if filters.as_of is not None:
            as_of = to_microseconds(filters.as_of)
            passing &= (columns.since != UNDATED) & (columns.since <= as_of)
        if filters.published_after is not None:
            passing &= columns.published > to_microseconds(filters.published_after)
        if filters.include_publishers:
            passing &= np.isin(columns.publisher, self._known_codes(filters.include_publishers))
        if filters.exclude_publishers:
            passing &= ~np.isin(columns.publisher, self._known_codes(filters.exclude_publishers))
        return passing

    def _known_codes(self, publishers: frozenset[str]) -> list[int]:
        codes = (self._codes.get(name.casefold()) for name in publishers)
        return [code for code in codes if code is not None]


def _spread(columns: _Columns, passing: NDArray[np.bool_], *, filtered: bool) -> Eligible:
    mask = np.repeat(passing, columns.sizes)
    return Eligible(mask, int(np.count_nonzero(mask)), filtered)


def _count(columns: _Columns, passing: NDArray[np.bool_]) -> Coverage:
    published = columns.published[passing]
    dated = published[published != UNDATED]
    return Coverage(
        articles=int(np.count_nonzero(passing)),
        passages=int(columns.sizes[passing].sum()),
        publishers=len(np.unique(columns.publisher[passing])),
        oldest=from_microseconds(int(dated.min())) if len(dated) else None,
        newest=from_microseconds(int(dated.max())) if len(dated) else None,
    )


def _last_end(columns: _Columns) -> int:
    return int(columns.ends[-1]) if len(columns.ends) else 0
