"""What a claim asserts, and who it says has said so: "X said Y" asserts Y of X."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.quote import Attribution, Quote
from service.domain.text import Span
from service.english.lexicon import PRONOUNS
from service.english.speakers.outlets import is_outlet
from service.english.speech.acts import speeches_by_rules
from service.english.text.segment import segment
from service.english.text.words import content_words
from service.pipeline.attribute import quotes_of

SAID_SHARE = 0.6
"""The share of a claim's words, without those that name the speaker or report, from which they are
all reported speech. Below it the claim states something itself."""

_ENDS = ".!?…"
_BEFORE_AN_END = re.compile(rf"(?<!\s)\s++(?=[{_ENDS}]$)")


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a claim states, which is compared with what articles say."""

    text: str
    """What is asserted, with blanks for all other words: its offsets are those of the claim."""
    said_by: Attribution | None = None
    """Who said it, as the claim says; None for a plain claim."""
    claim: str = ""
    """The whole claim."""

    @property
    def by_an_outlet(self) -> bool:
        """Whether the claim is that an outlet has reported something."""
        speaker = self.said_by.speaker if self.said_by else None
        return speaker is not None and is_outlet(speaker.text)

    @property
    def to_be_judged(self) -> str:
        """What a stance model reads: the claim, or only what an outlet reported, since exact
        comparison checks which outlet it was."""
        if not self.by_an_outlet:
            return self.claim
        words = _BEFORE_AN_END.sub("", " ".join(self.text.split()))
        return words[:1].upper() + words[1:]


def read_assertion(claim: str) -> Assertion:
    """Reads the claim with the rules that read articles, without a model.

    A denial is not taken apart: what was denied is not asserted.
    """
    sentences = segment(claim).sentences
    quotes = quotes_of(claim, sentences, speeches_by_rules(claim, sentences))
    quote = max(quotes, key=_length, default=None)
    if quote is None or not _says_who(quote) or not _is_whole_claim(claim, quote):
        return Assertion(claim, claim=claim)
    if not quote.attribution.asserted:
        return Assertion(claim, quote.attribution, claim)
    return Assertion(_blanked_outside(claim, quote.content), quote.attribution, claim)


def _length(quote: Quote) -> int:
    return sum(map(len, quote.content))


def _says_who(quote: Quote) -> bool:
    """Whether it names a speaker who can be compared; "he" in a claim may be anybody."""
    said = quote.attribution
    if said.speaker is None:
        return False
    return said.resolved is not None or said.speaker.text.lower() not in PRONOUNS


def _is_whole_claim(claim: str, quote: Quote) -> bool:
    """Whether the claim states nothing but what was said and who said it."""
    said = quote.attribution
    reporting = [
        part.span
        for part in (said.speaker, said.resolved, said.role, said.organisation, said.via, said.cue)
        if part is not None
    ]
    words = [
        word.span
        for word in content_words(claim)
        if not any(span.contains(word.span) for span in reporting)
    ]
    held = sum(any(piece.contains(word) for piece in quote.content) for word in words)
    return held > 0 and held >= SAID_SHARE * len(words)


def _blanked_outside(claim: str, pieces: Iterable[Span]) -> str:
    """The claim with blanks for all that is outside the pieces, except a full stop at its end."""
    kept = list(pieces)
    if claim[-1] in _ENDS:
        kept.append(Span(len(claim) - 1, len(claim)))
    blank = [" "] * len(claim)
    for piece in kept:
        blank[piece.start : piece.end] = piece.of(claim)
    return "".join(blank)
