"""Finds words that show that a sentence states no present fact: an accusation, a plan, a condition,
a denial, a state that has ended."""

import re

from service.domain.verdict import Status

_CORRECTED = r"""
    \b(?:correction|clarification)\s*: | \bearlier\s+version\s+of\s+(?:this|the)\b
    | \b(?:incorrectly|wrongly|mistakenly|originally|previously)\s+
        (?:stated|said|reported|gave|listed)\b
    | \b(?:article|story|report|post)\s+(?:was|has\s+been)\s+(?:amended|corrected|updated)\b
"""
_DENIED = r"""
    \bno\s+(?:truth|evidence|proof|sign|indication)\b | \bmyth\s*: | \bhoax\b | \bsatir\w+
    | \b(?:falsely|wrongly)\b
    | \b(?:is|are|was|were)\s+(?:false|untrue|fake|bogus|baseless|unfounded)\b
    | \bdebunk\w*\b | \bcontrary\s+to\b | \bden(?:y|ies|ied)\b | \bdid\s+not\s+happen\b
    | \bacquitt\w+ | \bcleared\s+of\b | \bnot\s+guilty\b
"""
_ALLEGED = r"""
    \ballege[ds]?\b | \ballegation\w*\b | \ballegedly\b | \brumou?r\w*\b
    | \baccus(?:e|es|ed|ing|ation|ations)\b | \bcharged\s+with\b | \bcharges?\s+of\b
    | \bsuspect\w*\b | \bon\s+suspicion\b | \bindict\w*\b | \blawsuits?\b | \bsu(?:es|ed|ing)\b
    | \bunconfirmed\b | \bunverified\b | \bclaim(?:s|ed)?\s+that\b | \binvestigat\w+\s+whether\b
"""
_CONDITIONAL = r"""
    \bif\b | \bunless\b | \bprovided\s+that\b | \bas\s+long\s+as\b | \bwould\s+have\b
    | \bwere\s+to\b | \bin\s+the\s+event\b
"""
_PLANNED = r"""
    \bplan(?:s|ned|ning)?\s+(?:to|on|for)\b | \bpropos(?:e|es|ed|al|als)\b | \bintend\w*\s+to\b
    | \b(?:is|are|was|were)\s+(?:\w+ly\s+)?
        (?:expected|set|due|scheduled|slated|supposed|poised)\s+to\b
    | \bhop(?:e|es|ed|ing)\s+to\b | \bwill\b | \bwould\b | \bmay\b | \bmight\b | \bcould\b
    | \b(?:tr(?:y|ies|ied|ying)|attempt\w*|fail\w*|seek\w*|sought|vow\w*|pledg\w*|promis\w*)\s+to\b
    | \b(?:nearly|almost)\s+[a-z]+(?:ed|t|nk|ll)\b | \bconsider(?:s|ed|ing)?\s+\w+ing\b
"""
_PAST = r"""
    \b(?:former|formerly|ex-\w+|then-\w+|previously|once)\b | \bused\s+to\b | \bno\s+longer\b
    | \buntil\s+(?:last|this|\w+\s+\d|\d{4}|he|she|they|it)\b
    | \b(?:reopen|lift|resign|repeal|revok)\w*\b
"""
_CUES = {
    status: re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for status, pattern in (
        (Status.CORRECTED, _CORRECTED),
        (Status.DENIED, _DENIED),
        (Status.ALLEGED, _ALLEGED),
        (Status.CONDITIONAL, _CONDITIONAL),
        (Status.PLANNED, _PLANNED),
        (Status.PAST, _PAST),
    )
}
BY_WEIGHT = (Status.QUESTIONED, *_CUES)
"""If a sentence has words of several, its status is the first of them."""

_ENDS_A_STATE = re.compile(
    r"""\b(?:re-?open|lift(?:s|ed|ing)?\b|resign|step(?:s|ped|ping)?\s+down|quits?\b|acquit|repeal
      |revok|rescind|overturn|withdr|reinstat|restor|resum|cancel|call(?:s|ed)\s+off|no\s+longer\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words for the end of a state: a bridge reopens, a minister resigns, a ban is lifted."""
_SATIRE = re.compile(r"\b(?:satir\w+|parody|hoax(?:es)?)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?[\"”’)\]]*\s*$")


def is_no_report(text: str) -> bool:
    """Whether a sentence is a question or about satire: it is never evidence for what it says."""
    return bool(_QUESTION.search(text) or _SATIRE.search(text))


def statuses(text: str) -> frozenset[Status]:
    """Every status for which a text has words."""
    found = {status for status, cues in _CUES.items() if cues.search(text)}
    return frozenset(found | {Status.QUESTIONED} if _QUESTION.search(text) else found)


def ends_something(text: str) -> bool:
    """Whether a text has words for the end of a state."""
    return bool(_ENDS_A_STATE.search(text))
