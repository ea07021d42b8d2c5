"""What would wait too long is refused at once, unread; what needs no model never is."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import pytest
from fastapi.routing import APIRoute
from starlette.types import Message

from service.api.app import create_app
from service.api.middleware.admission import kind_of_work
from service.pipeline.draft import DraftChecker
from service.pipeline.turns import Turns, Work
from service.wiring import Services
from tests.api.client import connect, problem
from tests.api.sockets import post, served, until

CLAIM = {"claim": "Will it rain tomorrow?"}


def with_turns(services: Services, turns: Turns) -> Services:
    """The same parts, with a line of their own."""
    checker = replace(services.checker, turns=turns)
    indexer = replace(services.indexer, turns=turns)
    return replace(
        services, checker=checker, indexer=indexer, drafts=DraftChecker(checker), turns=turns
    )


@asynccontextmanager
async def full(turns: Turns) -> AsyncIterator[None]:
    """Every turn is taken, and one waits: the next would wait too long."""
    async with AsyncExitStack() as taken:
        for _ in range(turns.at_once):
            await taken.enter_async_context(turns.turn(Work.CHECK))
        taken.enter_context(turns.place(Work.CHECK, asks_now=True))
        yield


async def test_everything_that_needs_models_is_refused_when_the_line_is_full(
    samples: Services,
) -> None:
    """503 with `Retry-After`, batches too; once there is room again, all is answered."""
    services = with_turns(samples, Turns(1, max_wait_s=0))
    async with connect(services) as client:
        async with full(services.turns):
            for path, body in (
                ("/v1/checks", CLAIM),
                ("/v1/checks/batch", CLAIM),
                ("/v1/drafts", {"text": "It rained."}),
                ("/v1/articles", {"text": "It rained."}),
                ("/v1/articles/batch", {"text": "It rained."}),
            ):
                response = await client.post(path, json=body)
                problem(response, 503, "overloaded")
                assert int(response.headers["Retry-After"]) >= 1
            problem(await client.put("/v1/articles/a", json={"text": "x"}), 503, "overloaded")
            problem(await client.get("/v1/search", params={"q": "rain"}), 503, "overloaded")
            for path in ("/healthz", "/readyz", "/docs", "/openapi.json", "/v1/index",
                         "/v1/articles", "/v1/quotes"):  # fmt: skip
                assert (await client.get(path)).status_code == 200, path
            metrics = (await client.get("/metrics")).text
        assert (await client.post("/v1/checks", json=CLAIM)).status_code == 200
    assert 'onrecord_refusals_total{reason="wait"} 7.0' in metrics
    assert "onrecord_waiting_requests 1.0" in metrics
    assert "onrecord_working 1.0" in metrics
    assert 'onrecord_problems_total{type="overloaded"} 7.0' in metrics


def test_every_route_that_runs_a_model_stands_in_line(samples: Services) -> None:
    """Whatever takes a body runs one, and search does."""
    routes = [route for route in create_app(samples).routes if isinstance(route, APIRoute)]
    asked = [(method, route) for route in routes for method in sorted(route.methods or ())]
    for method, route in asked:
        path = route.path.replace("{id}", "a")
        needed = route.body_field is not None or path.endswith(("/batch", "/search"))
        assert (kind_of_work(method, path) is not None) == needed, (method, path)


async def test_a_body_is_not_read_before_there_is_room(samples: Services) -> None:
    """Refusing costs nothing: not even what is sent."""
    services = with_turns(samples, Turns(1, max_wait_s=0))
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/checks",
        "headers": [(b"host", b"localhost")],
    }
    async with full(services.turns):
        await create_app(services)({**scope, "query_string": b""}, receive, send)
    assert sent[0]["status"] == 503


async def test_all_that_come_in_one_moment_are_counted(samples: Services) -> None:
    """Of twenty that arrive together, as many are let in as can be done in time."""
    turns = Turns(2, max_wait_s=1.0)  # 2 at work, and 4 of half a second each ahead of the last
    services = with_turns(samples, turns)
    async with connect(services) as client, turns.turn(Work.CHECK), turns.turn(Work.CHECK):
        asked = [asyncio.create_task(client.post("/v1/checks", json=CLAIM)) for _ in range(20)]
        done, waiting = await asyncio.wait(asked, timeout=2)
        statuses = [task.result().status_code for task in done]
        assert (statuses, len(waiting)) == ([503] * 15, 5)
        assert turns.waiting == 5
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_batch_that_was_let_in_is_done_to_its_end(samples: Services) -> None:
    """Though by now nobody else would be let in."""
    turns = Turns(1, max_wait_s=0)
    lines = "\n".join([json.dumps(CLAIM)] * 30)
    async with connect(with_turns(samples, turns)) as client:
        response = await client.post(
            "/v1/checks/batch", content=lines, headers={"Content-Type": "application/x-ndjson"}
        )
    assert response.text.count('"verdict":"not_checkable"') == 30


@pytest.mark.parametrize("path", ["/v1/checks", "/v1/drafts"])
async def test_a_caller_who_has_gone_gives_back_his_place(samples: Services, path: str) -> None:
    """He waits in line, closes his connection, and is in line no more."""
    turns = Turns(1, max_wait_s=60)
    body = json.dumps(CLAIM if path == "/v1/checks" else {"text": "About 18,000 cars came."})
    async with served(with_turns(samples, turns)) as service, turns.turn(Work.CHECK):
        async with service.client() as client:
            await client.send(post(path, body.encode()))
            await until(lambda: turns.waiting == 1)
        await until(lambda: turns.waiting == 0)
    assert turns.working == 0


async def test_a_request_that_takes_too_long_is_ended(samples: Services) -> None:
    """With 503, and its place is free; a draft takes the time that it needs."""
    turns = Turns(1, max_wait_s=60)
    services = with_turns(samples, turns)
    draft = json.dumps({"text": "About 18,000 vehicles use the Sallow Bridge every day."})
    async with (
        served(services, request_timeout_s=0.3) as service,
        service.client() as checking,
        service.client() as drafting,
    ):
        async with turns.turn(Work.CHECK):
            await drafting.send(post("/v1/drafts", draft.encode()))
            await checking.send(post("/v1/checks", json.dumps(CLAIM).encode()))
            status, body = await checking.answer()
            assert (status, json.loads(body)["type"]) == (503, "/problems/timed-out")
            assert turns.waiting == 1
        assert (await drafting.answer())[0] == 200
