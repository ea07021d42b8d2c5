"""What filters leave, as conditions of SQL."""

from collections.abc import Collection
from typing import Any

from service.domain.claim import Filters
from service.stores.times import FOREVER, UNDATED, to_microseconds

Condition = tuple[str, list[Any]]
"""A condition with question marks, and what they stand for."""


def passing(filters: Filters) -> list[Condition]:
    """The revisions that count; `s` is their row in `standing`.

    The plus signs keep SQLite from the index on `until`, which nearly every row passes: pages are
    read in the order of another.
    """
    conditions: list[Condition] = []
    if filters.as_of is None:
        conditions.append(("+s.until = ?", [FOREVER]))
    else:
        as_of = to_microseconds(filters.as_of)
        # Nothing stands before it is published, so the pages begin there.
        stood = "s.published <= ? AND +s.since <= ? AND +s.since > ? AND +s.until > ?"
        conditions.append((stood, [as_of, as_of, UNDATED, as_of]))
    if filters.published_after is not None:
        conditions.append(("s.published > ?", [to_microseconds(filters.published_after)]))
    for publishers, word in (
        (filters.include_publishers, "IN"),
        (filters.exclude_publishers, "NOT IN"),
    ):
        if publishers:
            names = sorted({name.casefold() for name in publishers})
            conditions.append((f"s.publisher {word} ({marks(names)})", list(names)))
    return conditions


def together(conditions: list[Condition]) -> tuple[str, list[Any]]:
    """All of them as one."""
    where = " AND ".join(["TRUE", *(f"({condition})" for condition, _ in conditions)])
    return where, [value for _, values in conditions for value in values]


def marks(values: Collection[Any]) -> str:
    """A question mark for each."""
    return ", ".join("?" * len(values))
