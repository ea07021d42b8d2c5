"""One quote as JSON: what it does to the claim, whose words it is, and where to find it again."""

from datetime import datetime
from typing import Annotated
from urllib.parse import quote as percent

from pydantic import Field

from service.domain.quote import Attribution as DomainAttribution
from service.domain.quote import SpeakerKind, SpeechKind
from service.domain.text import Span, utf16
from service.domain.verdict import Evidence as DomainEvidence
from service.domain.verdict import Reason as DomainReason
from service.domain.verdict import ReasonCode, Stance, Status
from service.domain.verdict import Successor as DomainSuccessor
from service.wire.fields import Position, Shape, TextSpan
from service.wire.line import attributed_line

CONTEXT_CHARS = 32
"""The length of a selector's prefix and suffix, as in the examples of the W3C annotation model."""
LINK_QUOTE_CHARS = 300
"""Longer quotes are linked by their first and last words: browsers fail on long fragments."""


class Reason(Shape):
    """Why the quote does not simply support the claim; `source` points into the quote.

    For `MEANING_DIFFERS`, where no single figure, date, name or negation differs, both are whole.
    """

    code: ReasonCode
    claim: TextSpan
    source: TextSpan

    @classmethod
    def of(cls, reason: DomainReason) -> "Reason":
        """The reason as JSON."""
        return cls(
            code=reason.code,
            claim=TextSpan.of(reason.claim),
            source=TextSpan.of(reason.source),
        )


class Attribution(Shape):
    """Who said it and through whom; spans are into the article's text."""

    speaker: TextSpan | None
    resolved: TextSpan | None
    role: str | None
    organisation: str | None
    kind: SpeakerKind
    via: TextSpan | None
    speech: SpeechKind
    cue: TextSpan | None
    hedges: tuple[TextSpan, ...]
    reported_by: tuple[TextSpan, ...]

    @classmethod
    def of(cls, attribution: DomainAttribution) -> "Attribution":
        """The attribution as JSON."""
        return cls(
            speaker=TextSpan.maybe(attribution.speaker),
            resolved=TextSpan.maybe(attribution.resolved),
            role=attribution.role.text if attribution.role else None,
            organisation=attribution.organisation.text if attribution.organisation else None,
            kind=attribution.kind,
            via=TextSpan.maybe(attribution.via),
            speech=attribution.speech,
            cue=TextSpan.maybe(attribution.cue),
            hedges=tuple(TextSpan.of(hedge) for hedge in attribution.hedges),
            reported_by=tuple(TextSpan.of(reporter) for reporter in attribution.reported_by),
        )


class ArticleReference(Shape):
    """The article a quote stands in."""

    id: str
    revision: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    url: str | None
    published_at: datetime | None
    published_at_guessed: bool = Field(
        default=False,
        description="Whether `published_at` is a guess, as nothing in the page states it. A guess "
        "never decides which of two reports is newer.",
    )


class TextQuoteSelector(Shape):
    """W3C Web Annotation: the words and what stands around them."""

    type: Annotated[str, Field(pattern="^TextQuoteSelector$")] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(Shape):
    """W3C Web Annotation: code points into the article's text, half-open."""

    type: Annotated[str, Field(pattern="^TextPositionSelector$")] = "TextPositionSelector"
    start: int
    end: int


class Successor(Shape):
    """A newer quote that gives another figure, or says that what was so has ended."""

    ends: bool = Field(
        description="Whether what the older quote says has ended; it then counts no more in the "
        "verdict."
    )
    quote: str
    position: Position
    article: ArticleReference

    @classmethod
    def maybe(cls, successor: DomainSuccessor | None) -> "Successor | None":
        """The newer quote as JSON, where there is one."""
        if successor is None:
            return None
        return cls(
            ends=successor.ends,
            quote=successor.quote,
            position=Position.of(successor.span),
            article=ArticleReference.model_validate(successor.article),
        )


class Evidence(Shape):
    """One quote, what it does to the claim, and whose words it is."""

    stance: Stance
    confidence: float
    quote: str
    line: str
    reasons: tuple[Reason, ...]
    status: Status = Field(
        description="How the quote says it: as a fact (`asserted`), or for instance as an "
        "accusation, a plan or a denial."
    )
    attribution: Attribution
    article: ArticleReference
    selector: tuple[TextQuoteSelector, TextPositionSelector]
    utf16: tuple[int, int]
    link: str | None
    origin: str
    superseded_by: Successor | None

    @classmethod
    def of(cls, evidence: DomainEvidence) -> "Evidence":
        """The evidence as JSON."""
        article = evidence.article
        return cls(
            stance=evidence.stance,
            confidence=evidence.confidence,
            quote=evidence.quote,
            line=attributed_line(evidence.quote, evidence.attribution, article.publisher),
            reasons=tuple(Reason.of(reason) for reason in evidence.reasons),
            status=evidence.status,
            attribution=Attribution.of(evidence.attribution),
            article=ArticleReference.model_validate(article),
            selector=selectors(article.text, evidence.span),
            utf16=utf16(article.text, evidence.span),
            link=text_fragment(article.url, evidence.quote) if article.url else None,
            origin=evidence.origin,
            superseded_by=Successor.maybe(evidence.superseded_by),
        )


def selectors(text: str, span: Span) -> tuple[TextQuoteSelector, TextPositionSelector]:
    """How another program finds the words again (https://www.w3.org/TR/annotation-model/)."""
    return (
        TextQuoteSelector(
            exact=span.of(text),
            prefix=text[max(0, span.start - CONTEXT_CHARS) : span.start],
            suffix=text[span.end : span.end + CONTEXT_CHARS],
        ),
        TextPositionSelector(start=span.start, end=span.end),
    )


def text_fragment(url: str, quote: str) -> str:
    """A link that scrolls to the quote (https://wicg.github.io/scroll-to-text-fragment/)."""
    words = quote.split()
    base = url.partition("#")[0]
    if len(quote) <= LINK_QUOTE_CHARS and "\n" not in quote:
        return f"{base}#:~:text={_fragment(quote)}"
    first, last = " ".join(words[:6]), " ".join(words[-6:])
    return f"{base}#:~:text={_fragment(first)},{_fragment(last)}"


def _fragment(words: str) -> str:
    # `-` and `,` separate the parts of a fragment, so both are escaped; quote() leaves `-` alone.
    return percent(words, safe="").replace("-", "%2D")
