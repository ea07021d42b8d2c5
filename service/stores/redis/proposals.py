"""Which passages are worth an exact score, out of the masks of a question's terms.

To look at every passage that holds a word of the question would take 0.1 s with a million passages.
So windows of 24 passages are looked at, those first that hold most of what is asked, and of their
passages the best by BM25 as if all were equally long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.stores.bm25 import K1, idf
from service.stores.redis.masks import WINDOW, Masks, places_of, spoken_of, weights_of, windows_of

WINDOWS: Final = 2_000
"""Windows that are looked at."""
PASSAGES: Final = 1_000
"""Passages that are proposed, or three times as many as are wanted."""
_TIED: Final = 20_000
"""Of either, where the last place is shared."""
_APART: Final = 8
"""Windows of a revision that are told apart before they are looked at: 192 passages are a long
article, and the rest of one that is longer counts as one."""
_WINDOW_BITS: Final = 12


@dataclass(frozen=True, slots=True)
class Term:
    """The masks of a term of the question, those of one revision together.

    `rows` are the revisions that they speak of, counted over all shards. `telling` terms propose
    passages. `holding` is how many passages hold the term.
    """

    masks: Masks
    rows: NDArray[np.int64]
    telling: bool
    holding: int

    def rarity(self, passages: int) -> float:
        """Its idf in BM25 among so many passages."""
        return idf(self.holding, passages)


@dataclass(frozen=True, slots=True)
class Proposed:
    """Passages: the rows of their revisions, their places in these, and how often each term is in
    each of them, shape (terms, passages)."""

    rows: NDArray[np.int64]
    ordinals: NDArray[np.int64]
    times: NDArray[np.uint16]


def counted(masks: Masks, rows: NDArray[np.int64], *, telling: bool, share: float = 1.0) -> Term:
    """A term with how many passages hold it; `share` is the share of its masks that was read."""
    holding = round(spoken_of(masks, rows) / share) if len(masks) else 0
    return Term(masks, rows, telling, holding)


def propose(
    terms: Sequence[Term], eligible: NDArray[np.bool_], *, passages: int, limit: int
) -> Proposed:
    """The passages among which the `limit` best are, all of them in a small index.

    `eligible` says by row which revisions may answer; the index has `passages`.
    """
    rarities = [term.rarity(passages) for term in terms]
    chosen = _chosen_windows(terms, rarities, eligible)
    inside = [_inside(term, chosen) for term in terms]
    windows = np.unique(np.concatenate([found for _, found in inside]))
    times = np.zeros((len(terms), len(windows), WINDOW), np.uint16)
    scores = np.zeros((len(windows), WINDOW), np.float32)
    proposed = np.zeros((len(windows), WINDOW), bool)
    for i, (term, (masks, found)) in enumerate(zip(terms, inside, strict=True)):
        _count(times[i], masks, np.searchsorted(windows, found))
        scores += np.float32(rarities[i]) * (times[i] / (times[i] + np.float32(K1)))
        if term.telling:
            proposed |= times[i] > 0
    scores[~proposed] = 0
    at = best(scores.reshape(-1), max(PASSAGES, 3 * limit))
    window = windows[at // WINDOW]
    first = (window & (1 << _WINDOW_BITS) - 1) * WINDOW
    flat = times.reshape(len(terms), -1)
    return Proposed(window >> _WINDOW_BITS, first + at % WINDOW, flat[:, at])


def _chosen_windows(
    terms: Sequence[Term], rarities: Sequence[float], eligible: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """By window, whether it is looked at: those that hold most of what is asked."""
    promise = np.zeros(len(eligible) * _APART)
    for term, rarity in zip(terms, rarities, strict=True):
        if term.telling:
            where = _apart(term)
            once = where[np.flatnonzero(np.diff(where, prepend=-1))]
            promise += rarity * np.bincount(once, minlength=len(promise))
    promise.reshape(-1, _APART)[~eligible] = 0
    chosen = np.zeros(len(promise), bool)
    chosen[best(promise, WINDOWS)] = True
    return chosen


def _inside(term: Term, chosen: NDArray[np.bool_]) -> tuple[Masks, NDArray[np.int64]]:
    """Its masks in the chosen windows, and these windows."""
    kept = np.flatnonzero(chosen[_apart(term)])
    masks = term.masks[kept]
    return masks, term.rows[kept] << _WINDOW_BITS | windows_of(masks)


def _apart(term: Term) -> NDArray[np.int64]:
    return term.rows * _APART + np.minimum(windows_of(term.masks), _APART - 1)


def _count(times: NDArray[np.uint16], masks: Masks, windows: NDArray[np.int64]) -> None:
    """Adds up, shape (windows, 24), how often the passages hold a term."""
    weights = weights_of(masks)
    places = places_of(masks)
    for weight in np.unique(weights):
        same = weights == weight
        times[windows[same]] += places[same] * np.uint16(weight)


def best(scores: NDArray[np.floating], count: int) -> NDArray[np.int64]:
    """Where the `count` highest scores above 0 are, more where the last place is shared."""
    found = np.flatnonzero(scores)
    if len(found) <= count:
        return found
    values = scores[found]
    last = np.partition(values, -count)[-count]
    tied = found[values == last]
    return np.concatenate((found[values > last], tied[:_TIED]))
