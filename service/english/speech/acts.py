"""The acts of speech that the rules find, in a statement and in a whole text."""

from collections.abc import Sequence

from service.domain.quote import Speech
from service.domain.text import Span
from service.english.speech.reports import reports
from service.english.speech.signatures import signature
from service.english.speech.speeches import Act, speeches
from service.english.text.quotation_marks import quotations
from service.english.text.tokens import Token, statements

FINGERPRINT = "rules-6"
"""Names the rules; changes whenever they find something else."""


def speeches_by_rules(text: str, sentences: Sequence[Span]) -> tuple[Speech, ...]:
    """Every act of reported speech, ordered by its content; spans are into `text`."""
    found = quotations(text)
    told = statements(text, sentences, found)
    return speeches(text, ((each, acts_by_rules(each.tokens)) for each in told), found)


def acts_by_rules(tokens: Sequence[Token]) -> tuple[Act, ...]:
    """The acts of speech that the rules find in a statement's tokens, from left to right."""
    dash = signature(tokens)
    if dash is not None:
        return (_signed(tokens, dash),)
    return tuple(
        Act(
            source=(report.source.start, report.source.reach) if report.source else None,
            cue=(report.cue.start, report.cue.end),
            content=report.content,
        )
        for report in reports(tokens)
    )


def _signed(tokens: Sequence[Token], dash: int) -> Act:
    end = len(tokens) - (tokens[-1].text == ".")
    return Act(source=(dash + 1, end), cue=(dash, dash + 1), content=((0, dash),))
