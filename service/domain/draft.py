"""A draft: what a newsroom is about to publish."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.claim import Filters
from service.domain.text import Span


class DraftFormat(StrEnum):
    """How the draft is written; offsets count in it as it is, markup included."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as handed in, and what to leave alone in it.

    In a pattern `*` stands for any run of characters within a line; all else stands for itself.
    """

    text: str
    format: DraftFormat = DraftFormat.TEXT
    filters: Filters = field(default_factory=Filters)
    ignored_spans: tuple[Span, ...] = ()
    ignored_patterns: tuple[str, ...] = ()
