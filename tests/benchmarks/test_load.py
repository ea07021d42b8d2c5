"""The load that is put on a service is the one that is reported."""

import itertools
from typing import Any

from benchmarks.load import closed, open_loop, probed, recovery_s
from service.pipeline.turns import Turns
from service.wiring import Services
from tests.api.middleware.test_admission import full, with_turns
from tests.api.sockets import served

CLAIMS = ("Will it rain?", "Will it snow?", "Will it hail?")


async def test_answers_and_refusals_are_counted_apart(samples: Services) -> None:
    """A service that answers, and then one whose line is full; a caller that is refused waits as
    long as it is told."""
    services = with_turns(samples, Turns(1, max_wait_s=0))
    async with served(services) as service:
        url = f"http://127.0.0.1:{service.port}"
        answered = (await closed(url, itertools.cycle(CLAIMS), callers=1, seconds=0.2)).summary()
        assert answered["refused"] == 0 < answered["answered"]
        assert answered["latency"]["p50"] > 0
        async with full(services.turns):
            refused = (await closed(url, itertools.cycle(CLAIMS), callers=2, seconds=0.2)).summary()
        assert (refused["answered"], refused["refused"], refused["other"]) == (0, 2, {})
        assert await recovery_s(url, itertools.cycle(CLAIMS), alone_ms=10_000) < 10


async def test_an_open_loop_asks_at_its_rate(samples: Services) -> None:
    """Whether it is answered or not; probes are asked meanwhile."""
    async with served(samples) as service:
        url = f"http://127.0.0.1:{service.port}"
        figures: dict[str, Any] = {}
        async with probed(url, figures):
            seen = await open_loop(url, itertools.cycle(CLAIMS), rate=20, seconds=0.5)
        found = seen.summary()
    assert found["answered"] + found["refused"] == 10
    assert found["seconds"] >= 0.4
    assert figures["probe"]["p50"] > 0
    assert figures["memory_mb"]["after"] > 50
