"""How fast work goes that is finished in bursts."""

from collections import deque
from dataclasses import dataclass, field

OVER_S = 60.0


@dataclass(slots=True)
class Pace:
    """The rate over the last minute, and what it makes of the rest. Times are in seconds."""

    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def mark(self, now_s: float, done: int) -> None:
        """Takes down how many are done. The first mark, of the start, is needed for a rate."""
        self._marks.append((now_s, done))
        while len(self._marks) > 2 and self._marks[1][0] < now_s - OVER_S:
            self._marks.popleft()

    def rate(self, now_s: float) -> float:
        """A second; the time since the last burst counts. 0 before the first is done."""
        (begun_s, before), (_, done) = self._marks[0], self._marks[-1]
        return (done - before) / (now_s - begun_s) if now_s > begun_s else 0.0

    def remaining_s(self, now_s: float, total: int) -> float | None:
        """Seconds until `total` are done; None while there is no rate."""
        rate = self.rate(now_s)
        return (total - self._marks[-1][1]) / rate if rate else None
