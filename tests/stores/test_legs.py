"""The two legs alone: what the graph finds, and that history does not show in an answer."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from service.domain.claim import Filters
from service.stores.embedded import open_embedded
from service.stores.embedded.passage_table import Eligible
from service.stores.embedded.vectors import VectorIndex
from tests.stores.archive import DIM, WORDS, entry, vector_of

LIMIT = 20


@pytest.fixture
def vectors() -> NDArray[np.float32]:
    """Four thousand of norm 1 around fifty centres."""
    random = np.random.default_rng(5)
    centres = random.standard_normal((50, DIM))
    rows = centres[random.integers(0, 50, 4000)] + 0.5 * random.standard_normal((4000, DIM))
    unit_rows: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit_rows.astype(np.float32)


@pytest.mark.parametrize("one_in", [1, 2, 10, 100])
def test_the_graph_finds_what_a_scan_finds(
    tmp_path: Path, vectors: NDArray[np.float32], one_in: int
) -> None:
    """At least 98 of 100 of the nearest, however many are filtered out."""
    index = VectorIndex(tmp_path / "vectors", DIM, exact_passages=0)
    index.add(0, vectors.astype(np.float16))
    mask = np.arange(len(vectors)) % one_in == 0
    eligible = Eligible(mask, int(mask.sum()), filtered=one_in > 1)
    found = 0
    for query in vectors[7:4000:100]:
        keys, scores = index.nearest(query, eligible, LIMIT)
        assert mask[keys].all()
        cosines = np.where(mask, vectors @ query, -2)
        assert scores == pytest.approx(cosines[keys], abs=2e-3)
        best = set(np.argsort(-cosines)[:LIMIT].tolist())
        found += len(best & set(keys[np.argsort(-scores)[:LIMIT]].tolist()))
    index.close()
    assert found / LIMIT / 40 >= 0.98


def test_the_same_additions_make_the_same_graph(
    tmp_path: Path, vectors: NDArray[np.float32]
) -> None:
    """So a store that was filled the same way answers the same way."""
    answers = []
    for name in ("one", "other"):
        index = VectorIndex(tmp_path / name, DIM, exact_passages=0)
        for first in range(0, 2000, 250):
            index.add(first, vectors[first : first + 250].astype(np.float16))
        everything = Eligible(np.ones(2000, bool), 2000, filtered=False)
        answers.append([index.nearest(query, everything, 5)[0].tolist() for query in vectors[:50]])
        index.close()
    assert answers[0] == answers[1]


async def test_many_copies_are_ordered_by_id_whatever_their_history(tmp_path: Path) -> None:
    """More equally good passages than candidates, put in two orders, one with a long history of
    other articles that are gone: the same hits with the same scores."""
    copies = [entry(f"copy-{i:03}", "buxk dozk") for i in range(300)]
    others = [entry(f"other-{i:03}", *["buxk " * (1 + i % 9)] * 5) for i in range(30)]
    plain = await open_embedded(tmp_path / "plain", embedder="made up", dim=DIM)
    await plain.put(copies)
    eventful = await open_embedded(tmp_path / "eventful", embedder="made up", dim=DIM)
    for start in range(0, 300, 100):
        await eventful.put(others[start // 10 : start // 10 + 10])
        await eventful.put(copies[::-1][start : start + 100])
    await eventful.put([entry(other.article.id, "gekk") for other in others[:20]])
    for other in others:
        await eventful.delete(other.article.id)
    expected = await plain.matching("dozk buxk", Filters(), limit=5)
    assert [hit.passage_id for hit in expected] == [f"copy-{i:03}:0" for i in range(5)]
    assert await eventful.matching("dozk buxk", Filters(), limit=5) == expected
    assert await eventful.snapshot() == await plain.snapshot()
    await plain.close()
    await eventful.close()


async def test_questions_are_answered_while_articles_come_in(tmp_path: Path) -> None:
    """Nothing fails, every hit was there at some time, and what was acknowledged is found."""
    store = await open_embedded(tmp_path, embedder="made up", dim=DIM, exact_passages=0)
    going = True

    async def ask() -> int:
        asked = 0
        while going:
            near = await store.nearest(vector_of("buxk"), Filters(), limit=10)
            words = await store.matching("buxk", Filters(), limit=10)
            await store.passages([hit.passage_id for hit in (*near, *words)])
            asked += 1
        return asked

    asking = [asyncio.create_task(ask()) for _ in range(3)]
    for number in range(12):
        mine = f"mine{number}k"
        batch = [entry(f"a{number}-{i}", f"buxk {WORDS[i]}", "dozk") for i in range(10)]
        await store.put([*batch, entry(f"own-{number}", mine)])
        assert [hit.passage_id for hit in await store.matching(mine, Filters(), limit=3)] == [
            f"own-{number}:0"
        ]
        near = await store.nearest(vector_of(mine), Filters(), limit=1)
        assert near[0].passage_id == f"own-{number}:0"
        await store.delete(f"a{number}-3")
    going = False
    assert min(await asyncio.gather(*asking)) > 0
    assert (await store.consistency()).agrees
    await store.close()
