"""How a sentence is put is told in numbers, whatever it is about."""

import math

import pytest

from service.english.text.traits import TRAITS, traits


def trait(sentence: str, name: str) -> float:
    """One of the numbers."""
    return traits(sentence)[TRAITS.index(name)]


@pytest.mark.parametrize(
    ("sentence", "name", "count"),
    [
        ("The bill came to $5.1 million in 2025.", "figures", 2),
        ("The dam is closed.", "figures", 0),
        ("Two of twelve boats moved.", "numerals", 2),
        ("Turnout rose to 61 per cent.", "shares", 1),
        ("I know what I said.", "I", 2),
        ("IT is a department.", "I", 0),
        ("We told our readers.", "we", 2),
        ("Who paid?", "asked", 1),
        ("The council should resign.", "demanded", 1),
        ("They’ll close it; it won’t hold.", "future", 2),
        ("She didn’t come.", "denied", 1),
        ("Ode said so.", "reported", 1),
        ("But they held.", "points back", 1),
        ("The others held.", "points back", 0),
    ],
)
def test_a_trait_counts_up_to_twice(sentence: str, name: str, count: int) -> None:
    """By the square root of how often it is there."""
    assert trait(sentence, name) == pytest.approx(math.sqrt(count))


def test_a_third_figure_says_no_more_than_a_second() -> None:
    """Else a table's row would outweigh everything else."""
    assert trait("7 and 8.", "figures") == trait("7, 8 and 9.", "figures") == math.sqrt(2)


def test_length_and_names_count_by_their_logarithm() -> None:
    """The first word is capitalised in every sentence, and "I" in any place: neither is a name."""
    assert trait("Today Ada Ode and I’m told I met Bo.", "names") == pytest.approx(math.log1p(3))
    assert trait("The dam held.", "words") == pytest.approx(math.log1p(3))
    assert trait("The dam held.", "few words") == 0.75
    assert trait("The old dam held again.", "few words") == 1.0


def test_nothing_has_no_traits() -> None:
    """An empty text is zeros, and as many as any other."""
    assert traits("") == (0.0,) * len(TRAITS)
