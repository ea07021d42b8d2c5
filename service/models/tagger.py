"""A tagger made of rules: no model, no weights, a few milliseconds an article."""

from collections.abc import Sequence

from service.domain.quote import Speech
from service.domain.text import Span
from service.models.rules.quotation_marks import quotations
from service.models.rules.reports import reports
from service.models.rules.signatures import signature
from service.models.rules.words import Token, statements
from service.models.speeches import Act, speeches

FINGERPRINT = "rules-3"


class RuleTagger:
    """The `Tagger` port by rules; holds no state, so one may serve all callers."""

    @property
    def fingerprint(self) -> str:
        """Names the rules; changes whenever they find something else."""
        return FINGERPRINT

    async def tag(self, text: str, sentences: Sequence[Span]) -> Sequence[Speech]:
        """Every act of reported speech, ordered by its content; spans are into `text`."""
        found = quotations(text)
        read = ((each, acts_by_rules(each.tokens)) for each in statements(text, sentences, found))
        return speeches(text, read, found)


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
