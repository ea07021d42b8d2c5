"""The summary of a job, as Markdown that GitHub renders."""

from dataclasses import replace

from markdown_it import MarkdownIt

from service.reports.job_summary import MOST_BYTES, job_summary
from service.reports.report import Report
from tests.reports.made_report import made_report


def rendered(report: Report) -> str:
    """As GitHub's flavour shows it."""
    return str(MarkdownIt("gfm-like", {"linkify": False}).render(job_summary(report)))


def test_a_row_says_where_what_and_what_is_on_record() -> None:
    """What fails is bold, and the quote is a link to its words."""
    page = rendered(made_report())
    assert page.count("<tr>") == 5
    assert "<td><strong>Number differs</strong></td>" in page
    assert '<a href="https://courier.example/looms?a=1&amp;b=2#:~:text=The%20mill' in page
    assert "<strong>c/broken.md</strong> could not be checked" in page


def test_no_word_of_a_draft_is_markup() -> None:
    """Neither in a name nor in a message."""
    (draft, *_), *_ = (made_report().drafts,)
    named = replace(draft, name="a|b <script> _c_ @org [x](http://y) `d`.md")
    page = rendered(replace(made_report(), drafts=(named,)))
    assert "<h3>a|b &lt;script&gt; _c_ @org [x](http://y) `d`.md</h3>" in page


def test_a_summary_is_never_over_githubs_limit() -> None:
    """What does not fit is left out, and that is said."""
    (draft, *_) = made_report().drafts
    summary = job_summary(Report(drafts=(draft,) * 2000))
    assert len(summary.encode()) <= MOST_BYTES + 100
    assert summary.endswith("The rest is left out: a summary may not be longer.\n")
