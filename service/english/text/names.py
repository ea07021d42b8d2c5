"""Finds whole names, without titles, and recognises their short forms and acronyms."""

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
    """The content words of one name, in order."""

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
        """Whether it names a country or its people."""
        countries = [part in _COUNTRIES for part in self.stems]
        return any(countries) and all(
            known or part in _POINTS for known, part in zip(countries, self.stems, strict=True)
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


def _joined(text: str, before: Word, after: Word) -> bool:
    """Whether nothing but a joining word or the full stop of "Dr." or "Gov." stands between."""
    is_short = before.stem in _TITLES and text[before.span.end : after.span.start].rstrip() == "."
    return is_short or bool(_JOINS.fullmatch(text, before.span.end, after.span.start))


def has_other_form(claim: Name, source: Sequence[Name], present: frozenset[str]) -> bool:
    """Whether the source has the name in a shorter or a longer form.

    "WHO" and "World Health Organization" stand for each other, and "Mr Zelensky" for Volodymyr
    Zelensky. `present` are all stems of the source and its surroundings.
    """
    if len(claim.words) == 1:
        return any(len(name.words) > 1 and name.initials == claim.stems[0] for name in source)
    if claim.initials in present:
        return True
    if _NO_SHORT_FORMS & set(claim.stems) or claim.is_country:
        return False
    return any(name.stems == claim.stems[-1:] for name in source)
