"""What an article spells out before it goes on in capitals: "the IMF"."""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.text import Mention, Span, mention

_WORD = re.compile(r"[^\W_]+(?:[.&’'-][^\W_]+)*")
_SMALL = frozenset("of for the and on to in at de".split())
_LETTERS = range(2, 7)
_LONGEST = 3
"""Words a letter, small ones counted."""

Words = Sequence[re.Match[str]]


@dataclass(slots=True)
class Acronyms:
    """What a text spells out; its words are read once, however many acronyms are asked about.

    `initials` has a letter for each word but the small ones, and `places` where that word stands.
    """

    text: str
    words: Words = field(init=False)
    places: list[int] = field(init=False)
    initials: str = field(init=False)

    def __post_init__(self) -> None:
        self.words = list(_WORD.finditer(self.text))
        self.places = [i for i, word in enumerate(self.words) if word[0] not in _SMALL]
        self.initials = "".join(self.words[i][0][0] for i in self.places)

    def spelled_out(self, acronym: str) -> Mention | None:
        """The words that `acronym` follows in parentheses and whose initials it is made from; else
        the first whose initials it is, small words left out. None without any."""
        letters = acronym.replace(".", "")
        if not letters.isupper() or len(letters) not in _LETTERS:
            return None
        found = self._introduced(acronym) or next(self._spellings(letters), ())
        return mention(self.text, Span(found[0].start(), found[-1].end())) if found else None

    def _spellings(self, letters: str) -> Iterator[Words]:
        """Each run of words with these initials."""
        at = self.initials.find(letters)
        while at >= 0:
            first, last = self.places[at], self.places[at + len(letters) - 1]
            if last - first < _LONGEST * len(letters):
                yield self.words[first : last + 1]
            at = self.initials.find(letters, at + 1)

    def _introduced(self, acronym: str) -> Words:
        """Right before "(CDC)", from the last word that begins with its first letter, if the
        initials from there on hold all letters in order."""
        bracket = self.text.find(f"({acronym})")
        end = bisect.bisect_right(self.words, bracket, key=lambda word: word.end())
        for start in reversed(range(max(0, end - 2 * len(acronym)), end)):
            run = self.words[start:end]
            if run[0][0][0] == acronym[0] and _are_within(acronym, [word[0][0] for word in run]):
                return run
        return ()


def _are_within(letters: str, initials: Sequence[str]) -> bool:
    left = iter(initials)
    return all(letter in left for letter in letters)
