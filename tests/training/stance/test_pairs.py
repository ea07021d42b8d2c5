"""What the stance model is trained on."""

import gzip
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from training.stance.pairs import mixture
from training.stance.settings import Stage, TrainingSettings, read_settings

SETTINGS = read_settings()


def stage(**shares: float) -> Stage:
    return Stage(
        "test", "linear", 0.0, {name.replace("__", "/"): share for name, share in shares.items()}
    )


def write(folder: Path, source: str, *rows: dict[str, Any]) -> Path:
    with gzip.open(folder / f"{source}.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


def row(number: int, label: str = "supports", **more: object) -> dict[str, Any]:
    return {"claim": f"Claim {number}.", "evidence": f"Text {number}.", "label": label, **more}


def test_the_settings_file_is_complete() -> None:
    """Every stage names its sources; a stage goes on with the one before."""
    assert isinstance(SETTINGS, TrainingSettings)
    assert [each.name for each in SETTINGS.stages]
    assert all(each.shares for each in SETTINGS.stages)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 5), (1.0, 10), (2.0, 20), (1.3, 13)])
def test_a_share_above_one_repeats(tmp_path: Path, share: float, expected: int) -> None:
    """Half of ten are five, twice ten are each of them twice."""
    folder = write(tmp_path, "some", *(row(number) for number in range(10)))
    pairs = mixture([folder], stage(some=share), SETTINGS)
    assert len(pairs) == expected
    times = Counter(pair.claim for pair in pairs)
    assert max(times.values()) - min(times.values(), default=0) <= 1


def test_a_share_may_be_of_one_label(tmp_path: Path) -> None:
    """A "source/label" takes the pairs with that label alone."""
    folder = write(tmp_path, "some", row(1), row(2, "conflicts"), row(3, "neutral"))
    (pair,) = mixture([folder], stage(some__conflicts=1.0), SETTINGS)
    assert pair.label == "conflicts"


def test_what_teaches_nothing_certain_is_left_out(tmp_path: Path) -> None:
    """Two-class labels, disagreeing annotators, mined sentences that have most of the claim."""
    unclear = replace(SETTINGS, most_entropy=0.5, most_coverage=0.6)
    mined = {"evidence": "", "mined": ["Nearly the claim.", "Far from it."]}
    folder = write(
        tmp_path,
        "some",
        row(1, "not_supports"),
        row(2, entropy=0.6),
        row(3, "neutral", **mined, mined_coverage=[0.9, 0.2]),
        row(4, "neutral", **mined, mined_coverage=[0.9, 0.8]),
    )
    (pair,) = mixture([folder], stage(some=1.0), unclear)
    assert (pair.claim, pair.evidence) == ("Claim 3.", "Far from it.")


def test_the_same_settings_draw_the_same_pairs(tmp_path: Path) -> None:
    """In the same order; another seed draws others."""
    folder = write(tmp_path, "some", *(row(number) for number in range(50)))
    drawn = [mixture([folder], stage(some=0.5), SETTINGS) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != mixture([folder], stage(some=0.5), replace(SETTINGS, seed=8))


def test_gold_sentences_are_read_together_up_to_a_few(tmp_path: Path) -> None:
    """The first of them, joined."""
    sentences = [f"Sentence {number}." for number in range(5)]
    folder = write(tmp_path, "some", row(1, evidence_sentences=sentences))
    (pair,) = mixture([folder], stage(some=1.0), replace(SETTINGS, most_sentences=2))
    assert pair.evidence == "Sentence 0. Sentence 1."
