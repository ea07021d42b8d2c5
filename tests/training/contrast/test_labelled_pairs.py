"""Pairs with a known label give pairs with a known label."""

from random import Random

import pytest

from training.contrast.change import Label
from training.contrast.contrast import Contrast
from training.contrast.edit import applied
from training.contrast.pairs import MAX_EVIDENCE_CHARS, from_pair
from training.contrast.people import Names

NAMES = Names(he=("Karl Brandt", "Peter Osgood"), she=("Maria Hallam", "Joan Pettifer"))
CLAIM = "The mill in Orne closed after 40 years."
EVIDENCE = "In May 2014 the old mill in Orne, a landmark, closed after 40 years of work."
SEEDS = range(20)


def made(claim: str, evidence: str, label: str) -> list[Contrast]:
    return [
        pair for seed in SEEDS for pair in from_pair(claim, evidence, label, NAMES, Random(seed))
    ]


@pytest.mark.parametrize(
    ("label", "turned"),
    [("supports", "conflicts"), ("conflicts", "supports"), ("neutral", "neutral")],
)
@pytest.mark.parametrize(
    ("claim", "negated"),
    [
        ("The company published the report.", "The company did not publish the report."),
        ("The company did not publish the report.", "The company published the report."),
    ],
)
def test_a_negation_turns_the_label_round(
    claim: str, negated: str, label: str, turned: str
) -> None:
    """Put in or taken out, of a true claim or a false one: "not" is no sign of either."""
    evidence = "Its report came out in the spring."
    labels = {pair.label for pair in made(claim, evidence, label) if pair.claim == negated}
    assert labels == {Label(turned)}


def test_the_edits_make_the_pair_of_the_originals() -> None:
    """Claim and evidence can be had again from what they were made of."""
    pairs = made(CLAIM, EVIDENCE, "supports")
    assert pairs
    for pair in pairs:
        assert pair.claim == applied(CLAIM, pair.claim_edits)
        assert pair.evidence == applied(EVIDENCE, pair.evidence_edits)
        assert (pair.claim, pair.evidence) != (CLAIM, EVIDENCE)


def test_evidence_that_no_longer_says_it_conflicts() -> None:
    """The number that both have is changed in the evidence alone."""
    changed = [
        pair
        for pair in made(CLAIM, EVIDENCE, "supports")
        if pair.kind == "number" and pair.evidence_edits
    ]
    assert changed
    assert all(pair.label is Label.CONFLICTS and pair.claim == CLAIM for pair in changed)
    assert all("40 years" not in pair.evidence for pair in changed)


def test_what_the_claim_does_not_speak_of_turns_nothing() -> None:
    """The evidence's date can be any other: the claim has none."""
    dated = [pair for pair in made(CLAIM, EVIDENCE, "supports") if pair.kind.startswith("date")]
    assert not dated


def test_a_changed_number_of_an_unproven_claim_is_unproven() -> None:
    """A changed word is no sign of a conflict."""
    evidence = "The mill in Orne was painted by a local artist."
    labels = {pair.label for pair in made(CLAIM, evidence, "neutral") if pair.kind == "number"}
    assert labels == {Label.NEUTRAL}


def test_of_a_refuted_claim_only_the_same_is_refuted() -> None:
    """Another wrong number might be the right one."""
    evidence = "The mill in Orne closed after 31 years of work."
    changed = [pair for pair in made(CLAIM, evidence, "conflicts") if pair.kind == "number"]
    assert not changed


@pytest.mark.parametrize("label", ["supports", "conflicts", "neutral"])
def test_a_rewrite_keeps_the_label(label: str) -> None:
    """Digits or words, it is the same claim."""
    kept = [
        pair
        for pair in made(CLAIM, EVIDENCE, label)
        if pair.kind == "number.kept" and pair.claim_edits
    ]
    assert {pair.claim for pair in kept} == {"The mill in Orne closed after forty years."}
    assert {pair.label for pair in kept} == {Label(label)}


def test_the_same_seed_makes_the_same_pairs() -> None:
    """What a model was trained on can be made again."""
    one, same, other = (
        list(from_pair(CLAIM, EVIDENCE, "supports", NAMES, Random(seed))) for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other


def test_evidence_beyond_what_the_model_reads_is_left_out() -> None:
    """What is edited might not be seen."""
    assert not made(CLAIM, EVIDENCE + " So it was." * (MAX_EVIDENCE_CHARS // 10), "supports")
