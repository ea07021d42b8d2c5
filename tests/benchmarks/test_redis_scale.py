"""Indexes of any size in Redis, copies of them, and what checks over them cost."""

import numpy as np

from benchmarks.redis_scale import Archive, Clock, ask, copy, fill, servers_of, store_of
from benchmarks.stories import Question, Story
from service.domain.claim import Filters
from service.english.text.segment import segment
from service.stores.redis import Durability, open_as_made, parse_address
from service.wiring import Models
from tests.redis_servers import Servers

TEXTS = (
    "The ferry to Orm carries 212 passengers. It leaves at nine, the harbour master said.",
    "Sallow Bridge was closed in May. “We found cracks,” said Mayor Ottoline Brask on Monday.",
    "The bakery sold nine loaves on Friday. Eva Novak bought four of them.",
)
STORIES = [
    Story(f"s{i}", text.split(".")[0], text, tuple(p.span for p in segment(text).passages))
    for i, text in enumerate(TEXTS)
]
PASSAGES = 600
CLAIM = "The ferry to Orm carries 112 passengers."


async def archive(models: Models) -> Archive:
    """Grown out of three articles."""
    texts = [span.of(story.text) for story in STORIES for span in story.spans]
    return Archive(STORIES, await models.embedder.embed(texts), models.embedder.fingerprint)


async def test_the_scan_finds_what_is_nearest(models: Models) -> None:
    """By the vectors that are put, over all passages of all articles."""
    made = await archive(models)
    entries = list(made.entries(PASSAGES))
    names = [f"{e.article.id}:{i}" for e in entries for i in range(len(e.passages))]
    vectors = np.concatenate([entry.vectors for entry in entries])
    assert len(names) == len(vectors) >= PASSAGES
    queries = await models.embedder.embed([CLAIM, "Loaves were sold."])
    for query, found in zip(queries, made.nearest(queries, PASSAGES), strict=True):
        assert found == [names[i] for i in np.argsort(-(vectors @ query), kind="stable")[:200]]
        assert found[0].split("~")[0].split(":")[0] in {"s0", "s2"}


async def test_a_copy_is_the_index_that_was_filled(
    models: Models, redis_cluster: Servers, redis_server: Servers
) -> None:
    """It has the same articles, and finds the same passages in the same order."""
    made = await archive(models)
    filled = await fill(made, redis_cluster.url, PASSAGES, 16)
    assert filled["put"] >= PASSAGES
    assert filled["bytes"] > 1_000
    copy(redis_cluster.url, redis_server.url, PASSAGES)
    answers = []
    for url in (redis_cluster.url, redis_server.url):
        address = parse_address(store_of(url, PASSAGES))
        store = await open_as_made(address, durability=Durability.MEMORY)
        hits = await store.nearest(made.vectors[0], Filters(), limit=50)
        answers.append(
            (await store.snapshot(), hits, await store.matching(CLAIM, Filters(), limit=50))
        )
        await store.close()
    assert answers[0] == answers[1]
    assert answers[0][1][0].passage_id == "s0:0"


async def test_a_check_is_timed_part_by_part(models: Models, redis_server: Servers) -> None:
    """With the default models, over an index in which the answer is."""
    made = await archive(models)
    await fill(made, redis_server.url, PASSAGES, 4)
    questions = [Question(CLAIM, frozenset({"s0:0"}))]
    queries = await models.embedder.embed([CLAIM])
    store, exact = store_of(redis_server.url, PASSAGES), made.nearest(queries, PASSAGES)
    found = await ask(store, questions, queries, exact, checks=1)
    assert found["recall@50"] > 90
    assert found["hit@40"] == 100
    medians = {name: each["asker"]["p50"] for name, each in found["ms"].items()}
    assert medians["check"] > medians["judge"] > medians["read"] > 0
    assert found["ms"]["vectors"]["servers"]["p50"] > 0


async def test_servers_are_timed_one_by_one(redis_cluster: Servers) -> None:
    """All primaries of a cluster together, and the busiest of them."""
    servers = servers_of(redis_cluster.url)
    assert sorted(map(len, servers.values())) == [5461, 5461, 5462]
    clock = Clock(list(servers))
    await clock.of("sleep", _work(clock))
    times = clock.summary()["sleep"]
    assert times["servers"]["p50"] >= times["busiest"]["p50"] > 0


async def _work(clock: Clock) -> None:
    for _ in range(2_000):
        clock.servers[0].ping()
