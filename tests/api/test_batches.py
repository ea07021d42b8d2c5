"""Batches stream: a line in, a line out, in order, whatever single lines are like."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from httpx import AsyncClient, Response

from service.domain.article import Article, Submission
from service.domain.errors import StoreFailed
from service.domain.indexing import Change
from service.ports import Entry
from service.wiring import Services
from tests.api.client import NDJSON, connect, problem

CHECKS = "/v1/checks/batch"
ARTICLES = "/v1/articles/batch"


def lines(response: Response) -> list[dict[str, Any]]:
    """The objects of an NDJSON answer."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in response.content.splitlines()]


async def test_claims_are_answered_in_their_order(client: AsyncClient) -> None:
    """Although several are checked at once."""
    claims = [f"About {n},000 vehicles use the Sallow Bridge every day." for n in range(10, 30)]
    body = "".join(json.dumps({"claim": claim}) + "\n" for claim in claims)
    answers = lines(await client.post(CHECKS, content=body, headers=NDJSON))
    assert [answer["claim"] for answer in answers] == claims
    single = await client.post("/v1/checks", json={"claim": claims[8]})
    assert answers[8] == single.json()


async def test_a_bad_claim_does_not_stop_the_rest(client: AsyncClient) -> None:
    """Each bad line is a problem that names it; blank lines are skipped but counted."""
    body = (
        b'\xef\xbb\xbf{"claim": "A dog barked."}\r\n'
        b"\n"
        b"{nonsense}\n"
        b'{"claim": "", "limit": 99}\n'
        b'{"claim": "\xff"}\n'
        b'{"claim": "A cat meowed."}'
    )
    answers = lines(await client.post(CHECKS, content=body, headers=NDJSON))
    assert [answer.get("status", 200) for answer in answers] == [200, 400, 422, 400, 200]
    assert [answer["instance"] for answer in answers[1:4]] == [
        f"{CHECKS}#line={number}" for number in (3, 4, 5)
    ]
    assert [error["pointer"] for error in answers[2]["errors"]] == ["/claim", "/limit"]


async def test_a_line_over_the_limit_is_a_problem_of_its_own(services: Services) -> None:
    """Its limit and setting are named; neighbours are answered."""
    settings = services.settings.model_copy(update={"max_line_bytes": 100})
    body = json.dumps({"claim": "x" * 200}) + '\n{"claim": "A dog barked."}\n'
    async with connect(replace(services, settings=settings)) as client:
        first, second = lines(await client.post(CHECKS, content=body, headers=NDJSON))
    assert first["type"] == "/problems/too-large"
    assert first["detail"] == "Line 1 is over 100 bytes (ONRECORD_MAX_LINE_BYTES)."
    assert second["verdict"] == "no_evidence"


async def test_a_batch_may_be_longer_than_any_body(services: Services) -> None:
    """The body limit is for what is held as a whole; a batch is held line by line."""
    settings = services.settings.model_copy(update={"max_body_bytes": 200})
    async with connect(replace(services, settings=settings)) as client:
        body = '{"claim": "Will it rain on the parade?"}\n' * 50
        assert len(lines(await client.post(CHECKS, content=body, headers=NDJSON))) == 50


async def test_a_body_that_is_not_lines_is_refused(client: AsyncClient) -> None:
    """415 before anything is read."""
    response = await client.post(CHECKS, json={"claim": "A dog barked."})
    assert "application/x-ndjson" in str(problem(response, 415, "unsupported-media-type"))


async def test_articles_are_reported_with_their_lines(empty: AsyncClient) -> None:
    """Created, unchanged, updated or a problem; what is reported as stored is in the archive."""
    story = {"text": "One dam held.", "title": "Dam", "published_at": "2024-10-25"}
    rows: list[object] = [
        story,
        {"title": "no text"},
        story,
        {**story, "text": "One dam broke."},
        {"text": "x", "published_at": "soon", "mood": "glad"},
    ]
    body = "\n\n".join(json.dumps(row) for row in rows) + '\n\n[1\n{"text": "?"}'
    outcomes = lines(await empty.post(ARTICLES, content=body, headers=NDJSON))
    stored = [outcome for outcome in outcomes if "change" in outcome]
    bad = [outcome for outcome in outcomes if "change" not in outcome]
    assert [(outcome["line"], outcome["change"]) for outcome in stored] == [
        (1, "created"), (5, "unchanged"), (7, "updated"),
    ]  # fmt: skip
    assert [(one["instance"], one["status"], one["type"]) for one in bad] == [
        (f"{ARTICLES}#line=3", 422, "/problems/invalid-request"),
        (f"{ARTICLES}#line=9", 422, "/problems/invalid-request"),
        (f"{ARTICLES}#line=11", 400, "/problems/malformed-request"),
        (f"{ARTICLES}#line=12", 422, "/problems/invalid-article"),
    ]
    assert bad[0]["errors"][0]["detail"] == "give text, html or url"
    assert [error["pointer"] for error in bad[1]["errors"]] == ["/published_at", "/mood"]
    article = (await empty.get(f"/v1/articles/{outcomes[0]['id']}")).json()
    assert article["text"] == "One dam broke."
    assert article["revision"] == stored[2]["revision"]


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"claim": "A dog barked.", "limit": ' + b"9" * 5_000 + b"}",
        b'{"claim": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
        b'{"claim": "\\ud800"}',
        b"\x00",
    ],
)
async def test_no_line_ends_a_batch(client: AsyncClient, empty: AsyncClient, line: bytes) -> None:
    """It is a problem of its own, whatever a parser makes of it; its neighbours are answered."""
    claim, article = b'{"claim": "A dog barked."}', b'{"text": "A dog barked."}'
    body = b"\n".join([claim, line, claim])
    before, bad, after = lines(await client.post(CHECKS, content=body, headers=NDJSON))
    assert before == after
    assert bad["instance"] == f"{CHECKS}#line=2"
    body = b"\n".join([article, line.replace(b"claim", b"text"), article])
    before, bad, after = lines(await empty.post(ARTICLES, content=body, headers=NDJSON))
    assert (before["change"], after["change"]) == ("created", "unchanged")
    assert bad["instance"] == f"{ARTICLES}#line=2"


async def test_an_error_that_nobody_has_foreseen_is_one_lines_problem(services: Services) -> None:
    """Wherever it comes from: it is a 500 in that line, with no word of its inside."""

    class Stumbling:
        """A reader that does not expect the word it reads."""

        async def read(self, submission: Submission) -> Article:
            """Stumbles over stones."""
            if submission.text and "stone" in submission.text:
                raise KeyError("secret stone")
            return await services.indexer.reader.read(submission)

    indexer = replace(services.indexer, reader=Stumbling())
    rows = b'{"text": "One dam."}\n{"text": "A stone."}\n{"text": "Two dams."}'
    async with connect(replace(services, indexer=indexer)) as client:
        response = await client.post(ARTICLES, content=rows, headers=NDJSON)
    first, bad, last = lines(response)
    assert (first["change"], last["change"]) == ("created", "created")
    assert (bad["type"], bad["instance"]) == ("/problems/failed", f"{ARTICLES}#line=2")
    assert "secret" not in response.text


class FullStore:
    """A store whose disk is full."""

    async def revisions(self, _article_ids: Sequence[str]) -> dict[str, str]:
        """Knows nothing yet."""
        return {}

    async def put(self, entries: Sequence[Entry], **_: object) -> Sequence[Change]:
        """Never stores."""
        raise StoreFailed(f"no room for {len(entries)} articles in /srv/secret")


async def test_a_failing_store_ends_the_answer_with_a_problem(services: Services) -> None:
    """The status is out by then, so the last line has to say it; nothing looks stored."""
    indexer = replace(services.indexer, store=FullStore())  # type: ignore[arg-type]
    async with connect(replace(services, indexer=indexer)) as client:
        response = await client.post(ARTICLES, content=b'{"text": "A dam."}', headers=NDJSON)
    (last,) = lines(response)
    assert last["type"] == "/problems/store-failed"
    assert "secret" not in response.text


async def test_a_batch_may_come_in_pieces(empty: AsyncClient) -> None:
    """Lines are put together across the chunks of a body without a Content-Length."""

    async def body() -> AsyncIterator[bytes]:
        for byte in b'{"text": "One dam held."}\n{"text": "Two dams broke."}\n':
            yield bytes([byte])

    outcomes = lines(await empty.post(ARTICLES, content=body(), headers=NDJSON))
    assert [outcome["change"] for outcome in outcomes] == ["created", "created"]
