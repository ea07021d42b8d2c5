"""Every answer has an id and its time, every request a line in the log, and no secret in it."""

import logging

import pytest
from httpx import AsyncClient

from service.observe.logs import TextLines
from tests.api.client import problem


async def test_a_sane_id_is_kept_and_a_strange_one_replaced(client: AsyncClient) -> None:
    """So that an id can be followed through a newsroom's own systems, and cannot forge a log."""
    kept = await client.get("/healthz", headers={"X-Request-ID": "cms-42.a_B"})
    assert kept.headers["X-Request-ID"] == "cms-42.a_B"
    for strange in ("a b", "x" * 129, 'a"b', ""):
        made = await client.get("/healthz", headers={"X-Request-ID": strange})
        assert len(made.headers["X-Request-ID"]) == 32


async def test_the_log_has_a_line_for_a_request_and_not_its_words(
    client: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Method, path, status, time, id and client; neither claim, draft nor query."""
    caplog.set_level(logging.INFO, "service.api.middleware.access_log")
    caplog.handler.setFormatter(TextLines())
    await client.post("/v1/checks", json={"claim": "Zanzibar is a secret."})
    await client.get("/v1/search", params={"q": "Zanzibar"}, headers={"X-Request-ID": "r-1"})
    first, second = caplog.text.splitlines()
    assert " method=POST path=/v1/checks status=200 ms=" in first
    assert " method=GET path=/v1/search status=200 ms=" in second
    assert second.endswith(" request_id=r-1 client=127.0.0.1")
    assert "Zanzibar" not in caplog.text


async def test_a_path_cannot_write_a_line_of_its_own(
    client: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Line ends in a path are escaped in the log."""
    caplog.set_level(logging.INFO, "service.api.middleware.access_log")
    problem(await client.get("/a%0Amethod=GET"), 404, "no-such-path")
    (record,) = caplog.records
    assert "\n" not in record.getMessage()


async def test_no_path_and_no_method_are_problems_too(client: AsyncClient) -> None:
    """405 says which methods there are; a slash too many is another path."""
    response = await client.get("/v1/checks")
    problem(response, 405, "method-not-allowed")
    assert response.headers["Allow"] == "POST"
    problem(await client.post("/v1/checks/", json={}), 404, "no-such-path")
