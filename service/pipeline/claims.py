"""Tells whether a claim is checkable: whether an archive can confirm or refute it."""

import re

from service.domain.verdict import Why
from service.english.lexicon import LEMMAS

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
    r"""^\W*(?:(?:please|let[’']s)\s+\w+
    |(?:read|see|click|subscribe|call|listen|watch|join|follow|share|note|consider|imagine|remember
      |vote|stop)\s+(?:more|our|the|to|us|that|a|an|this|here|how|on|for|at)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORTED = re.compile(
    r"""(?<!\bI\s)(?<!\bwe\s)
    \b(?:said|says|told|according\s+to|claim(?:s|ed)|denied|announced|argued|warned|believes?d?
    |insist(?:s|ed)|call(?:s|ed)|thinks?|thought|agree[sd]?|complain(?:s|ed)|holds?|held|wrote|writes
    |advis(?:es|ed)|acknowledg(?:es|ed)|answer(?:s|ed)|views?|wants?|wanted|predict(?:s|ed)|rules?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    r"""^\W*(?:
      (?:who|what|when|where|why|how(?:\s+(?:many|much|long|old|far)(?:\s+\w+){0,3}?)?)\s+
        (?:is|are|was|were|do|does|did|has|have|had|can|could|would|should)\b(?![^?]*\bis\s+that\b)
    | (?:is|are|was|were|do|does|did|has|have|had|can|could|would|should)\s+
        (?:the|a|an|there|it|he|she|they|we|you|this|that|these|any|anyone|[A-Z]\w+)\b
    )(?![^?]*,)(?![^?]*[.]\s*$)""",
    re.VERBOSE | re.IGNORECASE,
)
"""A question without a question mark. A statement that begins like one mostly has a comma or a full
stop."""
_FURNITURE = re.compile(
    r"""^\W*(?:
      this\s+(?:article|story|page|post)\s+(?:is|was|has|contains|originally|first)\b
    | (?:sign\s+up|subscribe|log\s+in|follow\s+us|advertisement|read\s+(?:more|also|next)
      |share\s+this|all\s+rights\s+reserved|copyright|story\s+continues
      |image\s+(?:source|caption)|photo(?:\s+by)?\s*:
      |watch\s*:|listen\s*:|related\s*:|updated\s*:|published\s*:)\b
    | .{0,60}\(@\w+\)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of a page around its text: notices, invitations, the signature of a post."""
_POINTS_BACK = re.compile(
    r"""^[\W\d]*(?:
      (?:he|she|they)\b(?!\s+(?-i:[A-Z]))
    | (?:that|this|these|those|it)\s+(?:\w+ly\s+)?
        (?:is|are|was|were|has|have|had|does|did|will|would|can|could|may|might|must|remains?|means?
          |happen(?:s|ed)|came|comes|made|makes|took|takes|went|goes|includes?d?|follow(?:s|ed))\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_EXPLAINS_IT = re.compile(
    r"^[\W\d]*(?:it|this|that)\s+(?:is|was|has\s+been|will\s+be|would\s+be|took|takes|remains)\s.*"
    r"\b(?:to|that|since|who|whose|which|for|when|before)\b|^\W*it\s+(?:rain|snow)",
    re.IGNORECASE,
)
"""The sentence says itself what "it" is: "It is illegal to park here"."""
_FINITE = re.compile(
    r"""\b(?:is|are|was|were|am|has|have|had|will|would|does|did|do|can|could|may|might|must|shall
      |should|said|says)\b|n[’']t\b|[’'](?:s|re|ve|ll|d)\b|\d|\b\w{2,}ed\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A sign of a predicate, or a figure: a list item has one, a heading seldom has."""
_MAY_BE_A_VERB = re.compile(r"\b[a-z]{2,}(?:s|ing|en)\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDS_A_STATEMENT = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
MIN_WORDS = 3
MIN_WORDS_OF_AN_ITEM = 4


def why_not_checkable(claim: str) -> Why | None:  # noqa: PLR0911 - an answer for each reason
    """Why the claim is not checkable, None where it is.

    An opinion that the claim attributes to somebody is checkable: whether it was said is a fact.
    """
    if _FURNITURE.search(claim):
        return Why.FRAGMENT
    if _QUESTION.search(claim) or _ASKS.search(claim):
        return Why.QUESTION
    if _COMMAND.search(claim):
        return Why.COMMAND
    if _is_fragment(claim):
        return Why.FRAGMENT
    if _POINTS_BACK.search(claim) and not _EXPLAINS_IT.search(claim):
        return Why.NO_SUBJECT
    if _REPORTED.search(claim):
        return None
    if _OPINION.search(claim):
        return Why.OPINION
    return Why.PREDICTION if _PREDICTION.search(claim) else None


def states_something(sentence: str) -> bool:
    """Whether a draft's sentence is worth a check: it is whole and checkable."""
    return has_predicate(sentence) and why_not_checkable(sentence) is None


def has_predicate(sentence: str) -> bool:
    """Whether the words are a sentence, and not a heading or a fragment.

    A list item often ends without a full stop, as a heading does. It counts as a sentence if it is
    long enough and has a form of a verb, or a figure.
    """
    words = len(_WORD.findall(sentence))
    ended = bool(_ENDS_A_STATEMENT.search(sentence)) and words >= MIN_WORDS
    return ended or (words >= MIN_WORDS_OF_AN_ITEM and _may_have_a_verb(sentence))


def _may_have_a_verb(sentence: str) -> bool:
    """Whether a word looks like a verb or is a figure. A plural noun may look like a verb too."""
    if _FINITE.search(sentence) or _MAY_BE_A_VERB.search(sentence):
        return True
    return any(word.casefold() in LEMMAS for word in _WORD.findall(sentence))


def _is_fragment(claim: str) -> bool:
    """Whether it is a word, a name or a heading: too short, or without a possible verb."""
    words = len(_WORD.findall(claim))
    if words < MIN_WORDS - 1:
        return True
    if _FINITE.search(claim):
        return False
    return words < MIN_WORDS or not (_ENDS_A_STATEMENT.search(claim) or _may_have_a_verb(claim))
