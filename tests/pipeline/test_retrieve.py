"""Both legs of retrieval count, and the better a rank the more."""

import pytest

from service.pipeline.retrieve import RRF_K, fuse
from service.ports import Hit


def test_a_passage_that_both_legs_find_comes_first() -> None:
    """Two second places outweigh one first place: that is what fusion is for."""
    ranked = fuse([Hit("near", 0.9), Hit("both", 0.8)], [Hit("word", 7.0), Hit("both", 6.0)])
    assert [one.passage_id for one in ranked] == ["both", "near", "word"]
    assert ranked[0].score == pytest.approx(2 / (RRF_K + 2))
    assert (ranked[0].rank_by_meaning, ranked[0].rank_by_words) == (2, 2)


def test_a_leg_that_did_not_find_a_passage_is_said() -> None:
    """A passage that only its words found has no cosine and no rank by meaning."""
    (only,) = fuse([], [Hit("word", 7.0)])
    assert (only.cosine, only.rank_by_meaning, only.rank_by_words) == (None, None, 1)


def test_equal_scores_are_ordered_by_id() -> None:
    """The order does not depend on which leg was asked first."""
    assert [one.passage_id for one in fuse([Hit("b", 0.9)], [Hit("a", 3.0)])] == ["a", "b"]
