"""A reason with the words of both texts that it is about."""

from service.domain.text import Span, mention
from service.domain.verdict import Reason, ReasonCode
from service.english.reading import Reading


def reason(
    code: ReasonCode, claim: Reading, in_claim: Span, source: Reading, in_source: Span
) -> Reason:
    """A reason with the words of both texts."""
    return Reason(code, mention(claim.text, in_claim), mention(source.text, in_source))
