"""Nobody works for a caller who has gone."""

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.types import Message, Scope

from service.api.app import create_app
from service.domain.claim import Claim
from service.domain.verdict import Check
from service.pipeline.check import Checker
from service.pipeline.draft import DraftChecker
from service.wiring import Services


class CountingChecker:
    """The real checker, and how many checks it was asked for."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.models = checker.models
        self.store = checker.store
        self.asked = 0

    async def check(self, claim: Claim) -> Check:
        """Counts and passes on."""
        self.asked += 1
        return await self.checker.check(claim)


async def leave_after(
    app: Any, path: str, kind: str, body: bytes, *, answers: int
) -> list[Message]:
    """Asks like a server whose client goes away once it has that many parts of the answer; what was
    sent to it."""
    sent: list[Message] = []
    left = asyncio.Event()
    messages: Iterator[Message] = iter([{"type": "http.request", "body": body}])

    async def receive() -> Message:
        for message in messages:
            return message
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if sum(bool(one.get("body")) for one in sent) >= answers:
            left.set()

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"content-type", kind.encode())],
    }
    if not answers:
        left.set()
    await app(scope, receive, send)
    return sent


@pytest.fixture
def counting(samples: Services) -> CountingChecker:
    """Counts the checks of one test."""
    return CountingChecker(samples.checker)


async def test_a_batch_ends_with_its_caller(samples: Services, counting: CountingChecker) -> None:
    """The claims that wait are dropped, without an error in the log."""
    app = create_app(replace(samples, checker=counting))  # type: ignore[arg-type]
    body = b'{"claim": "About 18,000 vehicles use the Sallow Bridge every day."}\n' * 200
    sent = await leave_after(app, "/v1/checks/batch", "application/x-ndjson", body, answers=3)
    assert len(sent) < 10
    assert counting.asked < 30


async def test_a_draft_ends_with_its_caller(
    samples: Services, counting: CountingChecker, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is sent; the log has one line that says so."""
    caplog.set_level(logging.INFO, "service.api")
    drafts = DraftChecker(counting, None)  # type: ignore[arg-type]
    app = create_app(replace(samples, drafts=drafts))
    text = "About 18,000 vehicles use the Sallow Bridge every day.\n" * 100
    body = json.dumps({"text": text}).encode()
    sent = await leave_after(app, "/v1/drafts", "application/json", body, answers=0)
    assert sent == []
    assert counting.asked < 20
    (record,) = caplog.records
    assert "status=499" in record.getMessage()
