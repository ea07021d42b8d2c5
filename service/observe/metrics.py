"""What `/metrics` shows, in the Prometheus text format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPMethod
from importlib.metadata import version
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from service.domain.verdict import Coverage
from service.observe.stages import Stopwatch

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS: Final = frozenset(HTTPMethod)


@dataclass(frozen=True, slots=True)
class Now:
    """What is so at this moment: the index, None where it cannot be read, the requests in line, the
    work under way, and the fingerprint of each model by its role."""

    coverage: Coverage | None = None
    waiting: int = 0
    working: int = 0
    models: Mapping[str, str] = field(default_factory=dict)


class Metrics:
    """What one running service counts. Each has a registry of its own."""

    def __init__(self, revision: str = "") -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._revision = revision
        self._requests = self._counter(
            "onrecord_requests", "Requests answered.", "method", "route", "status"
        )
        self._latency = self._histogram(
            "onrecord_request_seconds", "From the first byte in to the last byte out.", "route"
        )
        self._stages = self._histogram(
            "onrecord_stage_seconds",
            "Time of one request in one stage; `wait` is in line.",
            "stage",
        )
        self._counts = {
            "verdict": self._counter("onrecord_checks", "Claims checked.", "verdict"),
            "problem": self._counter("onrecord_problems", "Problems told.", "type"),
            "refusal": self._counter(
                "onrecord_refusals",
                "Requests refused: `wait` for the time they would have waited, `connections` for "
                "the number of connections.",
                "reason",
            ),
            "cached": self._counter(
                "onrecord_cached_checks",
                "Checks that the cache had (hit), had not (miss), or that it failed on (failed).",
                "outcome",
            ),
            "change": self._counter("onrecord_changes", "Articles changed.", "change"),
        }
        self._left_out = self._counter(
            "onrecord_unreadable_sentences",
            "Sentences left out of checks because reading them failed; the log says why.",
        )
        self._limiter_failures = self._counter(
            "onrecord_limiter_failures",
            "Calls let in without being counted against the rate limit; the log says why.",
        )
        self._last_write = self._gauge(
            "onrecord_last_write_timestamp_seconds",
            "When this process last changed an article, 0 if it has not.",
        )
        self._waiting = self._gauge("onrecord_waiting_requests", "Requests in line for their turn.")
        self._working = self._gauge("onrecord_working", "Pieces of work under way.")
        self._articles = self._gauge("onrecord_index_articles", "Articles in the index.")
        self._passages = self._gauge("onrecord_index_passages", "Passages in the index.")
        self._publishers = self._gauge("onrecord_index_publishers", "Publishers in the index.")
        self._newest = self._gauge(
            "onrecord_index_newest_article_timestamp_seconds",
            "When the newest article was published, 0 without a dated one.",
        )
        self._build = self._gauge(
            "onrecord_build_info",
            "Always 1; the labels say what runs.",
            "version", "revision", "embedder", "stance", "tagger",
        )  # fmt: skip

    def answered(self, *, method: str, route: str, status: int, stopwatch: Stopwatch) -> None:
        """Counts one request. `route` is the template, never the path: ids would be no label.
        Neither are methods that a caller has made up."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._latency.labels(route).observe(stopwatch.elapsed_s)
        for name, seconds in stopwatch.stages.items():
            self._stages.labels(name).observe(seconds)
        for (kind, which), times in stopwatch.counts.items():
            self._counts[kind].labels(which).inc(times)
            if kind == "change":
                self._last_write.set_to_current_time()
        self._left_out.inc(stopwatch.left_out)

    def limiter_failed(self) -> None:
        """Counts a call that could not be counted against the rate limit."""
        self._limiter_failures.inc()

    def exposition(self, now: Now) -> bytes:
        """All of it, with what is so now; of an index that cannot be read, what was so before."""
        if now.coverage:
            self._articles.set(now.coverage.articles)
            self._passages.set(now.coverage.passages)
            self._publishers.set(now.coverage.publishers)
            self._newest.set(_timestamp(now.coverage.newest))
        self._waiting.set(now.waiting)
        self._working.set(now.working)
        if now.models:
            roles = (now.models.get(role, "") for role in ("embedder", "stance", "tagger"))
            self._build.labels(version("onrecord"), self._revision, *roles).set(1)
        return generate_latest(self.registry)

    def _counter(self, name: str, description: str, *labels: str) -> Counter:
        return Counter(name, description, labels, registry=self.registry)

    def _histogram(self, name: str, description: str, label: str) -> Histogram:
        return Histogram(name, description, [label], buckets=_SECONDS, registry=self.registry)

    def _gauge(self, name: str, description: str, *labels: str) -> Gauge:
        return Gauge(name, description, labels, registry=self.registry)


def _timestamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
