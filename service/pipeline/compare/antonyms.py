"""Words that are each other's opposite in the news, and where two texts use one each."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.english.lexicon import NEGATING_PREFIXES, OPPOSITE_STEPS, OPPOSITES, Row
from service.english.text.words import Word, stem


@lru_cache(maxsize=1)
def _opposites_of() -> dict[str, dict[str, bool]]:
    """For each stem the stems of its opposites, and whether they are steps."""
    opposites: dict[str, dict[str, bool]] = {}
    for one, other, is_step in (
        *_paired(OPPOSITE_STEPS, is_step=True),
        *_paired(OPPOSITES, is_step=False),
        *_prefixed(),
    ):
        opposites.setdefault(stem(one), {})[stem(other)] = is_step
        opposites.setdefault(stem(other), {})[stem(one)] = is_step
    return opposites


def _paired(rows: Sequence[tuple[Row, Row]], *, is_step: bool) -> Iterator[tuple[str, str, bool]]:
    for words, excluded in rows:
        yield from ((word, twin, is_step) for word in words for twin in excluded)


def _prefixed() -> Iterator[tuple[str, str, bool]]:
    for prefix, *words in NEGATING_PREFIXES:
        yield from ((word, prefix + word, False) for word in words)


def opposites(claim: Sequence[Word], source: Sequence[Word]) -> Iterator[tuple[Word, Word, bool]]:
    """Pairs of a word of the claim and a word of the source that are each other's opposite.

    The third says whether they are steps, of which one may follow upon the other. A text that uses
    both words, or both texts the same, says more than that one is the other's opposite: such pairs
    are left out. Names have no opposite.
    """
    opposite = _opposites_of()
    in_claim = {word.stem: word for word in claim if not word.is_name}
    if not opposite.keys() & in_claim.keys():
        return
    in_source = {word.stem: word for word in source if not word.is_name}
    for mine, word in in_claim.items():
        against = opposite.get(mine)
        if not against or mine in in_source or against.keys() & in_claim.keys():
            continue
        for their in against.keys() & in_source.keys():
            yield word, in_source[their], against[their]
