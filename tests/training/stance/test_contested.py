"""Sentences on which a model and what is known differ, with where they are from."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.training.stance.test_collect import ARTICLES, HEAD, claim
from training.stance.collect import contested as read_contested
from training.stance.contested import Places, contested, drawn, find_in_run
from training.stance.windows import ANYTHING, TARGETS, in_context

WINDOW = in_context(
    "own",
    "The ferry carried 212 people.",
    HEAD,
    [
        ("It was late.", TARGETS["neutral"], 0.5),
        ("It carried 212 passengers.", ANYTHING, 0.0),
        ("Nobody was hurt.", TARGETS["not_conflicts"], 0.5),
    ],
)
SURE_SUPPORT, SURE_CONFLICT = (0.9, 0.05, 0.05), (0.05, 0.9, 0.05)


def test_a_sentence_is_contested_where_the_model_denies_what_is_known() -> None:
    """What is left open is not, and what would do neither."""
    scores = np.array([SURE_SUPPORT, SURE_CONFLICT, SURE_SUPPORT], np.float32)
    assert contested(WINDOW, scores) == [0]
    scores = np.array([SURE_SUPPORT, SURE_CONFLICT, SURE_CONFLICT], np.float32)
    assert contested(WINDOW, scores) == [0, 2]


def test_a_run_has_judged_all_windows_and_those_of_the_named_sources_are_looked_at() -> None:
    """Its logits are those of the marks in the order of the windows; at most so many windows."""
    other = replace(WINDOW, source="other")
    agrees, contradicts = np.log([SURE_SUPPORT] * 3), np.log([SURE_CONFLICT] * 3)
    logits = np.concatenate([agrees, contradicts, contradicts]).astype(np.float32)
    assert find_in_run([WINDOW, other, other], logits, ["other"], 9) == [(other, [0, 2])] * 2
    assert find_in_run([WINDOW, other, other], logits, ["own"], 9) == [(WINDOW, [0])]
    assert len(find_in_run([WINDOW, other, other], logits, ["other"], 1)) == 1
    assert not find_in_run([WINDOW], logits[:3], ["drafts"], 9)
    with pytest.raises(ValueError, match="9 logits, and the windows 6 sentences"):
        find_in_run([WINDOW, other], logits, ["own"], 9)


def test_only_so_many_are_drawn() -> None:
    """The same windows, the same ones."""
    assert drawn([WINDOW] * 3, 2) == [WINDOW, WINDOW]
    assert drawn(range(50), 5) == drawn(range(50), 5)


def test_what_was_labelled_is_read_again_by_where_it_stands(tmp_path: Path) -> None:
    """No words of an article are kept; the other sentences of the window are left open."""
    row = Places(ARTICLES, [claim("supports", 2)]).row(WINDOW, [0])
    assert row == {"claim": "c", "article": "ferry", "first": 1, "last": 3, "contested": [1]}
    assert row is not None
    labelled = row | {"labels": {"1": "neutral"}}
    (tmp_path / "contested.jsonl").write_text(json.dumps(labelled) + "\n", encoding="utf-8")
    (read,) = read_contested(tmp_path, ARTICLES, [claim("supports", 2)], frozenset())
    assert (read.claim, read.window) == (WINDOW.claim, WINDOW.window)
    assert read.targets == (TARGETS["neutral"], ANYTHING, ANYTHING)
    assert not list(
        read_contested(tmp_path, ARTICLES, [claim("supports", 2)], frozenset({"ferry"}))
    )


def test_a_sentence_of_an_article_is_a_claim_as_well(tmp_path: Path) -> None:
    """Of a draft."""
    row = {
        "claim": "other#1",
        "article": "ferry",
        "first": 3,
        "last": 3,
        "labels": {"3": "neutral"},
    }
    (tmp_path / "contested.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (read,) = read_contested(tmp_path, ARTICLES, [], frozenset())
    assert (read.source, read.claim) == ("contested", "The mayor spoke.")


def test_what_cannot_be_found_again_is_left_out() -> None:
    """A window of no article, or with a sentence that does not follow there."""
    places = Places(ARTICLES, [claim("supports", 2)])
    strange = replace(WINDOW, sentences=("It was late.", "Nobody was hurt.", "It rained."))
    assert places.row(strange, [0]) is None
    assert places.row(replace(WINDOW, head="Another"), [0]) is None
