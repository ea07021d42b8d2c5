"""How long each stage of a request took, and what happened in it."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from time import perf_counter
from typing import Any, TypeVar, cast

from service.domain.verdict import Check

T = TypeVar("T")

_LOG = logging.getLogger(__name__)

EMBEDDER_STAGES = {"embed": "embed"}
STANCE_STAGES = {"stances": "stance"}
TAGGER_STAGES = {"acts": "tag"}
CACHE_STAGES = {"get": "cache"}
STORE_STAGES = {
    "nearest": "vectors",
    "matching": "words",
    "passages": "passages",
    "coverage": "coverage",
    "said": "quotes",
    "put": "put",
}
"""Which methods of a port are a stage of their own, by the name that the stage is shown under."""

Span = Callable[[str], AbstractContextManager[object]]
"""What follows a stage of this name from beginning to end."""


def _no_span(_name: str) -> AbstractContextManager[object]:
    return nullcontext()


@dataclass(slots=True)
class Stopwatch:
    """Seconds spent in each stage of one request; stages that overlap are counted each in full.

    `counts` has what happened, as kind and which: `("verdict", "supported")`. `left_out` counts the
    sentences of the archive that could not be read. `span` follows each stage for a trace.
    """

    started: float = field(default_factory=perf_counter)
    stages: dict[str, float] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: int = 0
    span: Span = _no_span

    @property
    def elapsed_s(self) -> float:
        """Seconds since the request came in."""
        return perf_counter() - self.started

    def add(self, stage: str, seconds: float) -> None:
        """Adds to a stage, which may run several times in one request."""
        self.stages[stage] = self.stages.get(stage, 0.0) + seconds

    def header(self) -> str:
        """As a `Server-Timing` value, in milliseconds (https://www.w3.org/TR/server-timing/)."""
        shown = {"total": self.elapsed_s, **self.stages}
        return ", ".join(f"{stage};dur={1000 * seconds:.1f}" for stage, seconds in shown.items())


_running: ContextVar[Stopwatch | None] = ContextVar("stopwatch", default=None)


@contextmanager
def timing(span: Span = _no_span) -> Iterator[Stopwatch]:
    """Everything awaited inside, tasks started there too, is timed by the stopwatch given."""
    stopwatch = Stopwatch(span=span)
    token = _running.set(stopwatch)
    try:
        yield stopwatch
    finally:
        _running.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Counts the time inside as `name` of the request at hand; does nothing outside of one."""
    stopwatch = _running.get()
    if stopwatch is None:
        yield
        return
    started = perf_counter()
    try:
        with stopwatch.span(name):
            yield
    finally:
        stopwatch.add(name, perf_counter() - started)


def count(kind: str, which: str) -> None:
    """Counts something that happened in the request at hand; does nothing outside of one."""
    stopwatch = _running.get()
    if stopwatch is not None:
        stopwatch.counts[kind, which] += 1


def concluded(check: Check) -> None:
    """Counts an answer by its verdict."""
    count("verdict", check.verdict.value)


def waited(seconds: float) -> None:
    """Counts time in line as a stage."""
    stopwatch = _running.get()
    if stopwatch is not None:
        stopwatch.add("wait", seconds)


def left_out(sentences: int, error: Exception) -> None:
    """Logs and counts sentences that a check left out, as they could not be read."""
    _LOG.error("sentences left out of a check: %d could not be read", sentences, exc_info=error)
    stopwatch = _running.get()
    if stopwatch is not None:
        stopwatch.left_out += sentences


def cached(outcome: str) -> None:
    """Counts one look into the cache: `hit`, `miss` or `failed`."""
    count("cached", outcome)


def cache_failed(error: Exception) -> None:
    """Logs and counts that the cache failed; the check goes on without it."""
    _LOG.warning("the cache of checks failed: %s", error)
    cached("failed")


def timed(port: T, stages: Mapping[str, str]) -> T:
    """`port` with some of its async methods timed: method name to stage name."""
    return instead(port, {name: _timed(port, name, stages[name]) for name in stages})


def instead(port: T, methods: Mapping[str, Callable[..., Awaitable[Any]]]) -> T:
    """`port` with these in place of its own methods."""
    return cast(T, _Instead(port, methods))


class _Instead:
    """Stands in for a port: the methods given win, all else is the port's own."""

    def __init__(self, port: object, methods: Mapping[str, Callable[..., Awaitable[Any]]]) -> None:
        self._port = port
        self._methods = methods

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        return self._methods.get(name) or getattr(self._port, name)


def _timed(port: object, method: str, name: str) -> Callable[..., Awaitable[Any]]:
    call: Callable[..., Awaitable[Any]] = getattr(port, method)

    @wraps(call)
    async def within(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - as the port's method
        with stage(name):
            return await call(*args, **options)

    return within
