"""Who "he", "Smith" and "the minister" are, where the article leaves no doubt.

A wrong speaker is worse than none, so whatever is ambiguous stays unresolved.
"""

import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from service.domain.quote import SpeakerKind, Speech
from service.domain.text import Span
from service.english.lexicon import PERSON_PRONOUNS
from service.english.speakers.organisations import Institutions, Resolved
from service.english.speakers.people import People
from service.english.speakers.phrases import Speaker
from service.english.speakers.questions import Question, asks, is_answer, question_in
from service.english.text.persons import PersonName

# How many sentences back a pronoun looks for whom it stands for.
PRONOUN_REACH_SENTENCES = 3
_NOUN_WITHIN = 3
"""Words of a description among which its noun is: "one senior person"."""
_COMMA = ", "
_BEFORE_WHO = frozenset({" ", _COMMA})


@dataclass(frozen=True, slots=True)
class _Person:
    """Someone mentioned at `at`: by a name, or as a speaker without one."""

    at: Span
    name: PersonName | None
    speaker: Speaker | None
    pronoun: str | None = None
    spoke: bool = False


class Covered:
    """Stretches of a text that may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._reaches = list(accumulate((span.end for span in self._spans), max))

    def contains(self, span: Span) -> bool:
        """Whether `span` lies within one of them."""
        index = bisect.bisect_right(self._spans, span.start, key=lambda s: s.start) - 1
        return index >= 0 and span.end <= self._reaches[index]


@dataclass(slots=True)
class Resolution:
    """Resolves the speakers of one article in the order of its text.

    `quoted` is what stands between quotation marks. Who has spoken is kept by sentence, and who was
    described without a name by the nouns of the description, and its words.
    """

    text: str
    people: People
    sentences: Sequence[Span]
    quoted: Covered
    institutions: Institutions
    _last: Speaker | None = None
    _question: Question | None = None
    _spoken: dict[int, list[_Person]] = field(default_factory=lambda: defaultdict(list))
    _surnames: set[str] = field(default_factory=set)
    _described: dict[str, dict[str, _Person]] = field(default_factory=lambda: defaultdict(dict))

    def resolve(self, speaker: Speaker, speech: Speech) -> Resolved | None:
        """The fullest mention of whoever `speaker` is, None if that is it, or if unsure."""
        pronoun = speaker.pronoun
        if speaker.kind is SpeakerKind.INSTITUTION:
            self._note(_Person(speaker.mention.span, None, speaker, spoke=True))
            return self.institutions.body(speaker)
        if speaker.kind is SpeakerKind.DOCUMENT:
            return self.institutions.document(speaker)
        if pronoun == "it":
            return self.institutions.it(speaker, self._last)
        person = self._meant(speaker, speech)
        self._ask(speaker, person, speech)
        if person is None:
            return None
        called = pronoun if pronoun in PERSON_PRONOUNS else person.pronoun
        self._note(_Person(speaker.mention.span, person.name, person.speaker, called, spoke=True))
        return self._fullest(person, speaker)

    def _note(self, person: _Person) -> None:
        """Keeps that somebody spoke."""
        self._last = person.speaker
        self._spoken[self._sentence(person.at.start)].append(person)
        if person.name is not None:
            self._surnames.add(person.name.surname)
        if person.speaker is not None and _is_one(person.speaker):
            for noun in _nouns(person.speaker):
                self._described[noun].setdefault(person.speaker.mention.text.lower(), person)

    def _ask(self, speaker: Speaker, person: _Person | None, speech: Speech) -> None:
        """Keeps a question until somebody is named who says something else."""
        by = person.name if person else None
        asked = question_in(self.text, speaker, by, speech, self.people)
        if asked is not None or speaker.pronoun is None:
            self._question = asked

    def _sentence(self, position: int) -> int:
        """The index of the sentence that holds an offset."""
        return bisect.bisect_right(self.sentences, position, key=lambda s: s.start) - 1

    def _meant(self, speaker: Speaker, speech: Speech) -> _Person | None:
        if speaker.pronoun == "who":
            return self._right_before(speaker)
        if speaker.pronoun is None:
            return self._named(speaker)
        if speaker.pronoun not in PERSON_PRONOUNS:
            return None
        return self._answering(speaker, self._antecedent(speaker, speech.content), speech)

    def _answering(
        self, speaker: Speaker, likeliest: _Person | None, speech: Speech
    ) -> _Person | None:
        """Who "he" is right after a question: whoever was asked, if he answers; with another cue
        nobody, where it looks like who asked and may as well be who was asked."""
        question = self._question
        start = min(speaker.mention.span.start, speech.content[0].start)
        if (
            question is None
            or asks(self.text, speech)
            or self._sentence(start) > self._sentence(question.end - 1) + 1
        ):
            return likeliest
        asked = _Person(question.of.mention.span, question.of, None) if question.of else None
        fits = asked is not None and self._agrees(asked, speaker.pronoun)
        answers = is_answer(self.text, speech)
        if answers and fits:
            return asked
        if answers and question.called and question.pronoun != speaker.pronoun:
            return None
        asks_again = likeliest is not None and _asked(likeliest, question)
        return None if asks_again and (fits or answers) else likeliest

    def _right_before(self, speaker: Speaker) -> _Person | None:
        """Whom "who" continues: "Smith, who", with nothing but a comma between them."""
        start = speaker.mention.span.start
        name = self.people.before(start)
        if name is None or self.text[name.mention.span.end : start] not in _BEFORE_WHO:
            return None
        return _Person(name.mention.span, name, None)

    def _named(self, speaker: Speaker) -> _Person | None:
        """Whom a name or a description means."""
        if speaker.name is not None:
            return _Person(speaker.mention.span, speaker.name, speaker)
        named = self._named_after(speaker) or self._by_role(speaker)
        return named or _Person(speaker.mention.span, None, speaker)

    def _named_after(self, speaker: Speaker) -> _Person | None:
        """Whose name follows right after a role and a comma: "his lawyer, Ann Smith"."""
        end = speaker.mention.span.end
        if not speaker.role or not self.text.startswith(_COMMA, end):
            return None
        name = self.people.beginning(end + len(_COMMA))
        if name is None or len(name.words) == 1:
            return None
        return _Person(speaker.mention.span, name, None)

    def _by_role(self, speaker: Speaker) -> _Person | None:
        """Whom "the president" or "the official" means: the only one so called before."""
        words = speaker.mention.text.lower().split()
        if len(words) != 2 or words[0] != "the" or words[1][-1] == "s":
            return None
        before = speaker.mention.span.start
        titled = self.people.titled(words[1], before)
        if titled is not None:
            return _Person(speaker.mention.span, titled, None)
        described = self._described.get(words[1], {})
        if len(described) == 1 and " ".join(words) not in described:
            return next(iter(described.values()))
        return None

    def _fullest(self, person: _Person, speaker: Speaker) -> Resolved | None:
        if person.name is not None:
            called = speaker.pronoun if speaker.pronoun in PERSON_PRONOUNS else person.pronoun
            fuller = self.people.fullest(person.name, called) or person.name.mention
            if speaker.mention.span.contains(fuller.span):
                return None
            return Resolved(fuller, fuller.span, SpeakerKind.NAMED)
        other = person.speaker
        if other is None or other.mention.span == speaker.mention.span:
            return None
        return Resolved(other.mention, other.mention.span, other.kind)

    def _antecedent(self, speaker: Speaker, content: Sequence[Span]) -> _Person | None:
        """Whom "he" or "she" stands for: the one person in the nearest sentence with any.

        Whoever is mentioned in the very words that "he" said is somebody else.
        """
        position = speaker.mention.span.start
        index = self._sentence(position)
        before = min(position, content[0].start)
        for back in range(min(PRONOUN_REACH_SENTENCES, index) + 1):
            sentence = self.sentences[index - back]
            if self._is_quoted(sentence):
                continue
            near = Span(sentence.start, max(sentence.start, min(sentence.end, before)))
            everyone = self._mentioned(near, content)
            agreeing = [person for person in everyone if self._agrees(person, speaker.pronoun)]
            if agreeing or self.people.strange_within(near):
                likeliest = self._likeliest(agreeing, sentence)
                return likeliest if back or _leads(likeliest, sentence) else None
        return None

    def _likeliest(self, near: Sequence[_Person], sentence: Span) -> _Person | None:
        """The only one who speaks in the sentence, else the only one that it mentions."""
        spoken = _only([person for person in near if person.spoke])
        if spoken is not None:
            return spoken
        only = None if self.people.strange_within(sentence) else _only(near)
        if only is None or not (only.at.start == sentence.start or self._is_surely_one(only)):
            return None
        return only

    def _is_surely_one(self, person: _Person) -> bool:
        """Whether a name is a person's beyond doubt: by title, by given name, or as a speaker."""
        name = person.name
        if name is None or name.titles or self.people.pronoun(name):
            return True
        return name.surname in self._surnames

    def _is_quoted(self, sentence: Span) -> bool:
        """Whether a sentence is all between quotation marks, but for the marks."""
        words = Span(sentence.start + 1, max(sentence.start + 1, sentence.end - 1))
        return self.quoted.contains(words)

    def _mentioned(self, span: Span, content: Sequence[Span]) -> list[_Person]:
        """Everyone mentioned in `span`, but for words between quotation marks and `content`."""
        said = Covered(content)
        named = [
            _Person(name.mention.span, name, None)
            for name in self.people.within(span)
            if not (self.quoted.contains(name.mention.span) or said.contains(name.mention.span))
        ]
        here = self._spoken.get(self._sentence(span.start), ())
        spoken = [person for person in here if span.contains(person.at)]
        return [*spoken, *(p for p in named if not any(s.at.overlaps(p.at) for s in spoken))]

    def _agrees(self, person: _Person, pronoun: str | None) -> bool:
        """Whether a person may be called so, as far as names, titles and pronouns tell."""
        if person.name is None:
            return person.speaker is not None and _is_somebody(person.speaker)
        if person.name.surname[-1] == "s" and not self.people.knows(person.name):
            return False  # "Pundits"
        called = person.pronoun or self.people.pronoun(person.name)
        return called is None or called == pronoun


def _asked(person: _Person, question: Question) -> bool:
    """Whether it is this person's question."""
    if person.name is None or question.by is None:
        return person.at == question.at
    return person.name.surname == question.by.surname


def _nouns(speaker: Speaker) -> Sequence[str]:
    """What somebody was described as: "an official", "a person close to the mayor"."""
    if speaker.role is not None:
        return speaker.role.text.lower().split()[-1:]
    return speaker.mention.text.lower().split()[:_NOUN_WITHIN]


def _is_one(speaker: Speaker) -> bool:
    """Whether somebody was introduced without a name: "a person close to the mayor"."""
    words = speaker.mention.text.lower().split()
    return words[0] in {"a", "an", "one", "another"} or speaker.kind is SpeakerKind.NAMED


def _is_somebody(speaker: Speaker) -> bool:
    """Whether a description is of one person: "an official", not "officials" nor "the army"."""
    text = speaker.mention.text.lower()
    one = text.startswith(("a ", "an ", "the ", "one ")) and speaker.role is not None
    return one and speaker.kind is SpeakerKind.ANONYMOUS and not text.endswith("s")


def _leads(person: _Person | None, sentence: Span) -> bool:
    """Whether a sentence is about somebody: it begins with them, or they speak in it."""
    return person is not None and (person.spoke or person.at.start == sentence.start)


def _only(near: Sequence[_Person]) -> _Person | None:
    """The one person among mentions, None where there are several."""
    keys = {p.name.surname if p.name else str(p.speaker and p.speaker.mention.span) for p in near}
    return near[0] if len(keys) == 1 else None
