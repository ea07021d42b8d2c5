"""Quotations signed with a dash and a name: “The bridge is safe.” — Eva Novak, engineer"""

import re
from collections.abc import Sequence

from service.domain.text import Span
from service.english.lexicon import DASHES, NAME_PARTICLES
from service.english.text.tokens import Token

LONGEST_SIGNATURE = 16
NETWORKS = (
    "Bluesky",
    "Facebook",
    "Instagram",
    "Mastodon",
    "Reddit",
    "Threads",
    "TikTok",
    "Twitter",
)
_POST = re.compile(
    rf"”\s[—–-]\s(?:[^\n]{{1,120}}\s)?\(?(?:@[\w.@-]+|(?<=\()(?:{'|'.join(NETWORKS)}))\)?\s*\Z"
)
"""How a post of a network is signed: “…” — Eva Novak (@evanovak), “…” — Eva Novak (Facebook)."""
_DASHES = DASHES | {"―", "-"}


def signature(tokens: Sequence[Token]) -> int | None:
    """The dash, in a statement that is quotations, a dash and a name with what is said of it; else
    None."""
    dash = next((i for i, token in enumerate(tokens) if token.is_word or token.text in _DASHES), 0)
    if dash == 0 or tokens[dash].text not in _DASHES or tokens[dash - 1].quotation is None:
        return None
    signed = tokens[dash + 1 :]
    if not 0 < len(signed) <= LONGEST_SIGNATURE or any(t.quotation is not None for t in signed):
        return None
    name = next((i for i, token in enumerate(signed) if not token.is_word), len(signed))
    if name == 0 or (name < len(signed) and signed[name].text not in {",", "(", "."}):
        return None
    named = all(t.is_capitalised or t.low in NAME_PARTICLES for t in signed[:name])
    return dash if named else None


def is_post(text: str, sentence: Span) -> bool:
    """Whether a sentence is part of a post of a social network: the line is signed as one."""
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    line = text[start : end if end >= 0 else len(text)]
    return line.startswith("“") and _POST.search(line) is not None
