"""What browsers and caches may do with an answer: as little as they can."""

import pytest
from httpx import AsyncClient

from tests.api.client import JSON

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/v1/index", "/nowhere", "/docs", "/healthz", "/openapi.json"])
async def test_every_answer_has_them(client: AsyncClient, path: str) -> None:
    """Errors too: no sniffing, no framing, no scripts but the service's own."""
    headers = (await client.get(path)).headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "server" not in headers


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/checks", '{"claim": "A dog."}'),
        ("POST", "/v1/drafts", '{"text": "A dog barked at the bridge."}'),
        ("POST", "/v1/checks", "{"),
        ("GET", "/v1/search?q=dog", ""),
        ("GET", "/v1/articles", ""),
        ("GET", "/nowhere", ""),
    ],
)
async def test_nothing_that_tells_of_a_draft_is_kept(
    client: AsyncClient, method: str, path: str, body: str
) -> None:
    """Neither by the browser nor by a proxy, and an error repeats what it is about."""
    answer = await client.request(method, path, content=body, headers=JSON)
    assert answer.headers["Cache-Control"] == "no-store"


async def test_what_has_a_version_may_be_kept_and_is_asked_for_again(client: AsyncClient) -> None:
    """Articles and the page's own files."""
    (first, *_) = (await client.get("/v1/articles")).json()["articles"]
    article = await client.get(f"/v1/articles/{first['id']}")
    assert article.headers["Cache-Control"] == "no-cache"
    assert "no-store" not in (await client.get("/docs/assets/docs.js")).headers.get(
        "Cache-Control", ""
    )


async def test_no_answer_lets_another_site_read_it(client: AsyncClient) -> None:
    """Nor does it let one send JSON: a form can send text alone, and that changes nothing."""
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = await client.get("/v1/index", headers=foreign)
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    asked = {"Access-Control-Request-Method": "DELETE"} | foreign
    preflight = await client.options("/v1/articles/a", headers=asked)
    assert preflight.status_code == 405
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        body = '{"text": "Planted."}'
        sent = await client.post("/v1/articles", content=body, headers={"Content-Type": kind})
        assert sent.status_code == 415
