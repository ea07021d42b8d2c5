"""A check: the question and the answer."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from service.domain.claim import Claim, Filters
from service.domain.text import normalise
from service.domain.verdict import Check, NoticeCode, Verdict, Why, count_origins
from service.domain.verdict import Evidence as DomainEvidence
from service.domain.verdict import Provenance as DomainProvenance
from service.wire.evidence import Evidence
from service.wire.fields import MAX_PUBLISHERS, Asked, ClaimText, Name, Shape, Time
from service.wire.positions import Offsets, in_offsets


class Publishers(Asked):
    """Which publishers count; names are compared without regard to case."""

    include: tuple[Name, ...] = Field(
        (), max_length=MAX_PUBLISHERS, description="Only these; all when empty."
    )
    exclude: tuple[Name, ...] = Field((), max_length=MAX_PUBLISHERS, description="Not these.")


class Scope(Asked):
    """Which part of the archive may answer."""

    as_of: Time | None = Field(
        None,
        description="Leave out what was published later, and read each article as it stood then.",
    )
    publishers: Publishers = Field(Publishers(), description="Which publishers count.")
    published_after: Time | None = Field(
        None, description="Leave out what was published then or earlier."
    )

    def filters(self) -> Filters:
        """The same for the domain."""
        return Filters(
            as_of=self.as_of,
            published_after=self.published_after,
            include_publishers=frozenset(self.publishers.include),
            exclude_publishers=frozenset(self.publishers.exclude),
        )


Limit = Annotated[int, Field(strict=True, ge=1, le=50, description="Quotes a side.")]
MinConfidence = Annotated[
    float,
    Field(strict=True, ge=0, le=1, description="Quotes less certain than this decide nothing."),
]


class CheckRequest(Scope):
    """A claim to check."""

    claim: ClaimText
    limit: Limit = 5
    min_confidence: MinConfidence = 0.0

    def to_domain(self) -> Claim:
        """The same for the domain; the claim is normalised as articles are."""
        return Claim(normalise(self.claim), self.filters(), self.limit, self.min_confidence)


class Origins(Shape):
    """Independent origins a side: copies of one report count once."""

    supporting: int = Field(description="Origins that support the claim.")
    conflicting: int = Field(description="Origins that conflict with it.")


class Coverage(Shape):
    """What the index held for this question."""

    articles: int = Field(description="How many could answer.")
    passages: int = Field(description="How many they have.")
    publishers: int = Field(description="How many outlets they are from.")
    oldest: datetime | None = Field(description="When the oldest was published.")
    newest: datetime | None = Field(description="When the newest was published.")


class Provenance(Shape):
    """What the answer was made from. `result` is the digest of all the rest of the answer."""

    snapshot: str = Field(description="The name of the index's content.")
    as_of: datetime | None = Field(description="The `as_of` of the request.")
    models: dict[str, str] = Field(description="The fingerprint of each model, by its role.")
    settings: str = Field(
        description="The digest of the options and thresholds that tune judgement. Rules and word "
        "lists are the release's."
    )
    result: str = Field(description="The digest of all the rest of the answer.")

    @classmethod
    def unsealed(cls, provenance: DomainProvenance) -> "Provenance":
        """The provenance as JSON, without the digest of the answer."""
        return cls(
            snapshot=provenance.snapshot,
            as_of=provenance.as_of,
            models=dict(provenance.models),
            settings=provenance.settings,
            result="",
        )

    def sealed(self, result: str) -> "Provenance":
        """The same with the digest of the answer."""
        return self.model_copy(update={"result": result})


class Notice(Shape):
    """What the asker should know beside the verdict."""

    code: NoticeCode = Field(description="The stable name, for programs.")
    text: str = Field(description="One sentence, for people.")


class StatementCheck(Shape):
    """The answer to one claim, without what all statements of a draft have in common."""

    claim: str = Field(description="The words that were checked.")
    verdict: Verdict = Field(description="What all quotes together say of the claim.")
    confidence: float | None = Field(
        description="In 0..1, of the strongest quote that decides, and of the weaker side where "
        "the claim is disputed; null where nothing was decided."
    )
    why: Why | None = Field(
        description="Why the claim is not checkable; null for every other verdict."
    )
    summary: str = Field(description="One sentence on the verdict.")
    notices: tuple[Notice, ...] = Field(
        description="What the asker should know beside the verdict; mostly empty."
    )
    supporting: tuple[Evidence, ...] = Field(description="Quotes that say the same, newest first.")
    conflicting: tuple[Evidence, ...] = Field(
        description="Quotes that say otherwise, newest first."
    )
    mentions: tuple[Evidence, ...] = Field(
        description="Quotes on the topic that decide nothing, the nearest first."
    )
    origins: Origins = Field(description="How many independent origins each side has.")

    @classmethod
    def of_statement(cls, check: Check, mentions: Sequence[DomainEvidence]) -> "StatementCheck":
        """The check as JSON, with these of its mentions."""
        return StatementCheck(**_fields(check, mentions))


class CheckResponse(StatementCheck):
    """The answer to one claim."""

    coverage: Coverage = Field(description="What the index held that could answer.")
    provenance: Provenance = Field(description="What the answer was made from.")

    @classmethod
    def of(cls, check: Check, offsets: Offsets = Offsets.CODE_POINTS) -> "CheckResponse":
        """The check as JSON, with its digest."""
        unsealed = cls(
            **_fields(check, check.mentions),
            coverage=Coverage.model_validate(check.coverage),
            provenance=Provenance.unsealed(check.provenance),
        )
        unsealed = in_offsets(unsealed, offsets)
        sealed = unsealed.provenance.sealed(digest(unsealed))
        return unsealed.model_copy(update={"provenance": sealed})


def _fields(check: Check, mentions: Sequence[DomainEvidence]) -> dict[str, Any]:
    return {
        "claim": check.claim.text,
        "verdict": check.verdict,
        "confidence": check.confidence,
        "why": check.why,
        "summary": check.summary,
        "notices": tuple(Notice.model_validate(notice) for notice in check.notices),
        "supporting": _shapes(check.supporting, check.claim.text),
        "conflicting": _shapes(check.conflicting, check.claim.text),
        "mentions": _shapes(mentions, check.claim.text),
        "origins": Origins(
            supporting=count_origins(check.supporting),
            conflicting=count_origins(check.conflicting),
        ),
    }


def digest(unsealed: Shape) -> str:
    """`sha256:` and the digest of the shape as canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(
        unsealed.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _shapes(side: Sequence[DomainEvidence], claim: str) -> tuple[Evidence, ...]:
    return tuple(Evidence.of(evidence, claim) for evidence in side)
