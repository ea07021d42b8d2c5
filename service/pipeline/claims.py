"""Tells statements that an archive can bear out from what it cannot."""

import re

_QUESTION = re.compile(r"\?[\"'”’)\]]*\s*$")
_OPINION = re.compile(
    r"""
    \b(?:I|we)\s+(?:think|believe|feel|hope|guess|suppose|prefer|love|hate)\b
    |\b(?:in\s+my|in\s+our)\s+(?:view|opinion)\b
    |\b(?:should|ought\s+to|must\s+not|deserves?\s+to)\b
    |\b(?:most|more|very|so|too|truly|simply)\s+(?:beautiful|ugly|boring|exciting|important|wonderful
      |disappointing|impressive|interesting|elegant|shameful|embarrassing|irresponsible)\b
    |\b(?:is|are|was|were)\s+(?:a\s+|an\s+|the\s+)?(?:beautiful|ugly|wonderful|terrible|awful|great
      |disgraceful|shameful|absurd|ridiculous|amazing|brilliant|stupid|best|worst|finest)\b
    |\b(?:sadly|thankfully|frankly|hopefully|unfortunately|fortunately)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PREDICTION = re.compile(
    r"""
    \bwill\s+(?:probably|likely|surely|certainly|inevitably|eventually|soon|never|undoubtedly)\b
    |\b(?:is|are)\s+(?:likely|bound|destined|certain|sure)\s+to\b
    |\bI\s+(?:predict|expect)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COMMAND = re.compile(
    r"""^\W*(?:please\s+\w+
    |(?:read|see|click|subscribe|call|listen|watch|join|follow|share|note|consider|imagine|remember
      |vote|stop|let[’']?s)\s+(?:more|our|the|to|us|that|a|an|this|here|how|on|for|at)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|according\s+to|claim(?:s|ed)|denied|announced|argued|warned|believes?d?"
    r"|insist(?:s|ed)|call(?:s|ed))\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|does|did|do|can|could|said|says)\b|\d|\w{2,}ed\b",
    re.IGNORECASE,
)
"""A hint of a predicate or a figure, which a list item has and a heading seldom."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDS_A_STATEMENT = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
MIN_WORDS = 3
MIN_WORDS_OF_AN_ITEM = 4


def is_checkable(claim: str) -> bool:
    """Whether the claim states something; not a question, an opinion, a prediction, a command.

    An opinion that the claim itself attributes to somebody is checkable: that it was said is fact.
    """
    if _QUESTION.search(claim) or _COMMAND.search(claim):
        return False
    if _REPORTED.search(claim):
        return True
    return not _OPINION.search(claim) and not _PREDICTION.search(claim)


def states_something(sentence: str) -> bool:
    """Whether a draft's sentence is worth a check: it is whole and checkable."""
    return has_predicate(sentence) and is_checkable(sentence)


def has_predicate(sentence: str) -> bool:
    """Whether the words are a sentence rather than a heading or a fragment.

    A list item often ends without a full stop, as a heading does: it counts when it is long enough
    and has a verb's form or a figure.
    """
    words = len(_WORD.findall(sentence))
    ended = bool(_ENDS_A_STATEMENT.search(sentence)) and words >= MIN_WORDS
    item = words >= MIN_WORDS_OF_AN_ITEM and bool(_FINITE.search(sentence))
    return ended or item
