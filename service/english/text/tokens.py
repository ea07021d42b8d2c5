"""Splits statements into tokens: words, punctuation, and each quotation as one token."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span
from service.english.lexicon import ADVERBS, APOSTROPHES, DASHES, NOT_AN_ADVERB, TIMES
from service.english.text.quotation_marks import Quotation

LETTER = r"[^\W_ʼ]"
"""A letter or digit; Unicode counts the apostrophe U+02BC as one."""
_TOKEN = re.compile(
    rf"""
      (?:Mr|Mrs|Ms|Mx|Dr|Gen|Sen|Sens|Rep|Reps|Gov|Lt|Col|Sgt|Maj|Capt|Adm|Cmdr|Prof|Rev|Hon|St
        |Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd|Dept)\.
    | (?:[A-Za-z]\.){{2,}}                   # U.S., p.m.
    | [A-Z]\.(?=\s+[A-Z])                    # an initial
    | [#@$£€]?\d+(?:[.,]\d+)*(?:\w+|%)?
    | [{APOSTROPHES}]s\b
    | [#@]?{LETTER}+(?:[-‐‑.@/&]{LETTER}+|[{APOSTROPHES}](?!s\b){LETTER}+)*
    | \.\.\. | -- | \S
    """,
    re.VERBOSE,
)
_DATELINE = re.compile(
    r"""[A-Z][A-Z.'’ -]{1,60}(?:,\ [A-Z][\w. ]{1,20}|,\ [A-Z][a-z]+\.?\ \d{1,2})?
        (?:\ ?\([\w ]{1,20}\))?\ ?(?:--|[—–]|(?<=[\ )])-)\ """,
    re.VERBOSE,
)
_MARKS = "“”\"'‘’«»„`,."
_TITLE_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Prof|Rev)\.$")
_DASHES = DASHES | {"―"}
_MOST_QUOTATIONS = 100
_SIGNED = re.compile(
    r"(?<!\s)\s*+(?:--|[-–—―~])[^\S\n]?[A-Z][\w.’'-]{0,40}"
    r"(?:[^\S\n]++(?:[A-Z][\w.’'-]{0,40}|de|del|la|van|von|bin|al)){1,9}"
    r"(?:[,(][^.!?\n]{1,80})?\.?[^\S\n]*(?:\n|\Z)"
)
"""A dash and a name of at least two words, to the end of a line: who said the words before it."""
_CLOSING = "\"”’'»“"
"""Marks that close a quotation in some language; “ does in German."""
_WORD = re.compile(rf"{LETTER}|[{APOSTROPHES}]s$|[#@$£€]\w")
_PLAIN_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark, or a whole quotation; offsets are into the article's text."""

    text: str
    low: str
    """The text in lower case with plain apostrophes; empty for a quotation."""
    start: int
    end: int
    quotation: int | None = None
    """The index of the quotation in the article; None for other tokens."""

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, neither punctuation nor a quotation."""
        return self.quotation is None and _WORD.match(self.text) is not None

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital, as a name does."""
        return self.quotation is None and self.text[:1].isupper()

    @property
    def is_adverb(self) -> bool:
        """Whether it is an adverb, which can stand between a subject and its verb."""
        return self.low in ADVERBS or (
            self.low.endswith("ly") and self.text.islower() and self.low not in NOT_AN_ADVERB
        )

    @property
    def is_title(self) -> bool:
        """Whether it is a quotation that is a name (“Buran Brigade,”) and not speech."""
        words = [word for word in self.text.strip(_MARKS).split() if word[:1].isalpha()]
        return (
            self.quotation is not None
            and 0 < len(words) <= 6
            and all(word[:1].isupper() or len(word) <= 3 for word in words)
        )

    @property
    def is_time(self) -> bool:
        """Whether it is a word for a time: a weekday, "later", "yesterday"."""
        return self.low in TIMES


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or several sentences that one quotation joins."""

    span: Span
    tokens: tuple[Token, ...]


def statements(
    text: str, sentences: Sequence[Span], found: Sequence[Quotation]
) -> Iterator[Statement]:
    """The sentences of `text` as statements.

    A sentence is joined with the next if it ends within a quotation, announces one with a colon, or
    ends with one and continues in lower case or with a dash: "… now?" she asked.
    """
    pieces = [(piece, index) for index, quotation in enumerate(found) for piece in quotation.pieces]
    pieces.sort()
    position = 0
    for span in _joined(text, sentences, [piece for piece, _ in pieces]):
        while position < len(pieces) and pieces[position][0].end <= span.start:
            position += 1
        last = position
        while last < len(pieces) and pieces[last][0].end <= span.end:
            last += 1
        told = Span(_past_dateline(text, span), span.end)
        yield Statement(span, tuple(_tokens(text, told, pieces[position:last])))


def _past_dateline(text: str, span: Span) -> int:
    """Where a sentence begins after a dateline such as "KYIV —" or "PORT VELL (AP) -"."""
    if span.start == 0 or text[span.start - 1] == "\n":
        match = _DATELINE.match(text, span.start, span.end)
        return match.end() if match else span.start
    return span.start


def _joined(text: str, sentences: Sequence[Span], pieces: Sequence[Span]) -> Iterator[Span]:
    """The sentences; those of one statement are joined, up to `_MOST_QUOTATIONS` quotations: each
    verb of a statement is read with all of its words."""
    position = first = 0
    current: Span | None = None
    for sentence in sentences:
        if current is None:
            current = sentence
            continue
        while position < len(pieces) and pieces[position].end <= current.end:
            position += 1
        torn = position < len(pieces) and pieces[position].start < current.end
        quoted = position < len(pieces) and pieces[position].start == sentence.start
        announced = quoted and text[current.end - 1 : current.end] == ":"
        goes_on = torn or announced or _goes_on(text, current, sentence)
        if goes_on and position - first < _MOST_QUOTATIONS:
            current = Span(current.start, max(current.end, sentence.end))
        else:
            yield current
            current, first = sentence, position
    if current is not None:
        yield current


def _goes_on(text: str, current: Span, following: Span) -> bool:
    closed = text[current.end - 1 : current.end] in _CLOSING
    if closed and _SIGNED.match(text, current.end):
        return True
    if "\n" in text[current.end : following.start]:
        return False
    if _TITLE_END.search(text, max(current.start, current.end - 6), current.end):
        return True
    after = text[following.start : following.start + 1]
    return (after.islower() or after in _DASHES) and closed


def words_of(text: str, span: Span) -> list[Token]:
    """The words and punctuation marks at `span`, with quotation marks."""
    return list(_words(text, span.start, span.end))


def _tokens(text: str, span: Span, pieces: Sequence[tuple[Span, int]]) -> Iterator[Token]:
    start = span.start
    for piece, index in pieces:
        if piece.start < start:
            continue
        yield from _words(text, start, piece.start)
        yield Token(piece.of(text), "", piece.start, piece.end, index)
        start = piece.end
    yield from _words(text, start, span.end)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        yield Token(word, lowered(word), match.start(), match.end())


def lowered(word: str) -> str:
    """A word as the word lists have it: in lower case, with plain apostrophes."""
    return word.lower().translate(_PLAIN_APOSTROPHES)
