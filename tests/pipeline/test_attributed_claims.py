"""Said is not so: that X said Y is never borne out by what somebody else said."""

import pytest

from service.domain.verdict import Evidence, ReasonCode
from service.pipeline.classifier import Probabilities
from service.pipeline.select import Sides
from tests.pipeline.judging import CONFLICTS, NEUTRAL, SUPPORTS, article, sides

CLAIM = "Mayor Ada Ode said the ferry carries 212 passengers."


async def judged(text: str, probabilities: Probabilities = SUPPORTS, claim: str = CLAIM) -> Sides:
    """The claim against the one sentence of an article with "ferry" in it."""
    return await sides(claim, [article(text)], ferry=probabilities)


def reasons(evidence: Evidence) -> list[tuple[str, str, str]]:
    """Code and both texts, each checked against what it is said to be a slice of."""
    for one in evidence.reasons:
        assert one.source.span.of(evidence.quote) == one.source.text
    return [(one.code.value, one.claim.text, one.source.text) for one in evidence.reasons]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry carries 212 passengers, Ada Ode said.",
        "Mayor Ada Ode came on Friday. “The ferry carries 212 passengers,” she said.",
        "“The ferry carries 212 passengers,” Ms. Ode told the Post. Ada Ode is the mayor.",
        "By Ode’s count the ferry carries 212 passengers.",
        "Ada Ode said that Bo Orm had told the Post the ferry carries 212 passengers.",
    ],
)
async def test_what_the_speaker_said_supports(text: str) -> None:
    """By any of her names, quoted, reported, or told of in the article's own voice."""
    found = await judged(text)
    assert [reasons(one) for one in found.supporting] == [[]]


async def test_what_a_paper_reported_is_what_it_prints() -> None:
    """In its own voice; the same in another paper's decides nothing."""
    found = await judged(
        "The ferry carries 212 passengers.",
        claim="The Herald reported that the ferry carries 212 passengers.",
    )
    assert len(found.supporting) == 1
    found = await judged(
        "The ferry carries 212 passengers.",
        claim="The Orm Post reported that the ferry carries 212 passengers.",
    )
    assert len(found.mentions) == 1


async def test_another_figure_of_the_speaker_conflicts() -> None:
    """The content is compared, and the claim's span is in the claim as written."""
    found = await judged("The ferry carries 112 passengers, Ada Ode said.", CONFLICTS)
    (evidence,) = found.conflicting
    assert reasons(evidence) == [("NUMBER_DIFFERS", "212 passengers", "112 passengers")]
    assert evidence.reasons[0].claim.span.of(CLAIM) == "212 passengers"


async def test_the_speakers_denial_conflicts() -> None:
    """What she denied she did not say."""
    found = await judged("Ada Ode denied that the ferry carries 212 passengers.", CONFLICTS)
    assert len(found.conflicting) == 1


@pytest.mark.parametrize("probabilities", [SUPPORTS, CONFLICTS])
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The ferry carries 212 passengers, Bo Orm said.", "Bo Orm"),
        ("The ferry carries 212 passengers, the harbor office said.", "the harbor office"),
        ("Bo Orm came on Friday. He said the ferry carries 212 passengers.", "He"),
        ("“It rained,” said Bo Orm. “The ferry carries 212 passengers.”", "Bo Orm"),
    ],
)
async def test_what_somebody_else_said_decides_nothing_and_says_so(
    text: str, speaker: str, probabilities: Probabilities
) -> None:
    """Both may have said it, so it is no conflict either; the reason names both, and the quote is
    as long as it takes to hold the speaker."""
    found = await judged(text, probabilities)
    (evidence,) = found.mentions
    assert ("ATTRIBUTION_DIFFERS", "Mayor Ada Ode", speaker) in reasons(evidence)
    assert "212 passengers" in evidence.quote
    assert not found.supporting + found.conflicting


@pytest.mark.parametrize(
    ("probabilities", "side"), [(SUPPORTS, "supporting"), (NEUTRAL, "mentions")]
)
@pytest.mark.parametrize(
    "text",
    [
        "The ferry carries 212 passengers.",
        "The mayor of Vell said the ferry carries 212 passengers.",
        "He said the ferry carries 212 passengers.",
    ],
)
async def test_whether_it_was_said_where_no_name_tells_is_left_to_the_model(
    text: str, probabilities: Probabilities, side: str
) -> None:
    """It may have been her, which the model reads in the sentences around; without a reason."""
    found = await judged(text, probabilities)
    (evidence,) = getattr(found, side)
    assert ReasonCode.ATTRIBUTION_DIFFERS not in {one.code for one in evidence.reasons}


async def test_a_plain_claim_takes_anybodys_word() -> None:
    """Attributed evidence, whoever it is from."""
    claim = "The ferry carries 212 passengers."
    found = await judged("The ferry carries 212 passengers, Bo Orm said.", claim=claim)
    (evidence,) = found.supporting
    assert evidence.attribution.speaker
    assert evidence.attribution.speaker.text == "Bo Orm"
    assert evidence.reasons == ()


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Ada Ode denied that the ferry carries 212 passengers.", "supporting"),
        ("Bo Orm denied that the ferry carries 212 passengers.", "mentions"),
    ],
)
async def test_a_claimed_denial_is_that_of_the_one_who_denies(text: str, side: str) -> None:
    """That X denied is borne out by X's denial, not by another's."""
    claim = "Ada Ode denied that the ferry carries 212 passengers."
    found = await judged(text, claim=claim)
    assert len(getattr(found, side)) == 1
