"""Each operator finds what it can change, and says what that does to the meaning."""

from random import Random

import pytest

from training.contrast import (
    dates,
    negation,
    numbers,
    qualifiers,
    scope,
    shortening,
    speech,
    units,
)
from training.contrast.change import Change, Label, Operator
from training.contrast.edit import Edit, applied, narrowed
from training.contrast.names import NameChanges
from training.contrast.numerals import numerals
from training.contrast.people import Names
from training.contrast.places import STATES

SUPPORTS, CONFLICTS, NEUTRAL = Label
SEEDS = range(40)
NAMES = Names(he=("Karl Brandt", "Peter Osgood"), she=("Maria Hallam", "Joan Pettifer"))
NUMBERED = (
    "The port of Vell hired 3,000 dockers for the new terminal.",
    "The council spent $40 million on the bridge over the Orne.",
    "Turnout rose by 12 percent in the northern districts.",
    "She swam nine miles along the coast in heavy rain.",
    "In the old harbour twelve boats were moored.",
    "The mast is 4.5 meters high.",
)


def every(operator: Operator, text: str) -> set[tuple[str, Label | None, Label | None]]:
    """All that an operator makes of a text with any of some seeds: text, label, label reversed."""
    return {
        (applied(text, change.edits), change.as_claim, change.as_evidence)
        for seed in SEEDS
        for change in operator(text, Random(seed))
    }


def conflicting(operator: Operator, text: str, kind: str) -> list[str]:
    """The edited texts that the original excludes."""
    changes = [change for seed in SEEDS for change in operator(text, Random(seed))]
    return [
        applied(text, change.edits)
        for change in changes
        if change.kind == kind and change.as_claim is CONFLICTS
    ]


@pytest.mark.parametrize("text", NUMBERED)
def test_a_changed_number_differs_in_exactly_one_value(text: str) -> None:
    """The words around it stay, and the new value is not the old one in other words."""
    changed = conflicting(numbers.changes, text, "number")
    assert changed
    (was,) = numerals(text)
    for other in changed:
        (now,) = numerals(other)
        assert now.value != was.value
        assert (other[: now.start], other[now.end :]) == (text[: was.start], text[was.end :])
        assert (now.sign, now.scale, now.percent) == (was.sign, was.scale, was.percent)


@pytest.mark.parametrize("text", NUMBERED)
def test_a_restyled_number_has_the_same_value(text: str) -> None:
    """Digits, words and scales come and go; what they are worth does not."""
    kept = [
        change for seed in SEEDS for change in numbers.changes(text, Random(seed)) if change.keeps
    ]
    (was,) = numerals(text)
    for change in kept:
        restyled = applied(text, change.edits)
        assert restyled != text
        assert [number.value for number in numerals(restyled)] == [was.value]


@pytest.mark.parametrize(
    "text",
    [
        "About 60 people came to the square.",
        "More than 60 people came to the square.",
        "He did not pay the 60 euros.",
        "The law of 1994 was repealed.",
        "They met at 7 p.m. in the town hall.",
        "They won the match by 3 to 2.",
        "Apollo 11 was shown to the children.",
        "Between 40 and 60 boats were lost.",
    ],
)
def test_a_number_whose_change_may_not_conflict_is_left_alone(text: str) -> None:
    """Bounds, negations, years, times, scores, names and ranges."""
    assert not conflicting(numbers.changes, text, "number")


@pytest.mark.parametrize(
    ("operator", "text", "expected", "as_claim", "as_evidence"),
    [
        (units.changes, "She swam nine miles in the rain.",
         "She swam nine kilometers in the rain.", CONFLICTS, CONFLICTS),
        (units.changes, "She swam nine miles in the rain.",
         "She swam 14.5 kilometers in the rain.", SUPPORTS, SUPPORTS),
        (units.changes, "The trial lasted three weeks in all.",
         "The trial lasted three months in all.", CONFLICTS, CONFLICTS),
        (units.changes, "The trial lasted three weeks in all.",
         "The trial lasted 21 days in all.", SUPPORTS, SUPPORTS),
        (units.changes, "The bridge cost $40 million in all.",
         "The bridge cost $40 billion in all.", CONFLICTS, CONFLICTS),
        (units.changes, "The bridge cost $40 million in all.",
         "The bridge cost €40 million in all.", CONFLICTS, CONFLICTS),
        (units.changes, "Rents rose by 12 percent last year.",
         "Rents rose by 12 percentage points last year.", CONFLICTS, CONFLICTS),
        (dates.changes, "The ferry sank on May 5, 2014.",
         "The ferry sank on 5 May 2014.", SUPPORTS, SUPPORTS),
        (dates.changes, "The ferry sank on May 5, 2014.",
         "The ferry sank in May 2014.", SUPPORTS, NEUTRAL),
        (dates.changes, "The ferry sank on May 5, 2014.",
         "The ferry sank on August 5, 2014.", CONFLICTS, CONFLICTS),
        (dates.changes, "The ferry sank in May 2014.",
         "The ferry sank in 2014.", SUPPORTS, NEUTRAL),
        (dates.changes, "The hearing was held on Tuesday in Vell.",
         "The hearing was held on Friday in Vell.", CONFLICTS, CONFLICTS),
        (dates.changes, "The hearing was held on Tuesday in Vell.",
         "The hearing was held in Vell.", SUPPORTS, NEUTRAL),
        (NameChanges(NAMES), "The book was written by John Ashby.",
         "The book was written by Karl Brandt.", CONFLICTS, CONFLICTS),
        (NameChanges(NAMES), "The book was written by John Ashby.",
         "The book was written by Ashby.", SUPPORTS, None),
        (NameChanges(NAMES), "John Ashby slept badly that night.",
         "Karl Brandt slept badly that night.", NEUTRAL, NEUTRAL),
        (NameChanges(NAMES), "They questioned Dr. Mary Ashby at noon.",
         "They questioned Mary Ashby at noon.", SUPPORTS, SUPPORTS),
        (NameChanges(NAMES), "She was born in Texas and studied law.",
         "She was born in Houston, Texas, and studied law.", NEUTRAL, SUPPORTS),
        (NameChanges(NAMES), "They moved to the United States.",
         "They moved to the U.S..", SUPPORTS, SUPPORTS),
        (negation.changes, "The company published the report.",
         "The company did not publish the report.", CONFLICTS, CONFLICTS),
        (negation.changes, "The company didn't publish the report.",
         "The company published the report.", CONFLICTS, CONFLICTS),
        (negation.changes, "The bridge was closed.",
         "The bridge wasn't closed.", CONFLICTS, CONFLICTS),
        (negation.changes, "Profits rose last year.",
         "Profits fell last year.", CONFLICTS, CONFLICTS),
        (negation.changes, "Profits rose last year.",
         "Profits did not fall last year.", SUPPORTS, NEUTRAL),
        (negation.changes, "The verdict was illegal.",
         "The verdict was not legal.", SUPPORTS, SUPPORTS),
        (scope.changes, "All of the workers were paid.",
         "Some of the workers were paid.", SUPPORTS, NEUTRAL),
        (scope.changes, "Some residents were moved.",
         "All residents were moved.", NEUTRAL, SUPPORTS),
        (scope.changes, "Most pupils passed the exam.",
         "No pupils passed the exam.", CONFLICTS, CONFLICTS),
        (scope.changes, "Two-thirds of the houses were empty.",
         "Most of the houses were empty.", SUPPORTS, NEUTRAL),
        (scope.changes, "Two of the seven boats were lost.",
         "All of the seven boats were lost.", CONFLICTS, CONFLICTS),
        (shortening.changes, "However, the bridge over the Orne stayed open.",
         "The bridge over the Orne stayed open.", SUPPORTS, SUPPORTS),
        (shortening.changes, "The council approved the old plan, which a strike had delayed.",
         "The council approved the old plan.", SUPPORTS, NEUTRAL),
        (qualifiers.changes, "The ferry carried 400 people.",
         "The ferry carried more than 200 people.", SUPPORTS, NEUTRAL),
        (qualifiers.changes, "The ferry carried 400 people.",
         "The ferry carried at most 200 people.", CONFLICTS, CONFLICTS),
        (qualifiers.changes, "The ferry carried 400 people.",
         "The ferry carried about 400 people.", SUPPORTS, None),
        (qualifiers.changes, "The law will take effect.",
         "The law may take effect.", SUPPORTS, NEUTRAL),
        (speech.changes, "John Ashby won the cup.",
         "John Ashby failed to win the cup.", CONFLICTS, CONFLICTS),
        (speech.changes, "John Ashby won the cup.",
         "John Ashby managed to win the cup.", SUPPORTS, SUPPORTS),
        (speech.changes, "John Ashby won the cup.",
         "John Ashby hoped to win the cup.", None, NEUTRAL),
    ],
)  # fmt: skip
def test_what_is_changed_and_what_it_means(
    operator: Operator,
    text: str,
    expected: str,
    as_claim: Label | None,
    as_evidence: Label | None,
) -> None:
    """Among all that is made of the text, this is, with these labels."""
    assert (expected, as_claim, as_evidence) in every(operator, text)


@pytest.mark.parametrize(
    ("operator", "text"),
    [
        (units.changes, "The 3 year old boat was sold."),
        (dates.changes, "The March on Vell was long."),
        (dates.changes, "The strike of 1987–88 was long."),
        (NameChanges(NAMES), "They admired the Texas-style hat."),
        (negation.changes, "Few of the boats came back because the storm was strong."),
        (negation.changes, "The report that came out in spring was long."),
        (scope.changes, "They did not pay all of the workers."),
        (qualifiers.changes, "If 400 people come, the ferry is full."),
        (shortening.changes, "The plan, which was late, would be approved if the council met."),
        (speech.changes, "“We won the cup,” said the captain."),
    ],
)
def test_where_the_meaning_is_uncertain_nothing_is_changed(operator: Operator, text: str) -> None:
    """Rather none than a wrong label."""
    assert not every(operator, text)


def test_a_place_gives_way_to_another_of_its_kind() -> None:
    """Who was born in one state was not born in another."""
    changed = conflicting(NameChanges(NAMES), "She was born in Texas and studied law.", "name")
    states = {text.removeprefix("She was born in ").partition(" and")[0] for text in changed}
    assert len(states) > 5
    assert states <= set(STATES) - {"Texas"}


@pytest.mark.parametrize(
    ("verbs", "label"),
    [
        (speech._ASSERTS, SUPPORTS),
        (speech._DENIES, CONFLICTS),
        (speech._OPEN, NEUTRAL),
    ],
)
def test_a_report_is_worth_what_its_verb_is(verbs: tuple[str, ...], label: Label) -> None:
    """Who says so confirms, who denies conflicts, who doubts leaves it open; the words stay."""
    text = "The bridge over the Orne was closed."
    reports = {
        found
        for found, as_claim, as_evidence in every(speech.changes, text)
        if as_claim is None and as_evidence is label
    }
    assert reports
    for report in reports:
        assert report.endswith("the bridge over the Orne was closed.")
        assert any(f" {verb} " in report for verb in verbs)


def test_edits_are_made_at_their_places() -> None:
    """Each counts in the text as it was, in whatever order they come."""
    assert applied("one two three", (Edit(8, 13, "drei"), Edit(0, 3, "eins"))) == "eins two drei"
    with pytest.raises(ValueError, match="touch"):
        applied("one two three", (Edit(0, 5, ""), Edit(4, 7, "")))


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("John Ashby slept.", Edit(0, 10, "Ashby"), Edit(0, 5, "")),
        ("Ashby slept.", Edit(0, 5, "Police said that Ashby"), Edit(0, 0, "Police said that ")),
        ("It cost about 30 euros.", Edit(8, 22, "about 40 euros"), Edit(14, 17, "40 ")),
        ("It was hot on Friday.", Edit(10, 20, ""), Edit(10, 20, "")),
    ],
)
def test_a_narrowed_edit_holds_only_what_it_changes(text: str, edit: Edit, expected: Edit) -> None:
    """And makes the same text."""
    assert narrowed(text, edit) == expected
    assert applied(text, [narrowed(text, edit)]) == applied(text, [edit])


def test_only_what_both_ways_supports_keeps() -> None:
    """A weaker text follows from the first, and the first does not follow from it."""
    assert Change((), "x", SUPPORTS, SUPPORTS).keeps
    assert not Change((), "x", SUPPORTS, NEUTRAL).keeps
