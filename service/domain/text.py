"""Text and positions in it.

Every offset in Onrecord counts Unicode code points, half-open, into a text that was normalised
once. JavaScript counts UTF-16 code units instead, so answers carry that pair as well.
"""

import re
import unicodedata
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# C0 and C1 controls but tab and newline, lone surrogates, the byte order mark and noncharacters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
MOST_MARKS = 30
"""That a letter carries in any language (UAX 15, Stream-Safe Text Format)."""
_GRAPHEME_JOINER = "\u034f"
# What may be combining marks, which are neither letters nor white space.
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS // 2},}}")


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
        """This span moved by `by` code points: between a slice's offsets and its text's."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """Words as printed, and where: `span` points into the text they were taken from."""

    text: str
    span: Span


def mention(text: str, span: Span) -> Mention:
    """The words at `span` of `text`, with their position."""
    return Mention(span.of(text), span)


def normalise(raw: str) -> str:
    """Text as it is stored: NFC, lines end in a newline, no control characters.

    Idempotent, and linear in the text's length. Zero-width joiners, direction marks and no-break
    spaces carry meaning and stay.
    """
    lines = _LINE_ENDS.sub("\n", raw)
    return unicodedata.normalize("NFC", stream_safe(_UNPRINTABLE.sub("", lines)))


def stream_safe(text: str) -> str:
    """`text` with a grapheme joiner after each 30 combining marks in a row, as UAX 15 has it.

    Normalising sorts the marks of a letter, in quadratic time: 300,000 took minutes.
    """
    return _MANY_MARKS.sub(_broken_up, text)


def _broken_up(run: re.Match[str]) -> str:
    parts: list[str] = []
    marks = 0
    for character in run[0]:
        decomposed = unicodedata.normalize("NFD", character)
        combining = sum(unicodedata.combining(part) > 0 for part in decomposed)
        if combining == len(decomposed) and marks + combining > MOST_MARKS:
            parts.append(_GRAPHEME_JOINER)
            marks = 0
        marks = marks + combining if combining == len(decomposed) else combining
        parts.append(character)
    return "".join(parts)


def trimmed(text: str, span: Span) -> Span:
    """`span` without the white space at its two ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def utf16(text: str, span: Span) -> tuple[int, int]:
    """`span` of `text` in UTF-16 code units, as a JavaScript string counts."""
    start = _utf16_length(text[: span.start])
    return start, start + _utf16_length(span.of(text))


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
