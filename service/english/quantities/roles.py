"""Tells a present number from a former one, and both from the change between them."""

import re
from enum import Enum

_LOOK_BACK_CHARS = 80
_MOVED = (
    r"up|down|r[io]se[ns]?|rising|f[ae]lls?|fallen|falling|dropp?(?:s|ed|ing)?|gr[eo]ws?|grown"
    r"|growing|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|cut|cuts|cutting"
    r"|rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?|revis(?:e|es|ed|ing)|chang(?:e|es|ed|ing)"
    r"|climb(?:s|ed|ing)?|gain(?:s|ed|ing)?|los[et]s?|losing|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)"
    r"|soar(?:s|ed|ing)?|plung(?:e|es|ed|ing)|slump(?:s|ed|ing)?|slid|slip(?:s|ped|ping)?"
    r"|shr[aiu]nks?|expand(?:s|ed|ing)?|reduc(?:e|es|ed|ing)|edg(?:es|ed|ing)\s+(?:up|down)"
)
_FORMER = re.compile(
    rf"(?:\b(?:{_MOVED})\b[^.;,]{{0,40}}?\bfrom"
    r"|\b(?:compared\s+(?:with|to)|instead\s+of|rather\s+than|against))"
    r"\s+(?:(?:the|an?|its|their)\s+)?(?:(?:earlier|previous|initial|original|last)\s+)?$",
    re.IGNORECASE,
)
"""What stands before a former number: "up from", "compared with"."""
_BY = re.compile(rf"\b(?:{_MOVED})\b[^.;,]{{0,30}}?\bby\s+(?:an?\s+)?$", re.IGNORECASE)
_AT_ONCE = re.compile(
    rf"\b(?:{_MOVED})\s+(?:(?:sharply|further|slightly|again|another|a|an)\s+)*$", re.IGNORECASE
)
_STEP_FOLLOWS = re.compile(
    r"(?<![\s-])[\s-]++(?:(?:pay|tax|wage|price|rate)\s+)?(?:ris(?:e|es)|increase|decrease|drop|fall|cut"
    r"|decline|growth|jump|surge|gain|loss|reduction|raise|hike|more|less|fewer|higher|lower"
    r"|faster|slower|up|down)\b(?!\s+than\s+\d)",
    re.IGNORECASE,
)
_DISTANCE_FOLLOWS = re.compile(
    r"(?<!\s)\s++(?:ago|after|before|later|earlier|since|prior|from\s+now|away|into|early|late)\b",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"\b(?:past|last|next|first|final|previous|coming|every|within)\s+$", re.IGNORECASE
)


class Role(Enum):
    """What a number says of the thing that it measures: its level, its former level, or a change.

    A `DISTANCE` says when or where: "three years ago", "the past three years".
    """

    LEVEL = "level"
    FORMER = "former"
    CHANGE = "change"
    DISTANCE = "distance"


def distance(text: str, start: int, end: int) -> bool:
    """Whether the time or length at `start` to `end` tells when or where."""
    at = max(0, start - _LOOK_BACK_CHARS)
    return bool(_DISTANCE_FOLLOWS.match(text, end) or _WINDOW.search(text, at, start))


def role(text: str, start: int, end: int, *, share_or_sum: bool) -> Role:
    """The role of the number at `start` to `end`.

    "Rose by 5" is a change, "rose to 5" is a level. "Rose 5 percent" is a change too, but "cut 450
    jobs" counts jobs: without "by", only a share or a sum of money (`share_or_sum`) is a change.
    """
    at = max(0, start - _LOOK_BACK_CHARS)
    if _FORMER.search(text, at, start):
        return Role.FORMER
    if _BY.search(text, at, start):
        return Role.CHANGE
    if share_or_sum and (_AT_ONCE.search(text, at, start) or _STEP_FOLLOWS.match(text, end)):
        return Role.CHANGE
    return Role.LEVEL
