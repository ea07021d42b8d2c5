"""Words that are each other's opposite in the news, and where two texts use one each."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.english.lexicon import NEGATING_PREFIXES, OPPOSITE_STEPS, OPPOSITES, Row
from service.english.text.words import Word, stem


@lru_cache(maxsize=1)
def _opposites_by_stem() -> dict[str, dict[str, bool]]:
    """For each stem the stems of its opposites, and whether the two are steps of one course."""
    opposites: dict[str, dict[str, bool]] = {}
    for word, opposite, is_step in (
        *_paired(OPPOSITE_STEPS, is_step=True),
        *_paired(OPPOSITES, is_step=False),
        *_prefixed(),
    ):
        opposites.setdefault(stem(word), {})[stem(opposite)] = is_step
        opposites.setdefault(stem(opposite), {})[stem(word)] = is_step
    return opposites


def _paired(rows: Sequence[tuple[Row, Row]], *, is_step: bool) -> Iterator[tuple[str, str, bool]]:
    for words, excluded in rows:
        yield from ((word, opposite, is_step) for word in words for opposite in excluded)


def _prefixed() -> Iterator[tuple[str, str, bool]]:
    for prefix, *words in NEGATING_PREFIXES:
        yield from ((word, prefix + word, False) for word in words)


def opposites(claim: Sequence[Word], source: Sequence[Word]) -> Iterator[tuple[Word, Word, bool]]:
    """Pairs of a word of the claim and a word of the source that are each other's opposite.

    The third item says whether they are steps, so that one may follow the other: who was arrested
    may have been released since. A pair is left out where one text uses both words, or both texts
    use the same one. Names have no opposite.
    """
    by_stem = _opposites_by_stem()
    in_claim = {word.stem: word for word in claim if not word.is_name}
    if not by_stem.keys() & in_claim.keys():
        return
    in_source = {word.stem: word for word in source if not word.is_name}
    for claimed, word in in_claim.items():
        excluded = by_stem.get(claimed)
        if not excluded or claimed in in_source or excluded.keys() & in_claim.keys():
            continue
        for stated in excluded.keys() & in_source.keys():
            yield word, in_source[stated], excluded[stated]
