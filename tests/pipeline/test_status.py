"""How a sentence says what it says, so that a charge or a plan never passes for a fact."""

import pytest

from service.domain.verdict import Stance, Status
from service.english.text.status import ends_something, is_no_report, statuses
from service.pipeline.classifier import Probabilities
from service.pipeline.status import status_of
from tests.pipeline.judging import CONFLICTS, NEUTRAL, SUPPORTS, article, by_word, classified, read

SAID = [
    (Status.ASSERTED, "The council closed the dam on Monday."),
    (Status.ASSERTED, "Nine boats crossed the lake, the harbour office said."),
    (Status.ALLEGED, "Bo Orm is accused of stealing the boat."),
    (Status.ALLEGED, "The council allegedly knew of the cracks."),
    (Status.PLANNED, "The council plans to close the dam."),
    (Status.PLANNED, "The dam is expected to open in June."),
    (Status.CONDITIONAL, "The dam closes if the water rises."),
    (Status.CONDITIONAL, "Unless it rains the dam stays open."),
    (Status.DENIED, "Bo Orm denied that he stole the boat."),
    (Status.DENIED, "Bo Orm was acquitted of stealing the boat."),
    (Status.QUESTIONED, "Did Bo Orm steal the boat?"),
    (Status.QUESTIONED, "“Who stole the boat?”"),
    (Status.PAST, "Ada Ode, a former mayor, crossed the lake."),
    (Status.PAST, "The dam reopened on Monday."),
    (Status.CORRECTED, "Correction: the dam held 40 litres and not 50."),
    (Status.CORRECTED, "An earlier version of this article gave another name."),
]


@pytest.mark.parametrize(("status", "sentence"), SAID, ids=[text[:30] for _, text in SAID])
async def test_the_words_of_a_sentence_tell_its_status(status: Status, sentence: str) -> None:
    """Two sentences for each."""
    (excerpt,) = await read("The boat crossed.", [article(sentence)], by_word({}))
    assert status_of(excerpt) is status


def test_every_status_is_tried() -> None:
    """Twice, so that a new one is not forgotten here."""
    assert [status for status, _ in SAID[::2]] == [status for status, _ in SAID[1::2]]
    assert {status for status, _ in SAID} == set(Status)


async def test_of_several_the_one_that_takes_most_back_counts() -> None:
    """A denied accusation is denied; a question is a question; the words of all are known."""
    charged = "Bo Orm denied that he is accused of stealing the boat."
    (excerpt,) = await read("The boat crossed.", [article(charged)], by_word({}))
    assert status_of(excerpt) is Status.DENIED
    assert statuses(charged) == {Status.DENIED, Status.ALLEGED}
    assert statuses("Will Bo Orm sue?") == {Status.QUESTIONED, Status.PLANNED}
    assert statuses("The dam held.") == frozenset()


@pytest.mark.parametrize(
    ("claim", "probabilities", "status"),
    [
        ("Bo Orm stole the boat.", NEUTRAL, Status.ALLEGED),
        ("Bo Orm stole the boat.", CONFLICTS, Status.ASSERTED),
        ("Bo Orm is in court over the boat.", SUPPORTS, Status.ASSERTED),
        ("Bo Orm has been charged with stealing the boat.", SUPPORTS, Status.ALLEGED),
        ("Bo Orm was accused of stealing the boat.", CONFLICTS, Status.ALLEGED),
    ],
)
async def test_what_decides_asserts_it_unless_the_claim_is_of_the_same_kind(
    claim: str, probabilities: Probabilities, status: Status
) -> None:
    """That somebody is accused is a fact, for a claim that he is accused."""
    told = article("Bo Orm is accused of stealing the boat.")
    (found,) = await classified(claim, [told], by_word({"boat": probabilities}))
    wanted = {SUPPORTS: Stance.SUPPORTS, CONFLICTS: Stance.CONFLICTS, NEUTRAL: Stance.MENTIONS}
    assert (found.stance, found.status) == (wanted[probabilities], status)


def test_questions_and_satire_are_no_report() -> None:
    """A rhetorical question too; a question that is only told of is a report."""
    assert is_no_report("Who would steal a boat?")
    assert is_no_report("A parody of the mayor stole a boat.")
    assert not is_no_report("She asked who stole the boat.")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The bridge reopened to cars.", True),
        ("The minister resigned on Friday.", True),
        ("The ban was lifted.", True),
        ("The court overturned the ruling.", True),
        ("The bridge was closed.", False),
        ("The minister took office.", False),
    ],
)
def test_what_ends_a_state_is_known_by_its_words(text: str, ends: bool) -> None:
    """A newer report of it leaves no dispute with the older ones."""
    assert ends_something(text) is ends
