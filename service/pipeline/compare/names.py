"""Finds where a source has another name in the place of a name of the claim."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.lexicon import ORGANISATIONS
from service.english.reading import Reading
from service.english.text.names import Name, has_other_form, names
from service.english.text.words import stem
from service.pipeline.compare.coverage import coverage
from service.pipeline.compare.reasons import reason

REST_FOUND = 0.95
"""The share of the claim's words, without the name, that the source must have."""
REST_WORDS = 2
"""The fewest words that the claim must have beside the name: "Vell voted" and "Orm voted" may both
be true."""

SAME_SPELLING = 0.7
"""The difflib ratio from which two names are one name in two spellings."""
MIN_LETTERS = 3
"""The fewest letters of a name that is compared: "J. D." and "J.D." are initials."""

_TOKEN = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*|[,;:.!?()]")
_CALENDAR = frozenset(
    map(
        stem,
        """monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december""".split(),
    )
)
_ORGANISATIONS = frozenset(map(stem, ORGANISATIONS))
_LISTED = frozenset({"and", "or", "&"})
_ARTICLES = frozenset({"the", "a", "an", "s"})
_AREA_AROUND = {
    "england": "britain", "scotland": "britain", "wales": "britain",
    **dict.fromkeys(
        """austria belgium britain croatia denmark estonia finland france germany greece hungary
        iceland ireland italy latvia lithuania netherlands norway poland portugal romania russia
        serbia slovakia slovenia spain sweden switzerland ukraine""".split(),
        "europe",
    ),
}  # fmt: skip
"""For each country the area that it is part of: "Scotland" and "Britain" may both be true."""


def replaced(claim: Reading, source: Reading, around: frozenset[str]) -> Iterator[Reason]:
    """ENTITY_DIFFERS for the one name that the source lacks, with the other name in its place.

    Four things must hold: the source has all other words of the claim, the two names stand between
    the same words, both are of one kind, and a list that they are part of is otherwise the same.
    """
    missing = [name for name in _names(claim) if not set(name.stems) & (source.stems | around)]
    if len(missing) != 1:
        missing = [name for name in _names(claim) if not _is_in(name, source, around)]
    if len(missing) != 1:
        return
    rest = [word for word in claim.words if word not in missing[0].words]
    if len(rest) < REST_WORDS or coverage(rest, source.stems, frozenset()) < REST_FOUND:
        return
    if rival := _rival(claim, missing[0], source):
        yield reason(ReasonCode.ENTITY_DIFFERS, claim, missing[0].span, source, rival.span)


def known_names(claim: Reading, source: Reading, around: frozenset[str]) -> frozenset[str]:
    """The stems of the claim's name words that the source or its surroundings have, in full or in
    a short form. A title before a name may be missing.
    """
    present = source.stems | around
    wanted = frozenset(word.stem for word in claim.words if word.is_name)
    if wanted <= present:
        return wanted
    stated = source.names
    named = claim.names
    untitled = frozenset(chain.from_iterable(name.stems for name in named))
    short = [name.stems for name in named if has_other_form(name, stated, present)]
    return (wanted & present) | (wanted - untitled) | frozenset(chain.from_iterable(short))


def _names(reading: Reading) -> list[Name]:
    """The names of a text, without those of days and months."""
    dated = [period.span for period in reading.periods]
    words = [
        word
        for word in reading.words
        if word.stem not in _CALENDAR and not any(date.overlaps(word.span) for date in dated)
    ]
    return list(names(reading.text, words))


def _is_in(name: Name, source: Reading, around: frozenset[str]) -> bool:
    """Whether the source has the whole name: "South Korea, in the north" has no "North Korea"."""
    wanted = set(name.stems)
    return wanted <= around or any(wanted <= set(stated.stems) for stated in source.names)


def _rival(claim: Reading, name: Name, source: Reading) -> Name | None:
    claim_stems = claim.stems
    slot = _slot(claim.text, name.span)
    for candidate in _names(source):
        if set(candidate.stems) <= claim_stems or not _same_kind(name, candidate):
            continue
        candidate_slot = _slot(source.text, candidate.span)
        is_listed = _is_listed(slot) or _is_listed(candidate_slot)
        if slot == candidate_slot if is_listed else _same_slot(slot, candidate_slot):
            return candidate
    return None


def _same_kind(claimed: Name, candidate: Name) -> bool:
    """Whether both are countries, neither of them a part of the other, or both are other names,
    neither of them a spelling of the other. Names that share a word differ if they end in another
    one that the other has not: "Karl Poe" and "Karl Orm", not "Karl" and "Karl Poe", nor "Orm
    Company" and "Orm Corporation", which are two words for an organisation.
    """
    if claimed.is_country and candidate.is_country:
        return not (
            _areas_around(claimed) & set(candidate.stems)
            or _areas_around(candidate) & set(claimed.stems)
        )
    if claimed.is_country or candidate.is_country:
        return False
    spelling, candidate_spelling = ("".join(name.stems) for name in (claimed, candidate))
    if set(claimed.stems) & set(candidate.stems):
        spelling, candidate_spelling = claimed.stems[-1], candidate.stems[-1]
        if spelling in candidate.stems or candidate_spelling in claimed.stems:
            return False
        if {spelling, candidate_spelling} <= _ORGANISATIONS:
            return False
    if min(len(spelling), len(candidate_spelling)) < MIN_LETTERS:
        return False
    return SequenceMatcher(None, spelling, candidate_spelling).ratio() < SAME_SPELLING


def _areas_around(name: Name) -> set[str]:
    return {_AREA_AROUND[part] for part in name.stems if part in _AREA_AROUND}


Slot = tuple[Sequence[str], Sequence[str]]


def _slot(text: str, span: Span) -> Slot:
    """The two tokens before and after, articles left out; nearest first."""
    before = [_plain(match[0]) for match in _TOKEN.finditer(text, 0, span.start)]
    after = [_plain(match[0]) for match in _TOKEN.finditer(text, span.end)]
    return [token for token in reversed(before) if token not in _ARTICLES][:2], [
        token for token in after if token not in _ARTICLES
    ][:2]


def _plain(token: str) -> str:
    return stem(token) if token[0].isalpha() else token


def _is_listed(slot: Slot) -> bool:
    """Whether the name is one of several: "in Vell, Orm and Tarn"."""
    before, after = slot
    return not _LISTED.isdisjoint((*before[:1], *after[:1]))


def _same_slot(claimed: Slot, stated: Slot) -> bool:
    """Whether the tokens next to both names are the same, or the two before them; the end of a text
    counts as a token."""
    (before, after), (stated_before, stated_after) = claimed, stated
    left = before[:1] == stated_before[:1] and bool(before) and before[0].isalnum()
    right = _next_token(after) == _next_token(stated_after)
    if left and right:
        return True
    if not before and not stated_before:  # both begin with the name
        return right and after[:2] == stated_after[:2]
    return left and before == stated_before and len(before) == 2


def _next_token(after: Sequence[str]) -> str:
    return after[0] if after and after[0] not in {".", "!", "?"} else "."
