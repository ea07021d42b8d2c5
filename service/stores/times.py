"""Moments as integers, so that every engine compares them alike."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

UNDATED: Final = -(2**63)
"""Sorts before every date: last where the newest come first."""
FOREVER: Final = 2**63 - 1
"""After every date: until when a current revision stands."""


def to_microseconds(moment: datetime | None) -> int:
    """Microseconds since 1970 in UTC, UNDATED for None."""
    return UNDATED if moment is None else (moment - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime | None:
    """The moment in UTC, None for UNDATED."""
    return None if microseconds == UNDATED else _EPOCH + microseconds * _MICROSECOND
