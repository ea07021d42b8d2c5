"""Whose words a text reports: its acts of speech, by rules and by a model, turned into quotes."""

import asyncio
import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from service.domain.quote import Attribution, Quote, SpeakerKind, Speech, SpeechKind
from service.domain.text import Mention, Span, mention
from service.english.speakers.organisations import Institutions, Resolved
from service.english.speakers.outlets import is_outlet, outlet_within, via
from service.english.speakers.people import People, people
from service.english.speakers.phrases import Speaker, speaker
from service.english.speakers.reporters import with_reporters
from service.english.speakers.resolution import Covered, Resolution
from service.english.speech.acts import acts_by_rules, speeches_by_rules
from service.english.speech.merging import is_settled, merged, nested
from service.english.speech.reporting import is_asserted, is_clause, is_reported
from service.english.speech.signatures import SIGNING_DASHES
from service.english.speech.speeches import Act, speeches
from service.english.text.hedges import doubts_the_last, hedges
from service.english.text.persons import PersonName, name_in
from service.english.text.quotation_marks import Quotation, quotations
from service.english.text.tokens import Statement, Token, statements
from service.ports import Tagger


async def attribute(
    text: str, sentences: Sequence[Span], tagger: Tagger | None
) -> tuple[Quote, ...]:
    """Every quote of an article with its attribution, in the order of the text; without a tagger by
    the rules alone.

    `sentences` are in order and do not overlap.
    """
    told = await find_speeches(text, sentences, tagger)
    return await asyncio.to_thread(quotes_of, text, sentences, told)


async def find_speeches(
    text: str, sentences: Sequence[Span], tagger: Tagger | None
) -> tuple[Speech, ...]:
    """Every act of reported speech, ordered by its content; spans are into `text`.

    The tagger is not asked about statements in which the rules leave nothing to find.
    """
    if tagger is None:
        return await asyncio.to_thread(speeches_by_rules, text, sentences)
    found, told, by_rules, asked = await asyncio.to_thread(_read_by_rules, text, sentences)
    by_model = dict(zip(asked, await tagger.acts([told[i].tokens for i in asked]), strict=True))
    read = (
        (each, _together(each.tokens, acts, by_model.get(i, ())))
        for i, (each, acts) in enumerate(zip(told, by_rules, strict=True))
    )
    return await asyncio.to_thread(speeches, text, read, found)


def _read_by_rules(
    text: str, sentences: Sequence[Span]
) -> tuple[tuple[Quotation, ...], tuple[Statement, ...], list[tuple[Act, ...]], list[int]]:
    """The quotations, the statements, the acts of speech in each, and in which of them there may
    be more."""
    found = quotations(text)
    told = tuple(statements(text, sentences, found))
    acts = [acts_by_rules(each.tokens) for each in told]
    asked = [i for i, each in enumerate(told) if not is_settled(each.tokens, acts[i])]
    return found, told, acts, asked


def _together(
    tokens: Sequence[Token], by_rules: Sequence[Act], by_model: Sequence[Act]
) -> tuple[Act, ...]:
    return nested(tokens, merged(tokens, by_rules, by_model), acts_by_rules)


def quotes_of(text: str, sentences: Sequence[Span], told: Sequence[Speech]) -> tuple[Quote, ...]:
    """The speeches that are reports of words or thoughts, each with its attribution.

    Nothing is invented: the text of every mention is the slice of `text` at its span.
    """
    reader = _Reader(text, sentences, told)
    read = [(speech, reader.attribution(speech)) for speech in told]
    quotes = [
        Quote(speech.content, said, None if is_clause(text, speech) else reader.around(speech))
        for speech, said in read
        if is_reported(text, speech)
    ]
    return tuple(with_reporters(quotes))


def narration(text: str, span: Span) -> Attribution:
    """The attribution of words that nobody is quoted for: the reporter's own, with their hedges."""
    return Attribution(hedges=hedges(text, [span]))


@dataclass(slots=True)
class _Reader:
    """Reads the speeches of one article in order, and remembers who has spoken."""

    text: str
    sentences: Sequence[Span]
    speeches: Sequence[Speech]
    people: People = field(init=False)
    words: frozenset[str] = field(init=False)
    resolution: Resolution = field(init=False)
    starts: list[int] = field(init=False)
    described: dict[tuple[str, ...], Speaker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = people(self.text)
        self.words = self.people.words
        self.starts = [sentence.start for sentence in self.sentences]
        quoted = Covered(
            piece
            for speech in self.speeches
            if speech.kind is SpeechKind.DIRECT
            for piece in speech.content
        )
        institutions = Institutions(self.text, self.sentences)
        self.resolution = Resolution(self.text, self.people, self.sentences, quoted, institutions)

    def attribution(self, speech: Speech) -> Attribution:
        cue = mention(self.text, speech.cue[0]) if speech.cue else None
        found = self._hedges(speech)
        if not speech.source or self._is_credit(speech):
            return Attribution(speech=speech.kind, cue=cue, hedges=found, asserted=is_asserted(cue))
        said_by = self._known(speaker(self.text, speech.source[0]))
        self._remember(said_by)
        resolved = self.resolution.resolve(said_by, speech)
        return Attribution(
            speaker=said_by.mention,
            resolved=resolved.mention if resolved else None,
            role=said_by.role or self._inherited(resolved, "role"),
            organisation=self._inherited(resolved, "organisation") or said_by.organisation,
            kind=_kind(said_by, resolved),
            via=self._via(speech, cue),
            speech=speech.kind,
            cue=cue,
            hedges=found,
            asserted=is_asserted(cue),
        )

    def _is_credit(self, speech: Speech) -> bool:
        """Whether a quotation is signed with where it was printed, and not with who said it."""
        signed = speech.cue and speech.cue[0].of(self.text) in SIGNING_DASHES
        return bool(signed) and is_outlet(speech.source[0].of(self.text))

    def around(self, speech: Speech) -> Span:
        """The sentence, or the sentences, that hold the words of a speech."""
        first, last = (self._sentence(piece) for piece in (speech.content[0], speech.content[-1]))
        return Span(first.start, max(last.end, speech.content[-1].end))

    def _known(self, said_by: Speaker) -> Speaker:
        """With the name as the article knows it, or without where that is only a plural with the
        capital of its sentence: "Dockers"."""
        if said_by.kind is SpeakerKind.INSTITUTION and (named := self._namesake(said_by)):
            said_by = replace(said_by, name=named, organisation=None, kind=SpeakerKind.NAMED)
        if said_by.name is None:
            return said_by
        name = self.people.told_apart(said_by.name)
        said_by = replace(said_by, name=name)
        if len(name.words) > 1 or name.titles or self.people.knows(name):
            return said_by
        opens = self._sentence(said_by.mention.span).start == said_by.mention.span.start
        if not opens or name.surname[-1] != "s":
            return said_by
        return replace(said_by, name=None, kind=SpeakerKind.ANONYMOUS)

    def _namesake(self, said_by: Speaker) -> PersonName | None:
        """The person of the article whose surname is an outlet's name: "Bloomberg"."""
        words = said_by.mention.text
        name = name_in(words, Span(0, len(words))) if is_outlet(words) else None
        if name is None or len(name.words) > 1 or not self.people.knows(name):
            return None
        return replace(name, mention=said_by.mention)

    def _inherited(self, resolved: Resolved | None, part: str) -> Mention | None:
        """A part that the fuller mention has and the shorter lacks."""
        if resolved is None:
            return None
        fuller: Speaker = speaker(self.text, resolved.source)
        known = self.described.get(fuller.name.words) if fuller.name else None
        for described in (fuller, known):
            found = described and (described.role if part == "role" else described.organisation)
            if found:
                return found
        return None

    def _remember(self, said_by: Speaker) -> None:
        """Keeps what an article says of a person when it quotes them for the first time."""
        if said_by.name is not None and (said_by.role or said_by.organisation):
            self.described.setdefault(said_by.name.words, said_by)

    def _via(self, speech: Speech, cue: Mention | None) -> Mention | None:
        if cue is None:
            return None
        sentence = self._sentence(cue.span)
        later = [piece.start for piece in speech.content if piece.start >= cue.span.end]
        after = Span(cue.span.end, max(cue.span.end, min([*later, sentence.end])))
        first = min(piece.start for piece in (*speech.source, *speech.cue, *speech.content))
        before = Span(min(sentence.start, first), first)
        return via(self.text, cue.span, before, after, self.words) or outlet_within(
            self.text, speech.source[0]
        )

    def _hedges(self, speech: Speech) -> tuple[Mention, ...]:
        touched = {self._sentence(span) for span in (*speech.cue, *speech.content)}
        touched |= set(self._doubting(max(touched)))
        quoted = speech.content if speech.kind is SpeechKind.DIRECT else ()
        return hedges(self.text, sorted(touched), outside=quoted)

    def _doubting(self, sentence: Span) -> Sequence[Span]:
        """The next sentence, if it is about what was said in this one."""
        after = self.sentences[bisect.bisect_right(self.starts, sentence.start) :][:1]
        return [following for following in after if doubts_the_last(self.text, following)]

    def _sentence(self, span: Span) -> Span:
        """The sentence that `span` starts in, or `span` itself where there is none."""
        index = bisect.bisect_right(self.starts, span.start) - 1
        if index < 0 or self.sentences[index].end <= span.start:
            return span
        return self.sentences[index]


def _kind(said_by: Speaker, resolved: Resolved | None) -> SpeakerKind:
    """A pronoun or a role is as named as whoever it stands for."""
    return resolved.kind if resolved and said_by.name is None else said_by.kind
