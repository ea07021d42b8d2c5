"""When something happened is compared where both texts tell of the same."""

import pytest

from service.domain.verdict import ReasonCode
from tests.pipeline.compare.comparing import compare_texts

DATE, SCOPE = ReasonCode.DATE_DIFFERS, ReasonCode.SCOPE_DIFFERS


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        pytest.param(
            "The bridge opened on 5 May.", "The bridge opened on 6 May.", [DATE], id="day"
        ),
        pytest.param(
            "The bridge opened on May 5.", "The bridge opened on 6 May.", [DATE], id="order"
        ),
        pytest.param("The bridge opened in May.", "The bridge opened in June.", [DATE], id="month"),
        pytest.param("The bridge opened in 2019.", "The bridge opened in 2021.", [DATE], id="year"),
        pytest.param(
            "The bridge opened in the 1990s.", "The bridge opened in 2004.", [DATE], id="decade"
        ),
        pytest.param(
            "The bridge opened in Q1 2024.",
            "The bridge opened in July 2024.",
            [DATE],
            id="quarter",
        ),
        pytest.param("The bridge opened in May.", "The bridge opened on 5 May.", [], id="finer"),
        pytest.param("The bridge opened on 5 May.", "The bridge opened in May.", [], id="coarser"),
        pytest.param(
            "The bridge opened on Monday.", "The bridge opened on 5 May.", [], id="weekday"
        ),
        pytest.param(
            "The bridge opened on Monday.", "On Tuesday the bridge opened.", [DATE], id="weekdays"
        ),
        pytest.param(
            "The bridge opened on Monday.",
            "On Monday, 5 May, the bridge opened.",
            [],
            id="weekday and date",
        ),
        pytest.param(
            "The bridge opened on Monday, 5 May.",
            "On Monday, 12 May, the bridge opened.",
            [DATE],
            id="the same weekday, another date",
        ),
        pytest.param("The bridge opened in 2019.", "The bridge opened.", [], id="no date"),
        pytest.param("The bridge opened.", "The bridge opened in 2019.", [], id="no date claimed"),
        pytest.param(
            "The bridge has been open since 2019.",
            "The bridge has been open, in 2021 too.",
            [],
            id="since and in",
        ),
        pytest.param(
            "Anna Vell was born in 1950.",
            "Anna Vell was born on 5 May 1950 and died in 2011.",
            [],
            id="one of two dates",
        ),
        pytest.param(
            "Anna Vell was born in 1950.",
            "Anna Vell was born on 5 May 1961 and died in 2011.",
            [DATE],
            id="none of two dates",
        ),
        pytest.param(
            "The council closed the old bridge for repairs in 2019.",
            "The council, which wants to sell the old bridge, closed the market in 2021.",
            [SCOPE],
            id="much else is missing",
        ),
        pytest.param(
            "The harbour employed 300 dockers in 2019.",
            "The harbour employed 500 dockers in 2021.",
            [SCOPE, SCOPE],
            id="a figure of another year",
        ),
        pytest.param(
            "The storm sank three boats on 5 May.",
            "The storm sank three boats on 6 May.",
            [DATE],
            id="a figure of another day",
        ),
    ],
)
def test_dates_differ_at_their_own_precision(
    claim: str, source: str, expected: list[ReasonCode]
) -> None:
    """Another date of the same event conflicts; what is only finer, coarser or open does not."""
    assert [reason.code for reason in compare_texts(claim, source, "").reasons] == expected


def test_a_date_has_both_spans() -> None:
    """The reason points at both dates, without the preposition."""
    claim, source = "The bridge opened on 5 May 2024.", "The bridge opened on June 6, 2024."
    (reason,) = compare_texts(claim, source, "").reasons
    assert reason.claim.span.of(claim) == reason.claim.text == "5 May 2024"
    assert reason.source.span.of(source) == reason.source.text == "June 6, 2024"


def test_a_date_that_no_text_bears_out_leaves_the_claim_incomplete() -> None:
    """A coarser date or none supports no date; one in the surroundings does."""
    claim = "The bridge opened in May 2024."
    assert not compare_texts(claim, "The bridge opened.", "").complete
    assert compare_texts(claim, "The bridge opened.", "Vell, 5 May 2024").complete
    assert compare_texts(claim, "The bridge opened on 5 May 2024.", "").complete
