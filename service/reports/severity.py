"""Decides which verdicts fail a run of `onrecord draft`."""

from collections.abc import Iterable
from enum import StrEnum

from service.domain.verdict import Verdict
from service.reports.github import Level


class FailOn(StrEnum):
    """The mildest verdict that fails the run; each member includes those before it."""

    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    INSUFFICIENT = "insufficient"

    @property
    def verdicts(self) -> frozenset[Verdict]:
        """All verdicts that fail the run. `no_evidence` is treated like `insufficient`."""
        failing = [Verdict.CONTRADICTED]
        if self is not FailOn.CONTRADICTED:
            failing.append(Verdict.DISPUTED)
        if self is FailOn.INSUFFICIENT:
            failing += [Verdict.INSUFFICIENT, Verdict.NO_EVIDENCE]
        return frozenset(failing)

    def fails(self, verdicts: Iterable[Verdict]) -> bool:
        """Whether any of these fails the run."""
        return not self.verdicts.isdisjoint(verdicts)

    def level(self, verdict: Verdict) -> Level | None:
        """The level of an annotation, None where there is none.

        A verdict that fails the run is an error, so that a failed job shows why; a disputed
        statement is else a warning. Other verdicts get no annotation: GitHub shows ten of each
        level a step, and users switch off a check with many false alarms.
        """
        if verdict in self.verdicts:
            return Level.ERROR
        return Level.WARNING if verdict is Verdict.DISPUTED else None
