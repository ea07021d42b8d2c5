"""Accept picks an answer's form as RFC 9110 says."""

import pytest
from starlette.exceptions import HTTPException

from service.api.media import negotiate

OFFERS = ("application/json", "text/plain")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/plain"),
        ("text/plain;q=0.5, application/json;q=0.4", "text/plain"),
        ("text/plain, application/json", "application/json"),
        ("TEXT/PLAIN; charset=utf-8", "text/plain"),
        ("*/*;q=0.1, text/plain", "text/plain"),
        ("application/json;q=0, */*", "text/plain"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
    ],
)
def test_the_best_liked_offer_is_taken(accept: str, expected: str) -> None:
    """The more specific range counts, the first offer among equals."""
    assert negotiate(accept, OFFERS) == expected


@pytest.mark.parametrize(
    "accept", ["application/xml", "text/plain;q=0", "*/*;q=0", "text/plain;q=often", ",;"]
)
def test_no_offer_is_406(accept: str) -> None:
    """With the offers in words."""
    with pytest.raises(HTTPException, match=r"406.*application/json, text/plain"):
        negotiate(accept, OFFERS)
