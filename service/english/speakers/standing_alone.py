"""Gives a sentence the names that it leaves to the sentences before it, so that it can be read
alone: "He" is Karl Poe, and "Poe" too. Whatever is in doubt stays as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.quote import Quote
from service.domain.text import Mention, Span
from service.english.lexicon import BEFORE_PLACES, PERSON_PRONOUNS, PRONOUNS
from service.english.speakers.people import People, people
from service.english.speakers.resolution import Covered
from service.english.text.persons import PersonName, name_in
from service.english.text.quotation_marks import quotations
from service.english.text.tokens import Token, words_of

_REACH = 2
"""How many sentences back a pronoun looks for whom it stands for."""
_POSSESSIVE = {"his": "he", "her": "she"}


@dataclass(frozen=True, slots=True)
class InFull:
    """Words to be read instead of those at `span`."""

    span: Span
    words: str


@dataclass(slots=True)
class Names:
    """The persons of one text, asked sentence by sentence, in order."""

    text: str
    sentences: Sequence[Span]
    _people: People = field(init=False)
    _quoted: Covered = field(init=False)
    _subjects: dict[int, PersonName] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._people = people(self.text)
        self._quoted = Covered(
            piece for quotation in quotations(self.text) for piece in quotation.pieces
        )

    def in_full(self, index: int, quotes: Sequence[Quote]) -> tuple[InFull, ...]:
        """What to read instead of pronouns and short names in the sentence at `index`, in order;
        nothing of it is between quotation marks. `quotes` are those that it has a part of."""
        sentence = self.sentences[index]
        found = [*_speakers(sentence, quotes), *self._subject(index), *self._short(sentence)]
        kept: list[InFull] = []
        for each in sorted(found, key=lambda one: one.span):
            free = not any(each.span.overlaps(other.span) for other in kept)
            if free and not self._quoted.contains(each.span):
                kept.append(each)
        return tuple(kept)

    def _subject(self, index: int) -> Iterator[InFull]:
        """The "He" or "His" that the sentence begins with."""
        sentence = self.sentences[index]
        first = next(iter(words_of(self.text, sentence)), None)
        if first is None:
            return
        pronoun = _POSSESSIVE.get(first.low, first.low)
        if pronoun not in PERSON_PRONOUNS:
            self._remember(index, first)
            return
        person = self._meant(index, pronoun)
        if person is None:
            return
        self._subjects[index] = person
        full = _one_line((self._people.fullest(person, pronoun) or person.mention).text)
        owns = "’s" if first.low in _POSSESSIVE else ""
        yield InFull(Span(first.start, first.end), full + owns)

    def _remember(self, index: int, first: Token) -> None:
        """Keeps who the sentence is about, if it begins with a name."""
        name = self._people.beginning(first.start)
        if name is not None:
            self._subjects[index] = name

    def _meant(self, index: int, pronoun: str) -> PersonName | None:
        """The only person in the nearest sentence that has any who may be called so."""
        for back in range(index - 1, max(-1, index - 1 - _REACH), -1):
            sentence = self.sentences[back]
            everyone = [
                name
                for name in self._people.within(sentence)
                if not self._quoted.contains(name.mention.span)
            ]
            everyone += [self._subjects[back]] if back in self._subjects else []
            agreeing = [name for name in everyone if self._may_be(name, pronoun)]
            if len({name.surname for name in agreeing}) > 1:
                return None
            if agreeing:
                return None if self._has_strangers(sentence) else agreeing[0]
            if everyone or self._has_strangers(sentence):
                return None
        return None

    def _has_strangers(self, sentence: Span) -> bool:
        """Whether it mentions somebody who may be meant and of whom nothing is known."""
        for name in self._people.unidentified:
            span = name.mention.span
            before = self.text[sentence.start : max(sentence.start, span.start)].split()[-1:]
            if sentence.contains(span) and not BEFORE_PLACES.intersection(map(str.lower, before)):
                return True
        return False

    def _may_be(self, name: PersonName, pronoun: str) -> bool:
        called = self._people.pronoun(name)
        return called == pronoun or (called is None and self._people.knows(name))

    def _short(self, sentence: Span) -> Iterator[InFull]:
        """The first mention of each person that is shorter than another in the text."""
        seen: set[str] = set()
        for name in self._people.within(sentence):
            if name.surname in seen:
                continue
            seen.add(name.surname)
            fuller = self._people.fullest(name)
            if fuller is None or len(name.words) > 1 or sentence.contains(fuller.span):
                continue
            if self._people.pronoun(name) or name.titles or _has_title(fuller):
                yield InFull(name.mention.span, _one_line(fuller.text))


def _speakers(sentence: Span, quotes: Sequence[Quote]) -> Iterator[InFull]:
    """The pronouns of whoever speaks, which the quotes have resolved."""
    for quote in quotes:
        said = quote.attribution
        if said.speaker is None or said.resolved is None:
            continue
        if sentence.contains(said.speaker.span) and said.speaker.text.lower() in PRONOUNS:
            yield InFull(said.speaker.span, _one_line(said.resolved.text))


def _has_title(fuller: Mention) -> bool:
    """Whether it names a person beyond doubt: "Internet" is the surname of "Full Internet" for all
    that capitals tell."""
    name = name_in(fuller.text, Span(0, len(fuller.text)))
    return name is not None and bool(name.titles)


def _one_line(words: str) -> str:
    return " ".join(words.split())
