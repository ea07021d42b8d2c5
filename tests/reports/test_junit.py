"""JUnit XML as CI servers read it, held to the schema of Jenkins' xUnit plugin."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from service.domain.draft import DraftFormat
from service.reports.junit import drafts_junit
from service.reports.report import Report
from service.reports.threshold import Threshold
from tests.reports.made_report import MILL_DRAFT, checked, made_report, mill_findings

SCHEMA = Path(__file__).parent / "junit-10.xsd"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """As pytest holds its own reports to it."""
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.mark.parametrize("fail_on", Threshold)
def test_a_report_is_valid_and_counts_right(schema: etree.XMLSchema, fail_on: Threshold) -> None:
    """The counts of a suite are those of its cases."""
    for report in (made_report(), Report(drafts=())):
        root = etree.fromstring(drafts_junit(replace(report, fail_on=fail_on)).encode())
        schema.assertValid(root)
        for suite in root:
            assert int(suite.get("tests", "")) == len(suite)
            for counted, element in (
                ("failures", "failure"),
                ("skipped", "skipped"),
                ("errors", "error"),
            ):
                assert int(suite.get(counted, "")) == len(suite.findall(f"*/{element}"))


def test_what_fails_the_run_is_a_failure() -> None:
    """And nothing else: with `insufficient` the quotation that is not on record fails too."""
    failing = {
        fail_on: drafts_junit(replace(made_report(), fail_on=fail_on)).count("<failure")
        for fail_on in Threshold
    }
    assert failing == {
        Threshold.CONTRADICTED: 2,
        Threshold.DISPUTED: 4,
        Threshold.INSUFFICIENT: 5,
        Threshold.ALL: 5,
    }


def test_a_test_keeps_its_name_while_the_draft_is_edited() -> None:
    """Its name is the words without markup and position; the same words again have a number."""
    cases = etree.fromstring(drafts_junit(made_report()).encode()).findall("*/testcase")
    names = [case.get("name") for case in cases]
    assert names[:2] == ["The mill has 20 looms.", "We always sleep & never stop"]
    assert "The owner Bo Orm likes tea." in names
    draft = made_report().drafts[0]
    (suite,) = etree.fromstring(
        drafts_junit(Report((replace(draft, findings=draft.findings[:1] * 2),))).encode()
    )
    assert [case.get("name") for case in suite] == [
        "The mill has 20 looms.",
        "The mill has 20 looms. (2)",
    ]
    assert "mill & co.md:3:1: error" in str(suite[0][0].text)


def test_a_character_that_xml_has_not_is_left_out(schema: etree.XMLSchema) -> None:
    """A stray control character in a draft or a name breaks no CI server."""
    draft = checked("a\x01b.md", MILL_DRAFT, DraftFormat.MARKDOWN, mill_findings())
    text = MILL_DRAFT.replace("20 looms", "20\ufffe\x0blooms")
    root = etree.fromstring(drafts_junit(Report((replace(draft, text=text),))).encode())
    schema.assertValid(root)
    assert root[0].get("name") == "ab.md"
