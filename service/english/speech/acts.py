"""The acts of speech that the rules find in a statement."""

from collections.abc import Sequence

from service.english.speech.reports import reports
from service.english.speech.signatures import signature
from service.english.speech.speeches import Act
from service.english.text.tokens import Token


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
