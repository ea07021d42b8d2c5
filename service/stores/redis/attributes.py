"""What the vector set knows of a passage beside its vector, and filters that look at it.

Its numbers have 53 bits, so dates are in seconds and of a publisher's code there is a half: a
filter lets pass all that should, and a little more, which the roster sorts out.
"""

import json
from typing import Final

from service.domain.claim import Filters
from service.stores.redis.roster import publisher_code
from service.stores.redis.standings import Standing
from service.stores.times import UNDATED, to_microseconds

_SECOND: Final = 10**6
_HALF: Final = 2**32


def attributes(standing: Standing, publisher: str) -> str:
    """`p` the publisher, `d` when it was published, which undated ones have not."""
    value = {"p": publisher_code(publisher) % _HALF}
    if standing.published != UNDATED:
        value["d"] = standing.published // _SECOND
    return json.dumps(value, separators=(",", ":"))


def expression(filters: Filters) -> str | None:
    """What VSIM takes as FILTER; None where all pass."""
    conditions = []
    if filters.as_of is not None:
        conditions.append(f".d <= {to_microseconds(filters.as_of) // _SECOND}")
    if filters.published_after is not None:
        conditions.append(f".d >= {to_microseconds(filters.published_after) // _SECOND}")
    if filters.include_publishers:
        conditions.append(f".p in {_codes(filters.include_publishers)}")
    if filters.exclude_publishers:
        conditions.append(f"not (.p in {_codes(filters.exclude_publishers)})")
    return " and ".join(f"({condition})" for condition in conditions) or None


def _codes(publishers: frozenset[str]) -> str:
    return json.dumps(sorted({publisher_code(name) % _HALF for name in publishers}))
