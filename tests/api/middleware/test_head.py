"""HEAD and Allow: what a client can find out without asking for it all."""

import pytest
from httpx import AsyncClient

from tests.api.client import problem


@pytest.mark.parametrize(
    "path", ["/v1/index", "/v1/articles", "/v1/quotes", "/healthz", "/readyz", "/metrics", "/docs"]
)
async def test_head_is_get_without_the_body(client: AsyncClient, path: str) -> None:
    """The same status and headers, the length too, wherever GET is known."""
    full, head = await client.get(path), await client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == full.headers["Content-Type"]
    if path != "/metrics":  # which counts the requests before
        assert head.headers["Content-Length"] == full.headers["Content-Length"]


async def test_head_of_what_is_not_there(client: AsyncClient) -> None:
    """404 and 405 as for GET, without a body."""
    for path, status in (("/v1/articles/none", 404), ("/none", 404), ("/v1/checks", 405)):
        head = await client.head(path)
        assert (head.status_code, head.content) == (status, b"")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/articles", "GET, HEAD, POST"),
        ("/v1/articles/a", "DELETE, GET, HEAD, PUT"),
        ("/v1/checks", "POST"),
        ("/v1/index", "GET, HEAD"),
        ("/docs/assets/swagger-ui.css", "GET, HEAD"),
    ],
)
async def test_allow_names_all_that_the_path_knows(
    client: AsyncClient, path: str, allowed: str
) -> None:
    """Not only what the first route there knows."""
    response = await client.patch(path)
    problem(response, 405, "method-not-allowed")
    assert response.headers["Allow"] == allowed
