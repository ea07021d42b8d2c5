"""Turns checks and verified quotations into findings: which rule, and what an editor is told.

    contradicted   the surest conflicting quote has another number → number-differs
                   else another date → date-differs, else claim-contradicted
    disputed       claim-disputed
    supported      single-origin where all support goes back to one source, else no rule
    insufficient   somebody else said so → attribution-differs, else claim-insufficient
    no_evidence    claim-no-evidence

Where a quote that supports the statement has an older figure, superseded-figure goes before all of
these.
"""

import re
from collections.abc import Iterator, Sequence

from service.domain.article import Article
from service.domain.finding import RULES, Finding, RuleId, Suggestion
from service.domain.quotation import QuotationResult, VerifiedQuotation
from service.domain.quote import Attribution
from service.domain.text import Mention, Span
from service.domain.verdict import Check, Evidence, Reason, ReasonCode, Verdict, count_origins
from service.english.lexicon import PRONOUNS
from service.english.reading import Reading
from service.pipeline.compare.numbers import compare_numbers
from service.pipeline.supersede import without_corrected_figures

_DIFFERS = {
    ReasonCode.NUMBER_DIFFERS: RuleId.NUMBER_DIFFERS,
    ReasonCode.DATE_DIFFERS: RuleId.DATE_DIFFERS,
}
"""The reasons that have a rule of their own, in the order in which they are looked for."""
_OPENING, _CLOSING, _MARK = '“"„', '”"“', re.compile('[“”"„]')
_WITHIN = {"“": "‘", "”": "’", '"': "'", "„": "‚"}
_SAID_BY_A_QUOTATION = frozenset(
    {
        RuleId.CLAIM_CONTRADICTED,
        RuleId.ATTRIBUTION_DIFFERS,
        RuleId.CLAIM_INSUFFICIENT,
        RuleId.CLAIM_NO_EVIDENCE,
    }
)
"""What there is no need to say of a statement whose quotation is altered or somebody else's."""
_OF_A_QUOTATION = {
    QuotationResult.ALTERED: RuleId.QUOTE_ALTERED,
    QuotationResult.MISATTRIBUTED: RuleId.QUOTE_MISATTRIBUTED,
    QuotationResult.NOT_FOUND: RuleId.QUOTE_NOT_FOUND,
}


def of_statement(draft: str, span: Span, check: Check) -> Finding:
    """What there is to say of a statement; `span` is its place in `draft`."""
    return _overtaken(draft, span, check) or _by_verdict(span, check)


def _by_verdict(span: Span, check: Check) -> Finding:
    match check.verdict:
        case Verdict.CONTRADICTED:
            return _contradicted(span, check)
        case Verdict.DISPUTED:
            return _disputed(span, check)
        case Verdict.SUPPORTED:
            return _supported(span, check)
        case Verdict.INSUFFICIENT:
            return _undecided(span, check)
        case Verdict.NO_EVIDENCE:
            told = "Nothing in the archive is about this."
            return Finding(span, RuleId.CLAIM_NO_EVIDENCE, told, check)
        case Verdict.NOT_CHECKABLE:
            return Finding(span, None, check.summary, check)


def of_quotation(span: Span, verified: VerifiedQuotation, check: Check) -> Finding | None:
    """What there is to say of the words between quotation marks at `span`, None where they are
    exact; `check` is that of the statement around them.

    Where the draft calls the speaker "he", who that is has been worked out, and words of somebody
    else are more likely his than the draft wrong.
    """
    rule = _OF_A_QUOTATION.get(verified.result)
    if rule is None or (rule is RuleId.QUOTE_MISATTRIBUTED and _is_pronoun(verified.speaker)):
        return None
    return Finding(span, rule, _told_of_quotation(verified), check, quotation=verified)


def without_repetition(
    statement: Finding | None, quotations: Sequence[Finding]
) -> tuple[Finding, ...]:
    """What there is to say of a statement and the quotations in it, each fault once."""
    said = statement is None or any(_is_said_by(finding, statement) for finding in quotations)
    return tuple(quotations) if statement is None or said else (statement, *quotations)


def _is_said_by(quotation: Finding, statement: Finding) -> bool:
    """Whether the finding about a quotation says what is wrong with its statement."""
    if quotation.rule not in {RuleId.QUOTE_ALTERED, RuleId.QUOTE_MISATTRIBUTED}:
        return False
    if statement.rule not in {RuleId.NUMBER_DIFFERS, RuleId.DATE_DIFFERS}:
        return statement.rule in _SAID_BY_A_QUOTATION
    words = quotation.quotation.quotation if quotation.quotation else ""
    reasons = statement.evidence[0].reasons
    return any(reason.code in _DIFFERS and reason.claim.text in words for reason in reasons)


def _contradicted(span: Span, check: Check) -> Finding:
    evidence = tuple(sorted(check.conflicting, key=lambda quote: -quote.confidence))
    surest = evidence[0]
    for code, rule in _DIFFERS.items():
        reason = _with_code(surest, code)
        if reason is not None:
            told = f"{_differs(RULES[rule].name, reason.claim, reason.source, surest)}."
            return Finding(span, rule, told, check, evidence)
    told = f"The archive says otherwise: {_quoted(surest.quote)} ({_source(surest)})."
    return Finding(span, RuleId.CLAIM_CONTRADICTED, told, check, evidence)


def _disputed(span: Span, check: Check) -> Finding:
    against, support = check.conflicting[0], check.supporting[0]
    told = (
        f"Sources disagree: {_quoted(against.quote)} ({_source(against)}), but "
        f"{_quoted(support.quote)} ({_source(support)})."
    )
    both = (*check.conflicting, *check.supporting)
    return Finding(span, RuleId.CLAIM_DISPUTED, told, check, both)


def _supported(span: Span, check: Check) -> Finding:
    evidence = check.supporting
    if count_origins(evidence) > 1:
        return Finding(span, None, check.summary, check, evidence)
    told = f"Only one source in the archive supports this: {_source(evidence[0])}."
    return Finding(span, RuleId.SINGLE_ORIGIN, told, check, evidence)


def _undecided(span: Span, check: Check) -> Finding:
    for quote in check.mentions:
        reason = _with_code(quote, ReasonCode.ATTRIBUTION_DIFFERS)
        if reason is not None:
            told = (
                f"The speaker here is {_quoted(reason.claim.text)}; the archive has this from "
                f"{_quoted(reason.source.text)}: {_quoted(quote.quote)} ({_where(quote.article)})."
            )
            return Finding(span, RuleId.ATTRIBUTION_DIFFERS, told, check, (quote,))
    told = "The archive has related reports, and none confirms or refutes this."
    return Finding(span, RuleId.CLAIM_INSUFFICIENT, told, check)


def _overtaken(draft: str, span: Span, check: Check) -> Finding | None:
    """The finding for a figure that a newer report has changed, None where there is none."""
    for quote in check.supporting:
        newer = quote.superseded_by
        if newer is None or newer.ends:
            continue
        told = f"A newer report has changed this figure: {_quoted(newer.quote)}"
        told += f" ({_where(newer.article)}). The older one: {_source(quote)}."
        return Finding(
            span=span,
            rule=RuleId.SUPERSEDED_FIGURE,
            message=told,
            check=check,
            evidence=(quote, *(other for other in check.supporting if other is not quote)),
            suggestion=next(_suggested(draft, span, check.claim.text, newer.quote), None),
        )
    return None


def _suggested(draft: str, span: Span, claim: str, newer: str) -> Iterator[Suggestion]:
    """The newer figure, where the older one stands in the draft word for word, and only once."""
    source = without_corrected_figures(Reading(newer))
    for pair in compare_numbers(Reading(claim), source).differing:
        words = r"\s+".join(map(re.escape, pair.claim.span.of(claim).split()))
        found = list(re.finditer(words, span.of(draft)))
        if len(found) == 1:
            place = Span(*found[0].span()).shifted(span.start)
            yield Suggestion(place, pair.source.span.of(newer))


def _with_code(quote: Evidence, code: ReasonCode) -> Reason | None:
    return next((reason for reason in quote.reasons if reason.code is code), None)


def _differs(name: str, claim: Mention, source: Mention, quote: Evidence) -> str:
    here, there = _quoted(claim.text), _quoted(source.text)
    return f"{name}: {here} here, {there} in the archive ({_source(quote)})"


def _told_of_quotation(verified: VerifiedQuotation) -> str:
    source = verified.source
    if source is None:
        return "These words are not in the archive, which does not mean that nobody said them."
    words = _quoted(source.quote.span.of(source.article.text))
    said_by = _sourced(source.quote.attribution, source.article)
    if verified.result is QuotationResult.MISATTRIBUTED:
        return f"The archive has these words from somebody else: {words} ({said_by})."
    if verified.result is QuotationResult.ALTERED:
        return f"The words on record differ: {words} ({said_by})."
    if not verified.changes:  # fewer words than make them another's
        return f"The archive has these few words from somebody else alone: {words} ({said_by})."
    return f"These words are not in the archive. The nearest on record: {words} ({said_by})."


def _is_pronoun(said: Attribution | None) -> bool:
    return said is not None and said.speaker is not None and said.speaker.text.lower() in PRONOUNS


def _quoted(words: str) -> str:
    """The words in one line between quotation marks; marks within them become single ones."""
    line = " ".join(words.split()).strip(" ,;:")
    if line[:1] in _OPENING and line[-1:] in _CLOSING and not _MARK.search(line[1:-1]):
        line = line[1:-1]
    return f"“{_MARK.sub(lambda mark: _WITHIN[mark[0]], line).strip(' ,;:')}”"


def _source(quote: Evidence) -> str:
    return _sourced(quote.attribution, quote.article)


def _sourced(said: Attribution, article: Article) -> str:
    """Who said it, where and when: `Ottoline Brask, Northgate Herald, 3 February 2025`."""
    speaker = said.resolved or said.speaker
    told = " ".join(speaker.text.split()) if speaker else ""
    return ", ".join(part for part in (told, _where(article)) if part)


def _where(article: Article) -> str:
    """Its publisher, or its title, and its day."""
    day = article.stated_at
    published = f"{day.day} {day:%B %Y}" if day else "undated"
    return f"{article.publisher or article.title or 'unknown outlet'}, {published}"
