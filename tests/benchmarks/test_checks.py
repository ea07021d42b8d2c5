"""Risk, coverage and calibration are what the field means by them."""

import json
from pathlib import Path

import pytest

from benchmarks.checks import CURVE_POINTS, calibration_error, risk_against_coverage
from benchmarks.curve import read_curve

DECIDED = [(0.9, True)] * 30 + [(0.6, True)] * 5 + [(0.6, False)] * 5


def test_risk_grows_as_less_confidence_is_asked_for() -> None:
    """Of 80 claims 30 are answered with 0.9 and none wrongly, 40 with 0.6 and 5 of them wrongly."""
    points = risk_against_coverage(DECIDED, 80)
    assert len(points) == CURVE_POINTS
    assert points[29] == {"min_confidence": 0.9, "coverage": 0.375, "risk": 0.0}
    assert points[-1] == {"min_confidence": 0.6, "coverage": 0.5, "risk": 0.125}


def test_calibration_is_how_far_confidence_is_from_being_right() -> None:
    """Three of four answers are 0.1 too cautious, and the rest 0.1 too sure."""
    assert calibration_error(DECIDED) == pytest.approx(0.1)
    assert calibration_error([]) == 0


def test_the_curve_is_drawn_from_answers_too(tmp_path: Path) -> None:
    """What is undecided has no confidence; it counts as a claim and not as an answer."""
    rows = [
        {"verdict": "supported", "confidence": 0.9, "right": True},
        {"verdict": "contradicted", "confidence": 0.7, "right": False},
        {"verdict": "insufficient", "confidence": None, "right": True},
        {"verdict": "disputed", "confidence": 0.8, "right": False},
    ]
    answers = tmp_path / "rows.jsonl"
    answers.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    points = read_curve(answers)
    assert points[-1] == {"min_confidence": 0.7, "coverage": 0.5, "risk": 0.5}
    written = tmp_path / "checks.json"
    written.write_text(json.dumps({"figures": {"curve": points}}), encoding="utf-8")
    assert read_curve(written) == points
