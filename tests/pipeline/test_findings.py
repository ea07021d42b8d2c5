"""Verdicts and their reasons become rules, and messages that need no manual."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.article import Article, StoredQuote
from service.domain.claim import Claim
from service.domain.finding import Finding, RuleId, Severity
from service.domain.quotation import QuotationResult, VerifiedQuotation
from service.domain.quote import Attribution, Quote, SpeakerKind
from service.domain.text import Span, mention
from service.domain.verdict import (
    Check,
    Coverage,
    Evidence,
    Provenance,
    Reason,
    ReasonCode,
    Stance,
    Successor,
    Verdict,
)
from service.pipeline.findings import of_quotation, of_statement, without_repetition

CLAIM = "The mill has 20 looms."
DRAFT = f"Old news. {CLAIM} It rains."
PLACE = Span(10, 10 + len(CLAIM))
TEXT = "The mill has 14 looms, Ada Kell said."
NEWER = Article(
    id="newer",
    text="The mill now has 12 looms.",
    publisher="Orm Post",
    published_at=datetime(2025, 4, 1, tzinfo=UTC),
)
ARTICLE = Article(
    id="mill", text=TEXT, publisher="Dale Courier", published_at=datetime(2025, 3, 4, tzinfo=UTC)
)


def evidence(stance: Stance, *codes: ReasonCode, confidence: float = 0.9) -> Evidence:
    quote = Span(0, 21)
    words = quote.of(TEXT)
    return Evidence(
        stance=stance,
        confidence=confidence,
        article=ARTICLE,
        span=quote,
        attribution=Attribution(speaker=mention(TEXT, Span(23, 31)), kind=SpeakerKind.NAMED),
        reasons=tuple(
            Reason(code, mention(CLAIM, Span(13, 21)), mention(words, Span(13, 21)))
            for code in codes
        ),
        origin="o1",
    )


def check(verdict: Verdict, *quotes: Evidence) -> Check:
    def side(stance: Stance) -> tuple[Evidence, ...]:
        return tuple(quote for quote in quotes if quote.stance is stance)

    return Check(
        claim=Claim(CLAIM),
        verdict=verdict,
        confidence=0.9,
        why=None,
        summary="A summary.",
        notices=(),
        supporting=side(Stance.SUPPORTS),
        conflicting=side(Stance.CONFLICTS),
        mentions=side(Stance.MENTIONS),
        coverage=Coverage(1, 1, 1, None, None),
        provenance=Provenance("s", None, (), ""),
    )


def found(verdict: Verdict, *quotes: Evidence) -> Finding:
    finding = of_statement(DRAFT, PLACE, check(verdict, *quotes))
    assert finding.span.of(DRAFT) == CLAIM
    return finding


SUPPORTS = evidence(Stance.SUPPORTS)
NUMBER = evidence(Stance.CONFLICTS, ReasonCode.NUMBER_DIFFERS)
DATE = evidence(Stance.CONFLICTS, ReasonCode.DATE_DIFFERS)
MEANING = evidence(Stance.CONFLICTS, ReasonCode.MEANING_DIFFERS)
SAID_BY = evidence(Stance.MENTIONS, ReasonCode.ATTRIBUTION_DIFFERS)


@pytest.mark.parametrize(
    ("verdict", "quotes", "rule", "severity"),
    [
        (Verdict.CONTRADICTED, [NUMBER], RuleId.NUMBER_DIFFERS, Severity.ERROR),
        (Verdict.CONTRADICTED, [DATE], RuleId.DATE_DIFFERS, Severity.ERROR),
        (Verdict.CONTRADICTED, [MEANING], RuleId.CLAIM_CONTRADICTED, Severity.ERROR),
        (Verdict.DISPUTED, [NUMBER, SUPPORTS], RuleId.CLAIM_DISPUTED, Severity.WARNING),
        (Verdict.INSUFFICIENT, [SAID_BY], RuleId.ATTRIBUTION_DIFFERS, Severity.WARNING),
        (
            Verdict.INSUFFICIENT,
            [evidence(Stance.MENTIONS)],
            RuleId.CLAIM_INSUFFICIENT,
            Severity.NOTE,
        ),
        (Verdict.NO_EVIDENCE, [], RuleId.CLAIM_NO_EVIDENCE, Severity.NOTE),
        (Verdict.SUPPORTED, [SUPPORTS, SUPPORTS], RuleId.SINGLE_ORIGIN, Severity.NOTE),
        (Verdict.SUPPORTED, [SUPPORTS, replace(SUPPORTS, origin="o2")], None, None),
        (Verdict.NOT_CHECKABLE, [], None, None),
    ],
)
def test_each_verdict_has_its_rule(
    verdict: Verdict, quotes: list[Evidence], rule: RuleId | None, severity: Severity | None
) -> None:
    """With its severity; what is borne out twice, or by nature cannot be, has none."""
    finding = found(verdict, *quotes)
    assert (finding.rule, finding.severity) == (rule, severity)


def test_the_surest_quote_decides_which_rule() -> None:
    """Not the first."""
    surer = evidence(Stance.CONFLICTS, ReasonCode.DATE_DIFFERS, confidence=0.97)
    finding = found(Verdict.CONTRADICTED, NUMBER, surer)
    assert finding.rule is RuleId.DATE_DIFFERS
    assert finding.evidence == (surer, NUMBER)


def test_messages_say_what_is_here_and_what_is_on_record() -> None:
    """And who said it, where, and on which day."""
    assert found(Verdict.CONTRADICTED, NUMBER).message == (
        "Number differs: “20 looms” here, “14 looms” in the archive (Ada Kell, Dale Courier, "
        "4 March 2025)."
    )
    assert found(Verdict.CONTRADICTED, MEANING).message == (
        "The archive says otherwise: “The mill has 14 looms” (Ada Kell, Dale Courier, "
        "4 March 2025)."
    )


@pytest.mark.parametrize(
    ("verdict", "severity"),
    [
        (Verdict.SUPPORTED, Severity.WARNING),
        (Verdict.DISPUTED, Severity.WARNING),
        (Verdict.CONTRADICTED, Severity.ERROR),
    ],
)
def test_a_superseded_figure_offers_the_newer_one(verdict: Verdict, severity: Severity) -> None:
    """Whatever the verdict, in the place of the older one; it is as grave as the verdict."""
    older = replace(SUPPORTS, superseded_by=Successor(NEWER, Span(0, len(NEWER.text))))
    finding = found(verdict, older, NUMBER)
    assert (finding.rule, finding.severity) == (RuleId.SUPERSEDED_FIGURE, severity)
    assert finding.suggestion is not None
    assert finding.suggestion.span.of(DRAFT) == "20 looms"
    assert finding.suggestion.text == "12 looms"
    assert "“The mill now has 12 looms.” (Orm Post, 1 April 2025)" in finding.message


def test_the_end_of_a_state_is_no_newer_figure() -> None:
    """It has no figure to offer; the verdict has taken it into account."""
    ended = Successor(NEWER, Span(0, len(NEWER.text)), ends=True)
    older = replace(SUPPORTS, superseded_by=ended)
    assert found(Verdict.CONTRADICTED, older, MEANING).rule is RuleId.CLAIM_CONTRADICTED


def quotation(result: QuotationResult, *, on_record: bool = True) -> VerifiedQuotation:
    quote = Quote((Span(0, 21),), Attribution(speaker=mention(TEXT, Span(23, 31))))
    return VerifiedQuotation(
        "The mill has 20 looms",
        None,
        result,
        source=StoredQuote(quote, ARTICLE) if on_record else None,
    )


@pytest.mark.parametrize(
    ("result", "rule"),
    [
        (QuotationResult.ALTERED, RuleId.QUOTE_ALTERED),
        (QuotationResult.MISATTRIBUTED, RuleId.QUOTE_MISATTRIBUTED),
        (QuotationResult.NOT_FOUND, RuleId.QUOTE_NOT_FOUND),
    ],
)
def test_a_quotation_that_is_not_as_it_was_said_has_a_rule(
    result: QuotationResult, rule: RuleId
) -> None:
    """With the words on record and their speaker; nothing is ever called made up."""
    finding = of_quotation(PLACE, quotation(result), check(Verdict.INSUFFICIENT))
    assert finding is not None
    assert finding.rule is rule
    assert "“The mill has 14 looms” (Ada Kell, Dale Courier, 4 March 2025)" in finding.message
    nowhere = quotation(QuotationResult.NOT_FOUND, on_record=False)
    missing = of_quotation(PLACE, nowhere, check(Verdict.INSUFFICIENT))
    assert missing is not None
    assert "does not mean that nobody said them" in missing.message


def test_words_of_somebody_else_whom_the_draft_calls_he_are_silent() -> None:
    """Who "he" is was worked out from the draft, and may be wrong."""
    called = Attribution(speaker=mention("He said so.", Span(0, 2)))
    found_elsewhere = replace(quotation(QuotationResult.MISATTRIBUTED), speaker=called)
    assert of_quotation(PLACE, found_elsewhere, check(Verdict.INSUFFICIENT)) is None
    altered = replace(quotation(QuotationResult.ALTERED), speaker=called)
    assert of_quotation(PLACE, altered, check(Verdict.INSUFFICIENT)) is not None


def test_an_exact_quotation_is_silent() -> None:
    """Its statement is checked all the same."""
    exact = quotation(QuotationResult.EXACT)
    assert of_quotation(PLACE, exact, check(Verdict.SUPPORTED, SUPPORTS)) is None


def test_one_fault_is_said_once() -> None:
    """An altered quotation also contradicts as a statement; a wrong figure beside it stays."""
    altered = of_quotation(
        PLACE, quotation(QuotationResult.ALTERED), check(Verdict.CONTRADICTED, MEANING)
    )
    assert altered is not None
    contradicted = found(Verdict.CONTRADICTED, MEANING)
    assert without_repetition(contradicted, [altered]) == (altered,)
    disputed = found(Verdict.DISPUTED, NUMBER, SUPPORTS)
    assert without_repetition(disputed, [altered]) == (disputed, altered)
    assert without_repetition(found(Verdict.CONTRADICTED, NUMBER), [altered]) == (altered,)
    elsewhere = replace(
        altered, quotation=replace(quotation(QuotationResult.ALTERED), quotation="We stay")
    )
    number = found(Verdict.CONTRADICTED, NUMBER)
    assert without_repetition(number, [elsewhere]) == (number, elsewhere)
    missing = of_quotation(
        PLACE, quotation(QuotationResult.NOT_FOUND), check(Verdict.CONTRADICTED, MEANING)
    )
    assert missing is not None
    assert without_repetition(contradicted, [missing]) == (contradicted, missing)


def test_marks_within_a_quote_become_single_ones() -> None:
    """So that a message has one pair of double marks for each quote."""
    text = "“We stay,” Ada Kell said."
    quote = replace(
        MEANING, article=replace(ARTICLE, text=text, revision=""), span=Span(0, len(text))
    )
    assert "“‘We stay,’ Ada Kell said.”" in found(Verdict.CONTRADICTED, quote).message
