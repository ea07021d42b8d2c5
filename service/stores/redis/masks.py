"""Which passages hold a term, and how often, as masks of bits.

A mask says of a term that it is in these of 24 passages of a revision. It is a number of 64 bits:
the revision's number in its shard (24 bits, the lowest), which 24 passages (12 bits), which binary
digit of the count (4 bits), and a bit for each passage. A term that is once in a passage and five
times in the next has two masks: both passages for the ones, the second for the fours.

Passages that hold a term stand together, as a passage is found by its title and by the passage
before it, too: in news a mask speaks of three, and the words of a passage take 106 bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

WINDOW: Final = 24
"""Passages that a mask speaks of."""
PASSAGES: Final = WINDOW * 2**12
"""Passages of a revision that masks can speak of."""
NUMBERS: Final = 2**24
"""Revisions of a shard that have a number, those that are gone included."""
SIZE: Final = 8
"""Bytes of a mask."""

_WINDOWS_AT: Final = 24
_DIGITS_AT: Final = 36
_PLACES_AT: Final = 40
_LAST_WINDOW: Final = 2**12 - 1
_MOST_TIMES: Final = 2**16 - 1

Masks = NDArray[np.uint64]


def masks_of(number: int, passages: Sequence[Mapping[str, int]]) -> dict[str, bytes]:
    """The masks of each term of a revision, given how often each of its passages holds which."""
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for ordinal, counts in enumerate(passages):
        window, place = divmod(ordinal, WINDOW)
        for term, times in counts.items():
            left = min(times, _MOST_TIMES)
            while left:
                digit = left.bit_length() - 1
                left -= 1 << digit
                found[term][window << _WINDOWS_AT | digit << _DIGITS_AT] |= 1 << _PLACES_AT + place
    return {
        term: b"".join(
            (number | where | places).to_bytes(SIZE, "little")
            for where, places in sorted(masks.items(), key=_by_window)
        )
        for term, masks in found.items()
    }


def numbers_of(masks: Masks) -> NDArray[np.int64]:
    """The revisions that they speak of."""
    return masks.view(np.int64) & (NUMBERS - 1)


def windows_of(masks: Masks) -> NDArray[np.int64]:
    """Which 24 passages they speak of."""
    return masks.view(np.int64) >> _WINDOWS_AT & _LAST_WINDOW


def weights_of(masks: Masks) -> NDArray[np.int64]:
    """What a bit counts for."""
    return np.int64(1) << (masks.view(np.int64) >> _DIGITS_AT & 15)


def places_of(masks: Masks) -> NDArray[np.uint8]:
    """Shape (n, 24): 1 for each passage spoken of."""
    last_bytes = masks.view(np.uint8).reshape(-1, SIZE)[:, _PLACES_AT // 8 :]
    return np.unpackbits(last_bytes, axis=1, bitorder="little")


def spoken_of(masks: Masks, numbers: NDArray[np.int64]) -> int:
    """How many passages they speak of, each once. `numbers` tells revisions apart, and masks of
    the same window of the same revision follow one another."""
    if not len(masks):
        return 0
    where = numbers << 12 | windows_of(masks)
    starts = np.flatnonzero(np.diff(where, prepend=-1))
    together = np.bitwise_or.reduceat(masks, starts) >> np.uint64(_PLACES_AT)
    return int(np.bitwise_count(together).sum())


def _by_window(mask: tuple[int, int]) -> int:
    where, _ = mask
    return where >> _WINDOWS_AT & _LAST_WINDOW
