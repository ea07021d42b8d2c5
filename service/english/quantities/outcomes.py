"""Finds what happened to those whom a number counts: "12 killed" are not "30 injured"."""

import re

from service.domain.text import Span

_OUTCOMES = {
    "killed": r"kill\w*|die[ds]?|dying|dead|deaths?|fatalit\w+|deceased|murder\w*|drown\w*"
    r"|death toll|executed|lives",
    "hurt": r"injur\w+|wound\w*|hurt|maimed",
    "missing": r"missing|unaccounted for",
    "held": r"arrest\w*|detain\w*|jail\w*|imprison\w*|taken into custody|charged|convicted",
    "saved": r"rescu\w+|saved|surviv\w+|pulled alive",
    "moved": r"evacuat\w+|displaced|fled|homeless",
    "ill": r"infect\w+|tested positive|hospitali[sz]ed|fell ill|sickened|cases",
    "recovered": r"recover\w*|discharged|released|freed",
    "hired": r"hired?|hiring|recruit(?:ed|s|ing)?",
    "dismissed": r"laid off|lay off|dismiss\w*|sacked|fired|redundan\w+|job cuts|jobs? lost",
    "in favour": r"in favou?r|voted (?:for|yes)|back(?:ed|ing)|approv\w+|support\w*",
    "against": r"against|oppos\w+|voted no|disapprov\w+|reject\w*",
    "won": r"won|wins?|winning|victor\w+",
    "lost": r"lost|loses?|losing|defeat\w*|losses",
    "destroyed": r"destroy\w*|burn(?:ed|t) down|razed",
    "damaged": r"damag\w+",
    "built": r"built|build\w*|construct\w*",
    "sold": r"sold|sells?|selling|export\w*",
    "bought": r"bought|buys?|buying|import\w*|purchas\w+",
    "born": r"born|births?",
}
_OUTCOME = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<o{i}>{words})" for i, words in enumerate(_OUTCOMES.values()))
    + r")\b",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(r"[,;:.!?\n—–]\s|\b(?:and|but|while|whereas)\b|\d")


def outcome(text: str, quantity: Span) -> str | None:
    """The outcome in the clause of the quantity, None where it has none.

    It is looked for in the words of the quantity ("12 deaths"), then after it up to the next clause
    or number ("12 people were killed"), then before it ("killing 12 people").
    """
    after = _NEXT_CLAUSE.search(text, quantity.end)
    end = after.start() if after else len(text)
    found = _OUTCOME.search(text, quantity.start, end)
    if not found:
        starts = [match.end() for match in _NEXT_CLAUSE.finditer(text, 0, quantity.start)]
        before = list(_OUTCOME.finditer(text, starts[-1] if starts else 0, quantity.start))
        found = before[-1] if before else None
    if not found or not found.lastgroup:
        return None
    return list(_OUTCOMES)[int(found.lastgroup[1:])]
