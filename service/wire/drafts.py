"""A draft and what was found in it."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from service.domain.draft import QUOTES_A_SIDE, Draft, DraftFormat
from service.domain.finding import Finding, RuleId, Severity
from service.domain.finding import Suggestion as DomainSuggestion
from service.domain.text import Utf16
from service.domain.verdict import Coverage as DomainCoverage
from service.domain.verdict import Evidence, Verdict
from service.domain.verdict import Provenance as DomainProvenance
from service.wire.checks import (
    Coverage,
    Limit,
    MinConfidence,
    Provenance,
    Scope,
    StatementCheck,
    digest,
)
from service.wire.fields import ExcludedArticles, Shape
from service.wire.positions import Offsets, Place, Places, Position, in_offsets
from service.wire.problems import Problem
from service.wire.quotations import QuotationResponse

IgnorePattern = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^([^*]*\*){0,5}[^*]*$")
]
"""At most five wildcards, so that matching is fast for every input."""

Ignored = Annotated[
    Annotated[Position, Tag("span")] | Annotated[IgnorePattern, Tag("words")],
    Discriminator(lambda value: "words" if isinstance(value, str) else "span"),
]
"""The type decides which branch applies, so that an invalid value is one error and not two."""


class DraftRequest(Scope):
    """A draft to check."""

    text: str = Field(min_length=1, description="The whole draft.")
    format: DraftFormat = Field(
        DraftFormat.TEXT, description="How it is written; places count in it as it is."
    )
    ignore: tuple[Ignored, ...] = Field(
        (),
        max_length=100,
        description="Parts to leave alone: spans, or words in which `*` stands for any run of "
        "characters within a line.",
    )
    only: tuple[Position, ...] = Field(
        (),
        max_length=1_000,
        description="Check only statements that overlap one of these spans, such as what was edited"
        " since the last check; all when empty.",
    )
    limit: Limit = QUOTES_A_SIDE
    min_confidence: MinConfidence = 0.0
    verdicts: tuple[Verdict, ...] = Field(
        (),
        max_length=len(Verdict),
        description="Report only statements with one of these verdicts; all when empty. "
        "Quotations that are not as they were said are always reported.",
    )
    exclude_articles: ExcludedArticles = ()
    mentions: bool = Field(
        default=False,
        strict=True,
        description="Whether to give quotes that are on topic and decide nothing.",
    )

    def in_code_points(self) -> "DraftRequest":
        """The same, whose spans were in UTF-16 code units."""
        units = Utf16(self.text)
        ignore = tuple(
            part.in_code_points(units) if isinstance(part, Position) else part
            for part in self.ignore
        )
        only = tuple(span.in_code_points(units) for span in self.only)
        return self.model_copy(update={"ignore": ignore, "only": only})

    def to_domain(self) -> Draft:
        """The same for the domain."""
        return Draft(
            text=self.text,
            format=self.format,
            filters=self.filters(),
            ignored_spans=tuple(part.span for part in self.ignore if isinstance(part, Position)),
            only_spans=tuple(part.span for part in self.only),
            ignored_patterns=tuple(part for part in self.ignore if isinstance(part, str)),
            limit=self.limit,
            min_confidence=self.min_confidence,
            excluded_articles=frozenset(self.exclude_articles),
        )


class Suggestion(Place):
    """Words that could stand in the draft at this place."""

    text: str = Field(description="The newer figure, as its source prints it.")

    @classmethod
    def maybe(cls, draft: Places, suggestion: DomainSuggestion | None) -> "Suggestion | None":
        """The suggestion as JSON, where there is one."""
        if suggestion is None:
            return None
        return cls(**dict(draft.of(suggestion.span)), text=suggestion.text)


class FindingResponse(Place):
    """One thing to say about one place of the draft. A statement with nothing against it has a
    finding too, without a rule; a statement and a quotation in it have one each."""

    rule: RuleId | None = Field(
        description="The stable name of what was found; null where there is nothing to say."
    )
    severity: Severity | None = Field(description="Null where there is no rule.")
    message: str = Field(description="What was found, for an editor.")
    check: StatementCheck = Field(
        description="The check of the statement here, or of the one around the quotation."
    )
    quotation: QuotationResponse | None = Field(
        description="Set where the finding is about words between quotation marks."
    )
    suggestion: Suggestion | None = Field(
        description="The newer figure, where a newer report has changed one."
    )

    @classmethod
    def of(cls, draft: Places, finding: Finding, *, mentions: bool = False) -> "FindingResponse":
        """The finding as JSON, in this draft. Of the quotes that decide
        nothing it has those it rests on, and with `mentions` all."""
        check = finding.check
        shown = check.mentions if mentions else _rested_on(finding)
        verified = finding.quotation
        return cls(
            **dict(draft.of(finding.span)),
            rule=finding.rule,
            severity=finding.severity,
            message=finding.message,
            check=StatementCheck.of_statement(check, shown),
            quotation=QuotationResponse.of(verified) if verified else None,
            suggestion=Suggestion.maybe(draft, finding.suggestion),
        )


Verdicts = Annotated[
    dict[Verdict, int],
    Field(
        description="How many statements got which verdict; what is not checkable is not counted."
    ),
]
DraftCoverage = Annotated[
    Coverage, Field(description="Articles that were left out by name are counted too.")
]
DraftProvenance = Annotated[
    Provenance,
    Field(description="As of the end of the check; each statement is answered from one snapshot."),
]


class DraftSummary(Shape):
    """What is said of a draft as a whole."""

    verdicts: Verdicts
    coverage: DraftCoverage
    provenance: DraftProvenance


class DraftResponse(Shape):
    """What was found in a draft, in its order."""

    verdicts: Verdicts
    findings: tuple[FindingResponse, ...] = Field(description="In the order of the draft.")
    coverage: DraftCoverage
    provenance: DraftProvenance

    @classmethod
    def of(
        cls,
        asked: DraftRequest,
        findings: Sequence[Finding],
        coverage: DomainCoverage,
        provenance: DomainProvenance,
        offsets: Offsets = Offsets.CODE_POINTS,
    ) -> "DraftResponse":
        """The findings as JSON, those that were asked for."""
        # The findings of one statement have one check.
        checks = {id(finding.check): finding.check for finding in findings}
        verdicts = Counter(check.verdict for check in checks.values())
        del verdicts[Verdict.NOT_CHECKABLE]
        draft = Places(asked.text)
        reported = [finding for finding in findings if is_wanted(finding, asked.verdicts)]
        unsealed = cls(
            verdicts={verdict: verdicts[verdict] for verdict in Verdict if verdicts[verdict]},
            findings=tuple(
                FindingResponse.of(draft, finding, mentions=asked.mentions) for finding in reported
            ),
            coverage=Coverage.model_validate(coverage),
            provenance=Provenance.unsealed(provenance),
        )
        unsealed = in_offsets(unsealed, offsets)
        sealed = unsealed.provenance.sealed(digest(unsealed))
        return unsealed.model_copy(update={"provenance": sealed})


class DraftProgress(Shape):
    """How far the check of a draft has come."""

    checked: int = Field(description="Statements done.")
    statements: int = Field(
        description="Statements in all; gets less where some turn out to be not worth a check."
    )


class DraftEvent(Shape):
    """One line of a draft's answer while it is checked, with one of its fields; as a server-sent
    event the field's name is the event's and its value the data. The last is the summary, or the
    problem that ended the check early."""

    progress: DraftProgress | None = Field(None, description="First, and after each statement.")
    finding: FindingResponse | None = Field(None, description="In the order of the draft.")
    summary: DraftSummary | None = Field(
        None,
        description="As in the answer that comes whole; its digest is that answer's too.",
    )
    problem: Problem | None = Field(None, description="Why the check went no further.")


def is_wanted(finding: Finding, verdicts: Sequence[Verdict]) -> bool:
    """Whether a finding is to be reported, where statements with these verdicts are; no verdict
    stands for all."""
    return not verdicts or finding.quotation is not None or finding.check.verdict in verdicts


def _rested_on(finding: Finding) -> Sequence[Evidence]:
    return [quote for quote in finding.check.mentions if quote in finding.evidence]
