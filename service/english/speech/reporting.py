"""Which acts that a tagger marks are reports of words or thoughts, and so quotes.

Annotators of attribution mark what somebody supports, signs or plans as well: half of PolNeAR's
indirect attributions. What is left of "she signed the bill" is "the bill", which nobody said.
"""

import re

from service.domain.quote import Attribution, Speech, SpeechKind
from service.english.text.negation import negations
from service.english.text.words import stem

_DOUBTS = re.compile(r"\b(?:doubt|question|contest|rebut|ask|wonder)", re.IGNORECASE)
_A_NAME = 2
"""Words that are no statement yet."""
_BE = frozenset("is are was were be been".split())
_BY = frozenset("by in".split())
_WORD = re.compile(r"[^\W_]+")
_REPORTS = frozenset(
    map(
        stem,
        """
        say says said saying tell told state write wrote written tweet post add argue insist claim
        note allege assert contend concede acknowledge admit explain complain announce declare
        confirm report reveal disclose indicate suggest imply emphasize emphasise stress recall
        remark observe mention comment respond reply answer testify conclude estimate calculate
        project forecast predict speculate propose recommend advise point underline underscore
        highlight reiterate repeat maintain swear swore vow pledge promise guarantee assure inform
        notify brief remind warn caution threaten urge demand order rule charge accuse blame deny
        dispute refute rebut reject doubt question ask wonder believe think thought fear hope worry
        suspect reckon assume expect know known show find found determine demonstrate document
        according per view opinion word words statement joke quip boast lament counter
        signal hint stipulate agree vouch retort exclaim shout caption chant
        """.split(),
    )
)


def is_reported(text: str, speech: Speech) -> bool:
    """Whether words are quoted, or the cue tells of words, findings or beliefs and there is more to
    them than a name."""
    if speech.kind is not SpeechKind.INDIRECT or not speech.cue:
        return True
    if sum(len(_WORD.findall(piece.of(text))) for piece in speech.content) <= _A_NAME:
        return False  # "wrote for the court"
    words = [word for span in speech.cue for word in _WORD.findall(span.of(text).lower())]
    if words and words[0] in _BE and words[-1] not in _BY:
        return False  # "is expected"
    return not words or any(stem(word) in _REPORTS for word in words)


def is_asserted(said: Attribution) -> bool:
    """Whether the speaker stands by the words: not after "denied", "doubted" or "did not say"."""
    cue = said.cue.text if said.cue else ""
    return not (_DOUBTS.search(cue) or negations(cue))
