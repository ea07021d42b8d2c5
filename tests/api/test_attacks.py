"""What a stranger tries at the door. Each attack ends in a problem or in nothing, and soon."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from service.wiring import Services
from tests.api.client import JSON, NDJSON, connect, problem

SOON_S = 20
"""Generous: what is meant is that a small body keeps nobody busy for minutes."""


@pytest.mark.parametrize(
    "url",
    """http://127.0.0.1/ http://localhost/ http://10.0.0.1/ http://192.168.0.1/ http://172.16.0.1/
    http://169.254.169.254/latest/meta-data/ http://100.100.100.200/ http://168.63.129.16/
    http://[::1]/ http://[fe80::1]/ http://[fd00:ec2::254]/ http://[::ffff:169.254.169.254]/
    http://[64:ff9b::a9fe:a9fe]/ http://[2002:7f00:1::]/ http://0.0.0.0/ http://2130706433/
    http://0x7f.1/ http://127.1/ http://user:hunter2@127.0.0.1/""".split(),
)
async def test_no_address_inside_is_fetched(empty: AsyncClient, url: str) -> None:
    """Private, link-local, metadata, and IPv4 carried in IPv6; the answer holds none of it."""
    body = problem(await empty.post("/v1/articles", json={"url": url}), 422, "fetch-refused")
    assert "hunter2" not in str(body["detail"])


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "dict://127.0.0.1/",
        "data:text/html,<p>Planted.",
        "javascript:alert(1)",
        "//127.0.0.1/",
    ],
)
async def test_nothing_but_the_web_is_fetched(empty: AsyncClient, url: str) -> None:
    """An address of another scheme is no address of an article."""
    problem(await empty.post("/v1/articles", json={"url": url}), 422, "invalid-article")


TRAVERSALS = [
    "..%2f..%2farchive.sqlite",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5ckeys.json",
    "a%00b",
    "a%0d%0aSet-Cookie:%20a=b",
    "%c0%ae%c0%ae%c0%af",
    ".keys.json",
    "a" * 5_000,
]


@pytest.mark.parametrize("article_id", TRAVERSALS)
async def test_an_id_leads_to_no_file_and_no_header(
    services: Services, tmp_path: Path, article_id: str
) -> None:
    """Read, written or deleted, with the id in the path or in the body."""
    before = sorted(tmp_path.rglob("*"))
    async with connect(services) as client:
        for method in ("GET", "PUT", "DELETE"):
            answer = await client.request(
                method, f"/v1/articles/{article_id}", content=b'{"text": "A dog."}', headers=JSON
            )
            assert answer.status_code in {404, 405, 422}
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert "set-cookie" not in answer.headers
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: a=b", "a\nb", "a\x00b", "\u2028"])
async def test_no_value_of_ours_becomes_a_header(empty: AsyncClient, value: str) -> None:
    """An id, a title, a publisher, a claim with line ends: all answers have the usual headers."""
    usual = set((await empty.get("/v1/articles")).headers) | {
        *("etag", "location", "retry-after", "vary", "content-encoding")
    }
    for method, path, body in [
        ("POST", "/v1/articles", {"text": "A dog.", "title": value, "publisher": value}),
        ("POST", "/v1/articles", {"text": "A dog.", "id": value}),
        ("POST", "/v1/checks", {"claim": f"A dog {value} barked."}),
        ("POST", "/v1/drafts", {"text": f"A dog {value} barked."}),
    ]:
        answer = await empty.request(method, path, json=body)
        assert set(answer.headers) <= usual
    answer = await empty.get("/v1/search", params={"q": value})
    assert set(answer.headers) <= usual


DEEP = 100_000
NESTED: list[tuple[str, object, dict[str, str]]] = [
    ("/v1/checks", b'{"claim": ' + b"[" * DEEP, JSON),
    ("/v1/checks", b'{"claim":' * DEEP, JSON),
    ("/v1/checks/batch", b'{"claim":' * DEEP + b"\n" + b"[" * DEEP, NDJSON),
    ("/v1/articles", b'{"text": "a", "extra": ' + b'{"a":' * DEEP, JSON),
    ("/v1/articles/batch", b"[" * DEEP + b"\n", NDJSON),
    ("/v1/articles", {"html": "<div>" * DEEP + "A dog."}, {}),
    ("/v1/articles", {"html": "<b>" * DEEP + "A dog." + "</b>" * DEEP}, {}),
    ("/v1/articles", {"text": "“" * (DEEP // 5) + "A dog.”"}, {}),
    ("/v1/drafts", {"format": "markdown", "text": ">" * DEEP + " A dog."}, {}),
    ("/v1/drafts", {"format": "markdown", "text": "[" * (DEEP // 4) + "A dog."}, {}),
    ("/v1/drafts", {"format": "markdown", "text": "*_" * (DEEP // 8) + "A dog."}, {}),
    ("/v1/drafts", {"format": "html", "text": "<blockquote>" * (DEEP // 10) + "A dog."}, {}),
    ("/v1/drafts", {"format": "text", "text": "(" * DEEP + "A dog." + ")" * 10}, {}),
]


@pytest.mark.parametrize(("path", "body", "headers"), NESTED, ids=lambda one: str(one)[:24])
async def test_depth_is_no_weapon(
    empty: AsyncClient, path: str, body: object, headers: dict[str, str]
) -> None:
    """A body that is all brackets is answered or refused, and the service goes on."""
    begun = time.monotonic()
    async with asyncio.timeout(SOON_S):
        if isinstance(body, bytes):
            answer = await empty.post(path, content=body, headers=headers)
        else:
            answer = await empty.post(path, json=body)
    assert answer.status_code < 500, answer.text[:300]
    assert b'"status":500' not in answer.content
    assert time.monotonic() - begun < SOON_S
    assert (await empty.get("/readyz")).status_code == 200


async def test_a_billion_laughs_are_not_laughed(empty: AsyncClient) -> None:
    """Entities of a page are not expanded, and none names a file."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{entities}'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<html><head><title>Dale</title></head><body><article><p>The mill at Dale has 14 looms, "
        "foreman Ada Kell told the Gazette. &e11; &f;</p></article></body></html>"
    )
    answer = await empty.post("/v1/articles", json={"html": bomb})
    assert answer.status_code < 500
    if answer.is_success:
        text = (await empty.get(f"/v1/articles/{answer.json()['id']}")).json()["text"]
        assert len(text) < 10_000
        assert "root:" not in text
        assert "haha" not in text


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
async def test_a_packed_body_is_not_unpacked(empty: AsyncClient, coding: str) -> None:
    """No request is ever inflated, so none can be a bomb."""
    bomb = gzip.compress(b" " * 50_000_000)
    headers = {**JSON, "Content-Encoding": coding}
    answer = await empty.post("/v1/checks", content=bomb, headers=headers)
    problem(answer, 400, "malformed-request")


async def test_a_line_without_end_costs_no_memory(services: Services) -> None:
    """It is refused with its number, the next is answered, and not more than a line is held."""
    limit = services.settings.max_line_bytes

    async def body() -> AsyncIterator[bytes]:
        for _ in range(3 * limit // 65_536):
            yield b"x" * 65_536
        yield b'\n{"claim": "Will it rain?"}\n'

    async with connect(services) as client:
        answer = await client.post("/v1/checks/batch", content=body(), headers=NDJSON)
    first, second = answer.text.splitlines()
    assert "/problems/too-large" in first
    assert "#line=1" in first
    assert "Will it rain?" in second


async def test_a_query_or_header_without_end_is_refused(empty: AsyncClient) -> None:
    """What a parameter may hold is bounded."""
    answers: list[Response] = [
        await empty.get("/v1/search", params={"q": "x" * 50_000}),
        await empty.get("/v1/articles", params={"cursor": "A" * 50_000}),
        await empty.get("/v1/quotes", params={"speaker": "x" * 50_000}),
    ]
    for answer in answers:
        problem(answer, 422, str(answer.json()["type"]).removeprefix("/problems/"))
