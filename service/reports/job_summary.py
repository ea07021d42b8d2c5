"""The summary of a job in Markdown, as GitHub shows it below a workflow's run."""

import re
from urllib.parse import quote as percent

from service.domain.finding import RULES
from service.reports.phrases import foremost, one_line, safe_link
from service.reports.report import CheckedDraft, Report, Reported
from service.reports.text import run_summary
from service.reports.threshold import Threshold
from service.wire.evidence import Evidence
from service.wire.quotes import FoundQuoteResponse

MOST_BYTES = 900_000
"""GitHub refuses a summary of more than 1 MiB."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~@&])")
_OF_AN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
"""What stays as it is; a bar would end the cell of a table."""


def job_summary(report: Report) -> str:
    """Counts, then a table a draft: where, what, and the words on record with their link."""
    parts = ["## Onrecord\n\n", f"{run_summary(report)}.\n"]
    parts += [
        f"\n**{_plain(one.file)}** could not be checked: {_plain(one.problem)}\n"
        for one in report.unchecked
    ]
    parts += [table for draft in report.drafts if (table := _table(draft, report))]
    return _within_limit(parts)


def _within_limit(parts: list[str]) -> str:
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part.encode())
        if size > MOST_BYTES:
            return "".join([*kept, "\nThe rest is left out: a summary may not be longer.\n"])
        kept.append(part)
    return "".join(kept)


def _table(draft: CheckedDraft, report: Report) -> str:
    shown = report.shown(draft, least=Threshold.DISPUTED)
    if not shown:
        return ""
    rows = "".join(_row(reported, fails=report.is_failing(reported)) for reported in shown)
    head = "| line | rule | finding | on record |\n|---|---|---|---|\n"
    return f"\n### {_plain(draft.name)}\n\n{head}{rows}"


def _row(reported: Reported, *, fails: bool) -> str:
    finding = reported.finding
    assert finding.rule is not None
    name = RULES[finding.rule].name
    rule = f"**{name}**" if fails else name
    quotes: list[Evidence | FoundQuoteResponse] = [*foremost(finding.check)]
    if finding.quotation is not None:
        quotes = [finding.quotation.source] if finding.quotation.source else []
    on_record = "<br>".join(map(_linked, quotes))
    return f"| {finding.line} | {rule} | {_plain(finding.message)} | {on_record} |\n"


def _linked(quote: Evidence | FoundQuoteResponse) -> str:
    words, link = _plain(quote.line), safe_link(quote.link)
    return f"[{words}](<{percent(link, safe=_OF_AN_ADDRESS)}>)" if link else words


def _plain(text: str) -> str:
    """The text in one line, with no character that means something in Markdown."""
    return _SPECIAL.sub(r"\\\1", one_line(text))
