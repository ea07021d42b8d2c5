"""What an answer consists of: stances, reasons, evidence, and the verdict over all evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.article import Article
from service.domain.claim import Claim
from service.domain.quote import Attribution
from service.domain.text import Mention, Span


class Stance(StrEnum):
    """What one quote does to the claim; `mentions` is on topic and decides nothing."""

    SUPPORTS = "supports"
    CONFLICTS = "conflicts"
    MENTIONS = "mentions"


class Verdict(StrEnum):
    """What all evidence together says of the claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    INSUFFICIENT = "insufficient"
    NO_EVIDENCE = "no_evidence"
    NOT_CHECKABLE = "not_checkable"


class Why(StrEnum):
    """Why a claim is not checkable; `no_subject`: nothing tells who or what it is about."""

    QUESTION = "question"
    OPINION = "opinion"
    PREDICTION = "prediction"
    COMMAND = "command"
    FRAGMENT = "fragment"
    NO_SUBJECT = "no_subject"


class NoticeCode(StrEnum):
    """What the asker should know beside the verdict."""

    EMPTY_INDEX = "empty_index"
    UNKNOWN_PUBLISHER = "unknown_publisher"
    NOT_ENGLISH = "not_english"
    SEVERAL_SENTENCES = "several_sentences"
    SPELLED_OTHERWISE = "spelled_otherwise"


@dataclass(frozen=True, slots=True)
class Notice:
    """A code for programs, a sentence for people."""

    code: NoticeCode
    text: str


class ReasonCode(StrEnum):
    """Why a quote does not simply support the claim."""

    NUMBER_DIFFERS = "NUMBER_DIFFERS"
    DATE_DIFFERS = "DATE_DIFFERS"
    ENTITY_DIFFERS = "ENTITY_DIFFERS"
    NEGATION = "NEGATION"
    SCOPE_DIFFERS = "SCOPE_DIFFERS"
    ATTRIBUTION_DIFFERS = "ATTRIBUTION_DIFFERS"
    MEANING_DIFFERS = "MEANING_DIFFERS"


class Status(StrEnum):
    """How a quote says what it says: only what is `asserted` is evidence that something is so.

    `alleged` is an accusation or a rumour, `planned` what is to be, `conditional` what depends on
    something, `denied` what is said not to be so, `questioned` a question, `past` what no longer
    is, `corrected` an error that a correction repeats.
    """

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    QUESTIONED = "questioned"
    PAST = "past"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Reason:
    """One difference: `claim` points into the claim's text, `source` into the quote's."""

    code: ReasonCode
    claim: Mention
    source: Mention


@dataclass(frozen=True, slots=True)
class Successor:
    """A newer quote that changed a figure, or ended a state; `span` is into `article.text`."""

    article: Article
    span: Span
    ends: bool = False
    """Whether the older state has ended: the older quote then no longer counts in the verdict. An
    older figure still counts, because readers may want both."""

    @property
    def quote(self) -> str:
        """The words themselves: always a slice of the stored article."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote from an article and what it does to the claim."""

    stance: Stance
    confidence: float
    """In 0..1, and rounded, so that it prints the same everywhere."""
    article: Article
    span: Span
    """Where the quote stands in `article.text`."""
    attribution: Attribution
    reasons: tuple[Reason, ...] = ()
    status: Status = Status.ASSERTED
    """How the quote states what it says."""
    origin: str = ""
    """Evidence with the same origin goes back to the same words of the same source."""
    superseded_by: Successor | None = None
    """What the same or a related source said later: another figure, or that a state has ended."""

    @property
    def quote(self) -> str:
        """The words themselves: always a slice of the stored article."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the index held for the question asked."""

    articles: int
    passages: int
    publishers: int
    oldest: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was made from: the same release gives the same answer from it."""

    snapshot: str
    """The name of the index's content."""
    as_of: datetime | None
    models: tuple[tuple[str, str], ...]
    """Pairs of a model's role and its fingerprint."""
    settings: str
    """The digest of the options and the thresholds that tune judgement."""


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one claim."""

    claim: Claim
    verdict: Verdict
    confidence: float | None
    """In 0..1; None where nothing was decided."""
    why: Why | None
    """Why the claim is not checkable; None for every other verdict."""
    summary: str
    notices: tuple[Notice, ...]
    supporting: tuple[Evidence, ...]
    """Newest first, undated last."""
    conflicting: tuple[Evidence, ...]
    """Newest first, undated last."""
    mentions: tuple[Evidence, ...]
    """The nearest to the claim first."""
    coverage: Coverage
    provenance: Provenance


def count_origins(side: Iterable[Evidence]) -> int:
    """How many independent origins the evidence of one side has."""
    return len({evidence.origin for evidence in side})
