"""What can be cut from a sentence so that the rest still follows from it."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, Label, weaker
from training.contrast.edit import Edit

KIND = "scope"
_TAIL = re.compile(
    r"(?<! who)(?<! that)(?<! and)(?<! but)(?<! which), "
    r"(?:(?:which|who|whose|where)\b[^,;:?!\"“”()]{12,}(?=\.$)"
    r"|(?:while|although|though|after|before|because|when|as (?:well as|the|it|he|she|they)|but"
    r"|including|adding|citing|making|leaving|despite|amid|prompting|leading)\b"
    r"[^;:?!\"“”()]{12,}(?=\.$))"
)
_OPENING = re.compile(
    r"^(?:(?P<empty>However|Meanwhile|Indeed|In fact|Moreover|Furthermore|Of course|Still|Instead"
    r"|In addition|Also|Overall|Today|Now|And yet|Yet|Then|Besides)"
    r"|(?:(?P<time>On|In(?! (?:most|some|many|few|no|theory|principle)\b)|During|After|Before|Since"
    r"|Last|Earlier)|Despite|At|While|As|Although|Because)\b[^,;:?!\"“”()]{3,60})"
    r", (?=[a-z]+|[A-Z][\w’']+)"
)
_ASIDE = re.compile(r" \([^()]{2,120}\)")
_APPOSITION = re.compile(
    r"(?<=[a-z]), (?:an? |the |who |which )[^,;:?!\"“”()]{5,70},(?= (?:is|was|has|had|said|says"
    r"|told|will|would|can|are|were|have|did|also|announced|called|became|[a-z]{3,}ed)\b)"
)
_KEEPS_NOTHING = re.compile(r"\b(?:if|unless|whether|would|could|not only)\b|[“”\"]", re.IGNORECASE)
MIN_LEFT_CHARS = 30


def changes(text: str, _: Random) -> Iterator[Change]:
    """Each of the parts that can go: relative and adverbial clauses, openings, asides."""
    if _KEEPS_NOTHING.search(text):
        return
    opening = _OPENING.search(text)
    if opening and _enough(text, len(opening[0])):
        label = Label.SUPPORTS if opening["empty"] else Label.NEUTRAL if opening["time"] else None
        yield Change((_without_opening(text, opening),), KIND, Label.SUPPORTS, label)
    for pattern in (_TAIL, _ASIDE, _APPOSITION):
        for match in pattern.finditer(text):
            if _enough(text, len(match[0])):
                yield weaker(KIND, Edit(match.start(), match.end(), ""))


def _without_opening(text: str, opening: re.Match[str]) -> Edit:
    end = opening.end()
    return Edit(0, end + 1, text[end].upper())


def _enough(text: str, cut: int) -> bool:
    return len(text) - cut >= MIN_LEFT_CHARS
