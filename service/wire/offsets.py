"""Positions in UTF-16 code units, for programs that count as JavaScript does."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from service.domain.text import Span, utf16
from service.domain.verdict import Evidence as DomainEvidence
from service.wire.evidence import Evidence, Reason, Successor, TextPositionSelector
from service.wire.fields import Position, Shape, TextSpan

Answer = TypeVar("Answer", bound=Shape)


def in_utf16(answer: Answer, claim: str, evidence: Iterable[DomainEvidence]) -> Answer:
    """The same answer with every position in UTF-16 code units. `evidence` has the texts that it
    points into, besides the claim's and the quotes' own."""
    texts: dict[str, str] = {}
    for quote in evidence:
        newer = [quote.superseded_by.article] if quote.superseded_by else []
        texts |= {article.revision: article.text for article in (quote.article, *newer)}
    turned: Answer = _turned(answer, "", texts, claim)
    return turned


def _turned(value: Any, text: str, texts: dict[str, str], claim: str) -> Any:  # noqa: ANN401 - any field
    """`value`, whose positions are into `text` unless it has an article of its own."""
    if isinstance(value, tuple):
        return tuple(_turned(item, text, texts, claim) for item in value)
    if not isinstance(value, BaseModel):
        return value
    if isinstance(value, TextSpan | Position | TextPositionSelector):
        start, end = utf16(text, Span(value.start, value.end))
        return value.model_copy(update={"start": start, "end": end})
    within = dict.fromkeys(type(value).model_fields, text)
    if isinstance(value, Evidence | Successor):
        within = dict.fromkeys(within, texts[value.article.revision])
    if isinstance(value, Evidence):
        within["reasons"] = value.quote
    if isinstance(value, Reason):
        within["claim"] = claim
    fields = {
        name: _turned(getattr(value, name), into, texts, claim) for name, into in within.items()
    }
    return value.model_copy(update=fields)
