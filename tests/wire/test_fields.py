"""What requests refuse, answers pass over."""

import pytest
from pydantic import ValidationError

from service.wire.articles import ArticleRequest
from service.wire.checks import CheckRequest, Notice


def test_a_field_that_a_client_does_not_know_breaks_no_answer() -> None:
    """An older client reads the answers of a newer service."""
    answer = {"code": "several_sentences", "text": "Two statements.", "since": "2.0"}
    assert Notice.model_validate(answer).text == "Two statements."


def test_a_misspelt_field_of_a_request_is_refused() -> None:
    """Otherwise it would be without effect, and without a word."""
    with pytest.raises(ValidationError, match="limitt"):
        CheckRequest.model_validate({"claim": "The bridge is closed.", "limitt": 3})


def test_the_day_of_publication_is_that_of_its_zone() -> None:
    """An evening in the west is no next day, neither coming in nor going out."""
    row = {"text": "A mill burns.", "published_at": "2024-10-25T23:30:00-05:00"}
    request = ArticleRequest.model_validate(row)
    assert request.published_at is not None
    assert request.published_at.isoformat() == "2024-10-25T23:30:00-05:00"
    assert '"published_at":"2024-10-25T23:30:00-05:00"' in request.model_dump_json()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-05:00"])
def test_a_moment_that_utc_does_not_have_is_refused(moment: str) -> None:
    """In the year before the first, or after the last."""
    with pytest.raises(ValidationError, match="in UTC"):
        ArticleRequest.model_validate({"text": "A mill burns.", "published_at": moment})
