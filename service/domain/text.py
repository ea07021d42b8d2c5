"""Text and positions in it.

Every offset in Onrecord counts Unicode code points of a text that was normalised once; ranges are
half-open. JavaScript counts UTF-16 code units, so answers have these offsets too.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, takewhile

_MARKS = re.compile(r".?[^\w\s\x00-\x7f]{8,}", re.DOTALL)
"""A character and a possible run of combining marks: of these none is a letter, digit or space."""
_MOST_MARKS = 30
_JOINER = "\u034f"
_VISIBLE = re.compile(r"[^\n]")
_SURROGATE_PAIR = re.compile("[\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# C0 and C1 controls but tab and newline, lone surrogates, the byte order mark and noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start` included and `end` not."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of `text` that this span names."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> "Span":
        """This span moved by `by` code points: from offsets in a slice to those in its text."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """Words as printed; `span` is where they stand in the text that they were taken from."""

    text: str
    span: Span


def mention(text: str, span: Span) -> Mention:
    """The words at `span` of `text`, with their position."""
    return Mention(span.of(text), span)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and the span of another text that they stand for.

    If both have the same length, each character stands for the one at its place. Otherwise the
    words as a whole stand for the whole span: "&" for "&amp;".
    """

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader sees of a text, without its markup, and where in the text it stands.

    `pieces` are in the order of the text; `starts` are their offsets in `words`.
    """

    words: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> "Extract":
        """The pieces put together."""
        kept = tuple(piece for piece in pieces if piece.words)
        starts = accumulate((len(piece.words) for piece in kept), initial=0)
        return cls("".join(piece.words for piece in kept), kept, tuple(starts)[:-1])

    def origin(self, span: Span) -> Span:
        """Where in the text the words at `span` stand; `span` is not empty."""
        return Span(self._place(span.start).start, self._place(span.end - 1).end)

    def rewritten(self, pieces: Iterable[Piece]) -> "Extract":
        """Pieces of `words`, as an extract of the text."""
        return Extract.of(
            Piece(piece.words, self.origin(piece.span)) for piece in pieces if piece.words
        )

    def blanked(self, spans: Iterable[Span]) -> "Extract":
        """The same, with spaces for what stands at these spans of the text; line breaks stay."""
        gaps = _united(spans)
        return Extract.of(Piece(_blanked(piece, gaps), piece.span) for piece in self.pieces)

    def _place(self, offset: int) -> Span:
        """Where the character at `offset` stands."""
        index = bisect_right(self.starts, offset) - 1
        piece = self.pieces[index]
        if len(piece.words) != len(piece.span):
            return piece.span
        start = piece.span.start + offset - self.starts[index]
        return Span(start, start + 1)


def _united(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; those that touch are joined."""
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start <= united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return united


def _blanked(piece: Piece, gaps: Sequence[Span]) -> str:
    """The words of a piece, with spaces for those in a gap; `gaps` are in order, none touch."""
    kept: list[str] = []
    at = 0
    for gap in _overlapping_gaps(piece.span, gaps):
        if len(piece.words) != len(piece.span):
            return blank(piece.words)
        start = max(gap.start - piece.span.start, 0)
        end = min(gap.end - piece.span.start, len(piece.words))
        kept += piece.words[at:start], blank(piece.words[start:end])
        at = end
    return "".join([*kept, piece.words[at:]])


def _overlapping_gaps(span: Span, gaps: Sequence[Span]) -> Iterator[Span]:
    for index in count(bisect_right(gaps, span.start, key=lambda gap: gap.end)):
        if index == len(gaps) or not gaps[index].overlaps(span):
            return
        yield gaps[index]


def blank(words: str) -> str:
    """Replaces words by as many spaces; line breaks stay."""
    return _VISIBLE.sub(" ", words)


def normalise(raw: str) -> str:
    """Text as it is stored: NFC, lines end in a newline, no control characters.

    Idempotent. Zero-width joiners, direction marks and no-break spaces carry meaning and stay. A
    run of more than 30 combining marks is split (UAX 15, stream-safe text), because sorting n marks
    takes n² steps; no language has so many.
    """
    printable = _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", raw))
    return unicodedata.normalize("NFC", _MARKS.sub(_split_marks, printable))


def _split_marks(run: re.Match[str]) -> str:
    """The run with a joiner, which is no mark, wherever more than 30 marks would follow each other.
    Marks that are part of a composed letter are counted too."""
    split: list[str] = []
    marks = 0
    for char in run[0]:
        decomposed = unicodedata.normalize("NFD", char)
        leading, trailing = _leading_marks(decomposed), _leading_marks(reversed(decomposed))
        if marks + leading > _MOST_MARKS:
            split.append(_JOINER)
            marks = 0
        marks = marks + leading if leading == len(decomposed) else trailing
        split.append(char)
    return "".join(split)


def _leading_marks(chars: Iterable[str]) -> int:
    """How many combining marks the characters begin with."""
    return sum(1 for _ in takewhile(unicodedata.combining, chars))


def trimmed(text: str, span: Span) -> Span:
    """`span` without the white space at its two ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


class Utf16:
    """How one text counts in UTF-16 code units, as in JavaScript."""

    def __init__(self, text: str) -> None:
        plain = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        self._pairs = [] if plain else [pair.start() for pair in _SURROGATE_PAIR.finditer(text)]
        """Where in the text the characters are that take two units."""

    def of(self, offset: int) -> int:
        """An offset in code points, in units."""
        return offset + bisect_left(self._pairs, offset)

    def pair(self, span: Span) -> tuple[int, int]:
        """A span of the text, in units."""
        return self.of(span.start), self.of(span.end)

    def code_points(self, units: int) -> int:
        """An offset in units, in code points; within a pair, that of its character."""
        pairs = range(len(self._pairs))
        return units - bisect_left(pairs, units, key=lambda number: number + self._pairs[number])


def utf16(text: str, span: Span) -> tuple[int, int]:
    """`span` of `text` in UTF-16 code units; of several spans, `Utf16` reads the text once."""
    return Utf16(text).pair(span)
