"""Lays text out for a terminal: paragraphs beside labels, and lines with an underlined part."""

import unicodedata
from collections.abc import Iterable, Iterator
from textwrap import wrap

from rich.cells import cell_len, set_cell_size

INDENT_CHARS = 11
LEAD_IN_CHARS = 24
"""How much of a long line stays visible before the part that is underlined."""


def labelled(label: str, paragraphs: Iterable[str], width: int) -> Iterator[str]:
    """Paragraphs wrapped beside a label; addresses are never broken."""
    head = label.ljust(INDENT_CHARS)
    for paragraph in paragraphs:
        for line in wrapped(paragraph, width - INDENT_CHARS):
            yield f"{head}{line}"
            head = " " * INDENT_CHARS


def wrapped(paragraph: str, width: int) -> list[str]:
    """The lines of a paragraph; a word longer than `width` has a line of its own."""
    return wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)


def underlined(line: str, start: int, end: int, width: int) -> tuple[str, str]:
    """A line of a source, cut to `width` cells around `start`, and a line that underlines the part.

    The part is `start` to `end`, in code points of `line`. A cut end is shown as `…`.
    """
    shown = "".join(_printable(character) for character in line)
    first = 0
    if cell_len(shown) > width:
        first = max(0, start - LEAD_IN_CHARS) if cell_len(shown[:end]) > width else 0
        shown = _cut(shown, first, width)
    before = shown[: start - first]
    marked = shown[start - first : max(end, start + 1) - first]
    return shown, " " * cell_len(before) + "~" * max(1, cell_len(marked))


def _cut(line: str, first: int, width: int) -> str:
    """As much of `line` from code point `first` as fits; each cut end shows `…`, one cell wide."""
    kept = "…" + line[first + 1 :] if first else line
    return kept if cell_len(kept) <= width else f"{set_cell_size(kept, width - 1)}…"


def _printable(character: str) -> str:
    """The character, or one in its place if it could control the terminal."""
    if unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}:
        return character
    return " " if character in "\t\r" else "\ufffd"
