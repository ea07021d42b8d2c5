"""What is measured with while training: claims that no model was trained on, in their context."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from service.domain.window import Window
from training.rows import Row
from training.stance.collect import text_of
from training.stance.measured import deciding, newsroom, public
from training.stance.windows import ANYTHING, TARGETS

SENTENCES: tuple[str, ...] = ("One came.", "Two came.", "Three came.", "Four came.", "Five came.")
ARTICLE = {"id": "a", "title": "All came", "text": " ".join(SENTENCES)}
TEXT = text_of(ARTICLE)


def claim(*marked: int, **more: object) -> Row:
    spans = [[TEXT.starts[i], TEXT.ends[i]] for i in marked]
    return {"claim": "All came.", "label": "conflicts", "article": "a", "evidence": spans} | more


@pytest.mark.parametrize(
    ("marked", "expected"),
    [([2], [(slice(0, 4), 2)]), ([0, 4], [(slice(0, 2), 0), (slice(2, 5), 2)]), ([], [])],
)
def test_each_sentence_that_decides_stands_in_its_context(
    marked: Sequence[int], expected: Sequence[tuple[slice, int]]
) -> None:
    """Two sentences before it and one after, as far as there are any."""
    found = list(deciding(claim(*marked), TEXT))
    assert found == [(Window("All came", SENTENCES[cut]), place) for cut, place in expected]


def write(file: Path, *rows: Row) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def test_only_the_sentences_that_decide_are_asked_for(tmp_path: Path) -> None:
    """Of the dev part, and of the articles that the classifier is fitted on."""
    write(tmp_path / "news" / "articles.jsonl.gz", ARTICLE)
    write(tmp_path / "newsroom" / "articles.jsonl.gz")
    write(tmp_path / "newsroom" / "train" / "claims.jsonl.gz", claim(1), claim(1, article="b"))
    write(tmp_path / "newsroom" / "dev" / "claims.jsonl.gz", claim(4))
    (tmp_path / "paired.jsonl").write_text(json.dumps(claim(2)) + "\n", encoding="utf-8")
    dev, fit, paired = newsroom(tmp_path, tmp_path)
    assert (dev.source, fit.source) == ("newsroom_dev", "newsroom_fit")
    assert (paired.source, paired.targets[2]) == ("paired_fit", TARGETS["conflicts"])
    assert dev.targets == (ANYTHING, ANYTHING, TARGETS["conflicts"])
    assert dev.weights == (0.0, 0.0, 1.0)
    assert fit.weights == (0.0, 1.0, 0.0)


def test_the_public_sets_are_measured_on_our_labels(tmp_path: Path) -> None:
    """Rows of two-class sets have none of the three."""
    pair = {"claim": "It rained.", "evidence": "Rain fell."}
    labels = ("supports", "not_supports", "neutral")
    rows = [pair | {"label": label} for label in labels]
    write(tmp_path / "stance" / "dev" / "some_dev.jsonl.gz", *rows)
    assert [(one.source, one.targets) for one in public(tmp_path)] == [
        ("some_dev", (TARGETS["supports"],)),
        ("some_dev", (TARGETS["neutral"],)),
    ]
