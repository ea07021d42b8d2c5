"""Pages of other origins may ask only where the operator says so."""

from dataclasses import replace

import pytest

from service.wiring import Services
from tests.api.client import connect

ORIGIN = "https://cms.example.org"
PREFLIGHT = {
    "Origin": ORIGIN,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.mark.parametrize(("origins", "allowed"), [("", None), (ORIGIN, ORIGIN), ("*", "*")])
async def test_an_origin_is_let_in_where_it_is_named(
    samples: Services, origins: str, allowed: str | None
) -> None:
    """The preflight and the answer say the same."""
    settings = samples.settings.model_copy(update={"cors_origins": origins})
    async with connect(replace(samples, settings=settings)) as client:
        asked = await client.options("/v1/checks", headers=PREFLIGHT)
        answer = await client.get("/v1/index", headers={"Origin": ORIGIN})
        other = await client.get("/v1/index", headers={"Origin": "https://other.example"})
    assert asked.headers.get("Access-Control-Allow-Origin") == allowed
    assert answer.headers.get("Access-Control-Allow-Origin") == allowed
    assert other.headers.get("Access-Control-Allow-Origin") == ("*" if origins == "*" else None)
    if allowed:
        assert "authorization" in asked.headers["Access-Control-Allow-Headers"].lower()
        assert "RateLimit" in answer.headers["Access-Control-Expose-Headers"]
