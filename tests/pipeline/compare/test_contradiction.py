"""Negations and opposites turn a statement round, within their scope."""

import pytest

from service.domain.verdict import ReasonCode
from tests.pipeline.compare.comparing import compare_texts


def turned(claim: str, source: str) -> bool:
    codes = [reason.code for reason in compare_texts(claim, source, "").reasons]
    return ReasonCode.NEGATION in codes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The ferry was damaged.", "The ferry was not damaged.", id="not"),
        pytest.param("The ferry was damaged.", "The ferry wasn’t damaged.", id="contraction"),
        pytest.param("The ferry was damaged.", "The ferry was never damaged.", id="never"),
        pytest.param(
            "The ferry is in service.", "The ferry is no longer in service.", id="no longer"
        ),
        pytest.param("Dockers were hurt.", "No dockers were hurt.", id="no"),
        pytest.param(
            "The crew sailed with radios.", "The crew sailed without radios.", id="without"
        ),
        pytest.param(
            "The owner paid the crew.", "The owner failed to pay the crew.", id="failed to"
        ),
        pytest.param(
            "The owner paid the crew.", "The owner refused to pay the crew.", id="refused to"
        ),
        pytest.param(
            "The owner paid the crew.", "The owner declined to pay the crew.", id="declined to"
        ),
        pytest.param(
            "The owner could pay the crew.", "The owner was unable to pay the crew.", id="unable"
        ),
        pytest.param(
            "The owner paid the crew.", "The mate denied that the owner paid the crew.", id="denied"
        ),
        pytest.param(
            "The owner plans job cuts.",
            "The mate dismissed that the owner plans job cuts.",
            id="dismissed",
        ),
        pytest.param(
            "The owner paid the crew.",
            "There is no evidence that the owner paid the crew.",
            id="no evidence that",
        ),
        pytest.param(
            "The owner paid the crew.",
            "Reports that the owner paid the crew are false.",
            id="false",
        ),
        pytest.param(
            "The mate and the cook slept.", "Neither the mate nor the cook slept.", id="neither nor"
        ),
        pytest.param("The ferry seldom sails in fog.", "The ferry sails in fog.", id="seldom"),
        pytest.param(
            "The police kept the crew from leaving.",
            "The crew were leaving, police kept off.",
            id="kept from",
        ),
        pytest.param("Rents in Vell rose.", "Rents in Vell fell.", id="rose and fell"),
        pytest.param(
            "Rents in Vell increased.", "Rents in Vell decreased.", id="increased and decreased"
        ),
        pytest.param("Rents in Vell surged.", "Rents in Vell declined.", id="surged and declined"),
        pytest.param("The union won the vote.", "The union lost the vote.", id="won and lost"),
        pytest.param(
            "The union accepted the offer.", "The union rejected the offer.", id="accepted"
        ),
        pytest.param(
            "The council approved the plan.", "The council vetoed the plan.", id="approved"
        ),
        pytest.param("The strike was legal.", "The strike was illegal.", id="legal and illegal"),
        pytest.param("The court found him guilty.", "The court found him innocent.", id="guilty"),
        pytest.param("The captain is alive.", "The captain is dead.", id="alive and dead"),
        pytest.param("The pier is safe.", "The pier is unsafe.", id="prefix un"),
        pytest.param("The data are accurate.", "The data are inaccurate.", id="prefix in"),
        pytest.param("The deal is possible.", "The deal is impossible.", id="prefix im"),
        pytest.param(
            "The union agrees with the plan.", "The union disagrees with the plan.", id="dis"
        ),
        pytest.param(
            "The council allows trucks.", "The council bans trucks.", id="allows and bans"
        ),
        pytest.param("The mayor supports the port.", "The mayor opposes the port.", id="supports"),
        pytest.param("The court upheld the fine.", "The court overturned the fine.", id="upheld"),
        pytest.param(
            "The crew left before the storm.", "The crew left after the storm.", id="before"
        ),
        pytest.param(
            "Police arrested the mate.", "Police released the mate.", id="step, all else same"
        ),
    ],
)
def test_what_is_turned_round_conflicts_both_ways(one: str, other: str) -> None:
    """Either text may be the claim."""
    assert turned(one, other)
    assert turned(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The ferry was not damaged.", "The ferry wasn’t damaged.", id="both negated"),
        pytest.param("The mate denied he slept.", "The mate denied he slept.", id="both deny"),
        pytest.param(
            "The mate did not deny he slept.", "The mate slept, he says.", id="double negation"
        ),
        pytest.param("The pass is not open.", "The pass is closed.", id="negated opposite"),
        pytest.param("The strike was not legal.", "The strike was illegal.", id="negated prefix"),
        pytest.param("The strike hit not only Vell.", "The strike hit Vell.", id="not only"),
        pytest.param(
            "The ferry sank off Vell.", "The ferry sank off Vell, no one drowned.", id="other"
        ),
        pytest.param(
            "The mate slept.",
            "The cook did not sleep, but the mate slept.",
            id="said both ways",
        ),
        pytest.param("It is not clear whether the mate slept.", "The mate slept.", id="not clear"),
        pytest.param(
            "It is unclear whether or not the mate slept.", "The mate slept.", id="or not"
        ),
        pytest.param(
            "She is not a mere clerk of the port.", "She is a clerk of the port.", id="qualified"
        ),
        pytest.param(
            "Exports rose as imports fell.", "Exports rose as imports fell.", id="both opposites"
        ),
        pytest.param("Exports rose.", "Exports rose while imports fell.", id="the other rose too"),
        pytest.param(
            "Police arrested the mate in Vell on Monday.",
            "A court released the mate on Friday.",
            id="a step later",
        ),
        pytest.param(
            "The mate made false claims.", "The mate made claims.", id="false as a mere adjective"
        ),
        pytest.param(
            "The song is in A Sailor Is Never Home.",
            "The song is in A Sailor Is Home.",
            id="part of a title",
        ),
        pytest.param("No doubt the ferry sank.", "The ferry sank.", id="no doubt"),
        pytest.param(
            "The crew left before the storm.", "The crew left after the strike.", id="other events"
        ),
        pytest.param(
            "The ferry lies not far from the pier.", "The ferry lies far off.", id="not far"
        ),
    ],
)
def test_what_says_the_same_or_another_thing_does_not_conflict(one: str, other: str) -> None:
    """Negations cancel out, and reach no further than their scope."""
    assert not turned(one, other)
    assert not turned(other, one)
