"""Two replicas of the real service on one Redis, and a caller that is sent to one that is up, as by
a load balancer."""

import asyncio
import contextlib
import json
import random
import re
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import httpx

ROOT: Final = Path(__file__).parents[2]
STARTED_WITHIN_S: Final = 120
ANSWERED_WITHIN_S: Final = 60
_GONE_ELSEWHERE_S: Final = 0.3
REFUSED: Final = 503
"""The honest answer of a service that cannot answer now."""


class Replica:
    """`onrecord serve` in a process of its own."""

    def __init__(self, store: str) -> None:
        self.store = store
        self.url = ""
        self.process: asyncio.subprocess.Process | None = None
        self.killed = False

    async def start(self) -> None:
        """Returns once it has said where it listens."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "service.cli", "serve", "--port", "0",
            cwd=ROOT,
            env={
                "PATH": "/usr/bin:/bin",
                "ONRECORD_STORE": self.store,
                "ONRECORD_STANCE": "small",
                "ONRECORD_TAGGER": "rules",
                "ONRECORD_LOG_LEVEL": "warning",
            },
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        said = await asyncio.wait_for(process.stdout.readline(), STARTED_WITHIN_S)
        found = re.search(rb"http://[\w.:]+", said)
        assert found, said
        self.process, self.killed = process, False
        self.url = found[0].decode()

    async def stop(self) -> None:
        """As Kubernetes does: callers go elsewhere first, then SIGTERM; it ends cleanly."""
        assert self.process is not None
        self.url = ""
        await asyncio.sleep(_GONE_ELSEWHERE_S)
        self.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self.process.wait(), ANSWERED_WITHIN_S) == 0

    async def kill(self) -> None:
        """`kill -9`."""
        self.url, self.killed = "", True
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


@asynccontextmanager
async def two_replicas(store: str) -> AsyncIterator[tuple[Replica, Replica]]:
    """Started, and ended however the test ends."""
    replicas = (Replica(store), Replica(store))
    try:
        await asyncio.gather(*(replica.start() for replica in replicas))
        yield replicas
    finally:
        for replica in replicas:
            await replica.kill()


class Caller:
    """Checks claims, one after the other, at a replica that is up."""

    def __init__(self, replicas: Sequence[Replica], claims: Sequence[str], seed: int) -> None:
        self._replicas = replicas
        self._claims = claims
        self.chance = random.Random(seed)
        self.statuses: list[int] = []
        self.failures: list[str] = []

    @asynccontextmanager
    async def calling(self) -> AsyncIterator[None]:
        """Goes on until left."""
        task = asyncio.create_task(self._go_on())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _go_on(self) -> None:
        async with httpx.AsyncClient(timeout=ANSWERED_WITHIN_S) as client:
            while True:
                replica = self.chance.choice([one for one in self._replicas if one.url])
                claim = f"{self.chance.choice(self._claims)} ({self.chance.randrange(10)})"
                try:
                    answer = await client.post(f"{replica.url}/v1/checks", json={"claim": claim})
                except httpx.HTTPError as error:
                    if not replica.killed:
                        self.failures.append(repr(error))
                    continue
                self.statuses.append(answer.status_code)
                if answer.status_code != REFUSED and "verdict" not in answer.json():
                    self.failures.append(answer.text)


async def index(url: str, articles: Sequence[dict[str, Any]]) -> AsyncIterator[str]:
    """Sends a batch; the lines of the answer as they come, until the connection ends or breaks."""
    body = "".join(f"{json.dumps(article)}\n" for article in articles).encode()
    headers = {"Content-Type": "application/x-ndjson"}
    async with httpx.AsyncClient(timeout=ANSWERED_WITHIN_S) as client:
        with contextlib.suppress(httpx.HTTPError):
            async with client.stream(
                "POST", f"{url}/v1/articles/batch", content=body, headers=headers
            ) as answer:
                async for line in answer.aiter_lines():
                    yield line
