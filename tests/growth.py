"""How the time of some work grows with the text that it is given."""

import gc
from collections.abc import Callable
from time import process_time

MOST = 2.6
"""Twice the text takes twice the time and a little more; by the square, four times."""
ENOUGH_S = 0.004
"""CPU time that is long enough to be told from noise."""
TRIES = 4
_LEAST_CHARS = 250


def growth(
    work: Callable[[str], object],
    fragment: str,
    *,
    start: str = "",
    most_chars: int = 32_000,
    enough_s: float = ENOUGH_S,
) -> float:
    """The CPU time for twice a repeated fragment over that for once: of as many characters as take
    long enough, the least of some tries; 0 where even the most of them are read in no time."""
    chars = _LEAST_CHARS
    while (after := seconds(work, start + _repeated(fragment, 2 * chars))) < enough_s:
        chars *= 2
        if chars > most_chars:
            return 0.0
    ratio = float("inf")
    for _ in range(TRIES):
        before = seconds(work, start + _repeated(fragment, chars))
        ratio = min(ratio, after / before)
        if ratio <= MOST:
            break
        after = seconds(work, start + _repeated(fragment, 2 * chars))
    return ratio


def _repeated(fragment: str, chars: int) -> str:
    return fragment * (chars // len(fragment) + 1)


def seconds(work: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        started = process_time()
        work(text)
        return process_time() - started
    finally:
        gc.enable()
