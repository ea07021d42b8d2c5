"""Compares the words of a quotation with the words on record, one by one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from service.domain.text import Span
from service.english.lexicon import STOP_WORDS
from service.english.text.quoted_words import QuotedWord

MOST_FOR_A_BRACKET = 8
"""How many words of the source an editor's brackets may stand for."""
MOST_FOR_AN_ELLIPSIS = 80
"""How many words of the source an ellipsis may stand for."""
MOST_PAIRS = 20_000
"""How many pairs of equal words are compared. difflib takes the cube of the length where all words
are alike; 500 words of English have about 4,000 pairs."""
_AT_ENDS = frozenset("a an the and but that".split())
"""Words that make no difference where a quotation begins or ends: “coalition of criminals” may have
been quoted with the article before it."""
_PAUSE_CHARS = 3
_AROUND = 10
"""How many more words of the source are compared than the quotation has."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A run of words that differs; one of the two may be empty, then it stands where the words
    would be. `quoted` is into the quotation, `source` into the source's words."""

    quoted: Span
    source: Span


@dataclass(frozen=True, slots=True)
class Wording:
    """Where in the source the quotation stands, as indices of words, and what differs."""

    first: int
    last: int
    matched: int
    """How many words agree."""
    telling: int
    """How many of these are more than function words."""
    share: float
    """The share of the quotation's words that agree, in 0..1, without an editor's own."""
    differing: tuple[Differing, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of the alignment, as difflib gives it: indices of words."""

    kind: str
    quoted: Span
    source: Span


def compare_wording(quoted: Sequence[QuotedWord], source: Sequence[QuotedWord]) -> Wording | None:
    """The best place in `source` for the words of a quotation, None where none agrees, or where too
    many words are alike to say.

    Words that an editor put in square brackets, and words of the source in the place of these or of
    an ellipsis, do not count as differing.
    """
    longest = _matcher(quoted, source).find_longest_match()
    if not longest.size:
        return None
    start, end = _around(quoted, longest, len(source))
    near = source[start:end]
    counts = Counter(word.key for word in near)
    if sum(counts[word.key] for word in quoted) > MOST_PAIRS:
        return None
    block = _Step(
        "equal",
        Span(longest.a, longest.a + longest.size),
        Span(longest.b - start, longest.b - start + longest.size),
    )
    steps = list(_trimmed(_steps(quoted, near, block), len(quoted), near))
    equal = [step for step in steps if step.kind == "equal"]
    in_source = [step.source for step in steps if len(step.source)]
    agreeing = [
        word for step in equal for word in _words(quoted, step.quoted) if not word.editorial
    ]
    own = [word for word in quoted if not word.editorial]
    return Wording(
        first=start + in_source[0].start,
        last=start + in_source[-1].end - 1,
        matched=len(agreeing),
        telling=sum(word.key not in STOP_WORDS for word in agreeing),
        share=len(agreeing) / max(1, len(own)),
        differing=tuple(
            _differing(quoted, step, start)
            for step in steps
            if step.kind != "equal"
            and not (
                _is_editing(quoted, step)
                or _is_loose_end(quoted, step)
                or _is_edited_there(near, step)
            )
        ),
    )


def _around(quoted: Sequence[QuotedWord], block: Match, words: int) -> tuple[int, int]:
    """The part of a source of so many words around the longest run of words that agree."""
    more = _AROUND + sum(
        MOST_FOR_AN_ELLIPSIS * word.after_gap + MOST_FOR_A_BRACKET * word.editorial
        for word in quoted
    )
    start = max(0, block.b - block.a - more)
    return start, min(words, block.b + len(quoted) - block.a + more)


def _matcher(quoted: Sequence[QuotedWord], source: Sequence[QuotedWord]) -> SequenceMatcher[str]:
    keys = [word.key for word in quoted], [word.key for word in source]
    return SequenceMatcher(None, *keys, autojunk=False)


def _steps(
    quoted: Sequence[QuotedWord], source: Sequence[QuotedWord], block: _Step
) -> Iterator[_Step]:
    """The alignment from left to right. Both sides are read away from the longest run of words that
    agree, since difflib takes the first of several words that are alike: "the" should be that next
    to the run."""
    before = _matcher(
        list(reversed(quoted[: block.quoted.start])), list(reversed(source[: block.source.start]))
    )
    a, b = block.quoted.start, block.source.start
    for kind, i, j, k, m in reversed(before.get_opcodes()):
        yield _Step(kind, Span(a - j, a - i), Span(b - m, b - k))
    yield block
    a, b = block.quoted.end, block.source.end
    for kind, i, j, k, m in _matcher(quoted[a:], source[b:]).get_opcodes():
        yield _Step(kind, Span(a + i, a + j), Span(b + k, b + m))


def _trimmed(steps: Iterable[_Step], words: int, source: Sequence[QuotedWord]) -> Iterator[_Step]:
    """The steps without the words of the source before and after the quotation. What stands there
    instead of words of the quotation is as many words at most, with no pause between them."""
    for step in steps:
        count = len(step.quoted)
        at_start, at_end = step.quoted.start == 0, step.quoted.end == words
        if step.kind == "equal" or not (at_start or at_end):
            yield step
        elif count and at_start:
            start = step.source.end
            while start > max(step.source.start, step.source.end - count) and _adjoin(
                source, start
            ):
                start -= 1
            yield _Step(step.kind, step.quoted, Span(start, step.source.end))
        elif count:
            end = step.source.start
            while end < min(step.source.end, step.source.start + count) and _adjoin(source, end):
                end += 1
            yield _Step(step.kind, step.quoted, Span(step.source.start, end))


def _adjoin(words: Sequence[QuotedWord], index: int) -> bool:
    """Whether nothing but a space and a mark stands between the word before `index` and the word
    there."""
    if not 0 < index < len(words):
        return False
    return words[index].span.start - words[index - 1].span.end <= _PAUSE_CHARS


def _is_editing(quoted: Sequence[QuotedWord], step: _Step) -> bool:
    """Whether an editor's marks explain the difference."""
    words, left_out = _words(quoted, step.quoted), len(step.source)
    if any(not word.editorial for word in words):
        return False
    beside = quoted[max(0, step.quoted.start - 1) : step.quoted.end + 1]
    after = quoted[step.quoted.start : step.quoted.end + 1]
    if any(word.after_gap for word in after):
        return left_out <= MOST_FOR_AN_ELLIPSIS
    bracketed = [word for word in beside if word.editorial]
    return bool(bracketed) and left_out <= MOST_FOR_A_BRACKET


def _is_edited_there(source: Sequence[QuotedWord], step: _Step) -> bool:
    """Whether the source's editor put in all of its words, and the quotation may have the
    speaker's own: "Dem[ocrat]s"."""
    words = _words(source, step.source)
    return bool(words) and all(word.editorial for word in words)


def _is_loose_end(quoted: Sequence[QuotedWord], step: _Step) -> bool:
    words = _words(quoted, step.quoted)
    at_an_end = step.quoted.start == 0 or step.quoted.end == len(quoted)
    return at_an_end and bool(words) and all(word.key in _AT_ENDS for word in words)


def _words(words: Sequence[QuotedWord], indices: Span) -> Sequence[QuotedWord]:
    return words[indices.start : indices.end]


def _differing(quoted: Sequence[QuotedWord], step: _Step, shift: int) -> Differing:
    in_source = Span(step.source.start + shift, step.source.end + shift)
    words = _words(quoted, step.quoted)
    if words:
        return Differing(Span(words[0].span.start, words[-1].span.end), in_source)
    before = quoted[step.quoted.start - 1].span.end
    return Differing(Span(before, before), in_source)
