"""Two replicas of the real service share a cluster: one is killed while it indexes, a primary is
killed, and both are restarted by turns, under constant checks."""

import asyncio
import json

import httpx

from tests.faults.injections import kill_a_primary
from tests.faults.replicas import Caller, index, two_replicas
from tests.redis_servers import Servers

CLAIMS = [f"The ferry of Vell carries {100 + number} passengers." for number in range(10)]
ARTICLES = [
    {
        "id": f"ferry-{number}",
        "title": f"Ferry {number}",
        "text": f"The ferry of Vell carries {100 + number} passengers, its master said. "
        + "It was built in 1963. It is to be sold. " * 3,
    }
    for number in range(80)
]


async def test_replicas_and_servers_come_and_go_under_constant_checks(
    redis_cluster: Servers,
) -> None:
    """What a killed replica has acknowledged is there; a restart by turns fails no request."""
    async with two_replicas(redis_cluster.url) as (first, second):
        caller = Caller((first, second), CLAIMS, seed=1)
        async with caller.calling():
            acknowledged = []
            async for line in index(first.url, ARTICLES):
                acknowledged.append(json.loads(line)["id"])
                if len(acknowledged) == 20:
                    await first.kill()
            assert 20 <= len(acknowledged) < len(ARTICLES)
            await _require_stored(second.url, acknowledged)
            started = asyncio.create_task(first.start())
            assert not [line async for line in index(second.url, ARTICLES) if "change" not in line]
            await kill_a_primary(redis_cluster, caller.chance)
            await started
            assert not caller.failures
            caller.statuses.clear()
            for replica in (first, second):
                await replica.stop()
                await replica.start()
        assert set(caller.statuses) == {200}
        assert not caller.failures
        await _require_stored(first.url, [str(article["id"]) for article in ARTICLES])


async def _require_stored(url: str, ids: list[str]) -> None:
    texts = {str(article["id"]): article["text"] for article in ARTICLES}
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        for article_id in ids:
            answer = await client.get(f"/v1/articles/{article_id}")
            assert answer.json()["text"].split() == texts[article_id].split()
