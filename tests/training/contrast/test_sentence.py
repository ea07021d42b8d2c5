from collections import Counter
from random import Random

import pytest

from training.contrast.change import Label
from training.contrast.edit import applied
from training.contrast.people import Names
from training.contrast.sentence import from_sentence, is_usable

NAMES = Names(("Walter Brond",), ("Edith Marl",))
SENTENCE = (
    "On May 5, 2019, Paul Kremm moved 3,000 people 12 miles inland, which the council praised."
)


def test_both_sides_are_edits_of_the_sentence() -> None:
    """What is kept of a pair, its edits, gives the pair back."""
    pairs = list(from_sentence(SENTENCE, NAMES, Random(5)))
    assert len(pairs) > 20
    for pair in pairs:
        assert applied(SENTENCE, pair.claim_edits) == pair.claim
        assert applied(SENTENCE, pair.evidence_edits) == pair.evidence
        assert pair.claim != pair.evidence


def test_edits_either_side() -> None:
    """An edit is no sign that a text is the claim."""
    pairs = list(from_sentence(SENTENCE, NAMES, Random(5)))
    assert any(pair.claim == SENTENCE for pair in pairs)
    assert any(pair.evidence == SENTENCE for pair in pairs)


def test_what_supports_is_called_kept() -> None:
    """A kind tells by its name whether the label was turned."""
    for pair in from_sentence(SENTENCE, NAMES, Random(5)):
        assert pair.kind.endswith(".kept") == (pair.label == "supports")


def test_the_same_seed_gives_the_same_pairs() -> None:
    """Nothing is drawn but from the generator that is handed in."""
    one, other = (list(from_sentence(SENTENCE, NAMES, Random(9))) for _ in range(2))
    assert one == other


def test_a_sentence_gives_every_label() -> None:
    """No kind of change is a sign of one label alone."""
    count = Counter(pair.label for pair in from_sentence(SENTENCE, NAMES, Random(5)))
    assert min(count[label] for label in Label) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge is closed to every lorry of the town,” said the mayor.",
        "Bridge is closed.",
        "Was the bridge closed to every lorry of the town in June?",
        "the bridge was closed to every lorry of the town in June.",
        "But the bridge was closed to every lorry of the town in June.",
        "Read more about the closed bridge at www.example.org in the morning.",
    ],
)
def test_takes_plain_statements_only(text: str) -> None:
    """Quotations, fragments, questions and page furniture give no pairs."""
    assert not is_usable(text)
    assert not list(from_sentence(text, NAMES, Random(1)))
