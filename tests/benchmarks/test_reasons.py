"""Reasons are counted by label, on what no script made too."""

import json
from pathlib import Path

import pytest

from benchmarks.reasons import Pair, measure, of_labels, of_newsroom, read_texts
from training.rows import Row

TEXT = "The ferry sank off Vell in March. It carried 212 passengers. Nobody was hurt."
ARTICLE: Row = {"id": "a", "title": "Ferry", "published_at": "2017-09-05", "text": TEXT}


def claim(text: str, label: str, *marked: str) -> Row:
    spans = [[TEXT.index(words), TEXT.index(words) + len(words)] for words in marked]
    return {"claim": text, "label": label, "article": "a", "evidence": spans}


CLAIMS = [
    claim("The ferry carried 300 passengers.", "conflicts", "carried 212"),
    claim("The ferry carried 212 passengers.", "supports", "carried 212"),
    claim("Two people were hurt.", "conflicts", "Nobody"),
    claim("The ferry sank and nobody was hurt.", "supports", "sank", "Nobody"),
]


@pytest.fixture
def pairs(tmp_path: Path) -> list[Pair]:
    """Every claim with every sentence that decides it."""
    file = tmp_path / "articles.jsonl"
    file.write_text(f"{json.dumps(ARTICLE)}\n{json.dumps(ARTICLE | {'id': 'b'})}\n", "utf-8")
    articles = read_texts([file], CLAIMS)
    assert set(articles) == {"a"}
    return list(of_newsroom(CLAIMS, articles))


def test_each_sentence_that_decides_is_held_against_its_claim(pairs: list[Pair]) -> None:
    """In the light of title and neighbours, once for each."""
    assert [pair.group for pair in pairs] == ["conflicts", "supports", "conflicts"] + 2 * [
        "supports"
    ]
    assert pairs[0].claim == CLAIMS[0]["claim"]
    assert pairs[0].source == "It carried 212 passengers."
    assert "Ferry (Tuesday 5 September 2017)" in pairs[0].context
    assert "off Vell" in pairs[0].context


def test_reasons_are_shares_of_a_label_s_sentences(pairs: list[Pair]) -> None:
    """The figure that differs is found in one conflicting sentence of two, and where nothing
    differs there is no alarm."""
    figures = measure(pairs)
    assert figures["conflicts"]["pairs"] == 2
    assert figures["conflicts"]["NUMBER_DIFFERS"] == 50.0
    assert (figures["supports"]["pairs"], figures["supports"]["hard"]) == (3, 0.0)


def test_a_labelled_file_is_counted_by_label_and_category() -> None:
    row = {"claim": "It cost $3.", "evidence": "It cost $4.", "label": "conflicts"}
    figures = measure(of_labels([row, row | {"category": "money"}]))
    assert figures["conflicts"]["NUMBER_DIFFERS"] == 100.0
    assert figures["conflicts money"]["pairs"] == 1
