"""Long answers to POST are short on the wire, and the same."""

import gzip
import json

import pytest
from httpx import AsyncClient

DRAFT = {"text": "About 28,000 vehicles use the Sallow Bridge every day."}


@pytest.mark.parametrize("taken", ["gzip", "br, GZIP;q=0.5", "gzip;q=0.001"])
async def test_who_takes_gzip_gets_the_same_answer_shorter(client: AsyncClient, taken: str) -> None:
    """To the byte, and the compressed bytes are the same every time."""
    plain = await client.post("/v1/drafts", json=DRAFT, headers={"Accept-Encoding": "identity"})
    sent = []
    for _ in range(2):
        headers = {"Accept-Encoding": taken}
        async with client.stream("POST", "/v1/drafts", json=DRAFT, headers=headers) as answer:
            sent.append(b"".join([part async for part in answer.aiter_raw()]))
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Length"] == str(len(sent[-1]))
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(sent[0]) == plain.content
    assert sent[0] == sent[1]
    assert 2 * len(sent[0]) < len(plain.content)


@pytest.mark.parametrize(
    ("path", "accept", "taken"),
    [
        ("/v1/drafts", "application/json", "identity"),
        ("/v1/drafts", "application/json", "gzip;q=0, br"),
        ("/v1/drafts", "application/x-ndjson", "gzip"),  # findings come as they are reached
        ("/v1/drafts", "text/event-stream", "gzip"),
        ("/v1/quotes/verify", "application/json", "gzip"),  # a few hundred bytes
    ],
)
async def test_everything_else_goes_out_as_it_is(
    client: AsyncClient, path: str, accept: str, taken: str
) -> None:
    """Who takes no gzip, what comes in parts, and what is short."""
    body = DRAFT if path == "/v1/drafts" else {"quotation": "We will see about that, all of us."}
    headers = {"Accept": accept, "Accept-Encoding": taken}
    answer = await client.post(path, json=body, headers=headers)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


async def test_an_article_is_as_its_etag_says(client: AsyncClient) -> None:
    """A tag names one form of the content."""
    (first, *_) = (await client.get("/v1/articles")).json()["articles"]
    answer = await client.get(f"/v1/articles/{first['id']}", headers={"Accept-Encoding": "gzip"})
    assert len(json.dumps(answer.json())) > 1_000
    assert "ETag" in answer.headers
    assert "Content-Encoding" not in answer.headers
