"""Finds where sentences start: by sentencex, corrected by rules for news prose.

Each rule is for something seen in real articles, and has an example in
tests/english/text/gold_sentences.txt; docs/decisions/0002-sentence-segmentation.md has the
comparison.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

import sentencex  # type: ignore[import-untyped]

_MARKS = "\"'`“”‘’„‟«»‹›「」『』()[]"
# Repetitions are possessive, here and below: a pattern does not try again what it passed over, so
# that its time is linear in a megabyte of spaces or quotation marks.
_OPENERS = r"""["'`“‘„‟«‹(\[「『]*+"""
CLOSERS = r"""["'”’»›)\]」』]*+"""

# sentencex does not split within quotation marks or brackets, and it fails on a capital before a
# no-break space and a full stop. So each character is replaced by one of ASCII: quotation marks and
# brackets around whole sentences by a space, other brackets, and dashes, which sentencex would take
# for bullets, by a comma.
_MASKED = re.compile(
    r"""
      (?P<mark>
          ["`“”„‟«»‹›「」『』]
        | (?<![^\s("“]) ['‘] | (?<=[.!?…,]) ['’]            # a single mark, not an apostrophe
        | (?: (?<=[.!?…]\s) | (?<=[.!?…]["”’]\s) | (?<=\s["“‘]) | \A ) [(\[]
        | (?: (?<=[.!?…]) | (?<=[.!?…]["”’]) ) [)\]] (?! [.,;:] )
      )
    | [()\[\]]
    | (?<=\s) [-*] (?=\s)
    | [^\x20-\x7e]
    """,
    re.VERBOSE,
)
_STOPS = "…。｡！？؟۔।॥"

# Starts that sentencex misses.
_MISSED = re.compile(
    rf"""
      # sentencex takes these for abbreviations.
      \b (?: [Mm]ay | me | no | NO | ill ) \. {CLOSERS} \s++ (?= {_OPENERS} [A-Z] )
      # The article "A" is not an initial, nor is "I".
    | \b [A-Z]\.[A-Z]\. \s++ (?= (?: An? | I ) \s )
      # Chinese and Japanese have no space between sentences.
    | [。｡！？] {CLOSERS} \s*+ (?= \S )
      # A credit: “Never!” — Ana Diaz; It fell. — Ana Diaz (@diaz)
    | (?: [!?…] {CLOSERS} | \.["”’] ) \s++ (?= [—–] \s [A-Z] )
    | [.!?…] {CLOSERS} \s++ (?= [—–] \s [^()\n]{{1,60}} \(@ )
    """,
    re.VERBOSE,
)

_TITLES = (
    "Adm | Amb | Att?y | Capt | C[dm]r | Cmdr | Col | Cpl | Drs? | Gens? | Govs? | Hon | Insp | Lt"
    "| Maj | M[rsx] | Mrs | Pres | Profs? | Reps? | Rev | Sens? | Sgt | Supt | Treas"
)
_DAYS = "(?: Mon | Tues | Wednes | Thurs | Fri | Satur | Sun ) (?: day | \\b )"
_ZONES = "(?: Eastern | Central | Mountain | Pacific | [ECMP][SD]?T | GMT | UTC | BST | CES?T ) \\b"
_PRONOUNS = "(?: He | She | They | We | I | It | No | Nobody | The | An? | And | But | So ) \\b"
_SPEAKS = (
    "(?: said | says | asked | asks | added | wrote | told | shouted | tweeted | continued"
    "| wondered | joked | exclaimed | demanded | declared | recalled ) \\b"
)
# Places that look like starts, and are not.
_FALSE = re.compile(
    rf"""
      # A sentence starts with a capital, except with names like iPhone.
      [.!?…] {CLOSERS} \s++ (?= [{re.escape(_MARKS)}\s—–-]*+ [a-z]++ (?![A-Za-z]) )
    | \b (?: {_TITLES} ) \. {CLOSERS} \s++ (?= [A-Z] )
    | \b [ap]\.m\. \s++ (?= \( | {_DAYS} | {_ZONES} )
    | \b (?: approx | [Nn]os | [Aa]rts? | [Cc]h | [Ss]ecs? | [Ff]igs? ) \. \s++ (?= \d )
      # In mid-sentence: (R-Ky.); inside of a word: D-N.Y., us-vs.-them, a .exe
    | \. {CLOSERS} (?= [,;:] ) | \b [A-Z]\. (?= [A-Z][a-z]?\b ) | \. (?= - ) | \s\. (?= \w )
      # “Who pays?” Ana Diaz asked.
    | [!?…] ["”’']{{1,3}} \s++ (?= (?! {_PRONOUNS} ) (?: [A-Z][\w.’'-]* \s++ ){{1,5}} {_SPEAKS} )
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+")


def sentence_starts(words: str) -> list[int]:
    """Where the second and all later sentences of one paragraph start, in order.

    A start is before the opening marks of a sentence, and after the closing marks of the sentence
    before it. Every sentence has a letter, unless `words` have none.
    """
    parts = sentencex.segment("en", _MASKED.sub(_ascii, words))
    ends = list(accumulate(map(len, parts)))[:-1]
    starts = {_before_marks(words, end) for end in ends}
    starts |= {match.end() for match in _MISSED.finditer(words)}
    starts -= {match.end() for match in _FALSE.finditer(words)}
    return _with_letters(words, sorted(starts))


def _ascii(match: re.Match[str]) -> str:
    char = match[0]
    if match["mark"] or char.isspace():
        return " "
    if char.isalnum():
        return "0" if char.isdigit() else "X" if char.isupper() else "x"
    if char in _STOPS:
        return "?"
    return "'" if char == "’" else ","


def _before_marks(words: str, start: int) -> int:
    """`start`, found in masked text, moved before the opening marks, which the mask hides."""
    gap = start
    while gap and (words[gap - 1].isspace() or words[gap - 1] in _MARKS):
        gap -= 1
    space = _SPACE.search(words, gap, start)
    return space.end() if space else start


def _with_letters(words: str, starts: Iterable[int]) -> list[int]:
    """The starts, without those that would make a sentence without a letter: it is joined with the
    next sentence, or at the end with the one before."""
    kept: list[int] = []
    previous = 0
    for start in starts:
        if _LETTER.search(words, previous, start):
            kept.append(start)
        previous = start
    if kept and not _LETTER.search(words, kept[-1]):
        kept.pop()
    return kept
