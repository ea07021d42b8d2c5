"""Whether the words of an excerpt are those of whom a claim names for them."""

from service.domain.quote import Attribution
from service.domain.text import Span
from service.domain.verdict import Reason, ReasonCode
from service.english.speakers.identity import named_in, same_speaker
from service.pipeline.excerpt import Excerpt


def said_by_the_same(claimed: Attribution, excerpt: Excerpt) -> bool | None:
    """Whether who the claim says has said it is who the excerpt says has; None where that is open.

    Without a speaker the article speaks, and its outlet.
    """
    if excerpt.attribution.speaker is None:
        told_by = (excerpt.text, excerpt.article.publisher)
        return True if any(named_in(claimed, words) for words in told_by) else None
    chain = (excerpt.attribution, *excerpt.outer)
    told = {same_speaker(claimed, said) for said in chain}
    speaks_for = [
        part.text for said in chain for part in (said.via, said.organisation, said.speaker) if part
    ]
    told |= {True for named in speaks_for if named_in(claimed, named)}
    return True if True in told else None if None in told else False


def misattribution(claimed: Attribution, excerpt: Excerpt) -> Reason | None:
    """Both speakers; the source span is into the article. None where one of them is not named."""
    asked, said_by = claimed.speaker, excerpt.attribution.speaker
    return Reason(ReasonCode.ATTRIBUTION_DIFFERS, asked, said_by) if asked and said_by else None


def with_the_speaker(sentence: Span, misattributed: Reason | None) -> Span:
    """The sentence, and as much before or after it as it takes to hold who else said so."""
    if misattributed is None:
        return sentence
    named = misattributed.source.span
    return Span(min(sentence.start, named.start), max(sentence.end, named.end))
