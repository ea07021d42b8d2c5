"""Finds passages for a claim, by meaning and by words, and fuses both rankings."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from service.domain.article import article_of
from service.domain.claim import Filters
from service.domain.retrieval import Ranked, Retrieved
from service.ports import Hit, Store

RRF_K = 20
DEPTH = 200
"""How many passages each of the two searches returns."""
ARTICLE_SHARE = 0.1
"""The share of the scores of its article's best passages that is added to a passage's own score. An
article with several good passages is right more often than one with a single good one."""
ARTICLE_PASSAGES = 3
"""How many passages of an article count as its best."""


async def retrieve(
    text: str,
    vector: NDArray[np.float32],
    filters: Filters,
    store: Store,
    *,
    limit: int,
    excluded: Collection[str] = (),
) -> tuple[Retrieved, ...]:
    """The `limit` best passages for `text`, whose vector has shape (dim,); best first.

    Those of `excluded` articles, given by their ids, are left out. They still take their places in
    the two searches, which is harmless while few articles are excluded.
    """
    near, matching = await asyncio.gather(
        store.nearest(vector, filters, limit=max(DEPTH, limit)),
        store.matching(text, filters, limit=max(DEPTH, limit)),
    )
    ranked = fuse(_without(near, excluded), _without(matching, excluded))[:limit]
    stored = {
        passage.id: passage
        for passage in await store.passages([each.passage_id for each in ranked])
    }
    return tuple(
        Retrieved(stored[each.passage_id], each) for each in ranked if each.passage_id in stored
    )


def _without(hits: Sequence[Hit], excluded: Collection[str]) -> Sequence[Hit]:
    return [hit for hit in hits if article_of(hit.passage_id) not in excluded]


def fuse(near: Sequence[Hit], matching: Sequence[Hit], *, k: int = RRF_K) -> list[Ranked]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (k + rank) over both legs, and a
    share of what the best passages of its article score.

    Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
    learning methods", SIGIR 2009. Equal scores are ordered by passage id.
    """
    meaning = {hit.passage_id: rank for rank, hit in enumerate(near, start=1)}
    words = {hit.passage_id: rank for rank, hit in enumerate(matching, start=1)}
    cosines = {hit.passage_id: hit.score for hit in near}
    own_scores = {
        passage_id: _reciprocal(meaning.get(passage_id), k) + _reciprocal(words.get(passage_id), k)
        for passage_id in meaning.keys() | words.keys()
    }
    by_article: dict[str, list[float]] = defaultdict(list)
    for passage_id, score in own_scores.items():
        by_article[article_of(passage_id)].append(score)
    shares = {
        article: ARTICLE_SHARE * sum(sorted(scores, reverse=True)[:ARTICLE_PASSAGES])
        for article, scores in by_article.items()
    }
    ranked = [
        Ranked(
            passage_id=passage_id,
            score=score + shares[article_of(passage_id)],
            cosine=cosines.get(passage_id),
            rank_by_meaning=meaning.get(passage_id),
            rank_by_words=words.get(passage_id),
        )
        for passage_id, score in own_scores.items()
    ]
    return sorted(ranked, key=lambda each: (-each.score, each.passage_id))


def _reciprocal(rank: int | None, k: int) -> float:
    return 0.0 if rank is None else 1 / (k + rank)
