"""Attribution takes twice as long for twice the text, whatever is repeated in it."""

import asyncio
from itertools import product
from string import ascii_lowercase

import pytest

from service.english.text.segment import segment
from service.pipeline.attribute import find_speeches, quotes_of
from tests.growth import MOST, TRIES, growth, seconds

CHARS = 12_000

FRAGMENTS = {
    "a name in full": "Ann Smith said the bridge was closed. ",
    "a short name and a pronoun": "Ann Smith said it was. Smith said it was open. She said so. ",
    "a title": "President Ann Smith said it was closed. The president said it was open. ",
    "a description": "An official said it was closed. The official said it was open. ",
    "a body": "The Harbor Council said it was closed. The council said it was open. It said so. ",
    "an acronym": "The Vell Harbor Office (VHO) said it was closed. The VHO said it was open. ",
    "a document": "The Harbor report said it was closed. The report said it was open. ",
    "an unknown name": "Smith said it was closed. He said so. ",
    "questions": "Ann Smith asked Bob Poe why. “It is cold,” he replied. ",
    "quotations": "“It is closed,” Ann Smith said. “It is open,” she said. ",
    "paragraphs of quotations": "“It is closed,” Ann Smith said.\n\n“It is open,” she said.\n\n",
    "sentences that end within quotation marks": 'he said "x. Y" and ',
    "quotations without a full stop": '"x" he said ',
    "names without a verb": "Ann Smith, ",
    "verbs without a name": "said that said, ",
    "sources": "according to Ann, who said ",
    "signatures": "“It is closed.” — Ann Smith\n",
    "announced quotations": "Ann Smith said:\n\n“It is closed, and so it will stay.”\n\n",
}  # fmt: skip


@pytest.mark.parametrize("fragment", FRAGMENTS.values(), ids=FRAGMENTS)
def test_a_repeated_fragment(fragment: str) -> None:
    """Twice as often takes at most about twice the time."""
    assert growth(_attributed, fragment, enough_s=0.1) <= MOST


def test_names_that_share_a_surname() -> None:
    """Each with another first name, and an acronym of its own."""
    first_names = ("".join(letters) for letters in product(ascii_lowercase, repeat=3))
    said = "{0} Smith said it was closed. The {1} said so. Smith said too. "
    names = "".join(said.format(name.title(), name.upper()) for name in first_names)
    once, twice = (
        min(seconds(_attributed, names[: n * CHARS]) for _ in range(TRIES)) for n in (1, 2)
    )
    assert twice / once <= MOST


def _attributed(text: str) -> None:
    sentences = segment(text).sentences
    quotes_of(text, sentences, asyncio.run(find_speeches(text, sentences, None)))
