"""Sentences get the names that stand in the sentences before them, and none in doubt."""

import pytest

from service.english.speakers.standing_alone import Names
from service.english.text.segment import segment


def in_full(text: str) -> list[str]:
    """Each sentence as it reads alone."""
    sentences = segment(text).sentences
    names = Names(text, sentences)
    read = []
    for index, sentence in enumerate(sentences):
        words, at = "", sentence.start
        for each in names.in_full(index, ()):
            words += text[at : each.span.start] + each.words
            at = each.span.end
        read.append(words + text[at : sentence.end])
    return read


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Mayor Anna Poe opened the bridge. She was elected in 2019.",
            "Mayor Anna Poe was elected in 2019.",
        ),
        (
            "Mayor Anna Poe opened the bridge. Her predecessor had closed it.",
            "Mayor Anna Poe’s predecessor had closed it.",
        ),
        (
            "Anna Poe leads the council. It meets on Mondays. Poe is 51.",
            "Anna Poe is 51.",
        ),
        (
            "Anna Poe and Karl Lind met on Monday. He lives in Orm.",
            "Karl Lind lives in Orm.",
        ),
        (
            "Anna Poe was born in Orm. She moved to London. She has lived there since 1990.",
            "Anna Poe has lived there since 1990.",
        ),
    ],
)
def test_pronouns_and_short_names_become_names(text: str, last: str) -> None:
    """Of the only person who can be meant, at the beginning of a sentence."""
    assert in_full(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Anna Poe and Mary Lind met on Monday. She lives in Orm.",
        "Karl Lind met the council. She lives in Orm.",
        "The council met on Monday. He lives in Orm.",
        "Anna Poe spoke. It was late. It rained. Nobody came. She left.",
        "Anna Poe spoke. “She lives in Orm.”",
        "The Full Internet is slow. Internet access costs 40 dollars.",
        "Anna Poe and Mary Poe met. Poe left early.",
    ],
)
def test_whatever_is_in_doubt_stays(text: str) -> None:
    """Two who may be meant, nobody, too far back, between quotation marks, no person."""
    last = segment(text).sentences[-1].of(text)
    assert in_full(text)[-1] == last
