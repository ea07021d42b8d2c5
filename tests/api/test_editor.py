"""The editor's page comes from this service and from nowhere else."""

import re

import pytest
from httpx import AsyncClient

from service.domain.claim import Filters
from service.wiring import Services
from tests.api.client import problem


async def test_every_file_that_the_page_names_is_served_here(client: AsyncClient) -> None:
    """All addresses are relative, so that they also hold behind a proxy's prefix."""
    page = await client.get("/")
    assert page.headers["Content-Type"].startswith("text/html")
    named = set(re.findall(r'(?:src|href)="([^"#]+)"', page.text))
    scripts = await client.get("/assets/editor.js")
    named |= {f"assets/{name}" for name in re.findall(r'from "\./([^"]+)"', scripts.text)}
    assert len(named) >= 6
    for path in named:
        assert not path.startswith(("/", "http"))
        assert (await client.get(f"/{path}")).status_code == 200, path


async def test_the_page_may_do_nothing_but_ask_this_service(client: AsyncClient) -> None:
    """No inline script or style, no other host, no markup made of words."""
    page = await client.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert not re.search(r"<script>|<style|\sstyle=|\son\w+=", page.text)


@pytest.mark.parametrize("path", ["docs.js", "editor.html", "%2e%2e/app.py", "nothing.js"])
async def test_nothing_else_can_be_fetched(client: AsyncClient, path: str) -> None:
    """Neither our source nor what another page needs."""
    problem(await client.get(f"/assets/{path}"), 404, "no-such-path")


async def test_the_publishers_are_named(client: AsyncClient, samples: Services) -> None:
    """All that the index counts, in order."""
    names = (await client.get("/v1/index/publishers")).json()["publishers"]
    assert len(names) == (await samples.store.coverage(Filters())).publishers
    assert names == sorted(names)
    assert "Harbour Post" in names


async def test_an_empty_archive_has_no_publisher(empty: AsyncClient) -> None:
    """Nor has an article without one any."""
    assert (await empty.get("/v1/index/publishers")).json() == {"publishers": []}
    body = {"text": "The ferry sails at nine.", "title": "Ferry"}
    assert (await empty.post("/v1/articles", json=body)).status_code == 201
    assert (await empty.get("/v1/index/publishers")).json() == {"publishers": []}
