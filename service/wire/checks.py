"""A check: the question and the answer."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from urllib.parse import quote as percent

from pydantic import Field

from service.domain.article import Article
from service.domain.claim import Claim, Filters
from service.domain.quote import Attribution, SpeakerKind, SpeechKind
from service.domain.text import Span, normalise, utf16
from service.domain.verdict import (
    Check,
    Coverage,
    Evidence,
    Reason,
    ReasonCode,
    Stance,
    Verdict,
    count_origins,
)
from service.wire.fields import MAX_PUBLISHERS, ClaimText, Name, Shape, TextSpan, Time
from service.wire.line import attributed_line

CONTEXT_CHARS = 32
"""Length of a selector's prefix and suffix: what the W3C annotation model's examples use."""
LINK_QUOTE_CHARS = 300
"""Longer quotes are linked by their first and last words: browsers give up on long fragments."""


class Publishers(Shape):
    """Which publishers count; names are compared without regard to case."""

    include: tuple[Name, ...] = Field(
        (), max_length=MAX_PUBLISHERS, description="Only these; all when empty."
    )
    exclude: tuple[Name, ...] = Field((), max_length=MAX_PUBLISHERS, description="Not these.")


class Scope(Shape):
    """Which part of the archive may answer."""

    as_of: Time | None = Field(None, description="Leave out what was published later.")
    publishers: Publishers = Publishers()
    published_after: Time | None = Field(
        None, description="Leave out what was published then or earlier."
    )

    def filters(self) -> Filters:
        """The same for the domain."""
        return Filters(
            as_of=self.as_of,
            published_after=self.published_after,
            include_publishers=frozenset(self.publishers.include),
            exclude_publishers=frozenset(self.publishers.exclude),
        )


class CheckRequest(Scope):
    """A claim to check."""

    claim: ClaimText
    limit: Annotated[int, Field(ge=1, le=50, description="Quotes a side.")] = 5

    def to_domain(self) -> Claim:
        """The same for the domain; the claim is normalised as articles are."""
        return Claim(normalise(self.claim), self.filters(), self.limit)


class ReasonShape(Shape):
    """Why the quote does not simply support the claim; `source` points into the quote."""

    code: ReasonCode
    claim: TextSpan
    source: TextSpan

    @classmethod
    def of(cls, reason: Reason) -> "ReasonShape":
        """The reason as JSON."""
        return cls(
            code=reason.code,
            claim=TextSpan.of(reason.claim),
            source=TextSpan.of(reason.source),
        )


class AttributionShape(Shape):
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

    @classmethod
    def of(cls, attribution: Attribution) -> "AttributionShape":
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

    @classmethod
    def of(cls, article: Article) -> "ArticleReference":
        """The article without its text."""
        return cls(
            id=article.id,
            revision=article.revision,
            title=article.title,
            publisher=article.publisher,
            authors=article.authors,
            url=article.url,
            published_at=article.published_at,
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


class EvidenceShape(Shape):
    """One quote, what it does to the claim, and whose words it is."""

    stance: Stance
    confidence: float
    quote: str
    line: str
    reasons: tuple[ReasonShape, ...]
    attribution: AttributionShape
    article: ArticleReference
    selector: tuple[TextQuoteSelector, TextPositionSelector]
    utf16: tuple[int, int]
    link: str | None
    origin: str

    @classmethod
    def of(cls, evidence: Evidence) -> "EvidenceShape":
        """The evidence as JSON."""
        article = evidence.article
        return cls(
            stance=evidence.stance,
            confidence=evidence.confidence,
            quote=evidence.quote,
            line=attributed_line(evidence),
            reasons=tuple(ReasonShape.of(reason) for reason in evidence.reasons),
            attribution=AttributionShape.of(evidence.attribution),
            article=ArticleReference.of(article),
            selector=selectors(article.text, evidence.span),
            utf16=utf16(article.text, evidence.span),
            link=text_fragment(article.url, evidence.quote) if article.url else None,
            origin=evidence.origin,
        )


class Origins(Shape):
    """Independent origins a side: copies of one report count once."""

    supporting: int
    conflicting: int


class CoverageShape(Shape):
    """What the index held for this question."""

    articles: int
    passages: int
    publishers: int
    oldest: datetime | None
    newest: datetime | None

    @classmethod
    def of(cls, coverage: Coverage) -> "CoverageShape":
        """The coverage as JSON."""
        return cls(
            articles=coverage.articles,
            passages=coverage.passages,
            publishers=coverage.publishers,
            oldest=coverage.oldest,
            newest=coverage.newest,
        )


class ProvenanceShape(Shape):
    """What the answer was made from. `result` is the digest of all the rest of the answer."""

    snapshot: str
    as_of: datetime | None
    models: dict[str, str]
    settings: str
    result: str


class CheckResponse(Shape):
    """The answer to one claim."""

    claim: str
    verdict: Verdict
    confidence: float
    summary: str
    supporting: tuple[EvidenceShape, ...]
    conflicting: tuple[EvidenceShape, ...]
    mentions: tuple[EvidenceShape, ...]
    origins: Origins
    coverage: CoverageShape
    provenance: ProvenanceShape

    @classmethod
    def of(cls, check: Check) -> "CheckResponse":
        """The check as JSON, with its digest."""
        unsealed = cls(
            claim=check.claim.text,
            verdict=check.verdict,
            confidence=check.confidence,
            summary=check.summary,
            supporting=_shapes(check.supporting),
            conflicting=_shapes(check.conflicting),
            mentions=_shapes(check.mentions),
            origins=Origins(
                supporting=count_origins(check.supporting),
                conflicting=count_origins(check.conflicting),
            ),
            coverage=CoverageShape.of(check.coverage),
            provenance=ProvenanceShape(
                snapshot=check.provenance.snapshot,
                as_of=check.provenance.as_of,
                models=dict(check.provenance.models),
                settings=check.provenance.settings,
                result="",
            ),
        )
        sealed = unsealed.provenance.model_copy(update={"result": digest(unsealed)})
        return unsealed.model_copy(update={"provenance": sealed})


def digest(unsealed: Shape) -> str:
    """`sha256:` and the digest of the shape as canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(
        unsealed.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


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


def _shapes(side: Sequence[Evidence]) -> tuple[EvidenceShape, ...]:
    return tuple(EvidenceShape.of(evidence) for evidence in side)
