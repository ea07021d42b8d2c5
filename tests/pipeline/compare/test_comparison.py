"""What differs between a claim and a source is said with a code and both spans."""

import pytest

from service.domain.verdict import ReasonCode
from tests.pipeline.compare.comparing import compare_texts


def codes(claim: str, source: str, context: str = "") -> list[ReasonCode]:
    return [reason.code for reason in compare_texts(claim, source, context).reasons]


def test_another_number_of_the_same_thing_differs() -> None:
    """The reason points at the number with what it counts, on both sides."""
    claim = "The port of Vell employs 5,000 dockers."
    source = "The port of Vell employs about 3,000 dockers, the union said."
    (reason,) = compare_texts(claim, source, "").reasons
    assert reason.code is ReasonCode.NUMBER_DIFFERS
    assert reason.claim.span.of(claim) == reason.claim.text == "5,000 dockers"
    assert reason.source.span.of(source) == reason.source.text == "about 3,000 dockers"


def test_a_part_does_not_conflict_with_the_whole() -> None:
    """A number that is followed by a name the claim lacks counts something narrower."""
    claim = "Norway has sent 10,000 soldiers to Finland."
    source = "About 3,000 Norwegians are part of the Tromso Brigade, a unit in the Finnish north."
    comparison = compare_texts(claim, source, "")
    assert [reason.code for reason in comparison.reasons] == [ReasonCode.SCOPE_DIFFERS]
    assert not comparison.complete


def test_a_place_before_the_number_narrows_it_too() -> None:
    """The number in one region does not conflict with the number in all."""
    source = "The number of Norwegian soldiers in Finland’s Kainuu region has grown to 4,000."
    assert codes("Norway has sent 10,000 soldiers to Finland.", source) == [
        ReasonCode.SCOPE_DIFFERS
    ]


def test_another_year_is_another_scope() -> None:
    """Last time's figure does not conflict with this time's."""
    assert codes("Turnout was 61.4 percent.", "Turnout in 2021 was 54 percent.") == [
        ReasonCode.SCOPE_DIFFERS
    ]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The ferry was damaged in the storm.", "The ferry was not damaged in the storm."),
        ("The ferry wasn’t damaged in the storm.", "The ferry was damaged in the storm."),
        ("The minister knew of the leak.", "The minister never knew of the leak."),
        ("The minister knew of the leak.", "Ms. Ode denied that the minister knew of the leak."),
        (
            "The firm plans to cut jobs.",
            "Its owner denied on Friday that the firm plans to cut jobs.",
        ),
        (
            "Passengers were hurt in the crash.",
            "No passengers were hurt in the crash, police said.",
        ),
        ("The pass road is open.", "The pass road is closed."),
        ("Rents in Vell rose in March.", "Rents in Vell fell in March."),
    ],
)
def test_a_negation_or_an_opposite_on_one_side_is_a_conflict(claim: str, source: str) -> None:
    """Negations, denials and opposites turn the same statement round."""
    assert codes(claim, source) == [ReasonCode.NEGATION]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The ferry was damaged in the storm.", "The ferry was damaged in the storm."),
        ("The ferry was not damaged.", "The ferry was not damaged."),
        ("Ms. Ode denied that the firm plans cuts.", "Ms. Ode denied that the firm plans cuts."),
        ("The strike hit not only Vell but Orm.", "The strike hit Vell and Orm."),
        ("The pass road is not open.", "The pass road is closed."),
        ("The ferry sank off Vell.", "The ferry sank off Vell, but the crew did not drown."),
    ],
)
def test_what_says_the_same_does_not_conflict(claim: str, source: str) -> None:
    """Negations on both sides, "not only", and a negation of something else give no reason."""
    assert codes(claim, source) == []


def test_a_name_that_is_nowhere_leaves_the_claim_incomplete() -> None:
    """A source about another place does not bear the claim out."""
    source = "The president visited Oslo in spring."
    assert not compare_texts("The president visited Berlin in spring.", source, "").complete
    assert compare_texts("The president visited Oslo in spring.", source, "").complete


def test_a_headline_may_supply_the_name() -> None:
    """What a reader knows from the headline need not be repeated in the sentence."""
    claim, source = "The Vell ferry was damaged.", "The ferry was damaged, its owner said."
    assert not compare_texts(claim, source, "").complete
    assert compare_texts(claim, source, "Storm hits Vell").complete


def test_names_weigh_more_in_coverage() -> None:
    """Missing a name costs more than missing another word."""
    claim = "The dockers of Vell"
    assert compare_texts(claim, "these dockers", "").coverage == pytest.approx(1 / 3)
    assert compare_texts(claim, "this is Vell", "").coverage == pytest.approx(2 / 3)


def test_what_agrees_has_both_spans() -> None:
    """Numbers and dates that do not differ are handed on with their words."""
    claim, source = "The port hired 300 dockers in May.", "On 5 May the port hired 300 dockers."
    found = [(mine.text, their.text) for mine, their in compare_texts(claim, source, "").agreeing]
    assert found == [("300 dockers", "300 dockers"), ("May", "5 May")]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("12 people were killed in the Vell fire.", "30 people were injured in the Vell fire."),
        ("54 percent of women in Vell voted.", "48 percent of men in Vell voted."),
        ("Rents in Vell rose to 5 percent.", "Rents in Vell rose by 5 percent."),
        ("The port employs 5,000 workers.", "The port employs 300 seasonal workers."),
        ("In 2019 the port employed 5,000 dockers.", "In 2021 the port employed 3,000 dockers."),
    ],
)
def test_a_number_of_something_else_is_another_scope(claim: str, source: str) -> None:
    """Other outcomes, groups, roles, parts and years are no conflict, and support nothing."""
    comparison = compare_texts(claim, source, "")
    assert {reason.code for reason in comparison.reasons} == {ReasonCode.SCOPE_DIFFERS}
    assert not comparison.complete
