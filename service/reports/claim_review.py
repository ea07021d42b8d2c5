"""A check as schema.org's ClaimReview (https://schema.org/ClaimReview), for fact-check search.

Who reviewed, when and where it is published are the newsroom's to add: `author`, `datePublished`,
`url`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from service.domain.quote import SpeakerKind
from service.domain.verdict import Stance, Verdict
from service.wire.checks import CheckResponse
from service.wire.evidence import ArticleReference, Attribution, Evidence

WORST, BEST = 1, 5
RATINGS: Final[Mapping[Verdict, tuple[str, int | None]]] = MappingProxyType(
    {
        Verdict.SUPPORTED: ("Supported", BEST),
        Verdict.DISPUTED: ("Disputed", 3),
        Verdict.CONTRADICTED: ("Contradicted", WORST),
        Verdict.INSUFFICIENT: ("Not decided", None),
        Verdict.NO_EVIDENCE: ("Not on record", None),
        Verdict.NOT_CHECKABLE: ("Nothing to check", None),
    }
)
"""Each verdict in words and as a rating; what was not decided has no number."""

_SAYS: Final[Mapping[Stance, str]] = MappingProxyType(
    {Stance.SUPPORTS: "Supports the claim.", Stance.CONFLICTS: "Conflicts with the claim."}
)


def claim_review(check: CheckResponse) -> dict[str, Any]:
    """The check as JSON-LD. Quotes that decide nothing are left out."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": check.claim,
        "itemReviewed": {"@type": "Claim", "text": check.claim},
        "reviewRating": _rating(check),
        "citation": [_quotation(quote) for quote in (*check.conflicting, *check.supporting)],
    }


def _rating(check: CheckResponse) -> dict[str, Any]:
    words, value = RATINGS[check.verdict]
    rating = {"@type": "Rating", "alternateName": words, "ratingExplanation": check.summary}
    if value is None:
        return rating
    return {**rating, "ratingValue": value, "worstRating": WORST, "bestRating": BEST}


def _quotation(quote: Evidence) -> dict[str, Any]:
    return _known(
        {
            "@type": "Quotation",
            "text": quote.quote,
            "description": _SAYS[quote.stance],
            "spokenByCharacter": _speaker(quote.attribution),
            "url": quote.link,
            "isPartOf": _article(quote.article),
        }
    )


def _speaker(attribution: Attribution) -> dict[str, Any] | None:
    speaker = attribution.resolved or attribution.speaker
    if speaker is None or attribution.kind is SpeakerKind.DOCUMENT:  # which is no character
        return None
    kind = "Organization" if attribution.kind is SpeakerKind.INSTITUTION else "Person"
    return {"@type": kind, "name": speaker.text}


def _article(article: ArticleReference) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": article.publisher} if article.publisher else None
    return _known(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "author": [{"@type": "Person", "name": name} for name in article.authors],
            "publisher": publisher,
            "datePublished": article.published_at.isoformat() if article.published_at else None,
            "url": article.url,
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
