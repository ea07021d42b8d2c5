"""Where the sentences of a paragraph are.

The boundaries are those of sentencex, corrected where news prose taught otherwise; the comparison
with others, and what was seen in real articles, is in docs/decisions/0002-sentence-segmentation.md.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

import sentencex  # type: ignore[import-untyped]

from service.domain.text import Span, trimmed

# The embedder reads some 250 word pieces, about 1,100 characters of English: what has no full stop
# for longer than this is cut, so that its end can be found too.
MAX_SENTENCE_CHARS = 1000
# sentencex takes quadratic time on a long run of opening brackets.
_MAX_PIECE_CHARS = 10_000

_MARKS = "\"'“”‘’„‟«»‹›「」『』()[]"
_OPENERS = r"""["'“‘„‟«‹(\[「『]*"""
_CLOSERS = r"""["'”’»›)\]」』]*"""

# sentencex keeps a quotation in one piece, and it fails on a capital before a no-break space and a
# full stop. So it gets ASCII, a character for a character: a space for each quotation mark and for
# each bracket around whole sentences, no dash that looks like a bullet.
_MASKED = re.compile(
    r"""
      (?P<mark>
          ["“”„‟«»‹›「」『』]
        | (?<![^\s("“]) ['‘] | (?<=[.!?…,]) ['’]            # a single mark, not an apostrophe
        | (?: (?<=[.!?…]\s) | \A ) [(\[] | (?<=[.!?…]) [)\]]
      )
    | (?<=\s) [-*•] (?=\s)
    | [^\x20-\x7e]
    """,
    re.VERBOSE,
)
_STOPS = "…。｡！？؟۔।॥"

# Boundaries that sentencex misses, by where the next sentence starts.
_MISSED = re.compile(
    rf"""
      \b May\. \s+ (?= {_OPENERS} [A-Z] )                   # it takes May for an abbreviation
    | [。｡！？] {_CLOSERS} \s* (?= \S )                     # no space follows in Chinese, Japanese
    """,
    re.VERBOSE,
)
# Boundaries that are none, by where the text goes on.
_FALSE = re.compile(
    rf"""
      [.!?…] {_CLOSERS} \s+ (?= {_OPENERS} [a-z]+ (?![A-Za-z]) )    # but iPhone may start one
    | \b [ap]\.m\. \s+ (?= \(? (?:
          (?: Mon | Tues | Wednes | Thurs | Fri | Satur | Sun ) (?: day | \b )
        | (?: Eastern | Central | Mountain | Pacific | [ECMP][SD]?T | GMT | UTC | BST | CES?T ) \b
      ) )
    | \b (?: approx | [Nn]os | [Aa]rts? | [Ss]ecs? | [Ff]igs? ) \. \s+ (?= \d )
    | [!?…] ["”’'] \s+ (?= (?! (?: He | She | They | We | I | It | No | Nobody | The | An? ) \b )
          (?: [A-Z][\w.’'-]* \s+ ){{1,5}}                          # “Who pays?” Ana Diaz asked.
          (?: said | says | asked | asks | added | wrote | told | replied | shouted | tweeted
            | continued | wondered | joked | exclaimed | demanded | declared | recalled ) \b )
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+")
# Where to cut what is too long, the best first.
_CUTS = (re.compile(rf"[.!?;:]{_CLOSERS}\s"), re.compile(rf",{_CLOSERS}\s"), re.compile(r"\s"))


def sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of one trimmed `paragraph` of normalised `text`, in order, trimmed, as spans of
    `text`; closing marks belong to the sentence that they end, and newlines count as spaces.

    Together they hold all of the paragraph but white space. None is longer than MAX_SENTENCE_CHARS.
    """
    for piece in _cut(text, paragraph, _MAX_PIECE_CHARS):
        for start, end in pairwise([0, *_starts(piece.of(text)), len(piece)]):
            sentence = trimmed(text, Span(start, end).shifted(piece.start))
            yield from _cut(text, sentence, MAX_SENTENCE_CHARS)


def _starts(words: str) -> list[int]:
    """Where the second and all later sentences start."""
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
    """`start`, found in masked text, moved before the opening marks that look like spaces there."""
    gap = start
    while gap and (words[gap - 1].isspace() or words[gap - 1] in _MARKS):
        gap -= 1
    space = _SPACE.search(words, gap, start)
    return space.end() if space else start


def _with_letters(words: str, starts: Iterable[int]) -> list[int]:
    """`starts` less those that would leave a sentence without a letter: it belongs to the next, or
    at the end to the one before."""
    kept = [0]
    for start in starts:
        if _LETTER.search(words, kept[-1], start):
            kept.append(start)
    if len(kept) > 1 and not _LETTER.search(words, kept[-1]):
        kept.pop()
    return kept[1:]


def _cut(text: str, span: Span, limit: int) -> Iterator[Span]:
    """`span` in pieces of at most `limit` code points, trimmed."""
    while len(span) > limit:
        end = _cut_before(text, span.start + limit // 2, span.start + limit)
        yield trimmed(text, Span(span.start, end))
        span = trimmed(text, Span(end, span.end))
    yield span


def _cut_before(text: str, start: int, end: int) -> int:
    """The last position from `start` to `end` that is good to cut at."""
    for pattern in _CUTS:
        if matches := [match.end() for match in pattern.finditer(text, start, end)]:
            return matches[-1]
    return end
