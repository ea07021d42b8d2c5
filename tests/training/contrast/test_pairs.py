from random import Random

import pytest

from training.contrast.contrast import Contrast
from training.contrast.pairs import from_pair
from training.contrast.people import Names

NAMES = Names(("Walter Brond",), ("Edith Marl",))
CLAIM = "Paul Kremm is a Danish weaver."
EVIDENCE = "Paul Kremm (born May 5, 1962) is a Danish weaver and the author of 12 books."


def found(claim: str, evidence: str, label: str) -> list[Contrast]:
    """The pairs of twenty seeds."""
    return [
        pair
        for seed in range(20)
        for pair in from_pair(claim, evidence, label, NAMES, Random(seed))
    ]


@pytest.mark.parametrize(
    ("label", "turned"),
    [("supports", "conflicts"), ("conflicts", "supports"), ("neutral", "neutral")],
)
def test_a_negated_claim_has_the_other_label(label: str, turned: str) -> None:
    """So that "not" in a claim is no sign of its label."""
    pairs = found(CLAIM, EVIDENCE, label)
    assert ("Paul Kremm is not a Danish weaver.", turned) in {
        (pair.claim, pair.label) for pair in pairs
    }
    back = found("Paul Kremm is not a Danish weaver.", EVIDENCE, label)
    assert (CLAIM, turned) in {(pair.claim, pair.label) for pair in back}


def test_changed_evidence_turns_the_same_claim() -> None:
    """The claim alone cannot tell: it stands with both labels."""
    changed = [pair for pair in found(CLAIM, EVIDENCE, "supports") if pair.evidence_edits]
    nationality = [pair for pair in changed if pair.kind == "name"]
    assert nationality
    for pair in nationality:
        assert pair.claim == CLAIM
        assert pair.label == "conflicts"
        assert "Danish" not in pair.evidence


def test_an_edit_that_the_claim_does_not_mention_turns_nothing() -> None:
    """How many books he wrote has nothing to do with his trade."""
    for pair in found(CLAIM, EVIDENCE, "supports"):
        assert pair.kind == "speech" or "12 books" in pair.evidence or pair.label == "supports"


def test_another_subject_is_another_matter() -> None:
    """What is said of Kremm says nothing of Brond, if it names Kremm."""
    claim, evidence = "Paul Kremm praised the bridge.", "In May, Kremm praised the new bridge."
    neutral = [pair for pair in found(claim, evidence, "supports") if pair.label == "neutral"]
    assert "Walter Brond praised the bridge." in {pair.claim for pair in neutral}
    unnamed = found(claim, "In May, he praised the new bridge.", "supports")
    assert all(pair.claim != "Walter Brond praised the bridge." for pair in unnamed)


def test_what_says_the_same_keeps_every_label() -> None:
    """A refuted claim in other words is refuted."""
    claim = "Paul Kremm wrote 15 books."
    for label in ("supports", "conflicts", "neutral"):
        kept = [pair for pair in found(claim, EVIDENCE, label) if pair.kind == "number.kept"]
        assert kept
        assert {pair.label for pair in kept} == {label}
