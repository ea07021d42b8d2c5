"""Copies of a report are told from independent reports of the same event."""

import json
from pathlib import Path

from benchmarks.origins import measure, pairs
from service.pipeline.origins import COPIED_SHARE

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PAIRS = list(pairs(BENCHMARKS / "origins.jsonl"))


def test_copies_and_independent_reports_are_told_apart() -> None:
    """Precision and recall of at least 95 per cent on 150 pairs and more, and independent reports,
    though they quote the same words, are nowhere near the threshold."""
    figures = measure(PAIRS)
    assert figures["pairs"] >= 150
    assert figures["pairs"] - figures["copies"] >= 40
    assert figures["shipped"]["precision"] >= 95
    assert figures["shipped"]["recall"] >= 95
    assert figures["containment"]["independent"]["most"] < COPIED_SHARE / 2


def test_the_published_figures_are_those_measured() -> None:
    """They depend on no machine."""
    published = json.loads((BENCHMARKS / "results" / "origins.json").read_text(encoding="utf-8"))
    assert published["figures"] == measure(PAIRS)


def test_every_copy_differs_from_its_original() -> None:
    """An edit that changed nothing would prove nothing."""
    assert all(pair.one != pair.other for pair in PAIRS)
