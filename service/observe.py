"""Timing and counters: how long each stage of a request took, and what `/metrics` shows.

Answers never hold a time; it goes into the `Server-Timing` header and here.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from time import perf_counter
from typing import Any, TypeVar, cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.domain.verdict import Coverage

T = TypeVar("T")

_LOG = logging.getLogger(__name__)

EMBEDDER_STAGES = {"embed": "embed"}
STANCE_STAGES = {"stances": "stance"}
TAGGER_STAGES = {"acts": "tag"}
STORE_STAGES = {
    "nearest": "vectors",
    "matching": "words",
    "passages": "passages",
    "coverage": "coverage",
    "said": "quotes",
    "put": "put",
}
"""Which methods of a port are a stage of their own, by the name that the stage is shown under."""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@dataclass(slots=True)
class Stopwatch:
    """Seconds spent in each stage of one request; stages that overlap are counted each in full.

    `left_out` counts the sentences of the archive that could not be read for it.
    """

    started: float = field(default_factory=perf_counter)
    stages: dict[str, float] = field(default_factory=dict)
    left_out: int = 0

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
def timing() -> Iterator[Stopwatch]:
    """Everything awaited inside, tasks started there too, is timed by the stopwatch given."""
    stopwatch = Stopwatch()
    token = _running.set(stopwatch)
    try:
        yield stopwatch
    finally:
        _running.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Counts the time inside as `name` of the request at hand; does nothing outside of one."""
    stopwatch = _running.get()
    started = perf_counter()
    try:
        yield
    finally:
        if stopwatch is not None:
            stopwatch.add(name, perf_counter() - started)


def left_out(sentences: int, error: Exception) -> None:
    """Logs and counts sentences that a check left out, as they could not be read."""
    _LOG.error("sentences left out of a check: %d could not be read", sentences, exc_info=error)
    stopwatch = _running.get()
    if stopwatch is not None:
        stopwatch.left_out += sentences


def timed(port: T, stages: Mapping[str, str]) -> T:
    """`port` with some of its async methods timed: method name to stage name."""
    return cast(T, _Timed(port, {name: _timed(port, name, stages[name]) for name in stages}))


class _Timed:
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


class Metrics:
    """What one running service counts. Each has a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "onrecord_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._latency = self._histogram(
            "onrecord_request_seconds", "From the first byte in to the last byte out.", "route"
        )
        self._stages = self._histogram("onrecord_stage_seconds", "Time in one stage.", "stage")
        self._left_out = Counter(
            "onrecord_unreadable_sentences",
            "Sentences left out of checks because reading them failed; the log says why.",
            registry=self.registry,
        )
        self._limiter_failures = Counter(
            "onrecord_limiter_failures",
            "Calls let in without being counted against the rate limit; the log says why.",
            registry=self.registry,
        )
        self._articles = self._gauge("onrecord_index_articles", "Articles in the index.")
        self._passages = self._gauge("onrecord_index_passages", "Passages in the index.")
        self._publishers = self._gauge("onrecord_index_publishers", "Publishers in the index.")

    def answered(self, *, method: str, route: str, status: int, stopwatch: Stopwatch) -> None:
        """Counts one request. `route` is the template, never the path: ids would be no label."""
        self._requests.labels(method, route, str(status)).inc()
        self._latency.labels(route).observe(stopwatch.elapsed_s)
        for name, seconds in stopwatch.stages.items():
            self._stages.labels(name).observe(seconds)
        self._left_out.inc(stopwatch.left_out)

    def limiter_failed(self) -> None:
        """Counts a call that could not be counted against the rate limit."""
        self._limiter_failures.inc()

    def exposition(self, coverage: Coverage) -> bytes:
        """All of it in the Prometheus text format, with the index as big as it is now."""
        self._articles.set(coverage.articles)
        self._passages.set(coverage.passages)
        self._publishers.set(coverage.publishers)
        return generate_latest(self.registry)

    def _histogram(self, name: str, description: str, label: str) -> Histogram:
        return Histogram(name, description, [label], buckets=_SECONDS, registry=self.registry)

    def _gauge(self, name: str, description: str) -> Gauge:
        return Gauge(name, description, registry=self.registry)
