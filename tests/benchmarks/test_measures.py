"""What the benchmarks report is what the field means by it."""

import math

import pytest

from benchmarks.measures import gain, hit, recall

RELEVANT = frozenset({"a", "b"})


def test_recall_is_the_share_of_the_relevant_that_was_found() -> None:
    """One of two at the top is a half, however many others come with it."""
    ranking = ["a", "x", "y", "b"]
    assert [recall(ranking, RELEVANT, k) for k in (1, 3, 4)] == [0.5, 0.5, 1.0]
    assert recall(["x"], RELEVANT, 5) == 0


def test_a_hit_needs_only_one() -> None:
    """Two of two are no better than one."""
    assert [hit(["x", "a", "b"], RELEVANT, k) for k in (1, 2, 3)] == [0.0, 1.0, 1.0]


def test_gain_falls_with_the_logarithm_of_the_place() -> None:
    """Places one and three out of the best possible, one and two."""
    expected = (1 + 1 / 2) / (1 + 1 / math.log2(3))
    assert gain(["a", "x", "b"], RELEVANT, 10) == pytest.approx(expected)
    assert gain(["b", "a"], RELEVANT, 10) == 1
    assert gain(["x", "a", "b"], RELEVANT, 1) == 0
