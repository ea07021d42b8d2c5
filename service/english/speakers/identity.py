"""By which words a speaker is asked for, and whether two attributions name the same one."""

import re
from collections.abc import Sequence

from service.domain.quote import Attribution, SpeakerKind
from service.domain.spelling import spelt
from service.domain.text import Mention, Span
from service.english.lexicon import (
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    WORDS_FOR_SOURCES,
)
from service.english.text.persons import PersonName, name_in
from service.english.text.tokens import lowered
from service.english.text.words import content_words, stem, stems

_SEVERAL = re.compile(r"(?:(?<!\s)\s++)?+(?:,|(?<=\s)(?:and|or)(?=\s))\s*+")
_TIES = PREPOSITIONS | RELATIVES
_SAYS_LITTLE = frozenset(map(stem, WORDS_FOR_SOURCES))


def called(said: Attribution) -> frozenset[str]:
    """The words that stand for who speaks: any of a person's name and role, the noun of a
    description, and the end of a name. They are as printed.

    "Trump" stands for Donald Trump, and not for the Trump administration, whose noun is another,
    nor for a tweet about him or his son Eric.
    """
    mentions = [m for m in (said.speaker, said.resolved) if m and m.text.lower() not in PRONOUNS]
    parts = [part for mention in mentions for part in _SEVERAL.split(mention.text)]
    role = said.role.text.split() if said.role else []
    return frozenset((*role, *(word for part in parts for word in _called(part, said.kind))))


def _called(phrase: str, kind: SpeakerKind) -> Sequence[str]:
    words = phrase.split()
    name = name_in(phrase, Span(0, len(phrase))) if kind is SpeakerKind.NAMED else None
    if name is not None and name.mention.span.end == len(phrase.rstrip()):
        return [word for word in words if lowered(word) in {*name.words, *name.titles}]
    tie = next((i for i, word in enumerate(words) if i and word.lower() in _TIES), len(words))
    proper = all(word[0].isupper() or word.lower() in _TIES | DETERMINERS for word in words)
    return [*words[:tie][-1:], *(words[-1:] if proper else ())]


def same_speaker(claimed: Attribution, source: Attribution) -> bool | None:
    """Whether `source` is whoever the claim names, None where it cannot be told.

    A person is compared by name, which one text may have in full and the other not; a body with
    those who speak for it; an unnamed source by its description, as long as there is one.
    """
    asked, found = _name(claimed), _name(source)
    if asked and found:
        return _same_name(asked, found)
    if _is_anybody(source) or (asked is None and found and _is_somebody(claimed)):
        return None
    wanted, present = _words(claimed), _words(source)
    if not wanted or not present:
        return None
    if asked:
        return None if present <= wanted or _is_somebody(source) else False
    return wanted <= present or (found is None and present <= wanted)


def named_in(claimed: Attribution, text: str) -> bool:
    """Whether words that are nobody's speech name the claim's speaker: "the mayor's estimate", or
    the publisher of "the Herald reported"."""
    words = stems(content_words(text))
    name = _name(claimed)
    wanted = frozenset({stem(name.surname)}) if name else _words(claimed)
    return bool(wanted) and wanted <= words


def _name(said: Attribution) -> PersonName | None:
    """The person's name, the fullest there is."""
    if said.kind is not SpeakerKind.NAMED:
        return None
    mentions = (said.resolved, said.speaker)
    names = [_name_in(mention) for mention in mentions if mention is not None]
    return max((name for name in names if name), key=lambda name: len(name.words), default=None)


def _name_in(mention: Mention) -> PersonName | None:
    return name_in(mention.text, Span(0, len(mention.text)))


def _same_name(one: PersonName, other: PersonName) -> bool:
    words, others = _spelt(one), _spelt(other)
    return words[-1] == others[-1] and (set(words) <= set(others) or set(others) <= set(words))


def _spelt(name: PersonName) -> list[str]:
    return [spelt(stem(word)) for word in name.words]


def _words(said: Attribution) -> frozenset[str]:
    """What tells the speaker from others, in all its forms."""
    parts = (said.resolved, said.speaker, said.role, said.organisation)
    found = (stems(content_words(part.text)) for part in parts if part is not None)
    return frozenset[str]().union(*found) - _SAYS_LITTLE


def _is_anybody(said: Attribution) -> bool:
    """Whether nothing is known of the speaker: nobody is named, or "he" is unresolved."""
    speaker = said.resolved or said.speaker
    return speaker is None or speaker.text.lower() in PRONOUNS


def _is_somebody(said: Attribution) -> bool:
    """Whether it is a person whom the article knows by a role alone: "the mayor"."""
    speaker = said.resolved or said.speaker
    if speaker is None or said.kind is not SpeakerKind.ANONYMOUS:
        return False
    return speaker.text.lower().startswith("the ") and not speaker.text.endswith("s")
