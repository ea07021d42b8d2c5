"""How grave a finding is: what fails a run of `onrecord draft`, and what a report shows."""

from enum import IntEnum, StrEnum

from service.domain.finding import RuleId, Severity
from service.wire.drafts import FindingResponse

_NOT_ON_RECORD = frozenset(
    {RuleId.CLAIM_INSUFFICIENT, RuleId.CLAIM_NO_EVIDENCE, RuleId.QUOTE_NOT_FOUND}
)


class Grade(IntEnum):
    """The kinds of findings in the order in which they matter."""

    GOOD_TO_KNOW = 0
    NOT_ON_RECORD = 1
    WARNING = 2
    ERROR = 3


def grade(finding: FindingResponse) -> Grade | None:
    """The kind of a finding; None where there is nothing to say."""
    match finding.severity:
        case None:
            return None
        case Severity.ERROR:
            return Grade.ERROR
        case Severity.WARNING:
            return Grade.WARNING
        case Severity.NOTE:
            unknown = finding.rule in _NOT_ON_RECORD
            return Grade.NOT_ON_RECORD if unknown else Grade.GOOD_TO_KNOW


class Threshold(StrEnum):
    """The mildest findings that count; each level includes those before it.

    `contradicted` stands for all errors, `disputed` for warnings, `insufficient` for what is not on
    record or not decided, and `all` for that everything goes back to one origin.
    """

    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    INSUFFICIENT = "insufficient"
    ALL = "all"

    def includes(self, finding: FindingResponse) -> bool:
        """Whether this finding counts; one without a rule never does."""
        found = grade(finding)
        return found is not None and found >= _MILDEST[self]

    def or_milder(self, other: "Threshold") -> "Threshold":
        """The one of the two that includes more."""
        return min(self, other, key=_MILDEST.__getitem__)


_MILDEST = {
    Threshold.CONTRADICTED: Grade.ERROR,
    Threshold.DISPUTED: Grade.WARNING,
    Threshold.INSUFFICIENT: Grade.NOT_ON_RECORD,
    Threshold.ALL: Grade.GOOD_TO_KNOW,
}
