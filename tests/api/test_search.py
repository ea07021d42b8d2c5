"""/v1/search shows what retrieval sees, /v1/index what there is to see."""

import pytest
from httpx import AsyncClient

from service.wiring import Services
from tests.api.client import pointers, problem


async def test_passages_come_best_first_with_their_scores(client: AsyncClient) -> None:
    """Each a slice of its article, with its place in both legs."""
    answer = (await client.get("/v1/search?q=vehicles on the Sallow Bridge&limit=3")).json()
    scores = [passage["score"] for passage in answer["passages"]]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3
    best = answer["passages"][0]
    text = (await client.get(f"/v1/articles/{best['article']['id']}")).json()["text"]
    assert text[best["position"]["start"] : best["position"]["end"]] == best["text"]
    assert any("vehicles" in passage["text"] for passage in answer["passages"])
    assert 0 < best["cosine"] <= 1
    assert 1 in {best["rank_by_meaning"], best["rank_by_words"]}


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=a&limit=51", "q=a&publisher=x&nope="])
async def test_a_wrong_search_is_refused(client: AsyncClient, query: str) -> None:
    """422 names the parameter."""
    body = problem(await client.get(f"/v1/search?{query}"), 422, "invalid-request")
    assert pointers(body)[0] in {"/q", "/limit", "/nope"}


async def test_the_index_says_what_it_holds(client: AsyncClient, samples: Services) -> None:
    """Counts, dates, and what names content and models exactly."""
    index = (await client.get("/v1/index")).json()
    assert (index["articles"], index["publishers"]) == (15, 5)
    assert index["oldest"] == "2024-10-17T05:30:00Z"
    assert index["snapshot"] == await samples.store.snapshot()
    assert set(index["models"]) == {"embedder", "stance", "tagger"}
