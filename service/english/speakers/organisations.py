"""Which body "the commission", "it" and "the IMF" are, and which report "the report"."""

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from service.domain.quote import SpeakerKind
from service.domain.text import Mention, Span
from service.english.lexicon import DOCUMENTS, ORGANISATIONS
from service.english.speakers.acronyms import Acronyms
from service.english.speakers.bodies import Bodies, bodies
from service.english.speakers.outlets import outlets_within
from service.english.speakers.phrases import Speaker

_WITH_ARTICLE = 2
_LONGEST_TAIL = 4
"""Words of a short mention, with its article."""
_PAPERS = frozenset({"the newspaper", "the paper", "the magazine", "the outlet", "the network"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """The fullest mention of a speaker. `source` is where its role and organisation are read."""

    mention: Mention
    source: Span
    kind: SpeakerKind


@dataclass
class Institutions:
    """The bodies and documents of one article; `sentences` are its own, in order.

    They are looked for when the first is asked about: few articles need both.
    """

    text: str
    sentences: Sequence[Span]
    _spelt: dict[str, Mention | None] = field(default_factory=dict)

    @cached_property
    def _bodies(self) -> Bodies:
        return bodies(self.text, ORGANISATIONS)

    @cached_property
    def _acronyms(self) -> Acronyms:
        return Acronyms(self.text)

    @cached_property
    def _documents(self) -> Bodies:
        return bodies(self.text, DOCUMENTS)

    def body(self, speaker: Speaker) -> Resolved | None:
        """The only commission that the article names, for "the commission"; what "the IMF" is
        spelled out as; the outlet that was just named, for "the paper"."""
        fuller = self._spelled_out(speaker) or self._paper(speaker)
        return _resolved(speaker, fuller or _fullest(speaker, lambda: self._bodies))

    def document(self, speaker: Speaker) -> Resolved | None:
        """The only poll that the article names, for "the poll"."""
        return _resolved(speaker, _fullest(speaker, lambda: self._documents))

    def it(self, speaker: Speaker, last: Speaker | None) -> Resolved | None:
        """Whichever body spoke `last`, if in this sentence or the one before."""
        if last is None or last.kind is not SpeakerKind.INSTITUTION:
            return None
        noun = last.mention.text.split()[-1]
        plural = noun.islower() and noun.endswith("s")
        index = self._sentence(speaker.mention.span.start)
        if plural or self._sentence(last.mention.span.start) < index - 1:
            return None
        return self.body(last) or _resolved(last, last.mention)

    def _spelled_out(self, speaker: Speaker) -> Mention | None:
        called = speaker.mention.text.split()
        if len(called) > _WITH_ARTICLE:
            return None
        if called[-1] not in self._spelt:
            self._spelt[called[-1]] = self._acronyms.spelled_out(called[-1])
        return self._spelt[called[-1]]

    def _paper(self, speaker: Speaker) -> Mention | None:
        """The only outlet that this sentence and the one before name so far."""
        if speaker.mention.text.lower() not in _PAPERS:
            return None
        index = self._sentence(speaker.mention.span.start)
        near = Span(self.sentences[max(0, index - 1)].start, speaker.mention.span.start)
        named = outlets_within(self.text, near)
        return named[0] if len({outlet.text for outlet in named}) == 1 else None

    def _sentence(self, position: int) -> int:
        """The index of the sentence that holds an offset."""
        return bisect.bisect_right(self.sentences, position, key=lambda s: s.start) - 1


def _fullest(speaker: Speaker, named: Callable[[], Bodies]) -> Mention | None:
    text = speaker.mention.text
    if not text.lower().startswith("the ") or len(text.split()) > _LONGEST_TAIL:
        return None
    return named().fullest(text, speaker.mention.span.start)


def _resolved(speaker: Speaker, fuller: Mention | None) -> Resolved | None:
    return Resolved(fuller, fuller.span, speaker.kind) if fuller else None
