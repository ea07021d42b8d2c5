"""Any history of changes and openings leaves the store with what brute force says it holds."""

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from service.domain.claim import Filters, QuoteQuery
from service.ports import Entry
from service.stores.embedded import EmbeddedStore, open_embedded, rebuild
from tests.stores.archive import DIM, WORDS, BruteForce, day, entry, vector_of

T = TypeVar("T")

publishers = st.sampled_from(["Example Herald", "EXAMPLE HERALD", "The Sample", ""])
dates = st.none() | st.integers(0, 6).map(day)
sentences = st.lists(st.sampled_from(WORDS[:8]), min_size=1, max_size=6).map(" ".join)
entries = st.builds(
    lambda number, title, texts, publisher, date, recorded: entry(
        f"a{number}",
        *texts,
        title=title,
        publisher=publisher,
        published_at=date,
        recorded_at=recorded,
    ),
    st.integers(0, 6),
    st.just("") | sentences,
    st.lists(sentences, max_size=4),
    publishers,
    dates,
    dates,
)
filters = st.builds(
    Filters,
    as_of=dates,
    published_after=dates,
    include_publishers=st.frozensets(publishers, max_size=2),
    exclude_publishers=st.frozensets(publishers, max_size=1),
)


class History(RuleBasedStateMachine):
    """A store beside brute force; after each step both are asked the same."""

    exact_passages = 20_000

    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.model = BruteForce()
        self.store = self.run(self.opened())

    @rule(given=st.lists(entries, min_size=1, max_size=4))
    def put(self, given: list[Entry]) -> None:
        assert list(self.run(self.store.put(given))) == self.model.put(given)

    @rule(number=st.integers(0, 6))
    def delete(self, number: int) -> None:
        gone = self.model.entries.pop(f"a{number}", None)
        assert self.run(self.store.delete(f"a{number}")) is (gone is not None)

    @rule()
    def open_again(self) -> None:
        self.run(self.store.close())
        self.store = self.run(self.opened())

    @rule()
    def rebuild(self) -> None:
        self.run(self.store.close())
        self.run(rebuild(Path(self.folder.name)))
        self.store = self.run(self.opened())

    @rule(chosen=filters, seed=st.sampled_from(WORDS[:8]), limit=st.integers(1, 12))
    def nearest(self, chosen: Filters, seed: str, limit: int) -> None:
        hits = self.run(self.store.nearest(vector_of(seed), chosen, limit=limit))
        cosines = self.model.cosines(vector_of(seed), chosen)
        best = sorted(cosines.values(), reverse=True)[:limit]
        assert [hit.score for hit in hits] == pytest.approx(best, abs=2e-3)
        assert [hit.score for hit in hits] == pytest.approx(
            [cosines[hit.passage_id] for hit in hits], abs=2e-3
        )
        assert sorted((-hit.score, hit.passage_id) for hit in hits) == [
            (-hit.score, hit.passage_id) for hit in hits
        ]

    @rule(chosen=filters, words=sentences, limit=st.integers(1, 12))
    def matching(self, chosen: Filters, words: str, limit: int) -> None:
        hits = self.run(self.store.matching(words, chosen, limit=limit))
        assert [hit.passage_id for hit in hits] == self.model.bm25(words, chosen)[:limit]

    @rule(chosen=filters, limit=st.integers(1, 4))
    def page(self, chosen: Filters, limit: int) -> None:
        expected = [item.article for item in self.model.chosen(chosen)]
        page = self.run(self.store.articles(chosen, limit=limit))
        seen = list(page.articles)
        while page.cursor is not None:
            page = self.run(self.store.articles(chosen, limit=limit, cursor=page.cursor))
            seen += page.articles
        assert seen == expected

    @rule(chosen=filters, words=st.just("") | sentences, limit=st.integers(1, 4))
    def said(self, chosen: Filters, words: str, limit: int) -> None:
        query = QuoteQuery(words=words, filters=chosen)
        page = self.run(self.store.said(query, limit=limit))
        seen = list(page.quotes)
        while page.cursor is not None:
            page = self.run(self.store.said(query, limit=limit, cursor=page.cursor))
            seen += page.quotes
        assert [(one.quote, one.article.id) for one in seen] == self.model.said(words, chosen)

    @rule(chosen=filters)
    def coverage(self, chosen: Filters) -> None:
        assert self.run(self.store.coverage(chosen)) == self.model.coverage(chosen)

    @invariant()
    def everything_agrees(self) -> None:
        asked = [f"{item.article.id}:{i}" for item in self.model.entries.values() for i in range(5)]
        found = {stored.id: stored for stored in self.run(self.store.passages(asked))}
        for item in self.model.entries.values():
            for i, passage in enumerate(item.passages):
                stored = found.pop(f"{item.article.id}:{i}")
                assert (stored.article, stored.passage) == (item.article, passage)
                assert stored.quotes == (item.quotes if i == 0 else ())
        assert not found
        assert self.run(self.store.consistency()).agrees

    def teardown(self) -> None:
        self.run(self.store.close())
        self.loop.close()
        self.folder.cleanup()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(work)

    async def opened(self) -> EmbeddedStore:
        return await open_embedded(
            Path(self.folder.name),
            embedder="made up",
            dim=DIM,
            exact_passages=self.exact_passages,
        )


class HistoryByGraph(History):
    """As with more passages than are scanned."""

    exact_passages = 0


_few = settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each step writes to a disk
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
TestHistory = History.TestCase
TestHistory.settings = _few
TestHistoryByGraph = HistoryByGraph.TestCase
TestHistoryByGraph.settings = _few
