"""What a request took is measured where it was spent, and nowhere else."""

import asyncio
import re

import pytest

from service.domain.verdict import Coverage
from service.observe import Metrics, Now, cache_failed, cached, left_out, stage, timed, timing
from service.wiring import Services
from tests.api.client import connect

EMPTY = Coverage(articles=0, passages=0, publishers=0, oldest=None, newest=None)
NOTHING = Now(EMPTY, waiting=0, working=0, models={})


class Slow:
    """A port with one slow method and one fact."""

    fingerprint = "slow-1"

    async def work(self, seconds: float) -> float:
        """Takes that long."""
        await asyncio.sleep(seconds)
        return seconds


async def test_a_stage_is_counted_in_tasks_that_the_request_started() -> None:
    """Several runs add up; what is not a stage is not timed; answers pass through."""
    port = timed(Slow(), {"work": "slow"})
    with timing() as stopwatch:
        assert sum(await asyncio.gather(port.work(0.02), port.work(0.03))) == 0.05
    assert port.fingerprint == "slow-1"
    assert 0.04 < stopwatch.stages["slow"] < 1
    assert re.fullmatch(r"total;dur=\d+\.\d, slow;dur=\d+\.\d", stopwatch.header())


async def test_requests_at_the_same_time_do_not_mix() -> None:
    """Each has its own stopwatch."""

    async def request(name: str) -> set[str]:
        with timing() as stopwatch:
            with stage(name):
                await asyncio.sleep(0.01)
            return set(stopwatch.stages)

    first, second = await asyncio.gather(request("a"), request("b"))
    assert (first, second) == ({"a"}, {"b"})


def test_a_stage_that_fails_is_counted_too() -> None:
    """Else the slowest failures would look fast; and outside of a request nothing happens."""
    with timing() as stopwatch, pytest.raises(KeyError), stage("bad"):
        raise KeyError
    assert "bad" in stopwatch.stages
    with stage("idle"):
        pass


def test_two_services_in_one_process_count_apart() -> None:
    """No counter is shared."""
    first, second = Metrics(), Metrics()
    with timing() as stopwatch:
        first.answered(method="GET", route="/x", status=200, stopwatch=stopwatch)
    assert b'route="/x"' in first.exposition(NOTHING)
    assert b'route="/x"' not in second.exposition(NOTHING)


def test_sentences_left_out_are_counted() -> None:
    """For the operator, who finds the reason in the log; none is lost outside of a request."""
    metrics = Metrics()
    left_out(1, KeyError("x"))
    with timing() as stopwatch:
        left_out(2, KeyError("x"))
    metrics.answered(method="POST", route="/x", status=200, stopwatch=stopwatch)
    assert b"onrecord_unreadable_sentences_total 2.0" in metrics.exposition(NOTHING)


def test_the_caches_outcomes_are_counted() -> None:
    """How often it helps, and that it fails, which no answer shows."""
    metrics = Metrics()
    cached("hit")
    with timing() as stopwatch:
        cached("hit")
        cached("hit")
        cached("miss")
        cache_failed(OSError("refused"))
    metrics.answered(method="POST", route="/x", status=200, stopwatch=stopwatch)
    exposition = metrics.exposition(NOTHING)
    for outcome, times in {"hit": 2, "miss": 1, "failed": 1}.items():
        line = f'onrecord_cached_checks_total{{outcome="{outcome}"}} {times}.0'
        assert line.encode() in exposition


async def test_a_checks_stages_are_shown(samples: Services) -> None:
    """In the header for the caller, in the metrics for the operator."""
    async with connect(samples) as client:
        response = await client.post("/v1/checks", json={"claim": "The Sallow Bridge is closed."})
        exposition = (await client.get("/metrics")).text
    shown = {part.partition(";")[0] for part in response.headers["Server-Timing"].split(", ")}
    assert shown >= {"total", "embed", "vectors", "words", "stance"}
    assert 'onrecord_stage_seconds_count{stage="words"} 1.0' in exposition
