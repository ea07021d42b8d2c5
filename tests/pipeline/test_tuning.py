"""What tunes judgement is part of an answer's provenance."""

from dataclasses import replace
from importlib import import_module

import pytest

from service.domain.claim import Claim
from service.pipeline.tuning import thresholds
from service.wiring import Services


@pytest.mark.parametrize(
    "name",
    ["classify.LIKELIER_THAN_NOT", "compare.names.REST_FOUND", "compare.scope.SAME_STATEMENT",
     "compare.scope.FULLY_COVERED", "compare.comparison.RELATED", "classify.NEARLY_ALL",
     "compare.coverage.CONTEXT_SHARE", "retrieve.DEPTH", "windows.BEFORE"],
)  # fmt: skip
def test_another_threshold_is_another_provenance(
    samples: Services, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """So that two answers whose provenance is the same were judged alike."""
    claim = Claim("The mill has 20 looms.")
    path, _, constant = f"service.pipeline.{name}".rpartition(".")
    module = import_module(path)
    before = replace(samples.checker, thresholds=thresholds()).provenance(claim, "s")
    assert before == samples.checker.provenance(claim, "s")
    monkeypatch.setattr(module, constant, getattr(module, constant) + 1)
    after = replace(samples.checker, thresholds=thresholds()).provenance(claim, "s")
    assert replace(after, settings=before.settings) == before
    assert after.settings != before.settings
