"""SARIF 2.1.0, which code hosts and editors read: https://docs.oasis-open.org/sarif/sarif/v2.1.0/

Columns and offsets count Unicode code points, as everywhere in Onrecord.
"""

import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote as percent

from service.domain.finding import RULES, Rule
from service.reports.phrases import article_line, one_line, safe_link
from service.reports.report import CheckedDraft, Report, Reported, Unchecked
from service.reports.threshold import Threshold
from service.wire.evidence import Evidence
from service.wire.positions import Place
from service.wire.quotes import FoundQuoteResponse

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "onrecordWords/v1"
_RULES = list(RULES)

Json = dict[str, Any]


def drafts_sarif(report: Report) -> str:
    """One run with what is shown, from warnings up; what is ignored or in the baseline is
    there as suppressed, and the latter as unchanged too: not every reader knows both."""
    run = {
        "tool": {
            "driver": {
                "name": "Onrecord",
                "semanticVersion": version("onrecord"),
                "rules": [_rule(rule) for rule in RULES.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.unchecked,
                "toolExecutionNotifications": [_notification(one) for one in report.unchecked],
            }
        ],
        "results": [
            _result(draft, reported, report)
            for draft in report.drafts
            for reported in _reported(draft, report)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _reported(draft: CheckedDraft, report: Report) -> Iterator[Reported]:
    shown = report.shown(draft, least=Threshold.DISPUTED)
    level = report.show or report.fail_on.or_milder(Threshold.DISPUTED)
    for reported in draft.findings:
        if reported in shown or (not reported.is_open and level.includes(reported.finding)):
            yield reported


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": rule.help},
        "help": {"text": rule.help},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(draft: CheckedDraft, reported: Reported, report: Report) -> Json:
    finding = reported.finding
    assert finding.rule is not None
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": _RULES.index(finding.rule),
        "level": finding.severity,
        "message": {"text": one_line(finding.message)},
        "locations": [_location(draft, finding)],
        "partialFingerprints": {FINGERPRINT: reported.fingerprint},
        "relatedLocations": [
            _related(number, quote) for number, quote in enumerate(_quotes(reported), start=1)
        ],
    }
    if finding.check.confidence is not None:
        result["rank"] = round(finding.check.confidence * 100, 1)
    if suppressions := list(_suppressions(reported)):
        result["suppressions"] = suppressions
    if report.has_baseline:
        result["baselineState"] = "unchanged" if reported.known else "new"
    if finding.suggestion is not None:
        replacement = {
            "deletedRegion": _region(finding.suggestion),
            "insertedContent": {"text": finding.suggestion.text},
        }
        change = {"artifactLocation": _artifact(draft), "replacements": [replacement]}
        described = {"text": f"Use the newer figure: {one_line(finding.suggestion.text)}"}
        result["fixes"] = [{"description": described, "artifactChanges": [change]}]
    return result


def _suppressions(reported: Reported) -> Iterator[Json]:
    if reported.ignored is not None:
        yield {"kind": "inSource", "justification": reported.ignored}
    if reported.known:
        yield {"kind": "external", "justification": "in the baseline"}


def _location(draft: CheckedDraft, place: Place) -> Json:
    return {"physicalLocation": {"artifactLocation": _artifact(draft), "region": _region(place)}}


def _artifact(draft: CheckedDraft) -> Json:
    return _file(draft.file or draft.name)


def _file(path: str) -> Json:
    if path.startswith("/"):
        return {"uri": f"file://{percent(path)}"}
    return {"uri": percent(path), "uriBaseId": "%SRCROOT%"}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.position.start,
        "charLength": place.position.end - place.position.start,
    }


def _quotes(reported: Reported) -> Iterator[Evidence | FoundQuoteResponse]:
    """What stands on record: the quote that a quotation was held against, or both sides."""
    finding = reported.finding
    if finding.quotation is not None:
        yield from filter(None, [finding.quotation.source])
        return
    check = finding.check
    yield from (*check.conflicting, *check.supporting, *check.mentions)


def _related(number: int, quote: Evidence | FoundQuoteResponse) -> Json:
    """The quote's line and article; where the article has an address, a link to the words."""
    stance = f"{quote.stance}: " if isinstance(quote, Evidence) else ""
    text = f"{stance}{one_line(quote.line)} ({article_line(quote.article)})"
    related: Json = {"id": number, "message": {"text": text}}
    link = safe_link(quote.link)
    if link:
        related["physicalLocation"] = {"artifactLocation": {"uri": link}}
    return related


def _notification(unchecked: Unchecked) -> Json:
    where = {"physicalLocation": {"artifactLocation": _file(unchecked.file)}}
    return {"level": "error", "message": {"text": unchecked.problem}, "locations": [where]}
