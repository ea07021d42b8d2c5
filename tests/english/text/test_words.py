"""Words are compared without what does not matter."""

import pytest

from service.english.text.words import content_words, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("British", "U.K.’s"),
        ("Ukrainian", "Ukraine's"),
        ("Koreans", "Korean"),
        ("attaché", "attache"),
        ("defence", "defense"),
        ("centre", "center"),
        ("labour", "labor"),
        ("organised", "organized"),
        ("soldiers", "soldier"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    """Number, case, possessives, accents, national spelling and nationality do not matter."""
    assert stem(one) == stem(other)


def test_function_words_and_numbers_are_no_content_words() -> None:
    """What is left carries the meaning; names are marked."""
    words = content_words("The 300 dockers of Vell aren’t in the union, Ms. Ode said.")
    assert [(word.stem, word.is_name) for word in words] == [
        ("docker", False),
        ("vell", True),
        ("union", False),
        ("ode", True),
    ]


def test_the_country_is_no_pronoun() -> None:
    """The US is a country although "us" is not worth a comparison."""
    assert [word.stem for word in content_words("The US told us so.")] == ["america"]
