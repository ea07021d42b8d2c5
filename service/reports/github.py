"""GitHub's workflow commands: a finding becomes an annotation beside its line of a pull request.

Values are escaped as the runner expects: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
"""

from collections.abc import Iterator
from enum import StrEnum

from service.domain.finding import RULES, Severity
from service.reports.phrases import article_line, count, foremost, one_line, reason_line
from service.reports.report import Report, Reported
from service.reports.text import run_summary
from service.reports.threshold import Threshold
from service.wire.drafts import FindingResponse

MOST_OF_A_LEVEL = 10
"""GitHub shows this many annotations of a level for a step, and drops the rest without a word."""


class Level(StrEnum):
    """How an annotation looks; none of them fails a job by itself."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


def drafts_github(report: Report) -> str:
    """Annotations within GitHub's limit, drafts that could not be checked first, and the summary.

    What fails the run is an error, so that a failed job shows why, a note is a notice, and all else
    a warning.
    """
    by_level: dict[Level, list[str]] = {level: [] for level in Level}
    for one in report.unchecked:
        by_level[Level.ERROR].append(f"::error file={_property(one.file)}::{_data(one.problem)}")
    for draft in report.drafts:
        for reported in report.shown(draft, least=Threshold.DISPUTED):
            level = _level(reported, fails=report.is_failing(reported))
            by_level[level].append(annotation(draft.file, reported.finding, level))
    lines = [line for some in by_level.values() for line in some[:MOST_OF_A_LEVEL]]
    dropped = sum(len(some[MOST_OF_A_LEVEL:]) for some in by_level.values())
    where = "in the job summary" if report.has_job_summary else "not annotated"
    lines += [f"{count(dropped, 'further finding')} {where}"] if dropped else []
    return "\n".join([*lines, run_summary(report)]) + "\n"


def _level(reported: Reported, *, fails: bool) -> Level:
    if fails:
        return Level.ERROR
    return Level.NOTICE if reported.finding.severity is Severity.NOTE else Level.WARNING


def annotation(file: str | None, finding: FindingResponse, level: Level) -> str:
    """One `::error …::message` line. Without a `file`, as for standard input, GitHub shows it with
    the job."""
    properties = {
        "file": file,
        **_position(finding),
        "title": RULES[finding.rule].name if finding.rule else None,
    }
    listed = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None
    )
    return f"::{level} {listed}::{_data(chr(10).join(_message(finding)))}"


def _position(finding: FindingResponse) -> dict[str, int]:
    """Lines and columns; for several lines GitHub accepts no columns."""
    lines = {"line": finding.line, "endLine": finding.end_line}
    if finding.line != finding.end_line:
        return lines
    return {
        "line": finding.line,
        "col": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }


def _message(finding: FindingResponse) -> Iterator[str]:
    yield one_line(finding.message)
    if finding.quotation is not None:
        return
    yield from (one_line(notice.text) for notice in finding.check.notices)
    for evidence in foremost(finding.check):
        yield f"{evidence.stance}: {one_line(evidence.line)}"
        yield article_line(evidence.article)
        yield from (reason_line(reason) for reason in evidence.reasons)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
