"""The bodies and documents that an article names in full, so that "the commission" and "the report"
later on are known."""

import bisect
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from service.domain.text import Mention, Span, mention
from service.english.lexicon import NOT_NAMES, PRONOUNS

_WORD = re.compile(r"\w+(?:[-‐‑.&’'/]\w+)*\.?")
_GAP = re.compile(r"[’']?[^\S\n]\Z")
_ARTICLES = frozenset("the a an".split())
_OWNERS = frozenset("its his her their our".split())
# What stands before a noun and does not tell which one is meant.
_SAYS_LITTLE = _ARTICLES | _OWNERS | frozenset("new latest recent previous same other own".split())
_POSSESSIVE = ("’s", "'s")
LONGEST_NAME = 5
"""Words that may stand before the noun."""


@dataclass(frozen=True, slots=True)
class _Named:
    """One mention: its words without an article, lower case, the last of them its noun."""

    words: tuple[str, ...]
    mention: Mention


@dataclass(frozen=True, slots=True)
class _Fuller:
    """The mentions that a short one may stand for, in order: where each ends, and the fullest up to
    there."""

    ends: tuple[int, ...]
    fullest: tuple[_Named, ...]

    def before(self, position: int) -> Mention | None:
        """The fullest that ends before an offset."""
        index = bisect.bisect_right(self.ends, position)
        return self.fullest[index - 1].mention if index else None


@dataclass(frozen=True, slots=True)
class Bodies:
    """Whatever of one sort an article names by more than a bare noun, in the order of the text."""

    found: tuple[_Named, ...]
    _known: dict[str, _Fuller] = field(default_factory=dict)

    def fullest(self, phrase: str, before: int) -> Mention | None:
        """The full mention before an offset of what "the ministry" is, None where the article has
        two ministries or has named none yet."""
        article, _, called = phrase.lower().partition(" ")
        if article != "the":
            return None
        if called not in self._known:
            self._known[called] = self._fuller(tuple(called.split()))
        return self._known[called].before(before)

    def _fuller(self, tail: tuple[str, ...]) -> _Fuller:
        same = [b for b in self.found if len(b.words) > len(tail) and _ends(b.words, tail)]
        longest = max(same, key=lambda body: len(body.words), default=None)
        if longest is None or not all(_ends(longest.words, body.words) for body in same):
            return _Fuller((), ())
        ends = tuple(body.mention.span.end for body in same)
        return _Fuller(ends, tuple(accumulate(same, _longer)))


def bodies(text: str, nouns: Collection[str]) -> Bodies:
    """All that `text` calls by one of `nouns` with a modifier: "the electoral commission"."""
    return Bodies(tuple(_named(text, list(_WORD.finditer(text)), nouns)))


def _named(text: str, words: Sequence[re.Match[str]], nouns: Collection[str]) -> Iterator[_Named]:
    for index, word in enumerate(words):
        noun = word.group().lower().rstrip(".")
        if noun not in nouns:
            continue
        first = _first(text, words, index)
        named = [w.group().lower() for w in words[first:index]]
        while named and named[0] in _SAYS_LITTLE:
            named = named[1:]
        if named:
            end = word.start() + len(noun)
            yield _Named((*named, noun), mention(text, Span(words[first].start(), end)))


def _first(text: str, words: Sequence[re.Match[str]], noun: int) -> int:
    """Where the name that ends in the noun begins: at a determiner or an owner, else with the
    capitals in a row; at the noun itself where neither stands before it."""
    first = noun
    capital = words[noun].group()[0].isupper()
    for index in range(noun - 1, max(-1, noun - 1 - LONGEST_NAME), -1):
        word = words[index].group()
        if not _GAP.match(text[words[index].end() : words[index + 1].start()]):
            break
        if word.lower() in _ARTICLES | _OWNERS:
            return index
        if word.lower() in NOT_NAMES | PRONOUNS or (word[0].islower() and word.endswith(".")):
            break
        capital = capital and word[0].isupper()
        if capital:
            first = index
        if word.endswith(_POSSESSIVE) and not capital:
            return index
    return first


def _longer(body: _Named, later: _Named) -> _Named:
    return later if len(later.words) > len(body.words) else body


def _ends(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether a shorter name may be the longer one cut at its front."""
    return tuple(longer[len(longer) - len(shorter) :]) == tuple(shorter)
