"""Finds words by which a reporter keeps a distance from what is reported."""

import re
from collections.abc import Iterable

from service.domain.text import Mention, Span, mention

_HEDGE = re.compile(
    r"""\b(?:
      reportedly | allegedly | apparently | purportedly | supposedly | ostensibly | presumably
    | unconfirmed | unverified | rumou?red | uncorroborated
    | (?:could|can|cannot|has|have)\s+(?:not|yet\s+to)\s+be(?:en)?\s+
        (?:\w+ly\s+)?(?:verified|confirmed|corroborated)
    | (?:was|were)\s+not\s+(?:immediately|independently)\s+(?:verified|confirmed|clear)
    | (?:is|are|was|were)\s+(?:\w+ly\s+)?(?:believed|thought|said|rumou?red|alleged|reported)\s+to
    | (?:is|was|remains?|it\s+is)\s+unclear
    | without\s+(?:\w+ing\s+)(?:\w+\s+)?(?:evidence|proof)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_WHAT_WAS_SAID = re.compile(
    r"""(?:the|these|those|that|this|it|its|his|her|their)\b
        (?:\s+(?:claims?|figures?|reports?|accounts?|statements?|numbers?|allegations?|assertions?
          |information))?
        \s+(?:could|can|cannot|has|have)\s+(?:not|yet\s+to)\s+be""",
    re.VERBOSE | re.IGNORECASE,
)


def hedges(
    text: str, spans: Iterable[Span], *, outside: Iterable[Span] = ()
) -> tuple[Mention, ...]:
    """The hedges within `spans` of `text`, in order, without those in `outside`, the words that are
    not the reporter's: within quotation marks a doubt is the speaker's."""
    quoted = tuple(outside)
    found = {
        Span(*match.span())
        for span in spans
        for match in _HEDGE.finditer(text, span.start, span.end)
    }
    return tuple(
        mention(text, span)
        for span in sorted(found)
        if not any(span.overlaps(piece) for piece in quoted)
    )


def doubts_the_last(text: str, sentence: Span) -> bool:
    """Whether a sentence doubts what was said before it: "The claim could not be verified"."""
    return _OF_WHAT_WAS_SAID.match(text, sentence.start, sentence.end) is not None
