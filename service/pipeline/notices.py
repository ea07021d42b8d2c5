"""Says what the asker should know beside the verdict: why nothing was found, for instance."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from difflib import get_close_matches

from service.domain.claim import Claim, Filters
from service.domain.verdict import Notice, NoticeCode
from service.english.lexicon import ENGLISH_FUNCTION_WORDS, FOREIGN_FUNCTION_WORDS
from service.english.text.segment import segment
from service.pipeline.windows import Stretch
from service.ports import Store

SAME_SPELLING = 0.8
"""The difflib ratio from which two words are one word in two spellings."""
LEAST_LETTERS = 5
"""The fewest letters of a word that is compared: shorter words are alike by chance."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


async def notices(claim: Claim, stretches: Sequence[Stretch], store: Store) -> tuple[Notice, ...]:
    """The notices for a claim, in the order of `NoticeCode`."""
    return tuple([notice async for notice in _notices(claim, stretches, store)])


async def _notices(
    claim: Claim, stretches: Sequence[Stretch], store: Store
) -> AsyncIterator[Notice]:
    everything = await store.coverage(Filters())
    if not everything.articles:
        yield Notice(NoticeCode.EMPTY_INDEX, "The index holds no article yet.")
    named = sorted(claim.filters.include_publishers | claim.filters.exclude_publishers)
    for name in named if everything.articles else ():
        held = await store.coverage(Filters(include_publishers=frozenset({name})))
        if not held.articles:
            yield Notice(NoticeCode.UNKNOWN_PUBLISHER, f"The index has no publisher “{name}”.")
    if not is_english(claim.text):
        yield Notice(
            NoticeCode.NOT_ENGLISH, "The claim does not look like English; only English is judged."
        )
    sentences = len(segment(claim.text).sentences)
    if sentences > 1:
        yield Notice(
            NoticeCode.SEVERAL_SENTENCES,
            f"The claim has {sentences} sentences, which are judged as one. "
            "As a draft each is checked by itself.",
        )
    if everything.articles:
        for word, spelling in await _spelled_otherwise(claim.text, stretches, store):
            yield Notice(
                NoticeCode.SPELLED_OTHERWISE,
                f"No article has “{word}”. Articles near the claim have “{spelling}”.",
            )


def is_english(text: str) -> bool:
    """Whether the text is more likely English than not; a text without function words counts as
    English, unless most of its letters are not Latin."""
    words = [word.casefold() for word in _WORD.findall(text)]
    letters = [letter for letter in text if letter.isalpha()]
    if sum(not letter.isascii() and ord(letter) > 0x24F for letter in letters) > len(letters) / 2:
        return False
    foreign = sum(word in FOREIGN_FUNCTION_WORDS for word in words)
    return foreign < 2 or sum(word in ENGLISH_FUNCTION_WORDS for word in words) >= foreign


async def _spelled_otherwise(
    text: str, stretches: Sequence[Stretch], store: Store
) -> list[tuple[str, str]]:
    """Names of the claim that no article has, and how those near the claim spell them."""
    near = {
        word.casefold(): word
        for stretch in stretches
        for part in (stretch.article.title, *stretch.window.sentences)
        for word in _words(part)
    }
    rare = [word for word in dict.fromkeys(_words(text)) if word.casefold() not in near]
    found = await asyncio.gather(*(store.matching(word, Filters(), limit=1) for word in rare))
    unknown = [word for word, hits in zip(rare, found, strict=True) if not hits]
    return await asyncio.to_thread(_spellings, unknown, near)


def _spellings(unknown: Sequence[str], near: Mapping[str, str]) -> list[tuple[str, str]]:
    close = [
        (word, get_close_matches(word.casefold(), near, n=1, cutoff=SAME_SPELLING))
        for word in unknown
    ]
    return [(word, near[found[0]]) for word, found in close if found]


def _words(text: str) -> Iterable[str]:
    """The long words with a capital. Others are not names: "plant" is no spelling of "paint"."""
    found = _WORD.findall(text)
    return (word for word in found if len(word) >= LEAST_LETTERS and word[0].isupper())
