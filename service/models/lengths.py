"""What goes through a model: texts that a tokeniser takes, and groups of one length."""

from collections.abc import Iterator, Sequence
from itertools import groupby


def equally_long(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The positions of all that have the same length, the shortest first: nothing is padded."""
    by_length = sorted(range(len(lengths)), key=lengths.__getitem__)
    for _, positions in groupby(by_length, key=lengths.__getitem__):
        yield list(positions)


def readable(text: str, most_chars: int) -> str:
    """What a tokeniser takes: no longer than that, and a question mark for a lone surrogate."""
    return text[:most_chars].encode(errors="replace").decode()
