"""Finds the words of an article between quotation marks.

Outlets mix marks up, so the characters around a mark decide what it is: a mark before a word opens,
a mark after a word closes. A mark without a partner in its paragraph is left out, so that one
missing mark never turns the rest of an article into a quotation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.text import Span

# Some wires print two apostrophes or two backticks for a double mark. Of three in a row at the end
# of a word, the first closes an inner quotation.
_MARK = re.compile(r"(?<=\S)'(?=''(?:\s|$))|''|``|[\"“”„«»‘’']")
_PARAGRAPH = re.compile(r"[^\s][^\n]*")
_OPENS_AFTER = re.compile(r"[\s(\[{—–/-]")
_ABBREVIATED = re.compile(r"['‘’](?:\d\ds?\b|em\b|tis\b|twas\b|til\b|cause\b|n\b)", re.IGNORECASE)

_DOUBLE, _ANGLE, _SINGLE = "double", "angle", "single"
_FAMILIES = {"«": _ANGLE, "»": _ANGLE, "‘": _SINGLE, "’": _SINGLE, "'": _SINGLE}


@dataclass(frozen=True, slots=True)
class Quotation:
    """One outermost quotation.

    `pieces` holds a span for each paragraph, with the marks, and `inner` the same without them. A
    quotation that continues in the next paragraph repeats its opening mark there.
    """

    pieces: tuple[Span, ...]
    inner: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark, and whether it can open or close a quotation where it stands."""

    span: Span
    family: str
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a quotation in one paragraph; if not `closed`, it may continue in the next."""

    opening: Span
    end: int
    inner_end: int
    family: str
    closed: bool


def quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of `text` in order, none overlapping another."""
    found: list[Quotation] = []
    running: list[_Piece] = []
    for paragraph in _PARAGRAPH.finditer(text):
        pieces = _pieces(text, Span(*paragraph.span()))
        running = running if _continues(running, pieces, paragraph.start()) else []
        for piece in pieces:
            running.append(piece)
            if piece.closed:
                found.append(_joined(running))
                running = []
    return tuple(found)


def _continues(running: list[_Piece], pieces: list[_Piece], paragraph_start: int) -> bool:
    return bool(
        running
        and pieces
        and pieces[0].family == running[-1].family
        and pieces[0].opening.start == paragraph_start
    )


def _joined(pieces: list[_Piece]) -> Quotation:
    return Quotation(
        pieces=tuple(Span(piece.opening.start, piece.end) for piece in pieces),
        inner=tuple(Span(piece.opening.end, piece.inner_end) for piece in pieces),
    )


def _pieces(text: str, paragraph: Span) -> list[_Piece]:
    """The quotations of a paragraph; only the last may be unclosed: it ends with the paragraph."""
    pieces: list[_Piece] = []
    marks = list(_marks(text, paragraph))
    last = {mark.family: index for index, mark in enumerate(marks)}
    position = 0
    while position < len(marks):
        mark = marks[position]
        position += 1
        if not mark.opens:
            continue
        closing = _closing(text, marks, position, mark)
        if closing is not None:
            position = closing + 1
            end = marks[closing].span
            pieces.append(_Piece(mark.span, end.end, end.start, mark.family, closed=True))
        elif mark.family != _SINGLE and last[mark.family] < position:
            pieces.append(
                _Piece(mark.span, paragraph.end, paragraph.end, mark.family, closed=False)
            )
            break
    return pieces


def _closing(text: str, marks: list[_Mark], position: int, opening: _Mark) -> int | None:
    """Where the mark that closes `opening` is: the next of its family, unless one opens first."""
    doubtful = None
    for index in range(position, len(marks)):
        mark = marks[index]
        if mark.family != opening.family:
            continue
        if mark.closes and not mark.opens:
            if opening.family == _SINGLE and _plural_possessive(text, mark.span):
                doubtful = index if doubtful is None else doubtful
                continue
            return index if mark.span.start > opening.span.end else None
        if mark.opens and not mark.closes:
            return doubtful
        if mark.opens and mark.closes and opening.family != _SINGLE:
            return index
    return doubtful


def _plural_possessive(text: str, mark: Span) -> bool:
    """Whether an apostrophe may end a plural ("the boys' house") rather than a quotation."""
    return text[mark.start - 1 : mark.start] == "s" and bool(
        re.match(r"\s[a-z]", text[mark.end : mark.end + 2])
    )


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        before = text[match.start() - 1] if match.start() > paragraph.start else " "
        after = text[match.end()] if match.end() < paragraph.end else " "
        family = _FAMILIES.get(match.group(), _DOUBLE)
        opens, closes = _opens_and_closes(match.group(), before, after)
        if family == _SINGLE and (
            (before.isalnum() and after.isalnum()) or _ABBREVIATED.match(text, match.start())
        ):
            continue  # an apostrophe
        if opens or closes:
            yield _Mark(Span(*match.span()), family, opens, closes)


def _opens_and_closes(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark can open and whether it can close, from its shape and its neighbours."""
    if mark == "”" and before.isspace() and after.isalnum():
        return True, False  # a closing mark printed as an opening one
    if mark in "”»" or mark == "’":
        return False, not before.isspace() or mark != "’"
    free_before, free_after = bool(_OPENS_AFTER.match(before)), not after.isalnum()
    if mark in "“„«‘" or mark == "``":
        closes = not free_before and free_after and mark == "“"
        return not closes, closes
    starts_word = free_before and not after.isspace()
    ends_word = not before.isspace() and free_after
    if starts_word == ends_word:
        # Between two words, or between two spaces: only a double mark is worth a guess.
        return (True, True) if len(mark) == 2 or mark == '"' else (False, False)
    return starts_word, ends_word
