"""Which rows of the public sets are trained on, and as what."""

import gzip
import json
from pathlib import Path
from typing import Any

from training.stance.pairs import MOST_COVERAGE, MOST_ENTROPY, MOST_SENTENCES, public_pairs


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "some.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return file


def row(number: int, label: str = "supports", **more: object) -> dict[str, Any]:
    return {"claim": f"Claim {number}.", "evidence": f"Text {number}.", "label": label, **more}


def test_a_row_is_claim_evidence_and_label(tmp_path: Path) -> None:
    """In the order of the file, two-class labels too: they say what a claim is not."""
    file = write(tmp_path, row(1), row(2, "not_supports"))
    assert list(public_pairs(file)) == [
        ("Claim 1.", "Text 1.", "supports"),
        ("Claim 2.", "Text 2.", "not_supports"),
    ]


def test_what_teaches_nothing_certain_is_left_out(tmp_path: Path) -> None:
    """Disagreeing annotators, mined sentences that have most of the claim, no claim."""
    mined = {"evidence": "", "mined": ["Nearly the claim.", "Far from it."]}
    most = MOST_COVERAGE
    file = write(
        tmp_path,
        row(1, entropy=MOST_ENTROPY + 0.01),
        row(2, entropy=MOST_ENTROPY),
        row(3, "neutral", **mined, mined_coverage=[most + 0.2, most - 0.01]),
        row(4, "neutral", **mined, mined_coverage=[most + 0.2, most]),
        row(5) | {"claim": ""},
    )
    assert [(claim, evidence) for claim, evidence, _ in public_pairs(file)] == [
        ("Claim 2.", "Text 2."),
        ("Claim 3.", "Far from it."),
    ]


def test_the_same_file_gives_the_same_pairs(tmp_path: Path) -> None:
    """Which of several mined sentences is taken is drawn, and drawn alike each time."""
    mined = [f"Sentence {number}." for number in range(9)]
    rows = [
        row(number, "neutral", evidence="", mined=mined, mined_coverage=[0.1] * 9)
        for number in range(20)
    ]
    file = write(tmp_path, *rows)
    drawn = list(public_pairs(file))
    assert drawn == list(public_pairs(file))
    assert len({evidence for _, evidence, _ in drawn}) > 3


def test_gold_sentences_are_read_together_up_to_a_few(tmp_path: Path) -> None:
    """The first of them, joined."""
    sentences = [f"Sentence {number}." for number in range(5)]
    file = write(tmp_path, row(1, evidence_sentences=sentences))
    ((_, evidence, _),) = public_pairs(file)
    assert evidence == " ".join(sentences[:MOST_SENTENCES])
