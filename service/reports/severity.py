"""Decides which findings fail a run of `onrecord draft`."""

from collections.abc import Iterable
from enum import StrEnum

from service.domain.finding import RuleId, Severity
from service.reports.github import Level
from service.wire.drafts import FindingResponse

_NOT_ON_RECORD = frozenset(
    {RuleId.CLAIM_INSUFFICIENT, RuleId.CLAIM_NO_EVIDENCE, RuleId.QUOTE_NOT_FOUND}
)


class FailOn(StrEnum):
    """The mildest findings that fail the run; each member includes those before it.

    `contradicted` stands for all errors, `disputed` for warnings, and `insufficient` for what is
    not on record or not decided. That everything goes back to one origin fails nothing.
    """

    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    INSUFFICIENT = "insufficient"

    def includes(self, finding: FindingResponse) -> bool:
        """Whether this finding fails the run."""
        if finding.severity is Severity.ERROR:
            return True
        if finding.severity is Severity.WARNING:
            return self is not FailOn.CONTRADICTED
        return self is FailOn.INSUFFICIENT and finding.rule in _NOT_ON_RECORD

    def fails(self, findings: Iterable[FindingResponse]) -> bool:
        """Whether any of these fails the run."""
        return any(map(self.includes, findings))

    def level(self, finding: FindingResponse) -> Level | None:
        """The level of an annotation, None where there is none.

        What fails the run is an error, so that a failed job shows why; another warning is one.
        Notes get no annotation: GitHub shows ten of each level a step, and users switch off a check
        with many false alarms.
        """
        if self.includes(finding):
            return Level.ERROR
        return Level.WARNING if finding.severity is Severity.WARNING else None
