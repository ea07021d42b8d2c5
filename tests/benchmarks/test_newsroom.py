"""The newsroom benchmark reads what it is given and counts as it says."""

from collections import Counter
from pathlib import Path

from benchmarks.newsroom import RIGHT, figures
from training.archive import read_articles
from training.rows import Row, read_rows

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def answer(label: str, verdict: str, **fields: bool) -> Row:
    row: Row = {"label": label, "kind": "number", "verdict": verdict, "quote_right": False}
    row |= {"article_read": True, "read": True, "model_right": True}
    return row | {"right": verdict in {good.value for good in RIGHT[label]}} | fields


def test_a_text_file_is_one_article(tmp_path: Path) -> None:
    """Its words as they are, under the id that the claims about it name."""
    path = tmp_path / "article.txt"
    path.write_text("Vell hired 3,000 dockers.\n", encoding="utf-8")
    assert read_articles(path) == [{"id": "seed", "text": "Vell hired 3,000 dockers.\n"}]


def test_rows_stay_as_they_are(tmp_path: Path) -> None:
    """Any other file is a row an article."""
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a", "text": "Vell hired 3,000 dockers."}\n', encoding="utf-8")
    assert read_articles(path) == [{"id": "a", "text": "Vell hired 3,000 dockers."}]


def test_what_is_lost_is_counted_where_it_was_lost() -> None:
    """A sentence that was not read, one that the model misread, one that the classifier dropped."""
    reported = figures(
        [
            answer("supports", "supported", quote_right=True),
            answer("supports", "no_evidence", read=False, model_right=False),
            answer("conflicts", "supported", model_right=False),
            answer("conflicts", "insufficient"),
            answer("neutral", "insufficient"),
            answer("neutral", "disputed"),
        ]
    )
    assert reported["right"] == 33.3
    assert reported["quote_right"] == 25.0
    assert reported["precision"] == {"supported": 50.0, "contradicted": 0.0}
    assert reported["decided"] == 50.0
    assert reported["read"] == 75.0
    assert reported["lost"] == {"model": 25.0, "retrieval": 25.0, "classifier": 25.0}
    assert reported["kinds"]["neutral number"] == {"claims": 2, "right": 50.0}


def test_the_claims_about_the_seed_article_are_whole() -> None:
    """Forty, none twice, of each label, with the spans that decide."""
    rows = read_rows(BENCHMARKS / "seed_claims.jsonl")
    labels = Counter(row["label"] for row in rows)
    assert labels == {"supports": 18, "conflicts": 13, "neutral": 9}
    assert len({row["claim"] for row in rows}) == 40
    assert {row["article"] for row in rows} == {"seed"}
    assert all(0 <= start < end for row in rows for start, end in row["evidence"])
    assert all(row["evidence"] for row in rows)
