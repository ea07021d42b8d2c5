"""The Swagger UI comes from this service and from nowhere else."""

import re

import pytest
from httpx import AsyncClient

from tests.api.client import problem


async def test_every_file_that_the_page_names_is_served_here(client: AsyncClient) -> None:
    """All addresses are relative, so that they also hold behind a proxy's prefix."""
    page = await client.get("/docs")
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) >= 5
    for path in named:
        assert not path.startswith(("/", "http"))
        assert (await client.get(f"/{path}")).status_code == 200, path


async def test_the_page_may_run_scripts_of_this_service_alone(client: AsyncClient) -> None:
    """No inline script, no other host."""
    page = await client.get("/docs")
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy
    assert "<script>" not in page.text


async def test_the_bundle_reads_openapi_3_1(client: AsyncClient) -> None:
    """Swagger UI 5; version 4 shows an error for our document."""
    bundle = (await client.get("/docs/assets/swagger-ui-bundle.js")).text
    found = re.search(r'PACKAGE_VERSION:"(\d+)\.', bundle)
    assert found
    assert int(found[1]) >= 5


@pytest.mark.parametrize("path", ["nothing.js", "%2e%2e/app.py", "..%2f..%2fapp.py", "__init__.py"])
async def test_nothing_else_can_be_fetched(client: AsyncClient, path: str) -> None:
    """Neither our source nor the package's."""
    response = await client.get(f"/docs/assets/{path}")
    problem(response, 404, "no-such-path")
