"""Field types that several shapes share."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from service.domain.text import normalise

MAX_CLAIM_CHARS = 2_000
MAX_PUBLISHERS = 200

_LOOKS_LIKE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}([Tt ]|$)")


class Shape(BaseModel):
    """A JSON object of an answer: its values do not change, and a reader passes over fields that it
    does not know, so that a new one breaks nobody.

    A domain value whose fields have the same names becomes one by `model_validate`.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, from_attributes=True)


class Asked(Shape):
    """A JSON object of a request: unknown fields are refused, since one that is misspelt would
    otherwise be without effect and without a word."""

    model_config = ConfigDict(extra="forbid")


def _utc(value: datetime) -> datetime:
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time is before year 1 or after year 9999 in UTC") from None


def _zoned(value: datetime) -> datetime:
    _utc(value)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def _date_as_midnight(value: object) -> object:
    """A bare date is midnight UTC; numbers are no times here, though pydantic would take them, as
    strings too."""
    written = not isinstance(value, str) or _LOOKS_LIKE_TIME.match(value)
    if isinstance(value, (int, float)) or not written:
        raise ValueError("write a time as RFC 3339, such as 2024-10-25T08:00:00Z or 2024-10-25")
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value


def _has_words(text: str) -> str:
    if not normalise(text).strip():
        raise ValueError("write at least one word")
    return text


_WRITTEN = WithJsonSchema(
    {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
    mode="validation",
)

Time = Annotated[datetime, BeforeValidator(_date_as_midnight), AfterValidator(_utc), _WRITTEN]
"""An instant, in UTC; without a zone it is UTC."""

LocalTime = Annotated[
    datetime, BeforeValidator(_date_as_midnight), AfterValidator(_zoned), _WRITTEN
]
"""An instant in the zone it was written in, whose day counts; without a zone it is UTC."""

ClaimText = Annotated[
    str,
    Field(min_length=1, max_length=MAX_CLAIM_CHARS, description="One statement, as written."),
    AfterValidator(_has_words),
]


Name = Annotated[str, Field(max_length=500)]
"""Of a publisher or an author."""

ExcludedArticles = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=4_000)], ...],
    Field(
        max_length=100,
        description="Ids or addresses of articles whose words do not count, such as the published "
        "story itself.",
    ),
]
