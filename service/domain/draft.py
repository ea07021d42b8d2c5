"""A draft: what a newsroom is about to publish."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.claim import Filters
from service.domain.text import Span

QUOTES_A_SIDE = 3
"""How many quotes a side a statement of a draft has, unless more are asked for."""


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
    only_spans: tuple[Span, ...] = ()
    """Where there are any, only statements that share a character with one are checked; all of the
    draft is read all the same, since names stand elsewhere."""
    limit: int = QUOTES_A_SIDE
    """Quotes a side."""
    min_confidence: float = 0.0
    """In 0..1; what is less certain decides nothing."""
    excluded_articles: frozenset[str] = frozenset()
    """Ids and addresses of articles whose words do not count."""

    def asks_about(self, span: Span) -> bool:
        """Whether a statement at this place is to be checked."""
        return not self.only_spans or any(span.overlaps(only) for only in self.only_spans)
