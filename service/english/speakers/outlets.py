"""Through whom the words came: the outlet that was told, or that an interview was given to."""

import re
from collections.abc import Collection

from service.domain.text import Mention, Span, mention
from service.english.lexicon import (
    HONORIFICS,
    NOT_NAMES,
    ORGANISATIONS,
    OUTLET_WORDS,
    OUTLETS,
    PLACES_AND_PEOPLES,
    ROLES,
)

_KNOWN = "|".join(re.escape(name).replace(r"\#", r"\d+") for name in OUTLETS)
_NAMED_BY_KIND = "|".join(map(re.escape, OUTLET_WORDS))
# Too common to name an outlet alone.
_KIND = "Magazine | magazine | TV | Television | Radio | Broadcasting | newspaper | Daily | Weekly"
_WORD = r"[A-Z][\w.&-]{0,40}"
_OUTLET = re.compile(
    rf"""(?:(?:the|The|a|an)\s+)?(?P<name>
        (?:(?:{_WORD})\s+){{0,4}}(?:{_NAMED_BY_KIND})(?:\s+(?:Magazine|magazine|News))?(?!\w)
      | (?:(?:{_WORD})\s+){{1,4}}(?:{_KIND})(?!\w)
      | (?:{_KNOWN})(?:\s+(?:News|Business|Radio|TV|Newsnight))?(?!\w)
    )""",
    re.VERBOSE,
)
_LONGEST_CHARS = 60
_NAME = re.compile(rf"(?P<name>{_WORD})(?![\w’'])(?!\s+(?:and\s+)?[A-Z])")
_TOLD = re.compile(r"(?:told|tells?|telling)\Z", re.IGNORECASE)
_THROUGH = re.compile(
    r"""\b(?:
        (?:interview|interviews|conversation|call|appearance|segment|comments?|remarks|statement
          |e-?mail|op-ed|column|essay|article|report|reports|story|reporting|piece|broadcast)
        (?:\s+(?:\w+day|published|aired|broadcast|posted|obtained|airing|with\s+\w+\s+\w+))?
        \s+(?:with|to|on|by|in|for|from|of)
      | (?i:speaking)\s+(?:to|with|on) | spoke\s+(?:to|with|on) | appearing\s+on | appeared\s+on
      | first\s+reported\s+by | told | wrote\s+in | writing\s+in | on | via
    )\s+""",
    re.VERBOSE,
)


def via(text: str, cue: Span, before: Span, after: Span, people: Collection[str]) -> Mention | None:
    """The outlet that `text` names around a cue, None without one.

    `before` and `after` are the reporter's own words on both sides of the cue; `people` the words
    of names of persons, lower case, who are told things too.
    """
    from_cue = Span(cue.start, max(cue.start, after.end))
    return (
        _addressee(text, cue, after, people) or _through(text, from_cue) or _through(text, before)
    )


def outlet_within(text: str, source: Span) -> Mention | None:
    """The outlet of a document as a source: "a report in the Times"."""
    return _through(text, source)


def outlet_at(text: str, start: int) -> Mention | None:
    """The outlet named right there, an article before it or not."""
    match = _OUTLET.match(text, start)
    return mention(text, Span(*match.span("name"))) if match else None


def outlet_before(text: str, end: int) -> Mention | None:
    """The outlet whose name ends right there."""
    start = max(0, end - _LONGEST_CHARS)
    for match in _OUTLET.finditer(text, start, end):
        if match.end() == end:
            return mention(text, Span(*match.span("name")))
    return None


def outlets_within(text: str, span: Span) -> list[Mention]:
    """Every outlet named in `span`, in order."""
    return [
        mention(text, Span(*match.span("name")))
        for match in _OUTLET.finditer(text, span.start, span.end)
    ]


def is_outlet(name: str) -> bool:
    """Whether a name is that of an outlet, as far as its words tell."""
    return _OUTLET.fullmatch(name) is not None


def _addressee(text: str, cue: Span, after: Span, people: Collection[str]) -> Mention | None:
    if not _TOLD.search(cue.of(text)):
        return None
    start = after.start + len(after.of(text)) - len(after.of(text).lstrip())
    match = _OUTLET.match(text, start, after.end)
    if match is not None:
        return mention(text, Span(*match.span("name")))
    match = _NAME.match(text, start, after.end)
    if match is None or not _may_be_outlet(match["name"], people):
        return None
    return mention(text, Span(*match.span("name")))


def _may_be_outlet(name: str, people: Collection[str]) -> bool:
    """Whether an unknown single name that was told something is no person, body or people."""
    low = name.lower().rstrip(".")
    known = ROLES | ORGANISATIONS | PLACES_AND_PEOPLES | NOT_NAMES | HONORIFICS
    return low not in people and low not in known and low[-1] != "s" and name[-1] != "."


def _through(text: str, where: Span) -> Mention | None:
    for match in _THROUGH.finditer(text, where.start, where.end):
        outlet = _OUTLET.match(text, match.end(), where.end)
        if outlet is not None:
            return mention(text, Span(*outlet.span("name")))
    return None
