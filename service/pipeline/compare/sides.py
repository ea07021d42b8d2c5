"""The two texts of a comparison, read once: words, negations, and how much is shared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from service.domain.text import Span, mention
from service.domain.verdict import Reason, ReasonCode
from service.english.text.negation import Negation, negations
from service.english.text.words import Word, content_words, stems

CONTEXT_SHARE = 0.5
"""What a word counts that only the surroundings have; names set the scene, so they count whole."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts, with its content words, their stems and its negations."""

    text: str
    words: tuple[Word, ...]
    stems: frozenset[str]
    negations: tuple[Negation, ...]


def read_sides(claim: str, source: str, names_around: frozenset[str]) -> tuple[Side, Side]:
    """Claim and source. A capital at the start of a sentence tells nothing: what is a name
    elsewhere, in the other text or around it, is one there."""
    claimed, stated = content_words(claim), content_words(source)
    names = stems(word for word in (*claimed, *stated) if word.is_name) | names_around
    return _side(claim, claimed, names), _side(source, stated, names)


def _side(text: str, found: Sequence[Word], names: frozenset[str]) -> Side:
    words = tuple(
        replace(word, is_name=True)
        if not word.is_name and word.stem in names and text[word.span.start].isupper()
        else word
        for word in found
    )
    return Side(text, words, stems(words), negations(text))


def coverage(words: Iterable[Word], source: frozenset[str], around: frozenset[str]) -> float:
    """The weighted share of the claim's words that the source or its surroundings have, in 0..1."""

    def share(word: Word) -> float:
        if word.stem in source:
            return 1.0
        if word.stem in around:
            return 1.0 if word.is_name else CONTEXT_SHARE
        return 0.0

    return _weighted(words, share)


def _weighted(words: Iterable[Word], share: Callable[[Word], float]) -> float:
    shares = [(word.weight, share(word)) for word in words]
    total = sum(weight for weight, _ in shares)
    return sum(weight * part for weight, part in shares) / total if total else 0.0


def reason(code: ReasonCode, mine: Side, here: Span, theirs: Side, there: Span) -> Reason:
    """A reason with the words of both texts."""
    return Reason(code, mention(mine.text, here), mention(theirs.text, there))
