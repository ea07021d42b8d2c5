"""The thresholds: which findings fail a run of `onrecord draft`, and which a report shows."""

from enum import StrEnum

from service.domain.finding import RuleId, Severity
from service.wire.drafts import FindingResponse

_NOT_ON_RECORD = frozenset(
    {RuleId.CLAIM_INSUFFICIENT, RuleId.CLAIM_NO_EVIDENCE, RuleId.QUOTE_NOT_FOUND}
)


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
        return (
            finding.severity is not None
            and (finding.severity.rank, finding.rule in _NOT_ON_RECORD) >= _MILDEST[self]
        )

    def or_milder(self, other: "Threshold") -> "Threshold":
        """The one of the two that includes more."""
        return min(self, other, key=_MILDEST.__getitem__)


_MILDEST = {
    Threshold.CONTRADICTED: (Severity.ERROR.rank, False),
    Threshold.DISPUTED: (Severity.WARNING.rank, False),
    Threshold.INSUFFICIENT: (Severity.NOTE.rank, True),
    Threshold.ALL: (Severity.NOTE.rank, False),
}
"""The rank of the severity, and whether a note must be of what is not on record."""
