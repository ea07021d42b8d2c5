"""What an article spells out before it goes on in capitals: "the IMF"."""

import re
from collections.abc import Sequence

from service.domain.text import Mention, Span, mention

_WORD = re.compile(r"[^\W_]+(?:[.&’'-][^\W_]+)*")
_SMALL = frozenset("of for the and on to in at de".split())
_LETTERS = range(2, 7)
_LONGEST = 3
"""Words a letter, small ones counted."""

Words = Sequence[re.Match[str]]


def spelled_out(text: str, acronym: str) -> Mention | None:
    """The words of `text` that `acronym` follows in parentheses and whose initials it is made
    from; else the first whose initials it is, small words left out. None without any."""
    letters = acronym.replace(".", "")
    if not letters.isupper() or len(letters) not in _LETTERS:
        return None
    words = list(_WORD.finditer(text))
    starts = (i for i, word in enumerate(words) if word[0][0] == letters[0])
    runs = (_spelling(words[i : i + _LONGEST * len(letters)], letters) for i in starts)
    found = _introduced(text, words, acronym) or next((run for run in runs if run), ())
    return mention(text, Span(found[0].start(), found[-1].end())) if found else None


def _spelling(words: Words, letters: str) -> Words:
    """The words from the first on, one a letter; none if the letters do not come out."""
    left = list(letters)
    for count, word in enumerate(words, 1):
        if word[0][0] == left[0]:
            left.pop(0)
        elif word[0] not in _SMALL:
            break
        if not left:
            return words[:count] if count > 1 else ()
    return ()


def _introduced(text: str, words: Words, acronym: str) -> Words:
    """Right before "(CDC)", from the last word that begins with its first letter, if the initials
    from there on hold all letters in order."""
    bracket = text.find(f"({acronym})")
    before = [word for word in words if word.end() <= bracket]
    for start in reversed(range(max(0, len(before) - 2 * len(acronym)), len(before))):
        run = before[start:]
        if run[0][0][0] == acronym[0] and _are_within(acronym, [word[0][0] for word in run]):
            return run
    return ()


def _are_within(letters: str, initials: Sequence[str]) -> bool:
    left = iter(initials)
    return all(letter in left for letter in letters)
