"""Precision and recall of what is found worth a check."""

import json

import numpy as np

from benchmarks.checkworthy import MARKED, scores
from service.models.manifest import read_weights
from service.models.spotter import WEIGHTS
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


def test_the_published_figures_are_of_the_weights_that_ship_and_reach_the_aims() -> None:
    """Other weights are measured before they ship; a threshold that silences claims is refused."""
    result = json.loads((MARKED.parent / "results" / "checkworthy.json").read_text("utf-8"))
    figures = result["figures"]
    assert figures["spotter"] == read_weights(WEIGHTS).fingerprint
    assert figures["sets"]["debates"]["ways"]["both"]["f1"] >= 75
    assert figures["sets"]["claims"]["ways"]["both"]["recall"] >= 95
    assert figures["sets"]["news"]["ways"]["spotter"]["recall"] >= 95
