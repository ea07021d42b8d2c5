"""The fit itself: one hidden layer, and the share from which a sentence is worth a check."""

import math

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from service.english.text.traits import TRAITS
from training.checkworthy.examples import Examples

UNITS, EPOCHS, DECAY, SEED = 64, 12, 1.0, 1
VECTOR_SCALE = 10.0
"""A vector's numbers are about a twentieth; so they weigh half as much as a trait each."""
KEPT = 0.97
"""The share of claims in editors' words that are to pass: a false claim that is never checked costs
more than a check too many."""

Network = tuple[NDArray[np.float32], ...]
"""Weights and biases of both layers: (inputs, units), (units,), (units, 1), (1,)."""


def fit(sources: list[tuple[Examples, float]]) -> Network:
    """A network for examples that weigh as much as is given beside them; the same, the same."""
    read = np.vstack([examples.read for examples, _ in sources]).astype(np.float64)
    worth = np.concatenate([examples.worth for examples, _ in sources])
    weights = np.concatenate([np.full(len(one.worth), weight) for one, weight in sources])
    scale, shift = _scaling(sources[0][0])
    found = MLPClassifier((UNITS,), alpha=DECAY, max_iter=EPOCHS, random_state=SEED)
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


def worth_from(network: Network, claims: Examples) -> float:
    """The highest share, to two places, at which `KEPT` of the claims pass."""
    return math.floor(100 * float(np.quantile(shares(network, claims), 1 - KEPT))) / 100


def _scaling(examples: Examples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By what each input is multiplied after another number was taken away from it."""
    dim = examples.read.shape[1] - len(TRAITS)
    put = examples.read[:, dim:].astype(np.float64)
    scale = np.concatenate([np.full(dim, VECTOR_SCALE), 1 / put.std(axis=0)])
    return scale, np.concatenate([np.zeros(dim), put.mean(axis=0)])
