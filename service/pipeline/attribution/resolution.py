"""Who "he", "Smith" and "the minister" are, where the article leaves no doubt.

A wrong speaker is worse than none, so whatever is ambiguous stays unresolved.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.quote import SpeakerKind
from service.domain.text import Mention, Span
from service.pipeline.attribution.bodies import Bodies
from service.pipeline.attribution.people import Name, People
from service.pipeline.attribution.speakers import Speaker
from service.pipeline.attribution.vocabulary import PERSON_PRONOUNS

# How many sentences back a pronoun looks for whom it stands for.
PRONOUN_REACH_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """The fullest mention of a speaker. `source` is where its role and organisation are read."""

    mention: Mention
    source: Span
    kind: SpeakerKind


@dataclass(frozen=True, slots=True)
class _Person:
    """Someone mentioned at `at`: by a name, or as a speaker without one."""

    at: Span
    name: Name | None
    speaker: Speaker | None
    pronoun: str | None = None
    spoke: bool = False


@dataclass(slots=True)
class Resolution:
    """Resolves the speakers of one article in the order of its text."""

    people: People
    sentences: Sequence[Span]
    quoted: Sequence[Span]
    bodies: Bodies
    _spoken: list[_Person] = field(default_factory=list)

    def resolve(self, speaker: Speaker, content: Sequence[Span]) -> Resolved | None:
        """The fullest mention of whoever `speaker` is, None if that is it, or if unsure.

        `content` is what the speaker said.
        """
        pronoun = speaker.pronoun
        if speaker.kind is SpeakerKind.INSTITUTION:
            self._spoken.append(_Person(speaker.mention.span, None, speaker, spoke=True))
            return self._named_body(speaker)
        if pronoun == "it":
            return self._body(speaker)
        person = self._antecedent(speaker, content) if pronoun else self._described(speaker)
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

    def _named_body(self, speaker: Speaker) -> Resolved | None:
        """What "the commission" is: the only commission that the article names."""
        start = speaker.mention.span.start
        fuller = self.bodies.fullest(speaker.mention.text, start)
        if fuller is None:
            return None
        return Resolved(fuller, fuller.span, SpeakerKind.INSTITUTION)

    def _body(self, speaker: Speaker) -> Resolved | None:
        """What "it" is: a body that spoke last, in this sentence or the one before."""
        said = self._spoken[-1] if self._spoken else None
        if said is None or said.speaker is None or said.speaker.kind is not SpeakerKind.INSTITUTION:
            return None
        last = said.speaker.mention.text.split()[-1]
        plural = last.islower() and last.endswith("s")
        index = self._sentence(speaker.mention.span.start)
        if plural or self._sentence(said.at.start) < index - 1:
            return None
        fuller = self._named_body(said.speaker)
        return fuller or Resolved(said.speaker.mention, said.at, SpeakerKind.INSTITUTION)

    def _sentence(self, position: int) -> int:
        """The index of the sentence that holds an offset."""
        return bisect.bisect_right(self.sentences, position, key=lambda s: s.start) - 1

    def _described(self, speaker: Speaker) -> _Person | None:
        """Whom a name or a description means."""
        if speaker.name is not None:
            return _Person(speaker.mention.span, speaker.name, speaker)
        return self._by_role(speaker) or _Person(speaker.mention.span, None, speaker)

    def _by_role(self, speaker: Speaker) -> _Person | None:
        """Whom "the president" or "the official" means: the only one so called before."""
        words = speaker.mention.text.lower().split()
        if len(words) != 2 or words[0] != "the" or speaker.role is None or words[1][-1] == "s":
            return None
        before = speaker.mention.span.start
        titled = self.people.titled(words[1], before)
        if titled and len({name.surname for name in titled}) == 1:
            return _Person(speaker.mention.span, titled[-1], None)
        spoken = [p for p in self._spoken if p.speaker is not None and _has_role(p, words[1])]
        if len({p.speaker.mention.span for p in spoken if p.speaker}) == 1:
            return spoken[0]
        return None

    def _fullest(self, person: _Person, speaker: Speaker) -> Resolved | None:
        if person.name is not None:
            fuller = self.people.fullest(person.name) or person.name.mention
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
                return self._likeliest(agreeing, sentence)
        return None

    def _likeliest(self, near: Sequence[_Person], sentence: Span) -> _Person | None:
        """Whoever spoke at the start of the sentence, else the only one that it mentions."""
        first = min(near, key=lambda person: person.at, default=None)
        if first is not None and first.spoke and first.at.start == sentence.start:
            return first
        return None if self.people.strange_within(sentence) else _only(near)

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
        called = person.pronoun or self.people.pronoun(person.name)
        return called is None or called == pronoun


def _has_role(person: _Person, role: str) -> bool:
    speaker = person.speaker
    return bool(speaker and speaker.role and speaker.role.text.lower().split()[-1] == role)


def _is_somebody(speaker: Speaker) -> bool:
    """Whether a description is of one person: "an official", not "officials" nor "the army"."""
    text = speaker.mention.text.lower()
    one = text.startswith(("a ", "an ", "the ", "one ")) and speaker.role is not None
    return one and speaker.kind is SpeakerKind.ANONYMOUS and not text.endswith("s")


def _only(near: Sequence[_Person]) -> _Person | None:
    """The one person among mentions, None where there are several."""
    keys = {p.name.surname if p.name else str(p.speaker and p.speaker.mention.span) for p in near}
    return near[0] if len(keys) == 1 else None
