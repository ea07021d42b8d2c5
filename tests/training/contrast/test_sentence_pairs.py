"""A sentence alone gives pairs whose label is known."""

from random import Random

import pytest

from training.contrast.balance import balanced
from training.contrast.change import Label
from training.contrast.contrast import Contrast
from training.contrast.edit import applied
from training.contrast.people import Names
from training.contrast.sentence import from_sentence, is_usable
from training.contrast.speech import _ASSERTS

NAMES = Names(he=("Karl Brandt", "Peter Osgood"), she=("Maria Hallam", "Joan Pettifer"))
SENTENCES = (
    "On May 5, 2014, the port of Vell hired 3,000 dockers for its new terminal.",
    "The book about the flood was written by John Ashby within two years.",
    "Most workers at the mill in Orne were paid on Friday, although the owner was away.",
    "The council approved the plan to spend $40 million on a bridge over the river.",
)
SEEDS = range(15)


def made(sentence: str) -> list[Contrast]:
    return [pair for seed in SEEDS for pair in from_sentence(sentence, NAMES, Random(seed))]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_both_sides_are_made_of_the_one_sentence(sentence: str) -> None:
    """By the edits that come along; only what one speaker says twice may be the same."""
    pairs = made(sentence)
    assert {pair.label for pair in pairs} == set(Label)
    for pair in pairs:
        assert pair.claim == applied(sentence, pair.claim_edits)
        assert pair.evidence == applied(sentence, pair.evidence_edits)
        assert pair.claim != pair.evidence or pair.kind == "speech.kept"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_kind_says_whether_something_was_turned(sentence: str) -> None:
    """What is kept supports, and what is not kept does not."""
    for pair in made(sentence):
        assert pair.kind.endswith(".kept") == (pair.label is Label.SUPPORTS)


def test_both_kinds_of_evidence_are_made() -> None:
    """The original is the claim as often as the evidence: neither is always the edited one."""
    pairs = [pair for pair in made(SENTENCES[0]) if pair.kind == "number"]
    assert any(pair.claim_edits and not pair.evidence_edits for pair in pairs)
    assert any(pair.evidence_edits and not pair.claim_edits for pair in pairs)


def test_who_said_it_is_part_of_what_is_claimed() -> None:
    """The same speaker denies what is claimed of them; of another speaker nothing follows."""
    spoken = [pair for pair in made(SENTENCES[3]) if pair.claim_edits and pair.evidence_edits]
    reports = [pair for pair in spoken if pair.kind.startswith("speech")]
    assert {pair.label for pair in reports} == set(Label)
    for pair in reports:
        speaker = next(
            pair.claim.partition(f" {verb} that ")[0]
            for verb in _ASSERTS
            if f" {verb} that " in pair.claim
        )
        same = pair.evidence.startswith(f"{speaker} ")
        assert same == (pair.label is not Label.NEUTRAL)


def test_the_same_seed_makes_the_same_pairs_of_a_sentence() -> None:
    """What was trained on can be made again."""
    one, same = (list(from_sentence(SENTENCES[1], NAMES, Random(3))) for _ in range(2))
    assert one == same


@pytest.mark.parametrize(
    "sentence",
    [
        "“We hired three thousand dockers for the new terminal,” said the mayor.",
        "Did the port of Vell hire three thousand dockers for the terminal?",
        "But the port of Vell hired three thousand dockers for the terminal.",
        "Photo: the port of Vell with three thousand dockers at the terminal.",
        "Too short to be used.",
        "the port of Vell hired three thousand dockers for the new terminal.",
        "The port (of Vell hired three thousand dockers for the new terminal.",
    ],
)
def test_a_sentence_that_states_nothing_by_itself_gives_nothing(sentence: str) -> None:
    """Quotations, questions, captions, fragments."""
    assert not is_usable(sentence)
    assert not made(sentence)


def test_kinds_and_labels_take_turns() -> None:
    """As many of each as there are, until there are enough, and none twice."""
    pairs = [pair for sentence in SENTENCES for pair in made(sentence)]
    cells = {(pair.kind, pair.label) for pair in pairs}
    chosen = list(balanced(pairs, 2 * len(cells), Random(0)))
    assert len(chosen) == 2 * len(cells)
    assert {(pair.kind, pair.label) for pair in chosen} == cells
    for cell in cells:
        there = sum((pair.kind, pair.label) == cell for pair in pairs)
        taken = sum((pair.kind, pair.label) == cell for pair in chosen)
        assert min(there, 2) <= taken
