from random import Random

import pytest

from tests.training.contrast.made import labels
from training.contrast.change import Label
from training.contrast.names import NameChanges
from training.contrast.people import Names, people

POOL = Names(("Walter Brond",), ("Edith Marl",))
CHANGES = NameChanges(POOL)
CHANGED = (Label.CONFLICTS, Label.CONFLICTS)


@pytest.mark.parametrize(
    ("text", "edited", "expected"),
    [
        ("Paul Kremm praised the bridge.", "Walter Brond praised the bridge.",
         (Label.NEUTRAL, Label.NEUTRAL)),
        ("The film was directed by Paul Kremm.", "The film was directed by Walter Brond.", CHANGED),
        ("The ferry met Mayor Anna Stolt.", "The ferry met Anna Stolt.",
         (Label.SUPPORTS, Label.SUPPORTS)),
        ("The ferry met Mayor Anna Stolt.", "The ferry met Mayor Stolt.", (Label.SUPPORTS, None)),
        ("She is a Danish weaver.", "She is an Egyptian weaver.", CHANGED),
        ("The bomber was killed in Lima.", "The bomber was killed in Oslo.", CHANGED),
        ("Two barns burned in Texas overnight.", "Two barns burned in Houston, Texas, overnight.",
         (Label.NEUTRAL, Label.SUPPORTS)),
    ],
)  # fmt: skip
def test_knows_who_excludes_whom(
    text: str, edited: str, expected: tuple[Label, Label | None]
) -> None:
    """Another name in an exclusive place contradicts; another subject says nothing of the first."""
    assert labels(CHANGES, text)[edited] == expected


def test_leaves_the_subject_of_what_only_one_can_be() -> None:
    """If Kremm is the mayor, that Brond is contradicts it: not a neutral pair."""
    found = labels(CHANGES, "Paul Kremm is the mayor of the town.")
    assert "Walter Brond is the mayor of the town." not in found


def test_gathers_who_is_named_twice() -> None:
    """A pool holds each name once, by its pronoun, and no street or paper."""
    texts = ["Anna Stolt sang.", "We saw Anna Stolt.", "Paul Kremm left.", "Paul Kremm is back.",
             "Port Frank Herald", "Port Frank Herald", "Mary Once spoke."]  # fmt: skip
    assert Names.gather(texts) == Names(("Paul Kremm",), ("Anna Stolt",))


def test_puts_nobody_in_who_shares_a_name() -> None:
    """Another Paul would be no clear change."""
    person = next(people("Paul Kremm sang."))
    assert Names(("Paul Brond", "Ivan Kremm"), ()).another(person, Random(1)) is None
