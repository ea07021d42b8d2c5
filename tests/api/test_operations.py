"""Probes and counters tell an operator the truth."""

from dataclasses import replace
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from service.api.app import create_app
from service.domain.errors import StoreFailed
from service.wiring import Services, build
from tests.api.client import connect, problem
from tests.conftest import settings


class BrokenStore:
    """A store that answers nothing."""

    async def health(self) -> None:
        """Never well."""
        raise StoreFailed("the folder is gone")


async def test_a_broken_store_takes_readiness_but_not_health(services: Services) -> None:
    """A restart would not mend it, so only requests are kept away."""
    async with connect(replace(services, store=BrokenStore())) as client:  # type: ignore[arg-type]
        problem(await client.get("/readyz"), 503, "store-failed")
        assert (await client.get("/healthz")).json() == {"status": "ok"}


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
