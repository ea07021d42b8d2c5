"""Our own passages and claims are what their README says."""

from collections import Counter
from pathlib import Path

import pytest

from training.rows import Row, read_rows
from training.stance.pairs import LABELS

WRITTEN = Path(__file__).parents[3] / "training" / "stance" / "written"
README = (WRITTEN / "README.md").read_text(encoding="utf-8")
FILES = sorted(WRITTEN.glob("passages/*.jsonl"))


def totals(claims: list[Row]) -> str:
    """As the README counts them."""
    counts = Counter(row["label"] for row in claims)
    supports, conflicts, neutral = (f"{counts.pop(label):,}" for label in LABELS)
    assert not counts
    return f"{supports} support, {conflicts} conflict, {neutral} are neutral"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_passages_have_the_fields_that_training_reads(file: Path) -> None:
    """And none that nobody explains."""
    for row in read_rows(file):
        assert set(row) == {"title", "date", "before", "sentence", "after", "claims"}
        assert row["sentence"]
        assert len(row["before"]) <= 2
        assert all(set(claim) == {"claim", "label", "kind"} for claim in row["claims"])


def test_the_readme_counts_the_passages() -> None:
    """File by file, and all claims by label."""
    claims: list[Row] = []
    for file in FILES:
        rows = read_rows(file)
        some = [claim for row in rows for claim in row["claims"]]
        assert f"| `{file.name}` | {len(rows):,} | {len(some):,} |" in README
        claims += some
    assert totals(claims) in README
    assert f"{sum(len(read_rows(file)) for file in FILES):,} passages" in README
    assert f"{len(claims):,} claims: " in README


def test_the_readme_counts_the_claims() -> None:
    """Over how many articles, and by label; each once, with one or two sentences."""
    rows = read_rows(WRITTEN / "claims.jsonl")
    articles = {row["article"] for row in rows}
    assert f"{len(rows):,} claims over {len(articles)} articles" in README
    assert totals(rows) in README
    assert len({row["id"] for row in rows}) == len(rows)
    assert {len(row["evidence"]) for row in rows} == {1, 2}
    for row in rows:
        assert set(row) == {"id", "claim", "label", "article", "evidence", "kind"}
        assert all(0 <= start < end for start, end in row["evidence"])


def test_the_readme_counts_the_paired_claims() -> None:
    """Each once; what repeats an article is kept as edits of it, and has none of its words."""
    rows = read_rows(WRITTEN / "paired.jsonl")
    articles = {row["article"] for row in rows}
    assert f"{len(rows):,} claims over {len(articles):,} other articles" in README
    assert totals(rows) in README
    assert len({row["id"] for row in rows}) == len(rows)
    assert articles.isdisjoint(row["article"] for row in read_rows(WRITTEN / "claims.jsonl"))
    for row in rows:
        assert ("claim" in row) != ("edits" in row)
        assert len(row["evidence"]) in {1, 2, 3}


def test_the_readme_counts_the_contested_sentences() -> None:
    """A label for one sentence of each window at least."""
    rows = read_rows(WRITTEN / "contested.jsonl")
    labels = [{"label": label} for row in rows for label in row["labels"].values()]
    assert f"{len(rows):,} windows" in README
    assert totals(labels) in README
    for row in rows:
        assert row["labels"]
        assert all(row["first"] <= int(place) <= row["last"] for place in row["labels"])
