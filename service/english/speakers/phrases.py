"""What a source phrase says of the speaker: role, organisation and kind, each as printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.quote import SpeakerKind
from service.domain.text import Mention, Span, mention
from service.english.lexicon import (
    APOSTROPHES,
    DASHES,
    DOCUMENTS,
    HE,
    HONORIFICS,
    NAME_PARTICLES,
    NOT_NAMES,
    ORGANISATIONS,
    PLACES_AND_PEOPLES,
    POSSESSIVES,
    PRONOUNS,
    RANKS,
    ROLE_MODIFIERS,
    ROLES,
    SHE,
)
from service.english.speakers.outlets import is_outlet
from service.english.text.persons import PersonName, name_in
from service.english.text.tokens import LETTER, lowered

_WORD = re.compile(
    rf"(?:[A-Za-z]\.)+|(?:Gen|Sen|Rep|Gov|Lt|Col|Maj|Sgt|Capt|Adm|Cmdr|Prof|Dr|Mr|Mrs|Ms|Rev)\."
    rf"|\d+(?:[.,]\d+)+|[{APOSTROPHES}]s?\b"
    rf"|{LETTER}+(?:[-‐‑.&]{LETTER}+|[{APOSTROPHES}](?!s\b){LETTER}+)*|,|\(|--|[—–―]"
)
_ARTICLES = frozenset("a an the this that his her its their both".split())
_TIES = frozenset(
    "for of at from with by in to on about across against among who whose familiar close published"
    " released".split()
)
_BREAKS = DASHES | {",", "(", "―"}
_OF_TITLES = frozenset("state staff defense defence justice".split())
_INDEFINITE = frozenset("those some others many most any each".split())
_UNITS = _ARTICLES | POSSESSIVES


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source phrase read. `name` is the person's name, if it holds one."""

    mention: Mention
    name: PersonName | None = None
    role: Mention | None = None
    organisation: Mention | None = None
    kind: SpeakerKind = SpeakerKind.ANONYMOUS

    @property
    def pronoun(self) -> str | None:
        """The pronoun that it is, lower case and without a verb ("I’m"), if it is one."""
        low = lowered(self.mention.text).partition("'")[0]
        return low if low in PRONOUNS else None


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    low: str
    span: Span


Words = Sequence[_Word]


def speaker(text: str, source: Span) -> Speaker:
    """Reads the noun phrase at `source`; every part is a mention within it."""
    words = _words(text, source)
    while len(words) > 1 and words[-1].low in POSSESSIVES:
        words.pop()  # "In Smith’s view"
    head, aside = _split(words)
    if not head or (len(head) == 1 and head[0].low.partition("'")[0] in PRONOUNS):
        return Speaker(mention(text, source))
    listed = _listed(words)
    if listed:
        kind = SpeakerKind.INSTITUTION if _names_body(listed) else SpeakerKind.NAMED
        return Speaker(mention(text, _span(listed)), kind=kind)
    return (
        _named_after_role(text, head, aside)
        or _named_after_office(text, head)
        or _speaker(text, head, aside)
    )


def _listed(words: Words) -> Words:
    """The words if they name several one by one, without a last remark in parentheses: "Ann Smith
    (R) and Karl Poe (D)", "the FBI, the CIA and the NSA"; else none."""
    last = max((index for index, word in enumerate(words) if word.low == "and"), default=0)
    items = " ".join("," if word.text in _BREAKS else word.text for word in words[:last])
    named = [_is_proper(item.split()) for item in items.removesuffix(" ,").split(" , ")]
    after_party = last > 2 and words[last - 2].text == "("
    described = any(_is_role(item.split()[0].lower()) for item in items.split(" , ")[1:] if item)
    if described or not (after_party or (len(named) > 1 and all(named))):
        return ()
    end = next((i for i in range(last, len(words)) if words[i].text in _BREAKS), len(words))
    return words[:end] if _is_proper([word.text for word in words[last + 1 : end]]) else ()


def _is_proper(words: Sequence[str]) -> bool:
    """Whether every word is printed like a name's."""
    return bool(words) and all(
        word[0].isupper() or word.lower() in _ARTICLES | {"of", "for"} for word in words
    )


def _named_after_role(text: str, head: Words, aside: Words) -> Speaker | None:
    """A person whose role comes first: "its spokeswoman, Ann Smith"; or who stands after a piece of
    something else: "… Un, President Moon Jae-in"."""
    role, organisation = _role(text, head)
    name = _name(text, aside)
    if name is None or len(name.words) < 2:
        return None
    if role is None and len(head) == 1 and name.titles & ROLES and not _several(aside):
        return _speaker(text, aside, ())
    if role is None or name.titles or _name(text, head):
        return None
    said_by = mention(text, _span(aside[: _tie(aside)]))
    return Speaker(said_by, name, role, organisation, SpeakerKind.NAMED)


def _named_after_office(text: str, head: Words) -> Speaker | None:
    """A person after an office that has a preposition in it: "Bank of England Governor Mark
    Carney". "The office of California Governor Jerry Brown" is no person."""
    tie = _tie(head)
    if tie == len(head) or head[0].low in _ARTICLES or not _names_body(head[:tie]):
        return None
    roles = [index for index in range(tie + 2, len(head) - 1) if _is_role(head[index].low)]
    name = _name(text, head[roles[-1] :]) if roles else None
    if name is None:
        return None
    first = roles[-1]
    while first - 1 in roles or (first > tie + 2 and head[first - 1].low in RANKS):
        first -= 1
    role = mention(text, _span(head[first : roles[-1] + 1]))
    organisation = mention(text, _span(head[:first]))
    return Speaker(mention(text, _span(head)), name, role, organisation, SpeakerKind.NAMED)


def _speaker(text: str, head: Words, aside: Words) -> Speaker:
    said_by = mention(text, _span(head))
    if is_outlet(said_by.text.removeprefix("the ").removeprefix("The ")):
        return Speaker(said_by, organisation=_body(text, head), kind=SpeakerKind.INSTITUTION)
    if _head_noun(head) in DOCUMENTS and not _proper(head):
        return Speaker(
            said_by, organisation=_tied(text, head, _tie(head)), kind=SpeakerKind.DOCUMENT
        )
    role, organisation = _role(text, head)
    if role is None and aside:
        role, organisation = _role(text, aside)
    name = _name(text, head)
    if name is not None:
        if _several(head):
            return Speaker(said_by, kind=SpeakerKind.NAMED)
        return Speaker(said_by, name, role, organisation, SpeakerKind.NAMED)
    if role is None and _is_body(head):
        return Speaker(said_by, organisation=_body(text, head), kind=SpeakerKind.INSTITUTION)
    return Speaker(said_by, None, role, organisation, SpeakerKind.ANONYMOUS)


def _several(head: Words) -> bool:
    """Whether two or more speak: "Ann Smith and Karl Poe"."""
    return any(word.low in {"and", "or"} for word in head[: _tie(head)])


def _words(text: str, span: Span) -> list[_Word]:
    return [
        _Word(match.group(), lowered(match.group()), Span(*match.span()))
        for match in _WORD.finditer(text, span.start, span.end)
    ]


def _span(words: Words) -> Span:
    return Span(words[0].span.start, words[-1].span.end)


def _split(words: Words) -> tuple[Words, Words]:
    """What stands before the first comma, dash or parenthesis, and what after."""
    for index, word in enumerate(words):
        if word.text in _BREAKS:
            return words[:index], [w for w in words[index + 1 :] if w.text not in _BREAKS]
    return words, ()


def _tie(words: Words) -> int:
    """Where a preposition first goes on from the phrase's noun."""
    for index, word in enumerate(words):
        if index and word.low in _TIES and not _ties_a_title(words[index:]):
            return index
    return len(words)


def _ties_a_title(words: Words) -> bool:
    """Whether a name follows what is tied: "Secretary of State Ann Smith"."""
    return len(words) > 2 and (
        words[2].low in HE | SHE or (words[1].low in _OF_TITLES and words[2].text[0].isupper())
    )


def _head_noun(words: Words) -> str:
    tie = _tie(words)
    return words[tie - 1].low if tie else ""


def _proper(words: Words) -> bool:
    """Whether the noun is part of a name: "the Harbor Post" or "the Post", not "Polls"."""
    named = words[: _tie(words)]
    return len(named) > 1 and named[-1].text[0].isupper()


def _name(text: str, head: Words) -> PersonName | None:
    """The person's name that ends the phrase."""
    named = head[: _tie(head)]
    if not named or not named[-1].text[0].isupper() or _is_group(named):
        return None
    if named[0].low in _ARTICLES and not any(word.low in ROLES for word in named):
        return None
    name = name_in(text, _span(named))
    if name is None or name.mention.span.end != named[-1].span.end:
        return None
    return name if not _is_acronym(named[-1].text) or len(name.words) > 1 else None


def _is_group(words: Words) -> bool:
    """Whether a capital is only that of a sentence or a people: "Witnesses", "Russians"."""
    low = words[-1].low
    return len(words) == 1 and low[-1] == "s" and (_is_role(low) or low[:-1] in PLACES_AND_PEOPLES)


def _role(text: str, words: Words) -> tuple[Mention | None, Mention | None]:
    """Role and organisation out of "a senior X official", "X's former attaché", "head of X"."""
    tie = _tie(words)
    last = next((i for i in reversed(range(tie)) if _is_role(words[i].low)), None)
    if last is None or (last < tie - 1 and words[tie - 1].low in ORGANISATIONS):
        return None, None  # "the Nurses’ Union" is no nurse
    first = last
    while first > 0 and _belongs_to_role(words[first - 1]):
        first -= 1
    first = _without_body(words, first, last)
    organisation = _before_role(text, words[:first])
    if organisation is None:
        organisation = _tied(text, words, tie)
    return mention(text, _span(words[first : last + 1])), organisation


def _is_role(low: str) -> bool:
    """Whether a word is a role, or the plural of one."""
    return low in ROLES or (low[-1:] == "s" and (low[:-1] in ROLES or low[:-2] in ROLES))


def _belongs_to_role(word: _Word) -> bool:
    """Whether a word before a role is part of it: "Prime", "former", "naval"."""
    if word.low in ROLE_MODIFIERS or word.low in ROLES:
        return True
    return (
        word.text.islower() and word.low not in RANKS | _UNITS | ORGANISATIONS | PLACES_AND_PEOPLES
    )


def _without_body(words: Words, first: int, last: int) -> int:
    """Gives back to the organisation what only looked like part of the role: "State Department"."""
    for index in range(last - 1, first - 1, -1):
        if words[index].low in ORGANISATIONS:
            return index + 1
    return first


def _before_role(text: str, words: Words) -> Mention | None:
    """The organisation that stands right before a role, if it is one: no country, no rank."""
    end = len(words)
    while end and words[end - 1].low in POSSESSIVES:
        end -= 1
    start = end
    while start and words[start - 1].low not in _UNITS:
        start -= 1
    while start < end and words[start].low in RANKS:
        start += 1
    while start < end and words[start].low in ROLE_MODIFIERS and words[start].text.islower():
        start += 1
    unit = words[start:end]
    return mention(text, _span(unit)) if unit and _names_body(unit) else None


def _names_body(words: Words) -> bool:
    return any(word.low in ORGANISATIONS or _is_acronym(word.text) for word in words)


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return (
        len(letters) > 2
        and letters.isupper()
        and word.lower() not in PLACES_AND_PEOPLES | HONORIFICS
    )


def _tied(text: str, words: Words, tie: int) -> Mention | None:
    """The organisation after "for", "of", "at": a body by its words, or a name of several."""
    if tie >= len(words) or words[tie].low not in {"for", "of", "at", "from", "with", "by"}:
        return None
    start = tie + 1
    while start < len(words) and words[start].low in _ARTICLES:
        start += 1
    end = start
    while end < len(words) and (
        words[end].text[0].isupper()
        or words[end].low in ORGANISATIONS
        or words[end].low in {"of", "for", "and", "the", "&"} | NAME_PARTICLES
        or words[end].low in POSSESSIVES
        or words[end].low in ROLE_MODIFIERS
    ):
        end += 1
    while end > start and (
        words[end - 1].text.islower() and words[end - 1].low not in ORGANISATIONS
    ):
        end -= 1
    unit = words[start:end]
    if not unit:
        return None
    places = all(word.low in PLACES_AND_PEOPLES or word.low in _UNITS for word in unit)
    proper = len(unit) > 2 and not any(word.low in NOT_NAMES for word in unit[:1])
    return mention(text, _span(unit)) if not places and (_names_body(unit) or proper) else None


def _is_body(head: Words) -> bool:
    """Whether a phrase without a role or a person's name stands for a body."""
    named = head[: _tie(head)]
    if not named or named[0].low in _INDEFINITE:
        return False
    last = named[-1]
    if last.low in ORGANISATIONS or _is_acronym(last.text):
        return True
    called = named[1:] if named[0].low == "the" else named
    if not called:
        return False
    if named[0].low in {"a", "an", "one"} and last.low in PLACES_AND_PEOPLES:
        return False  # "a senior Republican"
    single = len(called) == 1 or (len(called) < len(named) and called[0].text[0].isupper())
    return (single and last.text[0].isupper() and not last.low.endswith("s")) or (
        last.low in PLACES_AND_PEOPLES
        and last.text[0].isupper()
        and not last.low.endswith(("ans", "ers"))
    )


def _body(text: str, head: Words) -> Mention | None:
    """The body's name without its article; a country is no organisation."""
    if all(word.low in PLACES_AND_PEOPLES or word.low in _UNITS for word in head):
        return None
    start = 0
    while start < len(head) - 1 and head[start].low in _ARTICLES:
        start += 1
    return mention(text, _span(head[start:]))
