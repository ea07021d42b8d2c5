"""The fit itself: one hidden layer, and the share from which a sentence is worth a check."""

import math
import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from service.english.text.traits import TRAITS
from training.checkworthy.examples import PARTS, Examples

UNITS, EPOCHS, DECAY, SEED = 64, 12, 1.0, 1
VECTOR_SCALE = 10.0
"""A vector's numbers are about a twentieth; so they weigh half as much as a trait each."""
KEPT = 0.98
"""The share of what news states that is to pass: a false claim that is never checked costs more
than a check too many."""

Network = tuple[NDArray[np.float32], ...]
"""Weights and biases of both layers: (inputs, units), (units,), (units, 1), (1,)."""


def fit(kinds: Sequence[Examples]) -> Network:
    """A network for examples of several kinds; the same examples, the same network."""
    read = np.vstack([one.read for one in kinds]).astype(np.float64)
    worth = np.concatenate([one.worth for one in kinds])
    weights = np.concatenate([np.full(len(one.worth), one.weight) for one in kinds])
    scale, shift = _scaling(kinds[0])
    found = MLPClassifier((UNITS,), alpha=DECAY, max_iter=EPOCHS, random_state=SEED)
    with warnings.catch_warnings():
        # It warns that it could go on: more epochs only learn the examples by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found.fit((read - shift) * scale, worth, weights)
    first, second = found.coefs_
    bias, last = found.intercepts_
    scaled = first * scale[:, None]
    whole = (scaled, bias - shift @ scaled, second, last)
    return tuple(values.astype(np.float32) for values in whole)


def shares(network: Network, examples: Examples) -> NDArray[np.float32]:
    """How likely each example is worth a check, shape (n,)."""
    first, bias, second, last = network
    score = np.maximum(examples.read @ first + bias, 0) @ second + last
    likely: NDArray[np.float32] = 1 / (1 + np.exp(-score[:, 0]))
    return likely


def held_out_shares(kinds: Sequence[Examples]) -> list[NDArray[np.float32]]:
    """For each kind the shares that its examples get from a network fitted without their part."""
    found = [np.zeros(len(one.worth), np.float32) for one in kinds]
    for part in range(PARTS):
        network = fit([one.where(one.part != part) for one in kinds])
        for one, its in zip(kinds, found, strict=True):
            its[one.part == part] = shares(network, one.where(one.part == part))
    return found


def worth_from(kept: Sequence[NDArray[np.float32]]) -> float:
    """The highest share, to two places, at which `KEPT` of each of these kinds pass."""
    return math.floor(100 * min(float(np.quantile(one, 1 - KEPT)) for one in kept)) / 100


def _scaling(examples: Examples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By what each input is multiplied after another number was taken away from it."""
    dim = examples.read.shape[1] - len(TRAITS)
    put = StandardScaler().fit(examples.read[:, dim:].astype(np.float64))
    scale = np.concatenate([np.full(dim, VECTOR_SCALE), 1 / put.scale_])
    return scale, np.concatenate([np.zeros(dim), put.mean_])
