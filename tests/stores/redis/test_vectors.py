"""Twelve bits a number: what they keep of a vector, and that the vector set gives back its part."""

import numpy as np
import pytest
from numpy.typing import NDArray

from service.domain.claim import Filters
from service.stores.cosine import cosines, unit
from service.stores.redis.vectors import gather, gathered, read_alone, twelve_bits
from tests.redis_servers import Servers
from tests.stores.archive import DIM, entry
from tests.stores.redis.opening import opened


def rows(count: int, dim: int) -> NDArray[np.float64]:
    """Some of norm 1."""
    found = np.random.default_rng(dim).standard_normal((count, dim))
    unit_rows: NDArray[np.float64] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit_rows


@pytest.mark.parametrize(("dim", "error"), [(384, 2e-4), (16, 5e-4), (7, 1e-3)])
def test_a_cosine_errs_by_little(dim: int, error: float) -> None:
    """With few dimensions, which are larger, by more; an odd number of them is none the worse."""
    vectors = rows(300, dim)
    kept = twelve_bits(vectors)
    for query in vectors[:20]:
        exact = vectors @ query
        assert cosines(query, kept.whole) == pytest.approx(exact, abs=error)
    again = read_alone(kept.alone(), dim)
    assert (again.whole == kept.whole).all()


def test_the_coarse_part_is_what_a_vector_set_would_keep() -> None:
    """Eight bits by the largest number, from -127 to 127; the fine part is in half a byte."""
    vectors = rows(300, 384)
    kept = twelve_bits(vectors)
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    assert np.abs(kept.coarse - vectors / largest * 127).max() <= 0.54
    assert kept.fine.min() >= -8
    assert kept.fine.max() <= 7


async def test_a_vector_set_gives_back_what_it_was_given(redis_server: Servers) -> None:
    """To the last bit, and of passages that are not there it says so."""
    store = await opened(redis_server, "shards=1")
    vectors = rows(40, DIM).astype(np.float32)
    await store.put([entry("a", *(f"b{i}k" for i in range(40)), vectors=list(vectors))])
    (keys,) = store._nodes.keys
    wanted = [(1, 39), (1, 0), (1, 40), (2, 0)]
    ((value,),) = (await store._nodes.ask({0: [gather(keys, DIM, wanted)]})).values()
    there, found = gathered(value, DIM)
    assert there.tolist() == [True, True, False, False]
    assert (found.whole[:2] == twelve_bits(vectors).whole[[39, 0]]).all()
    await store.close()


async def test_a_vector_of_nothing_is_near_to_nothing(redis_server: Servers) -> None:
    """Its cosine is 0; it harms no other."""
    store = await opened(redis_server)
    nothing = np.zeros(DIM, np.float32)
    near = unit(np.ones(DIM, np.float32)).astype(np.float32)
    await store.put([entry("a", "buxk", "dozk", vectors=[nothing, near])])
    hits = await store.nearest(np.ones(DIM, np.float32), Filters(), limit=5)
    assert [(hit.passage_id, hit.score) for hit in hits] == [("a:1", 1.0), ("a:0", 0.0)]
    await store.close()
