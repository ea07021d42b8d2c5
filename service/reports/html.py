"""One page a report, which needs nothing else: the draft as it is written, underlined by verdict,
and beside each paragraph what was found. No script, and nothing from elsewhere."""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import pairwise

from service.domain.finding import RULES, RuleId, Severity
from service.domain.text import Span
from service.domain.verdict import Verdict
from service.reports.phrases import (
    article_line,
    count,
    coverage_line,
    foremost,
    one_line,
    safe_link,
)
from service.reports.report import CheckedDraft, Report, Reported
from service.reports.text import VERDICTS, drafts_summary
from service.wire.evidence import Evidence
from service.wire.quotes import FoundQuoteResponse

STYLE = files("service.reports").joinpath("report.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
"""What the page may load: its own style."""

_GAP = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+|(?<=>)\r?\n")
"""Empty lines, and the end of a line of tags: an HTML draft has few empty lines."""
_MARKUP = re.compile(r"<[/!]?[a-zA-Z-][^<>]*+>")
"""A tag or a comment."""
_SUPPORTED = "supported"
_ORDER = (*map(str, Severity), _SUPPORTED)
"""The gravest first."""
_VERDICTS = {
    **VERDICTS,
    Verdict.INSUFFICIENT: "not decided",
    Verdict.NO_EVIDENCE: "not on record",
    Verdict.NOT_CHECKABLE: "with nothing to check",
}
"""What the verdicts are called in a newsroom."""
_WRONG = frozenset({Severity.ERROR, Severity.WARNING})
"""What wants a look: its best quotes are open to see."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A finding as the page shows it."""

    reported: Reported
    id: str
    look: str
    span: Span


def drafts_html(report: Report) -> str:
    """The page."""
    summary = drafts_summary(len(report.drafts), report.verdicts, _VERDICTS)
    drafts = [
        _draft(draft, [*_marks(draft, number)], report)
        for number, draft in enumerate(report.drafts, start=1)
    ]
    unchecked = [
        f'<p class="unchecked"><strong>{_text(one.file)}</strong> could not be checked: '
        f"{_text(one.problem)}</p>"
        for one in report.unchecked
    ]
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Onrecord: {_text(summary)}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>Checked against the archive</h1>
<p>{_text(summary)}</p>
</header>
<main>
{"".join([*unchecked, *drafts])}\
</main>
<footer>
<h2>What the marks mean</h2>
<dl>
{_legend(report)}\
</dl>
</footer>
</body>
</html>
"""


def _marks(draft: CheckedDraft, number: int) -> Iterator[_Mark]:
    """What is marked in a draft: every finding, and every statement that the archive bears out."""
    for index, reported in enumerate(draft.findings, start=1):
        finding = reported.finding
        look = finding.severity.value if finding.severity else _SUPPORTED
        if finding.rule in {None, RuleId.SINGLE_ORIGIN}:
            if finding.check.verdict is not Verdict.SUPPORTED:
                continue
            look = _SUPPORTED
        yield _Mark(reported, f"{number}-{index}", look, finding.position.span)


def _draft(draft: CheckedDraft, marks: Sequence[_Mark], report: Report) -> str:
    answer = draft.answer
    coverage = coverage_line(answer.coverage, answer.provenance.as_of, publisher="outlet")
    blocks = "".join(
        _block(draft, block, [mark for mark in marks if block.contains(mark.span)], report)
        for block in _blocks(draft.text, [mark.span for mark in marks])
    )
    return f"""\
<article>
<h2>{_text(draft.name)}</h2>
<p class="coverage">Held against {_text(coverage)}.</p>
{blocks}\
</article>
"""


def _blocks(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """What gaps part, but for those within a finding."""
    start = 0
    for gap in [*_GAP.finditer(text), None]:
        at, after = gap.span() if gap else (len(text.rstrip()), len(text))
        if any(span.start < after and span.end > at for span in spans):
            continue
        if text[start:at].strip():
            yield Span(start, at)
        start = after


def _block(draft: CheckedDraft, block: Span, marks: Sequence[_Mark], report: Report) -> str:
    """A paragraph and its notes. Only a file has lines that somebody counts, and a run to fail."""
    run = report if draft.file else None
    notes = "".join(_note(mark, run) for mark in marks)
    return f"""\
<div class="block">
<p class="words">{"".join(_marked(draft.text, block, marks))}</p>
<div class="cards">
{notes}\
</div>
</div>
"""


def _marked(text: str, block: Span, marks: Sequence[_Mark]) -> Iterator[str]:
    """The words of a block; each run that a finding is about is a link to its note."""
    cuts = {block.start, block.end}
    for mark in marks:
        cuts |= {mark.span.start, mark.span.end}
    points = sorted(cuts)
    seen: set[str] = set()
    for start, end in pairwise(points):
        about = [mark for mark in marks if mark.span.overlaps(Span(start, end))]
        words = _dimmed(text[start:end])
        if not about:
            yield words
            continue
        mark = min(about, key=lambda one: (_muted(one.reported), _ORDER.index(one.look)))
        place = "" if mark.id in seen else f' id="w{mark.id}"'
        seen.add(mark.id)
        look = f"{mark.look}{' muted' if _muted(mark.reported) else ''}"
        yield f'<a class="{look}"{place} href="#n{mark.id}">{words}</a>'


def _dimmed(words: str) -> str:
    """The words, with tags and comments of the draft less prominent than its text."""
    parts = []
    at = 0
    for tag in _MARKUP.finditer(words):
        parts += [escape(words[at : tag.start()]), f'<span class="markup">{escape(tag[0])}</span>']
        at = tag.end()
    return "".join([*parts, escape(words[at:])])


def _note(mark: _Mark, run: Report | None) -> str:
    finding = mark.reported.finding
    title = RULES[finding.rule].name if finding.rule else "Supported"
    muted = " muted" if _muted(mark.reported) else ""
    line = f'<span class="line"> line {finding.line}</span>' if run else ""
    fails = run is not None and run.is_failing(mark.reported)
    parts = [
        f'<section class="card {mark.look}{muted}" id="n{mark.id}">',
        f'<h3><a href="#w{mark.id}">{_text(title)}{line}</a></h3>',
        *([f"<p>{_text(finding.message)}</p>"] if finding.rule else []),
        *_status(mark.reported, fails=fails),
        *_evidence(mark.reported, unfolded=mark.look in _WRONG),
        "</section>\n",
    ]
    return "\n".join(parts)


def _status(reported: Reported, *, fails: bool) -> Iterator[str]:
    suggestion = reported.finding.suggestion
    if suggestion is not None:
        yield f"<p>Newer figure: <ins>{_text(suggestion.text)}</ins></p>"
    for notice in reported.finding.check.notices:
        yield f"<p>{_text(notice.text)}</p>"
    if fails:
        yield '<p class="state">Fails the run.</p>'
    elif reported.ignored is not None:
        yield f'<p class="state">Ignored: {_text(reported.ignored)}</p>'
    elif reported.known:
        yield '<p class="state">In the baseline.</p>'


def _evidence(reported: Reported, *, unfolded: bool) -> Iterator[str]:
    """The quotes that a finding rests on, folded but for the best of each side if `unfolded`."""
    check, quotation = reported.finding.check, reported.finding.quotation
    best: list[Evidence | FoundQuoteResponse] = [*foremost(check)]
    quotes: list[Evidence | FoundQuoteResponse] = [*check.conflicting, *check.supporting]
    quotes += check.mentions
    if quotation is not None:
        best = quotes = [quotation.source] if quotation.source else []
    shown = best if unfolded else []
    folded = [quote for quote in quotes if quote not in shown]
    yield from map(_quote, shown)
    if folded:
        more = "more " if shown else ""
        yield f"<details><summary>{count(len(folded), f'{more}quote')} on record</summary>"
        yield from map(_quote, folded)
        yield "</details>"


def _quote(quote: Evidence | FoundQuoteResponse) -> str:
    stance = f"{quote.stance}: " if isinstance(quote, Evidence) else ""
    source = _text(article_line(quote.article))
    link = safe_link(quote.link)
    if link:
        source = f'<a href="{escape(link)}" rel="noreferrer">{source}</a>'
    return (
        f"<blockquote><p>{stance}{_text(quote.line)}</p>"
        f"<footer><cite>{source}</cite></footer></blockquote>"
    )


def _legend(report: Report) -> str:
    rules = {one.finding.rule for draft in report.drafts for one in draft.findings}
    return "".join(
        f"<div><dt>{_text(rule.name)}</dt><dd>{_text(rule.help)}</dd></div>\n"
        for rule in RULES.values()
        if rule.id in rules
    ) + (
        "<div><dt>Supported</dt><dd>Sources in the archive say the same, and "
        "none says otherwise.</dd></div>\n"
    )


def _muted(reported: Reported) -> bool:
    return reported.finding.rule is not None and not reported.is_open


def _text(text: str) -> str:
    return escape(one_line(text))
