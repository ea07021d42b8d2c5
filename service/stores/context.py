"""What a passage is found by in the word leg: its own words, and those that it leaves out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.domain.text import Span

BEFORE_CHARS = 300
"""As much of the passage before it is enough for what "he" or "the bill" stands for."""


def texts_in_context(title: str, text: str, passages: Sequence[Span]) -> tuple[str, ...]:
    """For each of an article's passages, in order: title, the end of the passage before, itself.

    Measured: docs/decisions/0015-judge-in-context.md.
    """
    return tuple(_in_context(title, text, passages))


def _in_context(title: str, text: str, passages: Sequence[Span]) -> Iterator[str]:
    for before, passage in pairwise((Span(0, 0), *passages)):
        lead = before.of(text)[-BEFORE_CHARS:]
        yield f"{title}\n{lead}\n{passage.of(text)}"
