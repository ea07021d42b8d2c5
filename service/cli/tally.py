"""How bulk indexing went so far."""

from dataclasses import dataclass, replace

from service.domain.indexing import Change, Outcome
from service.reports.phrases import count


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of outcomes."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0

    def counted(self, outcome: Outcome) -> "Tally":
        """With one more outcome."""
        match outcome.change:
            case Change.CREATED:
                return replace(self, created=self.created + 1)
            case Change.UPDATED:
                return replace(self, updated=self.updated + 1)
            case Change.UNCHANGED:
                return replace(self, unchanged=self.unchanged + 1)
            case None:
                return replace(self, failed=self.failed + 1)

    @property
    def seen(self) -> int:
        """Outcomes in all."""
        return self.stored + self.failed

    @property
    def stored(self) -> int:
        """Articles that are in the archive now."""
        return self.created + self.updated + self.unchanged

    def __str__(self) -> str:
        """`15 articles: 14 created, 0 updated, 0 unchanged, 1 failed`."""
        return (
            f"{count(self.seen, 'article')}: {self.created:,} created, {self.updated:,} updated, "
            f"{self.unchanged:,} unchanged, {self.failed:,} failed"
        )
