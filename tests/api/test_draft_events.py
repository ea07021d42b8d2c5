"""POST /v1/drafts as a stream: each finding as it is reached, with progress."""

import json
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from httpx import AsyncClient

from service.domain.errors import ModelFailed, Overloaded
from service.pipeline.draft import DraftChecker, Step
from service.wiring import Services
from tests.api.client import connect, problem

TEXT = "About 28,000 vehicles use the Sallow Bridge every day.\n\nThe bridge opened in 1958.\n"
LINES = {"Accept": "application/x-ndjson"}
EVENTS = {"Accept": "text/event-stream"}


async def test_findings_come_between_their_progress(client: AsyncClient) -> None:
    """Together they are the answer that comes whole, digest included."""
    whole = (await client.post("/v1/drafts", json={"text": TEXT})).json()
    response = await client.post("/v1/drafts", json={"text": TEXT}, headers=LINES)
    assert response.headers["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in response.text.splitlines()]
    progress = [line["progress"] for line in lines if "progress" in line]
    assert progress == [{"checked": done, "statements": 2} for done in (0, 1, 2)]
    assert next(iter(lines[1])) == "finding"
    assert [line["finding"] for line in lines if "finding" in line] == whole.pop("findings")
    assert lines[-1] == {"summary": whole}


async def test_events_say_the_same(client: AsyncClient) -> None:
    """As the EventSource format writes it: a name, a line of data, a blank line."""
    lines = await client.post("/v1/drafts", json={"text": TEXT}, headers=LINES)
    events = await client.post("/v1/drafts", json={"text": TEXT}, headers=EVENTS)
    assert events.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    told = []
    for event in events.text.removesuffix("\n\n").split("\n\n"):
        name, data = event.split("\n")
        value = json.loads(data.removeprefix("data: "))
        told.append({name.removeprefix("event: "): value})
    assert told == [json.loads(line) for line in lines.text.splitlines()]


async def test_only_the_verdicts_asked_for_are_sent(client: AsyncClient) -> None:
    """All are counted."""
    body = {"text": TEXT, "verdicts": ["supported"]}
    response = await client.post("/v1/drafts", json=body, headers=LINES)
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert {line["finding"]["check"]["verdict"] for line in lines if "finding" in line} <= {
        "supported"
    }
    assert lines[-1]["summary"]["verdicts"]["contradicted"] == 1


class FailingAt(DraftChecker):
    """A check of three statements that fails on cue."""

    __slots__ = ()
    statement = 0
    error: Exception = Overloaded("Too much is waiting.")

    async def steps(self, draft: object) -> AsyncGenerator[Step, None]:
        """Fails at `statement`."""
        assert draft
        for done in range(self.statement):
            yield Step(done, 3)
        raise self.error


class FailingLate(FailingAt):
    """After the first statement."""

    __slots__ = ()
    statement = 2
    error = ModelFailed("/a/folder/model.onnx")


async def test_what_fails_before_the_first_statement_has_its_status(samples: Services) -> None:
    """The client can still be told when to come again."""
    failing = replace(samples, drafts=FailingAt(samples.checker))
    async with connect(failing) as client:
        response = await client.post("/v1/drafts", json={"text": TEXT}, headers=LINES)
    problem(response, 503, "overloaded")


@pytest.mark.parametrize("headers", [LINES, EVENTS])
async def test_what_fails_later_is_the_last_line(
    samples: Services, headers: dict[str, str]
) -> None:
    """A problem, without what is internal."""
    failing = replace(samples, drafts=FailingLate(samples.checker))
    async with connect(failing) as client:
        response = await client.post("/v1/drafts", json={"text": TEXT}, headers=headers)
    assert response.status_code == 200
    last = response.text.strip().splitlines()[-1]
    assert "/problems/model-failed" in last
    assert "model.onnx" not in last
