"""Quotations signed with a dash and a name, “The bridge is safe.” — Eva Novak, engineer, or under a
line that names who speaks: From the desk of Eva Novak"""

import re
from collections.abc import Sequence

from service.domain.text import Span
from service.english.lexicon import AUXILIARIES, DASHES, NAME_PARTICLES
from service.english.speech.cues import GRAMMAR
from service.english.speech.verbs import is_verb
from service.english.text.tokens import Token

LONGEST_SIGNATURE = 16
SIGNING_DASHES = DASHES | {"―", "-", "~"}
_LEADS = (
    "from the desk of", "a word from", "a message from", "message from", "a statement from",
    "statement from", "a statement by", "statement by", "a note from",
)  # fmt: skip
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


def signature(tokens: Sequence[Token]) -> int | None:
    """The dash, in a statement that is quotations, a dash and a name with what is said of it; else
    None."""
    ends = (i for i, token in enumerate(tokens) if token.is_word or token.text in SIGNING_DASHES)
    dash = next(ends, 0)
    if dash == 0 or tokens[dash].text not in SIGNING_DASHES or tokens[dash - 1].quotation is None:
        return None
    signed = tokens[dash + 1 :]
    if not 0 < len(signed) <= LONGEST_SIGNATURE or any(t.quotation is not None for t in signed):
        return None
    name = next((i for i, token in enumerate(signed) if not token.is_word), len(signed))
    if name == 0 or (name < len(signed) and signed[name].text not in {",", "(", "."}):
        return None
    named = all(t.is_capitalised or t.low in NAME_PARTICLES for t in signed[:name])
    return dash if named else None


def introduction(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Who is named in a line without a verb, to whom the quotation under it belongs: after "From
    the desk of", or at its start with a role or a colon after it. None in any other line."""
    if len(tokens) > LONGEST_SIGNATURE or any(_is_of_a_clause(token) for token in tokens):
        return None
    lows = " ".join(token.low for token in tokens)
    lead = next((lead for lead in _LEADS if lows.startswith(lead + " ")), "")
    start = len(lead.split())
    end = start
    while end < len(tokens) and (tokens[end].is_capitalised or tokens[end].low in NAME_PARTICLES):
        end += 1
    last = len(tokens) - (tokens[-1].text in {".", ":", ","})
    role = [token.text for token in tokens[end:last]]
    described = tokens[-1].text == ":" or (role[:1] == [","] and role[1:2] and role[1].islower())
    return (start, last) if end - start > 1 and (lead or described) else None


def _is_of_a_clause(token: Token) -> bool:
    return token.quotation is not None or (
        token.text.islower()
        and (token.low in AUXILIARIES or token.low in GRAMMAR or is_verb(token))
    )


def is_post(text: str, sentence: Span) -> bool:
    """Whether a sentence is part of a post of a social network: the line is signed as one."""
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    line = text[start : end if end >= 0 else len(text)]
    return line.startswith("“") and _POST.search(line) is not None
