"""The labels of tokens around a cue, and the likeliest sequence of them."""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


class Role(IntEnum):
    """What a token is to the cue that is asked about."""

    OUTSIDE = 0
    SOURCE = 1
    CUE = 2
    CONTENT = 3


def log_shares(logits: Scores) -> Scores:
    """Log-probabilities over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    shares: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shares


def likeliest(scores: Sequence[Scores], change: float) -> list[NDArray[np.int64]]:
    """The best sequence of roles for each of `scores`, log-probabilities of shape (tokens, 4).

    Viterbi 1967 over roles. Every change of role from one token to the next costs `change` (nats,
    above 0), so that a single token gets another role only if the model is sure enough.
    """
    if not scores:
        return []
    lengths = [len(each) for each in scores]
    padded = np.zeros((len(scores), max(lengths), len(Role)), np.float32)
    for row, each in zip(padded, scores, strict=True):
        row[: len(each)] = each
    came_from = np.zeros(padded.shape, np.int64)
    stay = np.arange(len(Role))
    total = padded[:, 0]
    for step in range(1, padded.shape[1]):
        best = total.argmax(axis=1)
        changed = np.take_along_axis(total, best[:, None], axis=1) - change
        came_from[:, step] = np.where(total >= changed, stay, best[:, None])
        # After the end of a row its scores are zero, and staying is free: the best stays the best.
        total = np.maximum(total, changed) + padded[:, step]
    return [_traced(came_from[i, : len(each)], total[i]) for i, each in enumerate(scores)]


def _traced(came_from: NDArray[np.int64], total: Scores) -> NDArray[np.int64]:
    """The sequence of roles, followed back from the best last one."""
    path = np.empty(len(came_from), np.int64)
    role = int(total.argmax())
    for step in range(len(came_from) - 1, -1, -1):
        path[step] = role
        role = int(came_from[step, role])
    return path
