"""Finds where a source has another name in the place of one of the claim's."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading
from service.english.text.names import Name, found_in_short, names
from service.english.text.words import stem
from service.pipeline.compare.coverage import coverage
from service.pipeline.compare.reasons import reason

REST_FOUND = 0.95
"""The share of the claim's other words that the source must have."""
REST_WORDS = 2
"""How many other words the claim must have at least: "Vell voted" and "Orm voted" both may be."""

SAME_SPELLING = 0.7
"""Likeness, as difflib counts it, from which two names are one, spelled in two ways."""
SHORTEST = 3
"""Initials are no names: "J. D." and "J.D." are one."""

_TOKEN = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*|[,;:.!?()]")
_CALENDAR = frozenset(
    map(
        stem,
        """monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december""".split(),
    )
)
_LISTED = frozenset({"and", "or", "&"})
_ARTICLES = frozenset({"the", "a", "an", "s"})
_PARTS = {
    "england": "britain", "scotland": "britain", "wales": "britain",
    **dict.fromkeys(
        """austria belgium britain croatia denmark estonia finland france germany greece hungary
        iceland ireland italy latvia lithuania netherlands norway poland portugal romania russia
        serbia slovakia slovenia spain sweden switzerland ukraine""".split(),
        "europe",
    ),
}  # fmt: skip
"""What lies in what, as far as both have a name: neither excludes the other."""


def replaced(mine: Reading, theirs: Reading, around: frozenset[str]) -> Iterator[Reason]:
    """ENTITY_DIFFERS for the one name that the source lacks, with the other name in its place.

    It takes much to say so: all else of the claim is in the source, the two names stand between the
    same words, both are of one kind, and neither is one of a list.
    """
    missing = [one for one in _names(mine) if not set(one.stems) & (theirs.stems | around)]
    if len(missing) != 1:
        missing = [one for one in _names(mine) if not _is_in(one, theirs, around)]
    if len(missing) != 1:
        return
    rest = [word for word in mine.words if word not in missing[0].words]
    if len(rest) < REST_WORDS or coverage(rest, theirs.stems, frozenset()) < REST_FOUND:
        return
    if rival := _rival(mine, missing[0], theirs):
        yield reason(ReasonCode.ENTITY_DIFFERS, mine, missing[0].span, theirs, rival.span)


def known_names(mine: Reading, theirs: Reading, around: frozenset[str]) -> frozenset[str]:
    """The stems of the claim's name words that the source or its surroundings have, if in short.

    A title before a name need not be there.
    """
    present = theirs.stems | around
    wanted = frozenset(word.stem for word in mine.words if word.is_name)
    if wanted <= present:
        return wanted
    stated = theirs.names
    named = mine.names
    untitled = frozenset(chain.from_iterable(name.stems for name in named))
    short = [name.stems for name in named if found_in_short(name, stated, present)]
    return (wanted & present) | (wanted - untitled) | frozenset(chain.from_iterable(short))


def _names(reading: Reading) -> list[Name]:
    """The names of a text but those of days and months."""
    dated = [period.span for period in reading.periods]
    words = [
        word
        for word in reading.words
        if word.stem not in _CALENDAR and not any(date.overlaps(word.span) for date in dated)
    ]
    return list(names(reading.text, words))


def _is_in(name: Name, theirs: Reading, around: frozenset[str]) -> bool:
    """Whether the source has it as one name: "South Korea, in the north" has no North Korea."""
    wanted = set(name.stems)
    return wanted <= around or any(wanted <= set(one.stems) for one in theirs.names)


def _rival(mine: Reading, name: Name, theirs: Reading) -> Name | None:
    claim_stems = mine.stems
    slot = _slot(mine.text, name.span)
    if _is_listed(slot):
        return None
    for other in _names(theirs):
        if set(other.stems) <= claim_stems or not _same_kind(name, other):
            continue
        there = _slot(theirs.text, other.span)
        if not _is_listed(there) and _same_slot(slot, there):
            return other
    return None


def _same_kind(one: Name, other: Name) -> bool:
    """Two countries, or two names of which neither is a country nor a spelling of the other.

    A part does not exclude its whole.
    """
    if one.is_country and other.is_country:
        return not (_wholes(one) & set(other.stems) or _wholes(other) & set(one.stems))
    if one.is_country or other.is_country or set(one.stems) & set(other.stems):
        return False
    written, twin = ("".join(name.stems) for name in (one, other))
    if min(len(written), len(twin)) < SHORTEST:
        return False
    return SequenceMatcher(None, written, twin).ratio() < SAME_SPELLING


def _wholes(name: Name) -> set[str]:
    return {_PARTS[one] for one in name.stems if one in _PARTS}


Slot = tuple[Sequence[str], Sequence[str]]


def _slot(text: str, span: Span) -> Slot:
    """The two tokens before and after, articles left out; nearest first."""
    before = [_plain(match[0]) for match in _TOKEN.finditer(text, 0, span.start)]
    after = [_plain(match[0]) for match in _TOKEN.finditer(text, span.end)]
    return [one for one in reversed(before) if one not in _ARTICLES][:2], [
        one for one in after if one not in _ARTICLES
    ][:2]


def _plain(token: str) -> str:
    return stem(token) if token[0].isalpha() else token


def _is_listed(slot: Slot) -> bool:
    """Whether the name is one of several: "in Vell, Orm and Tarn"."""
    before, after = slot
    return not _LISTED.isdisjoint((*before[:1], *after[:1]))


def _same_slot(one: Slot, other: Slot) -> bool:
    """Both neighbours the same, or the two before; the end of a text is a neighbour."""
    (before, after), (there_before, there_after) = one, other
    left = before[:1] == there_before[:1] and bool(before) and before[0].isalnum()
    right = _or_end(after) == _or_end(there_after)
    if left and right:
        return True
    if not before and not there_before:  # both begin with the name
        return right and after[:2] == there_after[:2]
    return left and before == there_before and len(before) == 2


def _or_end(after: Sequence[str]) -> str:
    return after[0] if after and after[0] not in {".", "!", "?"} else "."
