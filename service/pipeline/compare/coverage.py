"""How much of a claim's words a source has."""

from collections.abc import Iterable

from service.english.text.words import Word

CONTEXT_SHARE = 0.5
"""The share for a word that only the surroundings have; a name that they have counts in full."""


def coverage(words: Iterable[Word], source: frozenset[str], around: frozenset[str]) -> float:
    """The weighted share of the claim's words that the source or its surroundings have, in 0..1;
    `source` and `around` are stems."""

    def share(word: Word) -> float:
        if word.stem in source:
            return 1.0
        if word.stem in around:
            return 1.0 if word.is_name else CONTEXT_SHARE
        return 0.0

    shares = [(word.weight, share(word)) for word in words]
    total = sum(weight for weight, _ in shares)
    return sum(weight * part for weight, part in shares) / total if total else 0.0
