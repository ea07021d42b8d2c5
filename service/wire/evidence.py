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
from service.wire.fields import Shape
from service.wire.line import attributed_line
from service.wire.positions import Position, TextPositionSelector, TextSpan

CONTEXT_CHARS = 32
"""The length of a selector's prefix and suffix, as in the examples of the W3C annotation model."""
LINK_QUOTE_CHARS = 300
"""Longer quotes are linked by their first and last words: browsers fail on long fragments."""


class Reason(Shape):
    """Why the quote does not simply support the claim; `source` points into the quote.

    For `MEANING_DIFFERS`, where no single figure, date, name or negation differs, both are whole.
    """

    code: ReasonCode = Field(description="What differs.")
    claim: TextSpan = Field(description="The words of the claim; positions are into it.")
    source: TextSpan = Field(description="The words of the quote; positions are into it.")

    @classmethod
    def of(cls, reason: DomainReason, claim: str, quote: str) -> "Reason":
        """The reason as JSON, between these words."""
        return cls(
            code=reason.code,
            claim=TextSpan.of(reason.claim, claim),
            source=TextSpan.of(reason.source, quote),
        )


class Attribution(Shape):
    """Who said it and through whom; spans are into the article's text."""

    speaker: TextSpan | None = Field(
        description="Who said it, as the article has it there; null in narration."
    )
    resolved: TextSpan | None = Field(description="Whom a pronoun or a short name stands for.")
    role: str | None = Field(description="The speaker's office or role.")
    organisation: str | None = Field(description="The speaker's organisation.")
    kind: SpeakerKind = Field(description="Which sort of source the speaker is.")
    via: TextSpan | None = Field(description="The outlet that was told.")
    speech: SpeechKind = Field(description="How the words are reported.")
    cue: TextSpan | None = Field(description="The word that reports it, such as `said`.")
    hedges: tuple[TextSpan, ...] = Field(
        description="Words that make it less certain, such as `reportedly`."
    )
    reported_by: tuple[TextSpan, ...] = Field(
        description="Those who tell that the speaker said it."
    )

    @classmethod
    def of(cls, attribution: DomainAttribution, text: str) -> "Attribution":
        """The attribution as JSON; `text` is its article's."""
        return cls(
            speaker=TextSpan.maybe(attribution.speaker, text),
            resolved=TextSpan.maybe(attribution.resolved, text),
            role=attribution.role.text if attribution.role else None,
            organisation=attribution.organisation.text if attribution.organisation else None,
            kind=attribution.kind,
            via=TextSpan.maybe(attribution.via, text),
            speech=attribution.speech,
            cue=TextSpan.maybe(attribution.cue, text),
            hedges=tuple(TextSpan.of(hedge, text) for hedge in attribution.hedges),
            reported_by=tuple(TextSpan.of(reporter, text) for reporter in attribution.reported_by),
        )


class ArticleReference(Shape):
    """The article a quote stands in."""

    id: str = Field(description="The article's id.")
    revision: str = Field(description="The digest of its text and facts.")
    title: str = Field(description="The headline; may be empty.")
    publisher: str = Field(description="The outlet; may be empty.")
    authors: tuple[str, ...] = Field(description="As the article names them.")
    url: str | None = Field(description="Where it is published.")
    published_at: datetime | None = Field(
        description="When it was published; null where nothing says so."
    )
    published_at_guessed: bool = Field(
        default=False,
        description="Whether `published_at` is a guess, as nothing in the page states it. A guess "
        "never decides which of two reports is newer.",
    )


class TextQuoteSelector(Shape):
    """W3C Web Annotation: the words and what stands around them."""

    type: Annotated[str, Field(pattern="^TextQuoteSelector$", description="The kind.")] = (
        "TextQuoteSelector"
    )
    exact: str = Field(description="The quote.")
    prefix: str = Field(description="What stands before it.")
    suffix: str = Field(description="What stands after it.")


class Successor(Shape):
    """A newer quote that gives another figure, or says that what was so has ended."""

    ends: bool = Field(
        description="Whether what the older quote says has ended; it then counts no more in the "
        "verdict."
    )
    quote: str = Field(description="The newer quote, a slice of its article's text.")
    position: Position = Field(description="Where it stands in its article's text.")
    article: ArticleReference = Field(description="The article it stands in.")

    @classmethod
    def maybe(cls, successor: DomainSuccessor | None) -> "Successor | None":
        """The newer quote as JSON, where there is one."""
        if successor is None:
            return None
        return cls(
            ends=successor.ends,
            quote=successor.quote,
            position=Position.of(successor.span, successor.article.text),
            article=ArticleReference.model_validate(successor.article),
        )


class Evidence(Shape):
    """One quote, what it does to the claim, and whose words it is."""

    stance: Stance = Field(description="What the quote does to the claim.")
    confidence: float = Field(description="How certain the stance is, in 0..1.")
    quote: str = Field(description="The words, a slice of the article's text.")
    line: str = Field(description="The quote and who said it, as it would stand in a note.")
    reasons: tuple[Reason, ...] = Field(description="Why it does not simply support the claim.")
    status: Status = Field(
        description="How the quote says it: as a fact (`asserted`), or for instance as an "
        "accusation, a plan or a denial."
    )
    attribution: Attribution = Field(description="Whose words it is.")
    article: ArticleReference = Field(description="The article it stands in.")
    selector: tuple[TextQuoteSelector, TextPositionSelector] = Field(
        description="How another program finds the words again."
    )
    utf16: tuple[int, int] = Field(
        description="Where it stands in the article's text, in UTF-16 code units."
    )
    link: str | None = Field(
        description="An address that scrolls to the words; null where the article has none."
    )
    origin: str = Field(
        description="Quotes with the same origin go back to the same words of one source."
    )
    superseded_by: Successor | None = Field(
        description="A newer quote that changed a figure or ended what was so."
    )

    @classmethod
    def of(cls, evidence: DomainEvidence, claim: str) -> "Evidence":
        """The evidence as JSON, about this claim."""
        article = evidence.article
        return cls(
            stance=evidence.stance,
            confidence=evidence.confidence,
            quote=evidence.quote,
            line=attributed_line(evidence.quote, evidence.attribution, article.publisher),
            reasons=tuple(Reason.of(reason, claim, evidence.quote) for reason in evidence.reasons),
            status=evidence.status,
            attribution=Attribution.of(evidence.attribution, article.text),
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
        TextPositionSelector(start=span.start, end=span.end).into(text),
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
