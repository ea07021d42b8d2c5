"""JUnit XML, which CI servers show as tests: a suite a draft, a case a statement."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from service.reports.fingerprints import own_words
from service.reports.phrases import one_line
from service.reports.report import CheckedDraft, Report, Reported
from service.reports.text import finding_note

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may have."""


def drafts_junit(report: Report) -> str:
    """A failure for what fails the run; a skipped case for what is ignored or in the baseline, and
    an error for a draft that could not be checked."""
    root = ET.Element("testsuites", name="onrecord")
    for draft in report.drafts:
        _suite(root, draft, report)
    for unchecked in report.unchecked:
        suite = ET.SubElement(
            root, "testsuite", name=unchecked.file, tests="1", failures="0", errors="1", skipped="0"
        )
        case = ET.SubElement(suite, "testcase", classname=unchecked.file, name="could be checked")
        ET.SubElement(case, "error", message=one_line(unchecked.problem), type="unchecked")
    ET.indent(root)
    body = _NOT_IN_XML.sub("", ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(root: ET.Element, draft: CheckedDraft, report: Report) -> None:
    failing = sum(map(report.is_failing, draft.findings))
    skipped = sum(1 for one in draft.findings if one.finding.rule and not one.is_open)
    suite = ET.SubElement(
        root,
        "testsuite",
        name=draft.name,
        tests=str(len(draft.findings)),
        failures=str(failing),
        errors="0",
        skipped=str(skipped),
    )
    for name, reported in zip(_names(draft), draft.findings, strict=True):
        _case(suite, draft, name, reported, report)


def _names(draft: CheckedDraft) -> Iterator[str]:
    """The words of each finding, a number after words that come again. No line: a test keeps its
    name while the draft is edited above it."""
    seen: Counter[str] = Counter()
    for reported in draft.findings:
        words = one_line(own_words(draft.text, reported.finding))
        seen[words] += 1
        yield words if seen[words] == 1 else f"{words} ({seen[words]})"


def _case(
    suite: ET.Element, draft: CheckedDraft, name: str, reported: Reported, report: Report
) -> None:
    finding = reported.finding
    case = ET.SubElement(suite, "testcase", classname=draft.name, name=name)
    if report.is_failing(reported):
        failure = ET.SubElement(
            case, "failure", message=one_line(finding.message), type=str(finding.rule)
        )
        failure.text = finding_note(draft.name, draft.text, finding, width=report.width_chars)
    elif finding.rule and not reported.is_open:
        ET.SubElement(case, "skipped", message=one_line(reported.ignored or "in the baseline"))
