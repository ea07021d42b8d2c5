"""What fails a run of `onrecord draft`."""

from collections.abc import Iterable
from enum import StrEnum

from service.domain.verdict import Verdict
from service.reports.github import Level


class FailOn(StrEnum):
    """The mildest verdict that fails the run; each includes those before it."""

    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    INSUFFICIENT = "insufficient"

    @property
    def verdicts(self) -> frozenset[Verdict]:
        """All that fail. That nothing was found is no better than not enough."""
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
        """What fails the run is an error, so that a red job shows why. A disputed statement that
        does not is a warning. The rest makes no annotation: GitHub shows ten of a level a step, and
        a check that cries wolf is switched off."""
        if verdict in self.verdicts:
            return Level.ERROR
        return Level.WARNING if verdict is Verdict.DISPUTED else None
