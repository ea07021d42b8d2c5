from datetime import date

import pytest

from service.pipeline.weekdays import same_days

WEDNESDAY = date(2025, 2, 5)


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        ("It closed on Feb. 3.", "The bridge was closed on Monday.", {"Monday": "Feb. 3"}),
        ("It closed on 5 February 2025.", "It closed on Wednesday.",
         {"Wednesday": "5 February 2025"}),
        ("It closed on 30 January.", "It closed on Thursday.", {"Thursday": "30 January"}),
        ("It closed on Feb. 4.", "The bridge was closed on Monday.", {}),
        ("It closed on Feb. 3, 2024.", "The bridge was closed on Monday.", {}),
        ("It closed in February.", "The bridge was closed on Monday.", {}),
        ("It closed.", "The bridge was closed on Monday.", {}),
    ],
)  # fmt: skip
def test_a_day_of_the_week_is_the_last_one(claim: str, text: str, expected: dict[str, str]) -> None:
    """Up to the day of publication, and only where the claim gives that very day."""
    found = {span.of(text): written for span, written in same_days(claim, text, WEDNESDAY)}
    assert found == expected
