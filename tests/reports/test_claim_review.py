"""A check as ClaimReview has its verdict and its quotes; its terms, see tests/clients."""

from service.domain.verdict import Verdict
from service.reports.claim_review import RATINGS, claim_review
from service.wire.checks import CheckResponse
from service.wiring import Services
from tests.conftest import check


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
