"""Which acts that a tagger marks are reports of words or thoughts, and so quotes.

Annotators of attribution mark what somebody supports, signs or plans as well: half of PolNeAR's
indirect attributions. What is left of "she signed the bill" is "the bill", which nobody said.
"""

import re

from service.domain.quote import Speech, SpeechKind
from service.domain.text import Mention
from service.english.lexicon import QUESTION_WORDS, WORDS_OF_REPORTING
from service.english.speech.verbs import has_verb
from service.english.text.negation import negations
from service.english.text.tokens import words_of
from service.english.text.words import stem

_DOUBTS = re.compile(r"\b(?:doubt|question|contest|rebut|ask|wonder)", re.IGNORECASE)
_A_NAME = 2
"""Words that are no statement yet."""
_BEFORE_CLAUSES = QUESTION_WORDS | {"that", "whether", "“", '"', "‘"}
_NOBODY = frozenset("nobody none neither nothing no".split())
_BE = frozenset("is are was were be been".split())
_LABELS = frozenset(
    "photo photos video videos slideshow podcast related read watch listen more update correction"
    " exclusive breaking opinion analysis fyi psa note".split()
)
_PLANS = frozenset("plan plans schedule script custom tradition".split())
_BY = frozenset("by in".split())
_WORD = re.compile(r"[^\W_]+")
_REPORTS = frozenset(map(stem, WORDS_OF_REPORTING))


def is_reported(text: str, speech: Speech) -> bool:
    """Whether words are quoted, or the cue tells of words, findings or beliefs and there is more to
    them than a name."""
    if speech.source and speech.source[0].of(text).lower().split()[0] in _NOBODY:
        return False  # "nobody expected it"
    if speech.cue and _is_label(text, speech):
        return False
    if speech.kind is not SpeechKind.INDIRECT or not speech.cue:
        return True
    if sum(len(_WORD.findall(piece.of(text))) for piece in speech.content) <= _A_NAME:
        return False  # "wrote for the court"
    words = [word for span in speech.cue for word in _WORD.findall(span.of(text).lower())]
    if words and words[0] in _BE and words[-1] not in _BY:
        return False  # "is expected"
    return not words or any(stem(word) in _REPORTS for word in words)


def _is_label(text: str, speech: Speech) -> bool:
    """Whether nobody is named: "PHOTOS: The flood", "it went according to plan"."""
    cue = speech.cue[0].of(text).lower()
    called = speech.source[0].of(text).lower() if speech.source else ""
    return called in (_LABELS if cue == ":" else _PLANS if cue == "according to" else ())


def is_clause(text: str, speech: Speech) -> bool:
    """Whether what is reported can be read alone: a quotation, or words with a subject and a verb;
    not so "for permission to leave"."""
    if speech.kind is SpeechKind.DIRECT:
        return True
    words = [word for piece in speech.content for word in words_of(text, piece)]
    start = next((i for i, word in enumerate(words) if word.low not in _BEFORE_CLAUSES), 0)
    # The first word may only look like a verb: "repairs will take six weeks".
    return any(has_verb(words, begin, len(words)) for begin in (start, start + 1))


def is_asserted(cue: Mention | None) -> bool:
    """Whether who speaks so stands by the words: not after "denied", "doubted", "did not say"."""
    return cue is None or not (_DOUBTS.search(cue.text) or negations(cue.text))
