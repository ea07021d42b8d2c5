"""What a body comes in and what an answer goes out as."""

from collections.abc import Sequence
from email.message import Message
from typing import Annotated

from fastapi import Depends, Header
from starlette.exceptions import HTTPException

JSON = "application/json"
NDJSON = "application/x-ndjson"
TEXT = "text/plain"
LINKED_DATA = "application/ld+json"
FORM = "application/x-www-form-urlencoded"
EVENTS = "text/event-stream"

_JSON_LINES = frozenset({NDJSON, "application/ndjson", "application/jsonl"})

ContentType = Annotated[str, Header(include_in_schema=False)]


async def takes_json(content_type: ContentType = "") -> None:
    """A dependency: 415 unless the body says that it is JSON."""
    kind = media_type(content_type)
    if kind != JSON and not kind.endswith("+json"):
        raise HTTPException(415, f"Send the body with Content-Type: {JSON}{_but_came(kind)}.")


async def takes_json_lines(content_type: ContentType = "") -> None:
    """A dependency: 415 unless the body says that it is JSON lines."""
    kind = media_type(content_type)
    if kind not in _JSON_LINES:
        raise HTTPException(
            415, f"Send one JSON object a line with Content-Type: {NDJSON}{_but_came(kind)}."
        )


async def takes_form(content_type: ContentType = "") -> None:
    """A dependency: 415 unless the body says that it is a form."""
    if (kind := media_type(content_type)) != FORM:
        raise HTTPException(415, f"Send the body with Content-Type: {FORM}{_but_came(kind)}.")


FormBody = Depends(takes_form)
JsonBody = Depends(takes_json)
JsonLinesBody = Depends(takes_json_lines)


def media_type(header: str) -> str:
    """The type without its parameters, in lower case; empty when there is none."""
    return header.partition(";")[0].strip().lower()


def negotiate(accept: str, offers: Sequence[str]) -> str:
    """The offer that an `Accept` header likes best (RFC 9110, 12.5.1); the first among equals.

    Raises HTTPException 406 with the offers when it likes none.
    """
    liking = {offer: _quality(offer, _preferences(accept or "*/*")) for offer in offers}
    best = max(offers, key=lambda offer: liking[offer])
    if liking[best] <= 0:
        raise HTTPException(406, f"Ask for one of: {', '.join(offers)}.")
    return best


def _but_came(kind: str) -> str:
    return f"; it came as {kind}" if kind else ""


def _preferences(accept: str) -> dict[str, float]:
    """Each range of the header with its quality."""
    return dict(_preference(part) for part in accept.split(",") if part.strip())


def _preference(part: str) -> tuple[str, float]:
    message = Message()
    message["content-type"] = part.strip()
    try:
        quality = float(str(message.get_param("q", "1")))
    except ValueError:
        quality = 0.0
    return media_type(part), quality


def _quality(offer: str, preferences: dict[str, float]) -> float:
    """By the most specific range that has the offer in it."""
    family = offer.partition("/")[0]
    for wanted in (offer, f"{family}/*", "*/*"):
        if wanted in preferences:
            return preferences[wanted]
    return 0.0
