"""What requests refuse, answers pass over."""

import pytest
from pydantic import ValidationError

from service.wire.checks import CheckRequest, Notice


def test_a_field_that_a_client_does_not_know_breaks_no_answer() -> None:
    """An older client reads the answers of a newer service."""
    answer = {"code": "several_sentences", "text": "Two statements.", "since": "2.0"}
    assert Notice.model_validate(answer).text == "Two statements."


def test_a_misspelt_field_of_a_request_is_refused() -> None:
    """Otherwise it would be without effect, and without a word."""
    with pytest.raises(ValidationError, match="limitt"):
        CheckRequest.model_validate({"claim": "The bridge is closed.", "limitt": 3})
