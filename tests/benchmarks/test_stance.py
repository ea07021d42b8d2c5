"""The stance benchmark reports what the field means by its names, and reads what it says."""

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.stance import (
    LABELS,
    Part,
    calibration_error,
    judged,
    macro_f1,
    measured,
    read_newsroom,
    read_part,
    run,
)
from service.domain.window import Window
from service.models.stance import WEIGHTS, load_stance
from training.rows import Row

ROOT = Path(__file__).parents[2]
SMALL = WEIGHTS / "stance-small"
SUPPORTS, CONFLICTS, NEUTRAL = range(3)
SENTENCES = (
    "A ferry left Vell on Sunday.",
    "It was late.",
    "It carried 212 passengers.",
    "Nobody was hurt.",
    "It rained.",
)
TEXT = " ".join(SENTENCES)
ARTICLE = {"id": "a", "title": "Ferry", "published_at": "2017-09-05", "text": TEXT}
HEAD = "Ferry (Tuesday 5 September 2017)"


def gold(*labels: int) -> NDArray[np.int64]:
    return np.array(labels, np.int64)


def rows(*labels: str) -> list[Row]:
    return [{"id": str(i), "label": label} for i, label in enumerate(labels)]


def scores(*given: Sequence[float]) -> NDArray[np.float32]:
    return np.array(given, np.float32)


def write(file: Path, *lines: Row) -> Path:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def test_macro_f1_is_the_mean_of_each_label_s_f1() -> None:
    """Of supports both are found and one neutral with them: 4/5. Of conflicts none: 0. Of neutral
    one of two: 2/3. A label that no row has does not count, though it is said."""
    truth = gold(SUPPORTS, SUPPORTS, NEUTRAL, NEUTRAL, CONFLICTS)
    said = gold(SUPPORTS, SUPPORTS, SUPPORTS, NEUTRAL, SUPPORTS)
    assert macro_f1(truth, said) == pytest.approx((2 * 2 / 6 + 0 + 2 / 3) / 3)
    assert macro_f1(gold(SUPPORTS, SUPPORTS), gold(SUPPORTS, NEUTRAL)) == pytest.approx(2 / 3)


def test_calibration_is_how_far_confidence_is_from_being_right() -> None:
    """Three of four right at a confidence of 0.9 is an error of 0.15; all right at 1.0 is none."""
    sure = scores(*[(0.9, 0.05, 0.05)] * 4)
    assert calibration_error(sure, gold(0, 0, 0, 1)) == pytest.approx(0.15)
    assert calibration_error(scores((0, 1, 0)), gold(1)) == pytest.approx(0)


def test_a_set_without_neutral_is_scored_on_its_own_labels() -> None:
    """The likelier of two is right though neutral is likelier than both; of all three it is not."""
    figures = measured(rows("supports", "conflicts"), scores((0.4, 0.1, 0.5), (0.1, 0.7, 0.2)))
    assert figures["accuracy"] == 100.0
    assert figures["three_way"] == 50.0
    assert figures["macro_f1"] == 50.0
    assert figures["recall"] == {"supports": 0.0, "conflicts": 100.0}
    assert figures["said"] == {"neutral": 1, "conflicts": 1}


def test_a_two_class_set_is_scored_on_supports_alone() -> None:
    """And of a pair the right one should support more; one without the other is no pair."""
    given = [
        {"id": "x-1-correct", "label": "supports"},
        {"id": "x-1-incorrect", "label": "not_supports"},
        {"id": "x-2-correct", "label": "supports"},
    ]
    figures = measured(given, scores((0.4, 0.3, 0.3), (0.2, 0.4, 0.4), (0.9, 0.1, 0.0)))
    assert figures == {"rows": 3, "accuracy": 66.67, "ranked": 100.0}


def test_categories_are_counted_apart() -> None:
    given = [row | {"category": kind} for row, kind in zip(rows(*LABELS), "xxy", strict=True)]
    figures = measured(given, scores((0.9, 0.1, 0), (0.9, 0.1, 0), (0, 0.1, 0.9)))
    assert figures["categories"] == {"x": 50.0, "y": 100.0}


async def test_evidence_is_read_as_one_sentence() -> None:
    """Without head or neighbour, in whatever company the claim's other evidence is."""
    pairs = [
        {"claim": "It rained.", "evidence": "There was rain. It was cold."},
        {"claim": "It snowed.", "evidence": "There was rain."},
        {"claim": "It rained.", "evidence": "The sun shone all day."},
    ]
    model = load_stance(SMALL)
    found = await judged(model, Part("pairs", pairs))
    expected = [
        (await model.stances(pair["claim"], [Window("", (pair["evidence"],))]))[0][0]
        for pair in pairs
    ]
    await model.close()
    assert np.array_equal(found, np.stack(expected))


def claim(*marked: str, **more: object) -> Row:
    spans = [[TEXT.index(words), TEXT.index(words) + len(words)] for words in marked]
    return {"claim": "There were 212 passengers.", "article": "a", "evidence": spans, **more}


async def test_a_newsroom_claim_is_judged_by_its_marked_sentence_in_context(
    tmp_path: Path,
) -> None:
    """With two sentences before it and one after, title and day in front; of two marked sentences
    the one that takes a side most speaks."""
    claims = [claim("It carried 212"), claim("It carried 212", "It rained.")]
    part = read_newsroom(
        write(tmp_path / "claims.jsonl", *claims),
        [write(tmp_path / "articles.jsonl", ARTICLE, ARTICLE | {"id": "b"})],
        most_rows=9,
    )
    assert part.articles is not None
    assert set(part.articles) == {"a"}
    model = load_stance(SMALL)
    found = await judged(model, part)
    first, second = await model.stances(
        "There were 212 passengers.", [Window(HEAD, SENTENCES[:4]), Window(HEAD, SENTENCES[2:])]
    )
    await model.close()
    marked = np.stack([first[2], second[2]])
    assert marked[0, :2].max() > marked[1, :2].max()
    assert np.array_equal(found, marked[[0, 0]])


async def test_a_run_reports_every_part(tmp_path: Path) -> None:
    """Each file under its name, claims over articles under `newsroom`, and beside each what other
    weights say of it."""
    sure = {"id": "1", "claim": "It rained.", "evidence": "It rained.", "label": "supports"}
    pairs = write(tmp_path / "pairs.jsonl", *[sure] * 4)
    claims = write(
        tmp_path / "claims.jsonl", claim("It carried 212", label="supports", kind="number")
    )
    articles = write(tmp_path / "articles.jsonl", ARTICLE)
    parts = [read_part(pairs, most_rows=2), read_newsroom(claims, [articles], most_rows=2)]
    figures: dict[str, Any] = await run(SMALL, parts, against=SMALL)
    assert list(figures) == ["model", "pairs", "newsroom"]
    assert figures["model"].startswith("stance-minilm-6/")
    assert figures["pairs"]["rows"] == 2
    assert figures["pairs"]["accuracy"] == 100.0
    assert figures["pairs"]["against"]["alike"] == 100.0
    assert list(figures["newsroom"]["categories"]) == ["number"]


def test_it_needs_no_more_than_the_service() -> None:
    """`make setup` is enough to measure with."""
    code = "import sys, benchmarks.stance; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    installed = {line.partition("==")[0] for line in lines if "==" in line} | {"onrecord"}
    owners = packages_distributions()
    loaded = {owner for name in ran.stdout.split() for owner in owners.get(name, ())}
    loaded = {owner.lower().replace("_", "-") for owner in loaded}
    assert "onnxruntime" in loaded
    assert loaded - {"setuptools"} <= installed
