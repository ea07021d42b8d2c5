"""How far indexing has come: a bar on a terminal, plain lines elsewhere. All on stderr."""

from collections import deque
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import monotonic
from types import TracebackType
from typing import Protocol, Self

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
)
from rich.text import Text

from service.cli.console import terminal
from service.domain.errors import told
from service.domain.indexing import Change, Outcome
from service.reports.phrases import count, one_line

PLAIN_EVERY_S = 10.0
PACE_OVER_S = 60.0


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


@dataclass(slots=True)
class Pace:
    """The rate over the last minute, and what it makes of the rest. Times are in seconds."""

    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def mark(self, now_s: float, done: int) -> None:
        """Takes down how many are done. The first mark, of the start, is needed for a rate."""
        self._marks.append((now_s, done))
        while len(self._marks) > 2 and self._marks[1][0] < now_s - PACE_OVER_S:
            self._marks.popleft()

    def rate(self, now_s: float) -> float:
        """A second; the time since the last burst counts. 0 before the first is done."""
        (begun_s, before), (_, done) = self._marks[0], self._marks[-1]
        return (done - before) / (now_s - begun_s) if now_s > begun_s else 0.0

    def remaining_s(self, now_s: float, total: int) -> float | None:
        """Seconds until `total` are done; None while there is no rate."""
        rate = self.rate(now_s)
        return (total - self._marks[-1][1]) / rate if rate else None


class Watcher(AbstractContextManager["Watcher"], Protocol):
    """Is shown how indexing goes on."""

    def expect(self, total: int) -> None:
        """How many there will be, once that is known."""

    def show(self, outcome: Outcome, tally: Tally) -> None:
        """One more outcome, with the counts up to it."""


def watcher(*, quiet: bool) -> Watcher:
    """The watcher for this terminal."""
    console = terminal(stderr=True)
    if quiet or not console.is_terminal:
        return Lines(quiet=quiet)
    return Bar(console)


class Lines:
    """Problems as they come and, unless `quiet`, the counts every ten seconds."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._shown_at_s = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def expect(self, total: int) -> None:
        """A line has no room for it."""

    def show(self, outcome: Outcome, tally: Tally) -> None:
        """Prints what is worth a line."""
        if outcome.problem:
            typer.echo(problem_line(outcome), err=True)
        if not self._quiet and monotonic() - self._shown_at_s >= PLAIN_EVERY_S:
            self._shown_at_s = monotonic()
            typer.echo(str(tally), err=True)


class Bar:
    """A bar with counts, rate and, once the total is known, the time that remains."""

    def __init__(self, console: Console) -> None:
        self._pace = Pace()
        self._pace.mark(monotonic(), 0)
        self._progress = Progress(
            TextColumn("indexing"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            Speed(self._pace),
            TextColumn("{task.fields[failed]}", style="bold red"),
            console=console,
            transient=True,
            expand=True,
        )
        self._task = self._progress.add_task("indexing", total=None, failed="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def expect(self, total: int) -> None:
        """Gives the bar its end."""
        self._progress.update(self._task, total=total)

    def show(self, outcome: Outcome, tally: Tally) -> None:
        """Moves the bar; a problem is printed above it and stays."""
        if outcome.problem:
            self._progress.console.print(problem_line(outcome))
        self._pace.mark(monotonic(), tally.seen)
        failed = f"{tally.failed:,} failed" if tally.failed else ""
        self._progress.update(self._task, completed=tally.seen, failed=failed)


class Speed(ProgressColumn):
    """`12.3/s, 1:02:03 left`: articles a second and, with a known total, the time that remains."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def render(self, task: Task) -> Text:
        """Empty until there is something to tell."""
        now_s = monotonic()
        rate = self._pace.rate(now_s)
        if not rate:
            return Text("")
        left_s = self._pace.remaining_s(now_s, int(task.total)) if task.total else None
        left = f", {timedelta(seconds=round(left_s))} left" if left_s is not None else ""
        return Text(f"{rate:,.1f}/s{left}")


def problem_line(outcome: Outcome) -> str:
    """`articles.jsonl:17: the line is not JSON`."""
    problem = told(outcome.problem) if outcome.problem else ""
    return f"{one_line(outcome.origin)}: {one_line(problem)}"
