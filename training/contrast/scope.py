"""Scope: all, some, most and none of a whole; what a shorter sentence leaves out."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, excluded, stronger, weaker
from training.contrast.edit import Edit

KIND = "scope"
_TURNED = re.compile(
    r"\b(?:not|no|never|none|without|if|unless|whether|cannot|deny|denied|denies|doubts?|refused"
    r"|failed|nobody|nothing|neither|nor|only|than)\b|n[’']t\b",
    re.IGNORECASE,
)
_QUANTIFIER = re.compile(
    r"\b(?P<word>[Aa]ll(?: of)?|[Ss]ome|[Mm]ost|[Mm]any|[Ss]everal|[Ee]very|[Bb]oth)"
    r"(?P<the> the(?:ir)? | of the | )(?=[a-z]+(?:s|people|children|men|women)\b)"
)
_PART = re.compile(
    r"\b(?P<part>[Hh]alf|[Tt]wo-thirds|[Tt]hree-quarters|[Aa] (?:third|quarter)"
    r"|[Oo]ne-third|[Oo]ne (?:third|quarter)) of (?=the |all |its |their )"
)
_LOOSE = re.compile(r"\b(?:about|nearly|almost|some|around|roughly|than|over|under|least|in|one) $")
_OF_A_TOTAL = re.compile(
    r"(?<!is )(?<!was )\b(?P<part>[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[1-9]) of the "
    r"(?P<whole>(?:\d+|four|five|six|seven|eight|nine|ten|eleven|twelve) )(?=[a-z])"
)
_MODIFIER = re.compile(
    r" (?:in (?:northern|southern|eastern|western|central) (?=[A-Z]))"
    r"|(?<= the| \wan|. an) (?:local|senior|former|federal|young|elderly|armed|unarmed|foreign)"
    r"(?= [a-z]+s\b)"
)


def changes(text: str, rng: Random) -> Iterator[Change]:
    """Quantifiers, fractions and parts of a total, where nothing turns their logic round."""
    if _TURNED.search(text):
        return
    for match in _QUANTIFIER.finditer(text):
        yield from _of_quantifier(text, match, rng)
    for match in _PART.finditer(text):
        if not _LOOSE.search(text, 0, match.start()):
            yield from _of_part(match)
    for match in _OF_A_TOTAL.finditer(text):
        yield from _of_total(match)
    yield from _of_modifier(text)


def _of_quantifier(text: str, match: re.Match[str], rng: Random) -> Iterator[Change]:
    word = match["word"].removesuffix(" of").lower()
    rest = "of the " if "the" in match["the"] else ""

    def put(text: str) -> Edit:
        capital = match[0][0].isupper()
        return Edit(match.start(), match.end(), text.capitalize() if capital else text)

    subject = match.start() == 0
    if word in {"all", "every"}:
        if word == "all" and (rest or subject):
            yield weaker(KIND, put(f"{rng.choice(('some', 'many', 'most'))} {rest}"))
        if word == "all" and subject:
            yield excluded(KIND, put(f"none {rest}" if rest else "no "))
    elif word == "both":
        if rest and subject:
            yield excluded(KIND, put("neither of the "))
    elif subject or text[: match.start()].endswith((" are ", " were ", " in ", " by ", " for ")):
        yield stronger(KIND, put(f"all {rest}"))
        if subject:
            yield excluded(KIND, put(f"none {rest}" if rest else "no "))
        if word == "most":
            yield weaker(KIND, put(f"some {rest}"))
            yield excluded(KIND, put(f"few {rest}"))


def _of_part(match: re.Match[str]) -> Iterator[Change]:
    part = match["part"].lower()
    large = part in {"two-thirds", "three-quarters"}

    def put(text: str) -> Edit:
        capital = match[0][0].isupper()
        return Edit(match.start(), match.end(), text.capitalize() if capital else text)

    yield excluded(KIND, put("all of "))
    yield excluded(KIND, put("none of "))
    if large:
        yield weaker(KIND, put("most of "))
        yield weaker(KIND, put("more than half of "))
        yield excluded(KIND, put("less than half of "))
    elif part != "half":
        yield excluded(KIND, put("most of "))
        yield weaker(KIND, put("less than half of "))
    yield weaker(KIND, put("some of "))


def _of_total(match: re.Match[str]) -> Iterator[Change]:
    capital = match[0][0].isupper()
    all_of, none_of = (
        ("All of the ", "None of the ") if capital else ("all of the ", "none of the ")
    )
    yield excluded(KIND, Edit(match.start(), match.end(), f"{all_of}{match['whole']}"))
    yield excluded(KIND, Edit(match.start(), match.end(), f"{none_of}{match['whole']}"))


def _of_modifier(text: str) -> Iterator[Change]:
    for match in _MODIFIER.finditer(text):
        replacement = " in " if match[0].startswith(" in ") else ""
        if not replacement and text[match.end()] != " ":
            continue
        yield weaker(KIND, Edit(match.start(), match.end(), replacement))
