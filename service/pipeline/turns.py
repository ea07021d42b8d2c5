"""Who may work now, who waits in line, and who would wait too long."""

import asyncio
import math
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from service.domain.errors import Overloaded

_NEWEST: Final = 0.1
"""Weight of the newest piece of work in the mean of its kind."""
_COME_BACK: Final = (0.5, 1.0)
"""When to try again, in parts of the wait: those who are refused together come back apart."""


class Work(StrEnum):
    """Kinds of work: those of one kind take about the same time."""

    CHECK = "check"
    SEARCH = "search"
    INDEX = "index"


FIRST_GUESS_S: Final = {Work.CHECK: 0.5, Work.SEARCH: 0.1, Work.INDEX: 0.5}
"""Seconds that a piece of work takes, as long as none was measured."""


@dataclass(slots=True, eq=False)
class _Place:
    """One request's place in line. It has `waiting` turns to come, one for each piece of work."""

    kind: Work
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


_place: ContextVar[_Place | None] = ContextVar("place", default=None)


def _unheard(_waited_s: float) -> None:
    """Where nobody counts how long work waits."""


class Turns:
    """Lets `at_once` pieces of work go on at the same time; the others wait in line.

    Requests take turns, one piece of work each: a batch of ten thousand claims delays a single
    claim by one check. A request that would wait longer than `max_wait_s` is refused when it comes,
    and never later. What it would wait follows from who is ahead and from how long the latest
    pieces of work of each kind took (Little's law). `waited` is told the seconds of each wait.

    All calls must come from one event loop. Who has a turn must not ask for another.
    """

    def __init__(
        self, at_once: int, max_wait_s: float, *, waited: Callable[[float], None] = _unheard
    ) -> None:
        self.at_once = at_once
        self.max_wait_s = max_wait_s
        self.waited = waited
        self._free = at_once
        self._line: deque[_Place] = deque()
        self._expected: set[_Place] = set()
        self._mean_s = dict(FIRST_GUESS_S)

    @property
    def waiting(self) -> int:
        """Requests in line, those about to ask for their first turn included."""
        return len(self._line) + len(self._expected)

    @property
    def working(self) -> int:
        """Pieces of work under way."""
        return self.at_once - self._free

    def expected_wait_s(self) -> float:
        """Seconds that a request would wait that came now."""
        ahead = [place.kind for place in (*self._line, *self._expected)]
        if len(ahead) < self._free:
            return 0.0
        return sum(self._mean_s[kind] for kind in ahead) / self.at_once

    def require_room(self) -> None:
        """Raises Overloaded where a request that came now would wait too long."""
        wait_s = self.expected_wait_s()
        if wait_s > self.max_wait_s:
            raise Overloaded(
                f"{self.waiting:,} requests wait, about {wait_s:.0f} s, longer than the "
                f"{self.max_wait_s:g} s allowed (ONRECORD_MAX_WAIT_S). Try again later.",
                retry_after_s=max(1, math.ceil(wait_s * random.uniform(*_COME_BACK))),  # noqa: S311
            )

    @contextmanager
    def place(self, kind: Work, *, asks_now: bool) -> Iterator[None]:
        """Gives the request at hand its place: all turns taken inside, in tasks started there too,
        are turns of this place. With `asks_now` it counts as waiting from the start. Raises
        Overloaded."""
        self.require_room()
        place = _Place(kind)
        if asks_now:
            self._expected.add(place)
        token = _place.set(place)
        try:
            yield
        finally:
            _place.reset(token)
            self._expected.discard(place)

    @asynccontextmanager
    async def turn(self, kind: Work) -> AsyncIterator[None]:
        """Waits for a turn, and has it inside."""
        place = _place.get() or _Place(kind)
        self._expected.discard(place)
        came = time.perf_counter()
        await self._admitted(place)
        began = time.perf_counter()
        self.waited(began - came)
        try:
            yield
            self._mean_s[kind] += _NEWEST * (time.perf_counter() - began - self._mean_s[kind])
        finally:
            self._give_back()

    async def _admitted(self, place: _Place) -> None:
        if self._free:
            self._free -= 1
            return
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if not place.waiting:
            self._line.append(place)
        place.waiting.append(ticket)
        try:
            await ticket
        except asyncio.CancelledError:  # the caller has gone
            if ticket.cancelled():
                self._leave(place, ticket)
            else:  # it was given its turn in the same moment
                self._give_back()
            raise

    def _leave(self, place: _Place, ticket: asyncio.Future[None]) -> None:
        place.waiting.remove(ticket)
        if not place.waiting:
            self._line.remove(place)

    def _give_back(self) -> None:
        """Passes a turn on to the first in line."""
        self._free += 1
        for place in list(self._line):
            for ticket in place.waiting:
                if not ticket.done():  # else it is leaving
                    self._pass_on(place, ticket)
                    return

    def _pass_on(self, place: _Place, ticket: asyncio.Future[None]) -> None:
        """Its other pieces of work wait behind everybody else's."""
        self._free -= 1
        place.waiting.remove(ticket)
        self._line.remove(place)
        if place.waiting:
            self._line.append(place)
        ticket.set_result(None)
