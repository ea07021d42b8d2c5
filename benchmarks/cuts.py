"""Where a quote must not be cut: inside a bracket, a quotation or a date."""

import re
from collections.abc import Iterator

from service.domain.text import Span, trimmed

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Apr(?:il)?|May|June|July|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CLOSED = {
    "bracket": re.compile(r"\([^()]*\)|\[[^\[\]]*\]"),
    "quotation": re.compile("“[^“”]*”"),
}
_STRAIGHT = re.compile('"[^"]*"')
_DATE = re.compile(
    rf"(?:{_DAY},\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?)\b"
)
_LOOSE = " \t\n,;:.!?–—-"


def cuts(text: str, sentence: Span, quote: Span) -> frozenset[str]:
    """What of the sentence the quote cuts in two: `bracket`, `quotation`, `date`.

    Spans are into `text`. A bracket or a quotation counts if it opens and closes in the sentence;
    its whole inside may be quoted without its marks. A quote that reaches beyond the sentence cuts
    what it begins or ends in.
    """
    words = sentence.of(text)
    whole = [
        (kind, Span(*match.span()).shifted(sentence.start))
        for kind, pattern in _CLOSED.items()
        for match in pattern.finditer(words)
    ]
    whole += [("quotation", span.shifted(sentence.start)) for span in _straight(words)]
    found = {kind for kind, span in whole if _cut_in_two(text, span, quote)}
    dates = (Span(*match.span()).shifted(sentence.start) for match in _DATE.finditer(words))
    if any(date.overlaps(quote) and not quote.contains(date) for date in dates):
        found.add("date")
    return frozenset(found)


def _straight(words: str) -> Iterator[Span]:
    """Quotations in marks that look alike; where their number is odd, which is which is unknown."""
    if words.count('"') % 2 == 0:
        yield from (Span(*match.span()) for match in _STRAIGHT.finditer(words))


def _cut_in_two(text: str, closed: Span, quote: Span) -> bool:
    if not closed.overlaps(quote) or quote.contains(closed):
        return False
    return not quote.contains(_inside(text, closed)) or not closed.contains(quote)


def _inside(text: str, closed: Span) -> Span:
    """What stands between the marks, without loose punctuation at its ends."""
    inside = trimmed(text, Span(closed.start + 1, closed.end - 1))
    words = inside.of(text)
    left = len(words) - len(words.lstrip(_LOOSE))
    return Span(
        inside.start + left, max(inside.start + left, inside.start + len(words.rstrip(_LOOSE)))
    )
