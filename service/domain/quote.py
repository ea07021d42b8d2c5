"""Who said what, through whom, and how: quotes and their attribution. All spans are into the
article's text."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.text import Mention, Span


class SpeakerKind(StrEnum):
    """What sort of source speaks."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    INSTITUTION = "institution"
    DOCUMENT = "document"
    UNATTRIBUTED = "unattributed"


class SpeechKind(StrEnum):
    """How the words are reported: `mixed` is indirect speech with quoted parts."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NARRATION = "narration"


@dataclass(frozen=True, slots=True)
class Speech:
    """One act of reported speech, as a tagger marks it.

    Each part is a tuple of spans, because it can be interrupted: "It is," she said, "too late".
    `source` and `cue` may be empty, `content` is never empty.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: SpeechKind


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said the words, and through whom they came."""

    speaker: Mention | None = None
    """As printed, for instance "he"."""
    resolved: Mention | None = None
    """The fullest mention of the same person or organisation in the article."""
    role: Mention | None = None
    organisation: Mention | None = None
    kind: SpeakerKind = SpeakerKind.UNATTRIBUTED
    via: Mention | None = None
    """The outlet that was told, or through which the words came."""
    speech: SpeechKind = SpeechKind.NARRATION
    cue: Mention | None = None
    """The words that report the speech: "said", "according to"."""
    hedges: tuple[Mention, ...] = ()
    """The reporter's doubts: "reportedly"."""
    reported_by: tuple[Mention, ...] = ()
    """Who reports that the speaker said so, the nearest first: Smith, in "Smith said that Jones had
    denied it"."""
    asserted: bool = True
    """False where the speaker does not stand by the words: after "denied" or "did not say"."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Reported words and their attribution."""

    content: tuple[Span, ...]
    """The words, in several pieces where the attribution stands between them."""
    attribution: Attribution
    sentence: Span | None = None
    """The sentence of the words, if they are no clause that can be read alone: "for permission to
    leave"."""

    @property
    def span(self) -> Span:
        """From the first word of the content to its last, interruptions included."""
        return Span(self.content[0].start, self.content[-1].end)

    @property
    def shown(self) -> Span:
        """What is shown of the quote: its sentence, or else the words."""
        return self.sentence or self.span
