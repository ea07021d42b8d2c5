"""A finding keeps its name while the draft around it is edited."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.draft import DraftFormat
from service.domain.text import Span
from service.domain.verdict import Stance, Verdict
from service.pipeline.findings import of_statement
from service.reports.baseline import Baseline
from service.reports.fingerprints import own_words
from service.reports.report import Report
from tests.reports.made_report import RIVER, RIVER_TEXT, check, checked, evidence

Edit = Callable[[list[str]], list[str]]

_WORDS = st.sampled_from("mill river looms weavers don't “owner” 12 4.2 naïve — Bo's".split())
_SENTENCE = st.lists(_WORDS, min_size=2, max_size=6).map(lambda words: " ".join(words) + ".")
_PARAGRAPH = st.lists(_SENTENCE, min_size=1, max_size=3)
_DRAFT = st.lists(_PARAGRAPH, min_size=2, max_size=5)


def report_of(paragraphs: list[list[str]], baseline: Baseline | None = None) -> Report:
    """A draft of these sentences, each with a finding that fails a run."""
    text, spans = "", []
    for paragraph in paragraphs:
        for sentence in paragraph:
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence + " "
        text = text.rstrip() + "\n\n"
    conflict = evidence(Stance.CONFLICTS, RIVER, RIVER_TEXT)
    findings = (
        of_statement(text, span, check(Verdict.CONTRADICTED, span.of(text), conflict))
        for span in spans
    )
    return Report((checked("a.md", text, DraftFormat.TEXT, findings, baseline),))


def names(report: Report) -> list[str]:
    """Of all findings, in order of name: two of the same words are told apart by a number."""
    return sorted(found.fingerprint for found in report.drafts[0].findings)


def retypeset(sentence: str) -> str:
    """The same words in other typography, wrapped in another place and with some emphasis."""
    first, _, rest = sentence.partition(" ")
    other = str.maketrans({"'": "’", "“": '"', "”": '"', "—": "–", " ": "\n"})
    return f"**{first}**\u00a0 {rest.translate(other)}".replace("naïve", "nai\u0308ve").upper()


@given(draft=_DRAFT, new=_PARAGRAPH)
def test_a_paragraph_at_the_top_changes_no_name(draft: list[list[str]], new: list[str]) -> None:
    """Every name that was there is there, and the baseline holds but for what is new."""
    before = report_of(draft)
    after = report_of([new, *draft], before.baseline(Baseline()))
    assert set(names(before)) <= set(names(after))
    assert sum(found.is_open for found in after.drafts[0].findings) == len(new)


@given(draft=_DRAFT, order=st.randoms(use_true_random=False))
def test_paragraphs_may_change_places(draft: list[list[str]], order: object) -> None:
    """No name changes, and the baseline holds."""
    before = report_of(draft)
    moved = list(draft)
    order.shuffle(moved)  # type: ignore[attr-defined]
    after = report_of(moved, before.baseline(Baseline()))
    assert names(after) == names(before)
    assert before.fails
    assert not after.fails


@given(draft=_DRAFT)
def test_typography_changes_no_name(draft: list[list[str]]) -> None:
    """Quotation marks, dashes, spaces, line breaks, emphasis, capitals, composed letters."""
    before = report_of(draft)
    reset = [[retypeset(sentence) for sentence in paragraph] for paragraph in draft]
    after = report_of(reset, before.baseline(Baseline()))
    assert names(after) == names(before)
    assert not after.fails


@given(draft=_DRAFT)
def test_another_figure_is_another_finding(draft: list[list[str]]) -> None:
    """A baseline does not silence what was written since."""
    before = report_of(draft)
    changed = [[f"{sentence} 7 cranes." for sentence in paragraph] for paragraph in draft]
    after = report_of(changed, before.baseline(Baseline()))
    assert not set(names(before)) & set(names(after))
    assert after.fails


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("The [mill](https://mill.example/a_(b)) is  old.", "The [mill] is old."),
        ("The <a href='x'>mill</a>\nis old.", "The mill is old."),
        ("Fish &amp; chips", "Fish & chips"),
    ],
)
def test_markup_is_no_word(source: str, words: str) -> None:
    """Where a link leads may change."""
    conflict = evidence(Stance.CONFLICTS, RIVER, RIVER_TEXT)
    found = of_statement(
        source, Span(0, len(source)), check(Verdict.CONTRADICTED, source, conflict)
    )
    draft = checked("a.md", source, DraftFormat.TEXT, iter([found]))
    assert own_words(source, draft.findings[0].finding) == words


def test_the_name_is_not_made_from_its_place() -> None:
    """A digest and a count."""
    (name,) = names(report_of([["The mill is old."]]))
    assert re.fullmatch(r"[0-9a-f]{16}:1", name)
