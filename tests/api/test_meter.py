"""How much one caller may ask for, and what it is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from service.api.app import create_app
from service.api.meter import ANSWER_S, caller_of
from service.domain.access import Allowance, Scope, new_key
from service.ports import Limiter
from service.stores.key_file import KeyFile
from service.stores.limiter import SlidingLimiter
from service.wiring import Services
from tests.api.client import NDJSON, problem

NOW = datetime.now(UTC)
HERE = ("192.0.2.1", 4711)


class Failing:
    """A limiter whose store has gone."""

    async def take(self, caller: str, cost: int = 1) -> Allowance:
        """Never."""
        raise ConnectionError(f"redis://user:secret@store is gone, {caller} {cost}")


class Hanging:
    """A limiter whose store does not answer."""

    async def take(self, caller: str, cost: int = 1) -> Allowance:
        """Late."""
        await asyncio.sleep(60)
        raise AssertionError((caller, cost))


@asynccontextmanager
async def limited(
    services: Services, limiter: Limiter, client: tuple[str, int] = HERE
) -> AsyncIterator[AsyncClient]:
    """A client at this address of a service with this limiter."""
    transport = ASGITransport(create_app(replace(services, limiter=limiter)), client=client)
    async with AsyncClient(transport=transport, base_url="http://onrecord.test") as connected:
        yield connected


async def test_too_much_is_refused_with_when_to_come_back(samples: Services) -> None:
    """`RateLimit` says what is left before it comes to that."""
    async with limited(samples, SlidingLimiter("2/hour")) as client:
        for left in (1, 0):
            answer = await client.get("/v1/index")
            assert answer.status_code == 200
            assert answer.headers["RateLimit-Policy"] == '"default";q=2;w=3600'
            assert answer.headers["RateLimit"].startswith(f'"default";r={left};t=')
        refused = await client.get("/v1/index")
        body = problem(refused, 429, "rate-limited")
        assert "ONRECORD_RATE_LIMIT" in str(body["detail"])
        assert 0 < int(refused.headers["Retry-After"]) <= 3600
        assert refused.headers["RateLimit"].startswith('"default";r=0;t=')
        problem(await client.post("/v1/checks", json={"claim": "A dog."}), 429, "rate-limited")


async def test_what_an_operator_asks_is_never_refused(samples: Services) -> None:
    """Probes, counters and the documentation cost nothing."""
    async with limited(samples, SlidingLimiter("1/hour")) as client:
        for _ in range(3):
            for path in ("/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"):
                answer = await client.get(path)
                assert answer.status_code == 200
                assert "RateLimit" not in answer.headers


async def test_without_a_limit_nothing_is_said_of_one(samples: Services) -> None:
    """No header."""
    transport = ASGITransport(create_app(samples))
    async with AsyncClient(transport=transport, base_url="http://onrecord.test") as client:
        assert "RateLimit" not in (await client.get("/v1/index")).headers


async def test_each_key_has_its_own(samples: Services, tmp_path: Path) -> None:
    """From the same address; and whoever guesses uses up the address's."""
    kept = KeyFile(tmp_path / "keys.json")
    tokens = []
    for name in ("a", "b"):
        key, token = new_key(name, [Scope.CHECK], now=NOW)
        await kept.add(key)
        tokens.append({"Authorization": f"Bearer {token}"})
    async with limited(replace(samples, keys=kept), SlidingLimiter("2/hour")) as client:
        for headers in tokens:
            for status in (200, 200, 429):
                assert (await client.get("/v1/index", headers=headers)).status_code == status
        guess = {"Authorization": f"Bearer onr_{12 * '0'}_{64 * '0'}"}
        for status in (401, 401, 429, 429):
            assert (await client.get("/v1/index", headers=guess)).status_code == status


async def test_a_key_that_may_not_do_it_is_counted(samples: Services, tmp_path: Path) -> None:
    """Refusals are not free."""
    kept = KeyFile(tmp_path / "keys.json")
    key, token = new_key("a", [Scope.INDEX], now=NOW)
    await kept.add(key)
    async with limited(replace(samples, keys=kept), SlidingLimiter("1/hour")) as client:
        for status in (403, 429):
            answer = await client.get("/v1/index", headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == status


async def test_each_address_has_its_own(samples: Services) -> None:
    """And whatever a client says of itself does not count."""
    limiter = SlidingLimiter("1/hour")
    async with limited(samples, limiter) as client:
        assert (await client.get("/v1/index")).status_code == 200
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
            headers = {name: "198.51.100.7"}
            assert (await client.get("/v1/index", headers=headers)).status_code == 429
    async with limited(samples, limiter, ("192.0.2.2", 1)) as client:
        assert (await client.get("/v1/index")).status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "not an address", True),
    ],
)
def test_a_subscriber_is_one_caller(first: str, second: str, *, same: bool) -> None:
    """An IPv6 network of 64 bits is one household: with its addresses it would have no limit."""
    assert (caller_of(None, first) == caller_of(None, second)) is same


async def test_a_draft_costs_what_it_may_have_of_statements(samples: Services) -> None:
    """One for every 125 characters; refused before any is checked."""
    async with limited(samples, SlidingLimiter("10/hour")) as client:
        short = {"text": "A dog."}
        answer = await client.post("/v1/drafts", json=short)
        assert answer.headers["RateLimit"].startswith('"default";r=9;')
        long = {"text": "A dog. " * 200}  # 1,400 characters
        body = problem(await client.post("/v1/drafts", json=long), 429, "rate-limited")
        assert str(body["detail"]).startswith("This costs 11, and 8 are left of 10")


async def test_the_longest_draft_costs_the_whole_limit_and_is_granted(samples: Services) -> None:
    """To who has asked for nothing before: what the call itself counts is a part of the limit."""
    async with limited(samples, SlidingLimiter("10/hour")) as client:
        answer = await client.post("/v1/drafts", json={"text": "A dog. " * 400})
        assert answer.status_code == 200
        assert answer.headers["RateLimit"].startswith('"default";r=0;')


async def test_who_comes_back_when_told_finds_room_for_the_whole_call(samples: Services) -> None:
    """What the refused call had counted of it is counted again."""

    class Full:
        """Has room for the call, and in 1,440 seconds for the 5 that its draft costs beside it."""

        async def take(self, caller: str, cost: int = 1) -> Allowance:  # noqa: ARG002
            """As a limiter that has 1 left of 10 an hour."""
            return Allowance(cost == 1, limit=10, left=1, window_s=3600, reset_s=1440)

    async with limited(samples, Full()) as client:
        refused = await client.post("/v1/drafts", json={"text": "A dog. " * 90})  # 630 characters
    problem(refused, 429, "rate-limited")
    assert refused.headers["Retry-After"] == "1800"


async def test_a_batch_goes_no_faster_than_the_limit(samples: Services) -> None:
    """Its lines wait for their turn; none is refused and none is lost."""
    lines = "".join(json.dumps({"claim": f"bridge {number}"}) + "\n" for number in range(5))
    counted: list[int] = []
    real = SlidingLimiter("2/second")

    class Counting:
        """Notes what was granted."""

        async def take(self, caller: str, cost: int = 1) -> Allowance:
            """As the real one."""
            allowance = await real.take(caller, cost)
            counted.append(allowance.granted)
            return allowance

    async with limited(samples, Counting()) as client:
        answer = await client.post("/v1/checks/batch", content=lines, headers=NDJSON)
    answers = [json.loads(line) for line in answer.text.splitlines()]
    assert [one.get("claim") for one in answers] == [f"bridge {n}" for n in range(5)]
    assert counted.count(True) == 5
    assert counted.count(False) > 0


@pytest.mark.parametrize("limiter", [Failing(), Hanging()])
async def test_a_limiter_that_fails_lets_in_and_is_counted(
    samples: Services, limiter: Limiter, caplog: pytest.LogCaptureFixture
) -> None:
    """Soon, and with no more in the log than that: the error may name the store's password."""
    async with limited(samples, limiter) as client:
        async with asyncio.timeout(20 * ANSWER_S):
            answer = await client.get("/v1/index")
        assert answer.status_code == 200
        assert "RateLimit" not in answer.headers
        families = text_string_to_metric_families((await client.get("/metrics")).text)
    (failures,) = (
        sample.value
        for family in families
        for sample in family.samples
        if sample.name == "onrecord_limiter_failures_total"
    )
    assert failures == 1
    assert "not counted against the rate limit" in caplog.text
    assert "secret" not in caplog.text
