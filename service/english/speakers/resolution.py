"""Who "he", "Smith" and "the minister" are, where the article leaves no doubt.

A wrong speaker is worse than none, so whatever is ambiguous stays unresolved.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.quote import SpeakerKind
from service.domain.text import Span
from service.english.lexicon import PERSON_PRONOUNS
from service.english.speakers.organisations import Institutions, Resolved
from service.english.speakers.people import People
from service.english.speakers.phrases import Speaker
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


@dataclass(slots=True)
class Resolution:
    """Resolves the speakers of one article in the order of its text."""

    text: str
    people: People
    sentences: Sequence[Span]
    quoted: Sequence[Span]
    institutions: Institutions
    _spoken: list[_Person] = field(default_factory=list)

    def resolve(self, speaker: Speaker, content: Sequence[Span]) -> Resolved | None:
        """The fullest mention of whoever `speaker` is, None if that is it, or if unsure.

        `content` is what the speaker said.
        """
        pronoun = speaker.pronoun
        if speaker.kind is SpeakerKind.INSTITUTION:
            self._spoken.append(_Person(speaker.mention.span, None, speaker, spoke=True))
            return self.institutions.body(speaker)
        if speaker.kind is SpeakerKind.DOCUMENT:
            return self.institutions.document(speaker)
        if pronoun == "it":
            last = self._spoken[-1].speaker if self._spoken else None
            return self.institutions.it(speaker, last)
        person = self._meant(speaker, content)
        if person is None:
            return None
        self._spoken.append(
            _Person(
                speaker.mention.span,
                person.name,
                person.speaker,
                pronoun if pronoun in PERSON_PRONOUNS else person.pronoun,
                spoke=True,
            )
        )
        return self._fullest(person, speaker)

    def _sentence(self, position: int) -> int:
        """The index of the sentence that holds an offset."""
        return bisect.bisect_right(self.sentences, position, key=lambda s: s.start) - 1

    def _meant(self, speaker: Speaker, content: Sequence[Span]) -> _Person | None:
        if speaker.pronoun == "who":
            return self._right_before(speaker)
        return self._antecedent(speaker, content) if speaker.pronoun else self._described(speaker)

    def _right_before(self, speaker: Speaker) -> _Person | None:
        """Whom "who" continues: "Smith, who", with nothing but a comma between them."""
        start = speaker.mention.span.start
        name = self.people.before(start)
        if name is None or self.text[name.mention.span.end : start] not in _BEFORE_WHO:
            return None
        return _Person(name.mention.span, name, None)

    def _described(self, speaker: Speaker) -> _Person | None:
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
        if titled and len({name.surname for name in titled}) == 1:
            return _Person(speaker.mention.span, titled[-1], None)
        spoken = [
            p for p in self._spoken if p.speaker and _is_one(p.speaker) and _is_called(p, words[1])
        ]
        called = {p.speaker.mention.text.lower() for p in spoken if p.speaker}
        if len(called) == 1 and called != {speaker.mention.text.lower()}:
            return spoken[0]
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
        if speaker.pronoun not in PERSON_PRONOUNS:
            return None
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
        return any(
            one.name is not None and one.name.surname == name.surname for one in self._spoken
        )

    def _is_quoted(self, sentence: Span) -> bool:
        """Whether a sentence is all between quotation marks, but for the marks."""
        return any(
            piece.start <= sentence.start + 1 and sentence.end - 1 <= piece.end
            for piece in self.quoted
        )

    def _mentioned(self, span: Span, content: Sequence[Span]) -> list[_Person]:
        """Everyone mentioned in `span`, but for words between quotation marks and `content`."""
        left_out = (*self.quoted, *content)
        named = [
            _Person(name.mention.span, name, None)
            for name in self.people.within(span)
            if not any(piece.contains(name.mention.span) for piece in left_out)
        ]
        spoken = [person for person in self._spoken if span.contains(person.at)]
        return [*spoken, *(p for p in named if not any(s.at.overlaps(p.at) for s in spoken))]

    def _agrees(self, person: _Person, pronoun: str | None) -> bool:
        """Whether a person may be called so, as far as names, titles and pronouns tell."""
        if person.name is None:
            return person.speaker is not None and _is_somebody(person.speaker)
        if person.name.surname[-1] == "s" and not self.people.knows(person.name):
            return False  # "Pundits"
        called = person.pronoun or self.people.pronoun(person.name)
        return called is None or called == pronoun


def _is_called(person: _Person, noun: str) -> bool:
    """Whether somebody was described as such: "an official", "a person close to the mayor"."""
    speaker = person.speaker
    if speaker is None:
        return False
    if speaker.role is not None:
        return speaker.role.text.lower().split()[-1] == noun
    return noun in speaker.mention.text.lower().split()[:_NOUN_WITHIN]


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
