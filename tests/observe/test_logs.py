"""A line for each event, of which request it is, and never a word of a draft."""

import asyncio
import json
import logging
from datetime import datetime, timedelta

import pytest
from httpx import AsyncClient

from service.observe.logs import JsonLines, TextLines, log_event, logged_within
from service.wiring import Services
from tests.api.client import connect

REQUEST = {"request_id": "r-1", "client": "192.0.2.7", "key_name": "cms desk", "other": "x"}


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What is logged, each line as JSON."""
    caplog.set_level(logging.INFO, "service")
    caplog.handler.setFormatter(JsonLines())
    return caplog


def lines(written: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.text.splitlines()]


def test_a_line_of_json_is_one_object(written: pytest.LogCaptureFixture) -> None:
    """With a time that has its zone, whatever was logged and by whom; a trace is a member."""
    logger = logging.getLogger("service.some")
    with logged_within(REQUEST):
        log_event(logger, "request", path="/a\nb", status=200)
        logging.getLogger("uvicorn.error").warning("odd %s", "request")
    try:
        raise KeyError("gone")
    except KeyError:
        logger.exception("it failed")
    event, library, failure = lines(written)
    moment = datetime.fromisoformat(str(event.pop("time")))
    assert moment.utcoffset() == timedelta(0)
    assert event == {
        "level": "info", "logger": "service.some", "message": "request",
        "path": "/a\nb", "status": 200,
        "request_id": "r-1", "client": "192.0.2.7", "key": "cms desk",
    }  # fmt: skip
    assert (library["message"], library["request_id"]) == ("odd request", "r-1")
    assert "KeyError: 'gone'" in str(failure["exception"])
    assert "request_id" not in failure


def test_a_line_of_text_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody writes a second one by a line end in a path."""
    caplog.set_level(logging.INFO, "service")
    caplog.handler.setFormatter(TextLines())
    with logged_within(REQUEST):
        log_event(logging.getLogger("service.some"), "request", path="/a\nb", status=200)
    time, rest = caplog.text.split(" ", 1)
    assert datetime.fromisoformat(time).utcoffset() == timedelta(0)
    assert rest == (
        "INFO service.some path=/a\\nb status=200 request_id=r-1 client=192.0.2.7 key=cms desk\n"
    )


async def test_a_request_is_told_without_its_words(
    client: AsyncClient, written: pytest.LogCaptureFixture
) -> None:
    """Not those of a claim, a draft or a query, whether they are answered or refused."""
    words = "Zanzibar has 5,000 dams"
    await client.post("/v1/checks", json={"claim": words})
    await client.post("/v1/drafts", json={"text": f"{words}. {words} and more."})
    await client.post("/v1/drafts", json={"text": words, "format": "none", "Zanzibar": 1})
    await client.get("/v1/search", params={"q": words})
    assert [line["status"] for line in lines(written)] == [200, 200, 422, 200]
    assert "Zanzibar" not in written.text


async def test_a_change_whose_caller_goes_is_told_too(
    services: Services, written: pytest.LogCaptureFixture
) -> None:
    """He leaves while it is being written: it is made, so it has its line."""
    async with connect(services) as client:
        await client.put("/v1/articles/a", json={"text": "The dam held."})
    with logged_within(REQUEST):
        deleting = asyncio.create_task(services.store.delete("a"))
        await asyncio.sleep(0)
        deleting.cancel()
        await asyncio.gather(deleting, return_exceptions=True)
    while await services.store.article("a"):  # noqa: ASYNC110 - nobody tells us
        await asyncio.sleep(0.01)
    while len(lines(written)) < 3:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    told = lines(written)[-1]
    assert (told["change"], told["article"], told["key"]) == ("deleted", "a", "cms desk")


async def test_each_change_of_the_archive_has_its_line(
    services: Services, written: pytest.LogCaptureFixture
) -> None:
    """Who, what, and which revision: of one article, of a batch, of a deletion; nothing where
    nothing changed."""
    async with connect(services) as client:
        ask = {"X-Request-ID": "r-7"}
        await client.put("/v1/articles/a", json={"text": "The dam held."}, headers=ask)
        await client.put("/v1/articles/a", json={"text": "The dam held."}, headers=ask)
        await client.put("/v1/articles/a", json={"text": "The dam broke."}, headers=ask)
        batch = '{"id": "b", "text": "It rained."}\n{"id": "c", "text": "It snowed."}'
        kind = {"Content-Type": "application/x-ndjson"}
        await client.post("/v1/articles/batch", content=batch, headers=kind | ask)
        await client.delete("/v1/articles/a", headers=ask)
        await client.delete("/v1/articles/a", headers=ask)
        exposition = (await client.get("/metrics")).text
        article = (await client.get("/v1/articles/b")).json()
    audit = [line for line in lines(written) if line["message"] == "audit"]
    assert [(line["change"], line["article"]) for line in audit] == [
        ("created", "a"), ("updated", "a"), ("created", "b"), ("created", "c"), ("deleted", "a"),
    ]  # fmt: skip
    assert {(line["request_id"], line["client"]) for line in audit} == {("r-7", "127.0.0.1")}
    assert audit[2]["revision"] == article["revision"]
    assert "dam" not in written.text
    assert 'onrecord_changes_total{change="created"} 3.0' in exposition
    assert "onrecord_last_write_timestamp_seconds 0.0" not in exposition
