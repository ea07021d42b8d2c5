"""Names as a reader takes them: whole, without titles, in short forms and acronyms."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span
from service.english.lexicon import COUNTRIES, NO_SHORT_FORMS, TITLES
from service.english.text.words import Word, stem

_COUNTRIES = frozenset(COUNTRIES.values())
_POINTS = frozenset("north south east west northern southern eastern western new".split())
_JOINS = re.compile(
    r"(?:(?<=\b[A-Z])\.|(?<=\b[A-Z]\w)\.)?[\s-]*|\s(?:of|for|de|van|von|bin|al)(?:\sthe)?\s"
)
_TITLES = frozenset(map(stem, TITLES))
_NO_SHORT_FORMS = frozenset(map(stem, NO_SHORT_FORMS))


@dataclass(frozen=True, slots=True)
class Name:
    """Words of one name in a row; `words` are content words."""

    words: tuple[Word, ...]

    @property
    def span(self) -> Span:
        """From its first word to its last."""
        return Span(self.words[0].span.start, self.words[-1].span.end)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words."""
        return tuple(word.stem for word in self.words)

    @property
    def initials(self) -> str:
        """Its acronym, as a stem: "who" of the World Health Organization."""
        letters = "".join(word.stem[0] for word in self.words)
        return COUNTRIES.get(letters, letters)

    @property
    def is_country(self) -> bool:
        """Whether it names a country or who is of it."""
        countries = [one in _COUNTRIES for one in self.stems]
        return any(countries) and all(
            known or one in _POINTS for known, one in zip(countries, self.stems, strict=True)
        )


def names(text: str, words: Sequence[Word]) -> Iterator[Name]:
    """The names among the words of `text`, in order, without their titles."""
    row: list[Word] = []
    for word in words:
        if row and not (word.is_name and _joined(text, row[-1], word)):
            yield _untitled(row)
            row = []
        if word.is_name:
            row.append(word)
    if row:
        yield _untitled(row)


def _untitled(row: Sequence[Word]) -> Name:
    first = next((i for i, word in enumerate(row) if word.stem not in _TITLES), 0)
    if (
        row[0].span.start == 0
        and row[0].stem not in {*_COUNTRIES, *_POINTS}
        and Name(tuple(row[1:])).is_country
    ):
        first = 1  # the capital of "Young Indian children" only opens the sentence
    return Name(tuple(row[first:]))


def _joined(text: str, one: Word, other: Word) -> bool:
    return bool(_JOINS.fullmatch(text, one.span.end, other.span.start))


def found_in_short(claim: Name, source: Sequence[Name], present: frozenset[str]) -> bool:
    """Whether the source has the name in another length.

    "WHO" stands for the World Health Organization and the other way round, and "Mr Zelensky" for
    Volodymyr Zelensky. `present` are all stems of the source and around it.
    """
    if len(claim.words) == 1:
        return any(len(one.words) > 1 and one.initials == claim.stems[0] for one in source)
    if claim.initials in present:
        return True
    if _NO_SHORT_FORMS & set(claim.stems) or claim.is_country:
        return False
    return any(one.stems == claim.stems[-1:] for one in source)
