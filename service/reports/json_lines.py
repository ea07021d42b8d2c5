"""JSON: a check as the HTTP API answers it, a draft's findings as one object a file."""

from service.reports.report import CheckedDraft, Report, Reported
from service.wire.checks import CheckResponse
from service.wire.drafts import DraftResponse, FindingResponse


class FileFinding(FindingResponse):
    """A finding with what the run makes of it."""

    fingerprint: str
    ignored: str | None
    """The reason that the draft gives for ignoring it."""
    in_baseline: bool
    fails: bool


class FileReport(DraftResponse):
    """A draft's answer with the file it is about."""

    file: str
    findings: tuple[FileFinding, ...]


def check_json(check: CheckResponse) -> bytes:
    """The same bytes as the HTTP body: UTF-8, without a newline."""
    return check.model_dump_json().encode()


def drafts_json(report: Report) -> str:
    """JSON Lines, one a file: the HTTP answer's fields, `file`, and of each finding whether it
    counts. All statements are there, whatever is shown elsewhere."""
    return "".join(_row(draft, report) for draft in report.drafts)


def _row(draft: CheckedDraft, report: Report) -> str:
    findings = tuple(_finding(reported, report) for reported in draft.findings)
    answer = dict(draft.answer) | {"file": draft.name, "findings": findings}
    return FileReport(**answer).model_dump_json() + "\n"


def _finding(reported: Reported, report: Report) -> FileFinding:
    return FileFinding(
        **dict(reported.finding),
        fingerprint=reported.fingerprint,
        ignored=reported.ignored,
        in_baseline=reported.known,
        fails=report.is_failing(reported),
    )
