"""Who was asked: whoever answers next is not the one who asked."""

import re
from dataclasses import dataclass

from service.domain.quote import Speech
from service.domain.text import Span
from service.english.lexicon import ROLES
from service.english.speakers.people import People
from service.english.speakers.phrases import Speaker
from service.english.text.persons import PersonName
from service.english.text.words import stem

_ASKING = frozenset(map(stem, "ask question quiz press grill".split()))
_ANSWERING = frozenset(map(stem, "answer reply replied respond retort counter".split()))
_ADDRESSEE = re.compile(r"\s+(?:(?:the|a|an|his|her|their)\s+(?P<noun>\w+)|(?P<object>him|her)\b)?")
_COMMA = ", "
_SUBJECTS = {"him": "he", "her": "she"}
_PASSIVE = re.compile(
    r"(?:\b(?:was|were|been|being|is|are)(?:\s+\w+)?\s*+|(?:\b(?:when|if)|[.,;:]|\A)\s*+|\n[^\S\n]*+)\w+\Z",
    re.IGNORECASE,
)
_LOOK_BACK_CHARS = 24
"""Room for the words before a cue."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody was asked something, and it ends at `end`.

    `at` is where who asked is named, `by` the name and `of` that of who was asked, each None if not
    known by name; `called` the noun or pronoun for who was asked, empty in "she asked why".
    """

    at: Span
    by: PersonName | None
    of: PersonName | None
    called: str
    end: int

    @property
    def pronoun(self) -> str | None:
        """What who was asked is called, where that is a pronoun."""
        return _SUBJECTS.get(self.called)


def question_in(
    text: str, speaker: Speaker, by: PersonName | None, speech: Speech, people: People
) -> Question | None:
    """The question that a speech is, None if it is none, or if nobody is said to ask it: "he was
    asked why"."""
    if not asks(text, speech):
        return None
    cue, start = speech.cue[-1].end, speaker.mention.span.start
    if _is_passive(text, speech) and text[cue:start].strip() != "by":
        return None
    end = max(cue, speech.content[-1].end)
    addressee = _ADDRESSEE.match(text, cue)
    if addressee is None or addressee.end() >= start >= cue:
        return Question(speaker.mention.span, by, None, "", end)
    noun = (addressee["noun"] or "").lower()
    named = people.beginning(addressee.end() + len(_COMMA) if noun else addressee.end())
    of = people.titled(noun, cue) if noun and named is None else named
    called = addressee["object"] or (of.surname if of else noun if noun in ROLES else "")
    return Question(speaker.mention.span, by, of, called, end)


def asks(text: str, speech: Speech) -> bool:
    """Whether the cue says that words are a question: "she asked"."""
    return _has_word(text, speech, _ASKING)


def is_answer(text: str, speech: Speech) -> bool:
    """Whether the cue says that words answer a question: "he replied"."""
    return _has_word(text, speech, _ANSWERING)


def _is_passive(text: str, speech: Speech) -> bool:
    """Whether the cue is "was asked", or the like without a verb: "asked why, she"."""
    start = speech.cue[0].start
    before = text[max(0, start - _LOOK_BACK_CHARS) : speech.cue[-1].end]
    return _PASSIVE.search(before) is not None


def _has_word(text: str, speech: Speech, stems: frozenset[str]) -> bool:
    words = (word for span in speech.cue for word in _WORD.findall(span.of(text)))
    return any(stem(word) in stems for word in words)
