import re
from random import Random

import pytest

from tests.training.contrast.made import SEEDS, labels, made
from training.contrast import speech
from training.contrast.change import Label

SENTENCE = "The bridge was closed to lorries in June."


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        (r"(?:said|confirmed|announced|reported|stated) that the bridge", Label.SUPPORTS),
        (r"(?:denied|disputed) that the bridge", Label.CONFLICTS),
        (r"(?:doubted|hoped|feared) that the bridge|(?:asked|say) whether the bridge",
         Label.NEUTRAL),
    ],
)  # fmt: skip
def test_a_report_counts_as_its_verb_does(cue: str, expected: Label) -> None:
    """What is said supports, what is denied conflicts, what is doubted leaves it open."""
    reports = [one for one in made(speech.changes, SENTENCE) if re.search(cue, one[0])]
    assert reports
    assert {one[1:] for one in reports} == {(None, expected)}


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("Olga Brandt failed to reach the island.", (Label.CONFLICTS, Label.CONFLICTS)),
        ("Olga Brandt managed to reach the island.", (Label.SUPPORTS, Label.SUPPORTS)),
        ("Olga Brandt planned to reach the island.", (None, Label.NEUTRAL)),
    ],
)
def test_only_who_managed_did_it(edited: str, expected: tuple[Label | None, Label | None]) -> None:
    """An attempt is no deed, and a failed one is the reverse of it."""
    assert labels(speech.changes, "Olga Brandt reached the island.")[edited] == expected


def test_the_claim_names_who_said_it() -> None:
    """The same speaker's words support, the same one's denial conflicts, another's are others."""
    pairs = list(speech.of_speakers(SENTENCE, Random(4)))[:3]
    assert [pair.label for pair in pairs] == [Label.SUPPORTS, Label.CONFLICTS, Label.NEUTRAL]
    opening = re.compile(r"(?:[A-Z]\S+|A) (?:[A-Z]\S+|[a-z]+)")
    claim, same, _, other = (
        opening.match(text) for text in (pairs[0].claim, *(pair.evidence for pair in pairs))
    )
    assert claim
    assert same
    assert other
    assert claim[0] == same[0] != other[0]


def _speaker(claim: str) -> str:
    return re.split(r" (?:told reporters|\w+) that ", claim)[0]


def test_a_quotation_bears_out_its_speaker_alone() -> None:
    """Whether the name stands behind the words or in front of them."""
    for seed in range(SEEDS):
        pairs = list(speech.of_speakers(SENTENCE, Random(seed)))[3:]
        assert [pair.label for pair in pairs] == [
            Label.SUPPORTS, Label.SUPPORTS, Label.CONFLICTS, Label.NEUTRAL
        ]  # fmt: skip
        (evidence,) = {pair.evidence for pair in pairs}
        assert re.search(r"“The bridge was closed to lorries in June,” ", evidence)
        named = evidence.replace("“The bridge was closed to lorries in June,” ", "")
        short, other = (_speaker(pairs[place].claim) for place in (1, 3))
        assert short.lower() in named.lower()
        assert other.lower() not in named.lower()


@pytest.mark.parametrize(
    "text", ["He said the bridge was closed.", "We were near the bridge.", "Why was it closed?"]
)
def test_puts_nothing_into_a_mouth_that_has_one(text: str) -> None:
    """Reports of reports, first persons and questions stay as they are."""
    assert not made(speech.changes, text)
