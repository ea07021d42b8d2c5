"""Both legs of retrieval count, the better a rank the more, and so does the rest of an article."""

import pytest

from service.pipeline.retrieve import ARTICLE_PASSAGES, ARTICLE_SHARE, RRF_K, fuse
from service.ports import Hit


def test_a_passage_that_both_legs_find_comes_first() -> None:
    """Two second places outweigh one first place: that is what fusion is for. Its article's share
    is of itself alone where nothing else of the article is found."""
    ranked = fuse([Hit("near:0", 0.9), Hit("both:4", 0.8)], [Hit("word:1", 7), Hit("both:4", 6)])
    assert [one.passage_id for one in ranked] == ["both:4", "near:0", "word:1"]
    assert ranked[0].score == pytest.approx((1 + ARTICLE_SHARE) * 2 / (RRF_K + 2))
    assert (ranked[0].rank_by_meaning, ranked[0].rank_by_words) == (2, 2)


def test_an_article_that_several_passages_speak_for_comes_before_one_lucky_passage() -> None:
    """Second, third and fourth of one article outweigh a first that stands alone; among
    themselves they keep their order."""
    lucky, told = Hit("lucky:0", 0.9), [Hit(f"told:{i}", 0.8 - 0.1 * i) for i in range(3)]
    ranked = fuse([lucky, *told], [])
    assert [one.passage_id for one in ranked] == ["told:0", "told:1", "told:2", "lucky:0"]
    share = ARTICLE_SHARE * sum(1 / (RRF_K + rank) for rank in (2, 3, 4))
    assert [one.score for one in ranked[:3]] == pytest.approx(
        [1 / (RRF_K + rank) + share for rank in (2, 3, 4)]
    )


def test_of_a_long_article_the_best_passages_count() -> None:
    """So that no article is found for its length: a fourth passage adds nothing to the others."""
    hits = [Hit(f"long:{i}", 0.9 - 0.1 * i) for i in range(ARTICLE_PASSAGES + 1)]
    assert fuse(hits, [])[0].score == fuse(hits[:ARTICLE_PASSAGES], [])[0].score


def test_past_passages_share_with_those_of_their_article() -> None:
    """Whichever revision a passage is of, it speaks for the same story."""
    now, past = fuse([Hit("a:0", 0.9), Hit("a:0@123456789abc", 0.8)], [])
    both = ARTICLE_SHARE * (1 / (RRF_K + 1) + 1 / (RRF_K + 2))
    assert now.score == pytest.approx(1 / (RRF_K + 1) + both)
    assert past.score == pytest.approx(1 / (RRF_K + 2) + both)


def test_a_leg_that_did_not_find_a_passage_is_said() -> None:
    """A passage that only its words found has no cosine and no rank by meaning."""
    (only,) = fuse([], [Hit("word:0", 7.0)])
    assert (only.cosine, only.rank_by_meaning, only.rank_by_words) == (None, None, 1)


def test_equal_scores_are_ordered_by_id() -> None:
    """The order does not depend on which leg was asked first."""
    assert [one.passage_id for one in fuse([Hit("b:0", 0.9)], [Hit("a:0", 3.0)])] == ["a:0", "b:0"]
