"""Finds passages for a claim: by meaning, by words, both ranks fused."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.domain.article import article_of
from service.domain.claim import Filters
from service.domain.retrieval import Ranked, Retrieved
from service.ports import Hit, Store

RRF_K = 20
DEPTH = 200
"""Passages asked of each leg."""
ARTICLE_SHARE = 0.1
"""What the scores of the best passages of its article add to a passage's own: a story that several
of its sentences speak for is the right one more often than the story of one lucky sentence."""
ARTICLE_PASSAGES = 3
"""So many are the best of an article."""


async def retrieve(
    text: str,
    vector: NDArray[np.float32],
    filters: Filters,
    store: Store,
    *,
    limit: int,
) -> tuple[Retrieved, ...]:
    """The `limit` best passages for `text`, whose vector has shape (dim,); best first."""
    near, matching = await asyncio.gather(
        store.nearest(vector, filters, limit=max(DEPTH, limit)),
        store.matching(text, filters, limit=max(DEPTH, limit)),
    )
    ranked = fuse(near, matching)[:limit]
    stored = {one.id: one for one in await store.passages([one.passage_id for one in ranked])}
    return tuple(
        Retrieved(stored[one.passage_id], one) for one in ranked if one.passage_id in stored
    )


def fuse(near: Sequence[Hit], matching: Sequence[Hit], *, k: int = RRF_K) -> list[Ranked]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (k + rank) over both legs, and a
    share of what the best passages of its article score.

    Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
    learning methods", SIGIR 2009. Equal scores are ordered by passage id.
    """
    meaning = {hit.passage_id: rank for rank, hit in enumerate(near, start=1)}
    words = {hit.passage_id: rank for rank, hit in enumerate(matching, start=1)}
    cosines = {hit.passage_id: hit.score for hit in near}
    alone = {
        found: _reciprocal(meaning.get(found), k) + _reciprocal(words.get(found), k)
        for found in meaning.keys() | words.keys()
    }
    by_article: dict[str, list[float]] = defaultdict(list)
    for found, score in alone.items():
        by_article[article_of(found)].append(score)
    shares = {
        article: ARTICLE_SHARE * sum(sorted(scores, reverse=True)[:ARTICLE_PASSAGES])
        for article, scores in by_article.items()
    }
    ranked = [
        Ranked(
            passage_id=found,
            score=score + shares[article_of(found)],
            cosine=cosines.get(found),
            rank_by_meaning=meaning.get(found),
            rank_by_words=words.get(found),
        )
        for found, score in alone.items()
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.passage_id))


def _reciprocal(rank: int | None, k: int) -> float:
    return 0.0 if rank is None else 1 / (k + rank)
