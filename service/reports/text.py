"""Plain text: a check as a newsroom note, a draft's findings as a linter prints them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from service.domain.finding import Severity
from service.domain.quotation import ChangeKind, QuotationResult
from service.domain.verdict import Status, Verdict
from service.reports.layout import labelled, underlined
from service.reports.phrases import (
    article_line,
    count,
    coverage_line,
    foremost,
    one_line,
    reason_line,
)
from service.reports.report import WIDTH_CHARS, Report, Reported
from service.wire.checks import CheckResponse, StatementCheck
from service.wire.drafts import FindingResponse
from service.wire.evidence import Attribution, Evidence
from service.wire.quotations import QuotationResponse, WordChange
from service.wire.quotes import FoundQuoteResponse, FoundQuotesResponse

MENTIONS_SHOWN = 3
"""How many mentions are shown: few enough that the verdict stays on the screen."""


VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {
        verdict: verdict.replace("_", " ")
        for verdict in (
            Verdict.CONTRADICTED,
            Verdict.DISPUTED,
            Verdict.INSUFFICIENT,
            Verdict.NO_EVIDENCE,
            Verdict.SUPPORTED,
            Verdict.NOT_CHECKABLE,
        )
    }
)
"""What each verdict is called, the gravest first."""


def check_note(
    check: CheckResponse, *, width: int = WIDTH_CHARS, mentions: int = MENTIONS_SHOWN
) -> str:
    """Claim, verdict, notices, each quote with its attribution, and what the archive held.

    Of quotes that decide nothing, up to `mentions` are shown and the others are counted.
    """
    blocks = [_opening(check, width)]
    shown = (*check.conflicting, *check.supporting, *check.mentions[:mentions])
    blocks += [_quote(evidence, width) for evidence in shown]
    left_out = len(check.mentions[mentions:])
    if left_out:
        further = f"{count(left_out, 'further quote')} on the topic, deciding nothing"
        blocks.append(labelled("", [further], width))
    covered = coverage_line(check.coverage, check.provenance.as_of)
    blocks.append(labelled("coverage", [covered], width))
    return "\n\n".join("\n".join(block) for block in blocks)


def finding_note(
    file: str, draft: str, finding: FindingResponse, *, width: int = WIDTH_CHARS
) -> str:
    """`file:line:column: severity: message [rule]`, the words underlined, the notices, and the best
    quote of each side; of a quotation the words on record."""
    check, quotation = finding.check, finding.quotation
    where = f"{file}:{finding.line}:{finding.column}"
    lines = [f"{where}: {finding.severity}: {one_line(finding.message)} [{finding.rule}]"]
    lines += _excerpt(draft, finding, width)
    if quotation is not None:
        found = _found(quotation.source, width - 4) if quotation.source else ()
        return "\n".join([*lines, *(f"    {line}" for line in found)])
    lines += [f"    {line}" for line in _notices(check, width - 4)]
    for evidence in foremost(check):
        lines += [f"    {line}" for line in _quote(evidence, width - 4)]
    return "\n".join(lines)


def quotation_note(answer: QuotationResponse, *, width: int = WIDTH_CHARS) -> str:
    """The quotation, the result, each word that differs, and the words on record."""
    blocks = [[*labelled("quotation", [one_line(answer.quotation)], width)]]
    if answer.speaker:
        blocks[0] += labelled("speaker", [one_line(answer.speaker)], width)
    blocks[0] += labelled("result", [_RESULTS[answer.result]], width)
    blocks[0] += labelled("differs", map(_change, answer.changes), width)
    if answer.source:
        blocks.append([*_found(answer.source, width)])
    return "\n\n".join("\n".join(block) for block in blocks)


_RESULTS = {
    QuotationResult.EXACT: "exact: these words are on record",
    QuotationResult.ALTERED: "altered: nearly these words are on record",
    QuotationResult.MISATTRIBUTED: "misattributed: somebody else is on record with these words",
    QuotationResult.NOT_FOUND: "not found: these words are not on record here, and may have been "
    "said all the same",
}


def _change(change: WordChange) -> str:
    quoted, source = one_line(change.quoted.text), one_line(change.source.text)
    match change.kind:
        case ChangeKind.ADDED:
            return f"added: {quoted}"
        case ChangeKind.LEFT_OUT:
            return f"left out: {source}"
        case _:
            return f"{quoted} (quotation) / {source} (source)"


def quotes_note(page: FoundQuotesResponse, *, width: int = WIDTH_CHARS) -> str:
    """Each quote with its attribution and its article, and how to get the next page."""
    if not page.quotes:
        return "No such quote is on record."
    blocks = [_found(quote, width) for quote in page.quotes]
    if page.cursor:
        blocks.append(iter([f"More: --cursor {page.cursor}"]))
    return "\n\n".join("\n".join(block) for block in blocks)


def drafts_summary(
    drafts: int, verdicts: Mapping[Verdict, int], names: Mapping[Verdict, str] = VERDICTS
) -> str:
    """`2 drafts, 9 statements: 2 contradicted, 7 supported`, in the order of `names`, which says
    what the verdicts are called."""
    by_verdict = ", ".join(
        f"{verdicts[verdict]:,} {name}" for verdict, name in names.items() if verdicts.get(verdict)
    )
    statements = count(sum(verdicts.values()), "statement")
    total = f"{count(drafts, 'draft')}, {statements}"
    return f"{total}: {by_verdict}" if by_verdict else total


def run_summary(report: Report) -> str:
    """The same for a run, with what does not count: `… 3 contradicted (2 in the baseline, 1
    ignored)`."""
    summary = drafts_summary(len(report.drafts), report.verdicts)
    silent = Counter(
        _why_silent(reported)
        for draft in report.drafts
        for reported in draft.findings
        if reported.finding.rule and not reported.is_open
    )
    return f"{summary} ({', '.join(_counted(silent))})" if silent else summary


def drafts_text(report: Report) -> str:
    """A note for each finding that is shown, the summary, and a count of what is not shown."""
    width = report.width_chars
    notes = [
        _marked(reported, finding_note(draft.name, draft.text, reported.finding, width=width))
        for draft in report.drafts
        for reported in report.shown(draft)
    ]
    summary = [drafts_summary(len(report.drafts), report.verdicts)]
    unseen = ", ".join(_unseen(report))
    summary += [f"not shown: {unseen} (--show all)"] if unseen else []
    return "\n\n".join([*notes, "\n".join(summary)]) + "\n"


def _marked(reported: Reported, note: str) -> str:
    """The note; one of a finding that does not count says why."""
    if reported.ignored is not None:
        return f"{note}\n    ignored    {one_line(reported.ignored)}"
    return f"{note}\n    in the baseline" if reported.known else note


def _unseen(report: Report) -> Iterator[str]:
    """`2 warnings`, `1 note`, `3 ignored`, `4 in the baseline`."""
    open_ones: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for draft in report.drafts:
        shown = report.shown(draft)
        for reported in draft.findings:
            if reported in shown or reported.finding.severity is None:
                continue
            if reported.is_open:
                open_ones[reported.finding.severity] += 1
            else:
                silent[_why_silent(reported)] += 1
    yield from (
        count(open_ones[severity], severity) for severity in Severity if open_ones[severity]
    )
    yield from _counted(silent)


def _why_silent(reported: Reported) -> str:
    return "in the baseline" if reported.known else "ignored"


def _counted(silent: Counter[str]) -> Iterator[str]:
    yield from (f"{silent[why]:,} {why}" for why in sorted(silent, reverse=True))


def _opening(check: CheckResponse, width: int) -> Iterator[str]:
    yield from labelled("claim", [one_line(check.claim)], width)
    verdict = VERDICTS[check.verdict]
    if check.confidence is not None:
        verdict += f" (confidence {check.confidence:.2f})"
    yield from labelled("verdict", [verdict, one_line(check.summary)], width)
    yield from _notices(check, width)


def _notices(check: StatementCheck, width: int) -> Iterator[str]:
    return labelled("note", [one_line(notice.text) for notice in check.notices], width)


def _quote(evidence: Evidence, width: int) -> Iterator[str]:
    """The quote's line, its reasons, hedges and status, what supersedes it, and its article."""
    paragraphs = [one_line(evidence.line)]
    paragraphs += [reason_line(reason) for reason in evidence.reasons]
    paragraphs += _doubts(evidence.attribution)
    if evidence.status is not Status.ASSERTED:
        paragraphs.append(f"status: {evidence.status}")
    if evidence.superseded_by:
        newer = evidence.superseded_by
        paragraphs.append(f"superseded by: {one_line(newer.quote)} — {article_line(newer.article)}")
    origin = f" (origin {evidence.origin})" if evidence.origin else ""
    paragraphs.append(f"{article_line(evidence.article)}{origin}")
    if evidence.article.url:
        paragraphs.append(one_line(evidence.article.url))
    return labelled(evidence.stance, paragraphs, width)


def _found(quote: FoundQuoteResponse, width: int) -> Iterator[str]:
    paragraphs = [one_line(quote.line), *_doubts(quote.attribution), article_line(quote.article)]
    if quote.article.url:
        paragraphs.append(one_line(quote.article.url))
    return labelled("said", paragraphs, width)


def _doubts(attribution: Attribution) -> Iterator[str]:
    if attribution.hedges:
        yield f"hedged: {', '.join(one_line(hedge.text) for hedge in attribution.hedges)}"


def _excerpt(draft: str, finding: FindingResponse, width: int) -> list[str]:
    """The first line of the statement with its number, underlined; a statement of several lines is
    underlined to the end of the first."""
    line = draft.split("\n")[finding.line - 1]
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    number = f"{finding.line:5}"
    shown, marks = underlined(line, finding.column - 1, end, width - len(number) - 3)
    return [f"{number} | {shown}", f"{' ' * len(number)} | {marks}"]
