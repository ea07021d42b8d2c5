"""What fails a build in the sample drafts, against what an editor marked by hand."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.cli.documents import find_documents, read_document
from service.domain.text import Span
from service.reports.pragmas import pragmas
from service.reports.report import CheckedDraft, Report
from service.reports.threshold import Threshold
from service.wire.drafts import DraftRequest, DraftResponse, FindingResponse
from service.wiring import Services
from tests.conftest import SAMPLES

DRAFTS = SAMPLES / "drafts"
LEAST_PRECISION = 0.9
LEAST_RECALL = 0.8


def marked() -> list[dict[str, Any]]:
    """What an editor would send back; some of it Onrecord may miss."""
    lines = (DRAFTS / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
async def report(samples: Services) -> Report:
    """All drafts, checked as the command line does without options."""
    return Report(tuple([await _checked(samples, path) for path in find_documents([str(DRAFTS)])]))


async def _checked(services: Services, path: str) -> CheckedDraft:
    document = read_document(path)
    asked = DraftRequest(text=document.text, format=document.format)
    draft = asked.to_domain()
    findings = [finding async for finding in services.drafts.check(draft)]
    answer = DraftResponse.of(asked, findings, *await services.drafts.ground(draft))
    silenced = pragmas(document.text, document.format)
    return CheckedDraft.of(asked, answer, name=Path(path).name, pragmas=silenced)


def test_what_fails_a_build_is_what_an_editor_marked(report: Report) -> None:
    """Precision of all errors; recall of all marks, those whose rule is a warning too."""
    marks = marked()
    failing = [*_found(report, Threshold.CONTRADICTED)]
    wrong = [found for found in failing if not any(_same(found, mark) for mark in marked())]
    missed = [mark for mark in marks if not any(_same(found, mark) for found in failing)]
    assert len(wrong) <= (1 - LEAST_PRECISION) * len(failing), wrong
    assert len(missed) <= (1 - LEAST_RECALL) * len(marks), missed


def test_what_an_editor_marked_is_told(report: Report) -> None:
    """All marks, those of rules that are warnings too; mostly under the rule that was marked."""
    told = [*_found(report, Threshold.DISPUTED)]
    by_mark = [[found for found in told if _same(found, mark)] for mark in marked()]
    assert sum(map(bool, by_mark)) >= LEAST_RECALL * len(by_mark)
    rules = [
        (mark["rule"], {found.rule for _, found in about})
        for mark, about in zip(marked(), by_mark, strict=True)
        if about
    ]
    assert sum(rule in given for rule, given in rules) >= 0.9 * len(rules), rules


def test_a_pragma_is_honoured(report: Report) -> None:
    """The sum from the county's books is found to differ, and fails nothing."""
    (letters,) = (draft for draft in report.drafts if draft.name == "bridge-letters.md")
    (ignored,) = (found for found in letters.findings if found.ignored)
    assert "$7.3 million" in ignored.finding.position.span.of(letters.text)
    assert not report.is_failing(ignored)


def test_every_mark_is_in_its_draft_once() -> None:
    """A mark that points nowhere would count as missed."""
    for mark in marked():
        text = (DRAFTS / mark["draft"]).read_text(encoding="utf-8")
        assert text.count(mark["words"]) == 1, mark


def _place(mark: dict[str, Any]) -> Span:
    text = (DRAFTS / mark["draft"]).read_text(encoding="utf-8")
    start = text.index(mark["words"])
    return Span(start, start + len(mark["words"]))


def _found(report: Report, threshold: Threshold) -> Iterator[tuple[str, FindingResponse]]:
    """What fails a run with this threshold, with the draft it stands in."""
    at = replace(report, fail_on=threshold)
    for draft in at.drafts:
        yield from ((draft.name, one.finding) for one in draft.findings if at.is_failing(one))


def _same(found: tuple[str, FindingResponse], mark: dict[str, Any]) -> bool:
    """Whether a finding is about the words that were marked."""
    draft, finding = found
    return draft == mark["draft"] and finding.position.span.overlaps(_place(mark))
