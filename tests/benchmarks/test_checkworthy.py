"""Precision and recall of what is found worth a check."""

import numpy as np

from benchmarks.checkworthy import MARKED, scores
from training.rows import read_rows


def test_scores_are_those_of_what_passed() -> None:
    """Two of three that pass are right, and two of four that should pass do."""
    passed = np.array([1, 1, 1, 0, 0], bool)
    truth = np.array([1, 1, 0, 1, 1], bool)
    assert scores(passed, truth) == {"precision": 66.7, "recall": 50.0, "f1": 57.1}
    assert scores(~truth, truth) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_no_marked_sentence_is_of_an_article_that_was_learned_from() -> None:
    """The 300 that are measured and those of `training/checkworthy` share no article."""
    learned = read_rows(MARKED.parents[1] / "training" / "checkworthy" / "news.jsonl")
    measured = read_rows(MARKED)
    assert (len(measured), len({row["article"] for row in measured})) == (300, 100)
    assert not {row["article"] for row in measured} & {row["article"] for row in learned}
