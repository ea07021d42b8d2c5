"""Finds names of persons as they are printed: with titles, particles and initials."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Mention, Span, mention
from service.english.lexicon import (
    APOSTROPHES,
    BEFORE_NAMES,
    FEMALE,
    GENERATIONS,
    HE,
    HONORIFICS,
    MALE,
    NAME_PARTICLES,
    NAME_SUFFIXES,
    NO_PERSONS,
    NOT_NAMES,
    ORGANISATIONS,
    PLACES_AND_PEOPLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_MODIFIERS,
    ROLES,
    SHE,
)
from service.english.text.tokens import LETTER, lowered

_WORD = re.compile(
    rf"(?:[A-Z]\.)+(?:[A-Z]\.)*|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Maj|Sgt|Capt|Adm|Cmdr|Prof"
    rf"|Rev|Jr|Sr|St)\.|{LETTER}+(?:[-‐‑]{LETTER}+|[{APOSTROPHES}](?!s\b){LETTER}+)*"
)
_NO_PART = ORGANISATIONS | NOT_NAMES | NO_PERSONS
_GAP = re.compile(r"(?<!\s)[^\S\n]++\Z")


@dataclass(frozen=True, slots=True)
class PersonName:
    """One mention of a person."""

    mention: Mention
    words: tuple[str, ...]
    """The name alone, in lower case and without titles."""
    titles: frozenset[str]
    suffix: str = ""
    """What distinguishes a son from his father: "jr"; empty where there is none."""

    @property
    def surname(self) -> str:
        """The name that later mentions use."""
        return self.words[-1]

    @property
    def pronoun(self) -> str | None:
        """The pronoun that titles or the given name show, "he" or "she"; None if they show none."""
        if self.titles & MALE:
            return "he"
        if self.titles & FEMALE:
            return "she"
        first = self.words[0] if len(self.words) > 1 else ""
        return "he" if first in HE else "she" if first in SHE else None


def names(text: str) -> Iterator[PersonName]:
    """Every run of capitalised words in `text` that may be a person's name, in order."""
    for run in _runs(text):
        name = _read(text, run)
        if name is not None:
            yield name


def name_in(text: str, span: Span) -> PersonName | None:
    """The last name within `span` as that of a person, None if it is another kind of name."""
    found = [_read(text, run) for run in _runs(text, span)]
    return found[-1] if found else None


def _runs(text: str, within: Span | None = None) -> Iterator[Sequence[Span]]:
    """Runs of capitalised words, with the titles in lower case before them."""
    run: list[Span] = []
    capitals = 0
    end = within.end if within else len(text)
    for match in _WORD.finditer(text, within.start if within else 0, end):
        word = match.group()
        joined = bool(run) and _GAP.match(text, run[-1].end, match.start()) is not None
        if not joined:
            if capitals:
                yield run
            run, capitals = [], 0
        if word[0].isupper():
            run.append(Span(*match.span()))
            capitals += 1
        elif (word in NAME_PARTICLES and capitals) or (
            not capitals and (word in ROLES or word in ROLE_MODIFIERS)
        ):
            run.append(Span(*match.span()))
        else:
            if capitals:
                yield run
            run, capitals = [], 0
            if word in ROLES or word in ROLE_MODIFIERS:
                run.append(Span(*match.span()))
    if capitals:
        yield run


def _read(text: str, run: Sequence[Span]) -> PersonName | None:
    """A run as a person's name with its titles, None if it is no person's name."""
    words = [span.of(text) for span in run]
    lows = [lowered(word) for word in words]
    start = 0
    while start < len(lows) and lows[start] in NOT_NAMES:
        start += 1
    end = len(lows)
    while end > start and (lows[end - 1] in NAME_PARTICLES or lows[end - 1] in NAME_SUFFIXES):
        end -= 1
    bodies = [i for i in range(start, end - 2) if lows[i] in ORGANISATIONS]
    if bodies:
        start = bodies[-1] + 1  # "Intelligence" of "National Intelligence Ann Smith"
    titles = [i for i in range(start, end) if lows[i] in ROLES or lows[i] in HONORIFICS]
    while (
        not titles
        and start < end
        and (words[start].islower() or lows[start] in ROLE_MODIFIERS | BEFORE_NAMES)
    ):
        start += 1  # "former" of "former Smith aide", "State" of "Secretary of State Ann Smith"
    name_start = titles[-1] + 1 if titles else start
    name = lows[name_start:end]
    if not _is_person(name, titled=bool(titles)):
        return None
    start = max((i + 1 for i in range(start, name_start) if lows[i] in PREPOSITIONS), default=start)
    span = Span(run[start].start, run[-1].end)
    suffix = lows[end].rstrip(".") if end < len(lows) else ""
    return PersonName(
        mention(text, span),
        tuple(name),
        frozenset(lows[i] for i in titles),
        suffix if suffix in GENERATIONS else "",
    )


def _is_person(name: Sequence[str], *, titled: bool) -> bool:
    if not name or len(name) > 5 or not _NO_PART.isdisjoint(name):
        return False
    repeats_a_word = len(set(name) - NAME_PARTICLES) < len(
        [w for w in name if w not in NAME_PARTICLES]
    )
    if name[0].partition("'")[0] in PRONOUNS:
        return False  # "I’d"
    if repeats_a_word or (not titled and name[0].endswith("ing") and len(name) > 1):
        return False
    if name[-1] in PLACES_AND_PEOPLES or any(char.isdigit() for low in name for char in low):
        return False
    return titled or name[0] not in PLACES_AND_PEOPLES
