"""A tagger made of rules: no model, no weights, a few milliseconds an article."""

from collections.abc import Sequence

from service.domain.quote import Speech
from service.domain.text import Span
from service.english.speech.acts import acts_by_rules
from service.english.speech.speeches import speeches
from service.english.text.quotation_marks import quotations
from service.english.text.tokens import statements

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
