"""A check as ClaimReview says only what schema.org has words for."""

from collections.abc import Iterator
from typing import Any

import pytest

from service.domain.verdict import Verdict
from service.reports.claim_review import RATINGS, claim_review
from service.wire.checks import CheckResponse
from service.wiring import Services
from tests.conftest import check

TERMS = {
    "ClaimReview": {"claimReviewed", "itemReviewed", "reviewRating", "citation"},
    "Claim": {"text"},
    "Rating": {"alternateName", "ratingExplanation", "ratingValue", "worstRating", "bestRating"},
    "Quotation": {"text", "description", "spokenByCharacter", "url", "isPartOf"},
    "NewsArticle": {"headline", "author", "publisher", "datePublished", "url"},
    "Person": {"name"},
    "Organization": {"name"},
}
"""Of what we use, the properties that schema.org allows (https://schema.org/ClaimReview and the
pages of the other types, release 29)."""
RANGES = {
    "itemReviewed": {"Claim"},
    "reviewRating": {"Rating"},
    "citation": {"Quotation"},
    "spokenByCharacter": {"Person", "Organization"},
    "isPartOf": {"NewsArticle"},
    "author": {"Person"},
    "publisher": {"Organization"},
}
"""What may stand at a property, by the same pages: subtypes of CreativeWork for `citation` and
`isPartOf`, a Thing for `itemReviewed`."""


def typed(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a document, with the property that it stands at."""
    if isinstance(value, list):
        for item in value:
            yield from typed(item, at)
    if isinstance(value, dict):
        yield at, value
        for name, item in value.items():
            yield from typed(item, name)


@pytest.mark.parametrize(
    "claim",
    [
        "5,000 North Koreans are in the Buryat Battalion.",
        "Turnout was 61.4 percent.",
        "The moon is made of cheese.",
    ],
)
async def test_every_term_is_schema_orgs(samples: Services, claim: str) -> None:
    """The type's own properties, and objects only where they may stand."""
    review = claim_review(CheckResponse.of(await check(samples, claim)))
    assert review.pop("@context") == "https://schema.org"
    for at, thing in typed(review):
        kind = thing["@type"]
        assert thing.keys() - {"@type"} <= TERMS[kind], kind
        assert not at or kind in RANGES[at], at


async def test_a_verdict_is_a_rating_in_words(samples: Services) -> None:
    """With the quotes as citations, each in its article."""
    claim = "5,000 North Koreans are in the Buryat Battalion."
    review = claim_review(CheckResponse.of(await check(samples, claim)))
    assert review["claimReviewed"] == claim
    rating = review["reviewRating"]
    assert (rating["alternateName"], rating["ratingValue"]) == ("Contradicted", 1)
    (quotation,) = review["citation"]
    assert quotation["description"] == "Conflicts with the claim."
    assert quotation["spokenByCharacter"]["name"].endswith("Ukrainian military intelligence")
    assert quotation["isPartOf"]["publisher"]["name"] == "Continental Wire"


def test_every_verdict_has_a_rating() -> None:
    """In words; only what was decided has a number."""
    assert set(RATINGS) == set(Verdict)
    decided = {verdict for verdict, (_, value) in RATINGS.items() if value is not None}
    assert decided == {Verdict.SUPPORTED, Verdict.DISPUTED, Verdict.CONTRADICTED}
