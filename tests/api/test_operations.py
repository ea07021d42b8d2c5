"""Probes and counters tell an operator the truth."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from service.api.app import create_app
from service.domain.claim import Filters
from service.domain.errors import StoreFailed
from service.domain.verdict import Coverage
from service.wiring import Services, build
from tests.api.client import connect, problem
from tests.conftest import settings


class BrokenStore:
    """A store that answers nothing."""

    async def health(self) -> None:
        """Never well."""
        raise StoreFailed("the folder is gone")

    async def coverage(self, _filters: Filters) -> Coverage:
        """Not known."""
        raise StoreFailed("the folder is gone")


async def test_a_broken_store_takes_readiness_but_not_health(services: Services) -> None:
    """A restart would not mend it, so only requests are kept away."""
    async with connect(replace(services, store=BrokenStore())) as client:  # type: ignore[arg-type]
        told = problem(await client.get("/readyz"), 503, "store-failed")
        assert str(told["detail"]).startswith("The store failed; the service's log says why, under")
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        metrics = await client.get("/metrics")
    assert 'onrecord_problems_total{type="store-failed"} 1.0' in metrics.text


async def test_a_stopping_service_is_not_ready(samples: Services) -> None:
    """It still answers what is asked, but wants no more."""
    app = create_app(samples)
    transport = ASGITransport(app)
    async with AsyncClient(transport=transport, base_url="http://onrecord.test") as client:
        assert (await client.get("/readyz")).status_code == 200
        app.state.readiness.stopping = True
        problem(await client.get("/readyz"), 503, "unavailable")
        assert (await client.get("/v1/index")).status_code == 200


async def test_a_service_whose_parts_are_not_built_says_so(services: Services) -> None:
    """Before its lifespan has begun and after it has ended."""
    transport = ASGITransport(create_app(settings=services.settings))
    async with AsyncClient(transport=transport, base_url="http://onrecord.test") as client:
        problem(await client.get("/readyz"), 503, "unavailable")
        problem(await client.post("/v1/checks", json={"claim": "A dog."}), 503, "unavailable")
        assert (await client.get("/healthz")).status_code == 200
        assert 'type="unavailable"} 2.0' in (await client.get("/metrics")).text


async def test_metrics_count_requests_by_route_and_tell_the_index_size(
    samples: Services,
) -> None:
    """Routes are templates: ids and unknown paths make no labels."""
    async with connect(samples) as client:
        for path in ("/v1/articles/a", "/v1/articles/b", "/nowhere/1", "/nowhere/2"):
            await client.get(path)
        exposition = (await client.get("/metrics")).text
    requests = {
        (sample.labels["route"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(exposition)
        for sample in family.samples
        if sample.name == "onrecord_requests_total"
    }
    assert requests == {("/v1/articles/{id}", "404"): 2, ("unmatched", "404"): 2}
    assert "onrecord_index_articles 15.0" in exposition
    assert 'onrecord_request_seconds_count{route="/v1/articles/{id}"} 2.0' in exposition


class SilentKeys:
    """Keys in a Redis that takes the question and never answers."""

    async def all(self) -> tuple[()]:
        """Waits until nobody wants to know."""
        await asyncio.Event().wait()
        return ()


class SlowStore:
    """A store that answers when asked for longer than no time at all."""

    async def coverage(self, _filters: Filters) -> Coverage:
        """Of three articles."""
        await asyncio.sleep(0.1)
        return Coverage(3, 4, 1, None, None)


async def test_metrics_wait_once_in_all(services: Services) -> None:
    """For the keys and the store together: Prometheus gives up where both take their time."""
    silent = replace(services, keys=SilentKeys(), store=SlowStore())  # type: ignore[arg-type]
    async with connect(silent) as client:
        assert "onrecord_index_articles 0.0" in (await client.get("/metrics")).text


async def test_methods_that_nobody_knows_are_one_label(samples: Services) -> None:
    """Else whoever makes them up fills the metrics."""
    async with connect(samples) as client:
        for method in ("BREW", "WHEN", "X" * 40):
            await client.request(method, "/healthz")
        exposition = (await client.get("/metrics")).text
    assert 'onrecord_requests_total{method="other",route="/healthz",status="405"} 3.0' in exposition
    assert "BREW" not in exposition


async def test_metrics_tell_verdicts_the_build_and_the_process(samples: Services) -> None:
    """What a dashboard shows beside requests."""
    async with connect(samples) as client:
        for claim in ("Will it rain?", "It is a shame.", "The Sallow Bridge is closed."):
            await client.post("/v1/checks", json={"claim": claim})
        exposition = (await client.get("/metrics")).text
    samples_of = {
        sample.name: sample
        for family in text_string_to_metric_families(exposition)
        for sample in family.samples
    }
    assert 'onrecord_checks_total{verdict="not_checkable"} 2.0' in exposition
    assert 'onrecord_stage_seconds_count{stage="wait"} 3.0' in exposition
    build = samples_of["onrecord_build_info"].labels
    assert build["version"] == version("onrecord")
    assert build["stance"] == samples.models["stance"]
    newest = samples_of["onrecord_index_newest_article_timestamp_seconds"].value
    assert datetime.fromtimestamp(newest, UTC).date() == date(2025, 9, 4)
    assert samples_of["process_resident_memory_bytes"].value > 1e8


async def test_an_application_builds_and_closes_its_own_parts(tmp_path: Path) -> None:
    """For `uvicorn --factory service.api.app:create_app`: ready while its lifespan lasts."""
    app = create_app(settings=settings(tmp_path / "store"))
    transport = ASGITransport(app)
    async with AsyncClient(transport=transport, base_url="http://onrecord.test") as client:
        async with app.router.lifespan_context(app):
            assert (await client.get("/readyz")).json() == {"status": "ok"}
        problem(await client.get("/readyz"), 503, "unavailable")
    async with build(settings(tmp_path / "store")):
        pass  # the folder is free again
