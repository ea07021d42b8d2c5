"""Prepares texts for a model: valid ones for its tokeniser, and groups of one length."""

from collections.abc import Iterator, Sequence
from itertools import groupby


def equally_long(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The positions of the items of each length, the shortest first, so that none is padded."""
    by_length = sorted(range(len(lengths)), key=lengths.__getitem__)
    for _, positions in groupby(by_length, key=lengths.__getitem__):
        yield list(positions)


def readable(text: str, most_chars: int) -> str:
    """A text that a tokeniser accepts: cut to `most_chars`, lone surrogates as question marks."""
    return text[:most_chars].encode(errors="replace").decode()
