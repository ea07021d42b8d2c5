import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from training.contrast.__main__ import main

PAIR = {
    "claim": "Olga Brandt sold 40 boats.",
    "evidence": "In June, Brandt sold 40 boats to the town.",
    "label": "supports",
}
TEXT = "Olga Brandt moved 3,000 people from the valley on May 5, 2019, with 40 boats."


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """The rows as gzip JSON Lines."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, out: str) -> list[dict[str, str]]:
    """The rows that the command writes."""
    pairs = write(folder / "pairs.gz", [PAIR])
    texts = [TEXT.replace("boats", "heldout"), *[TEXT] * 4]
    articles = write(folder / "articles.gz", [{"title": "Flood", "text": text} for text in texts])
    options = {"--pairs": pairs, "--articles": articles, "--pairs-count": 20,
               "--articles-count": 30, "--seed": 7, "--out": folder / out}  # fmt: skip
    words = [str(word) for option in options.items() for word in option]
    monkeypatch.setattr(sys, "argv", ["contrast", *words])
    main()
    with gzip.open(folder / out, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_writes_rows_that_training_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claim, evidence, label, source and category, the same for the same seed."""
    rows = run(tmp_path, monkeypatch, "a.gz")
    assert rows == run(tmp_path, monkeypatch, "b.gz")
    assert len(rows) > 30
    assert set(rows[0]) == {"id", "claim", "evidence", "label", "source", "category"}
    assert {row["label"] for row in rows} == {"supports", "conflicts", "neutral"}


def test_leaves_every_fifth_article_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is measured with is not trained on."""
    assert not any("heldout" in row["evidence"] for row in run(tmp_path, monkeypatch, "a.gz"))
