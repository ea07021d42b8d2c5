"""What fails a build in the sample drafts, against what an editor marked by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.cli.documents import find_documents, read_document
from service.domain.text import Span
from service.reports.pragmas import pragmas
from service.reports.report import CheckedDraft, Report
from service.wire.drafts import DraftRequest, DraftResponse
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
    """Precision and recall over all drafts; a finding is right where it overlaps a mark."""
    marks = [(mark["draft"], _place(mark)) for mark in marked()]
    failing = [
        (draft.name, found.finding.position.span)
        for draft in report.drafts
        for found in draft.findings
        if report.is_failing(found)
    ]
    right = [found for found in failing if any(_same(found, mark) for mark in marks)]
    found = [mark for mark in marks if any(_same(mark, other) for other in failing)]
    assert len(right) >= LEAST_PRECISION * len(failing), set(failing) - set(right)
    assert len(found) >= LEAST_RECALL * len(marks), set(marks) - set(found)


def test_a_rule_is_nearly_always_the_one_that_was_marked(report: Report) -> None:
    """Of the marks that are found."""
    agree = [
        found.finding.rule == mark["rule"]
        for mark in marked()
        for draft in report.drafts
        for found in draft.findings
        if report.is_failing(found)
        and _same((draft.name, found.finding.position.span), (mark["draft"], _place(mark)))
    ]
    assert sum(agree) >= 0.9 * len(agree)


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


def _same(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
    return one[0] == other[0] and one[1].overlaps(other[1])
