"""The stores answer alike: one random history on the embedded store and on Redis, and after it the
same questions of both.

Orders, quotes, articles, dates and counts are equal; cosines differ by at most 0.002, as each
store keeps vectors in its own way, and passages whose cosines are closer may change places.

`ONRECORD_HISTORIES=200 pytest tests/stores/test_congruence.py` tries two hundred histories.
"""

import asyncio
import os
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, ClassVar, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from service.domain.claim import Filters, QuoteQuery
from service.domain.errors import InvalidCursor, RevisionConflict
from service.ports import ABSENT, Entry, Store
from service.stores import open_store
from tests.redis_servers import Servers
from tests.stores.alike import require_alike
from tests.stores.archive import DIM, WORDS, day, entry, vector_of

T = TypeVar("T")

HISTORIES = int(os.environ.get("ONRECORD_HISTORIES", "12"))
IDS = [f"a{number}" for number in range(7)]

publishers = st.sampled_from(["Example Herald", "EXAMPLE HERALD", "The Sample", "", "Straße Ünd"])
dates = st.none() | st.integers(0, 6).map(day)
sentences = st.lists(st.sampled_from(WORDS[:8]), min_size=1, max_size=6).map(" ".join)
entries = st.builds(
    lambda article_id, title, texts, publisher, date, recorded: entry(
        article_id,
        *texts,
        title=title,
        publisher=publisher,
        published_at=date,
        recorded_at=recorded,
    ),
    st.sampled_from(IDS),
    st.just("") | sentences,
    st.lists(sentences, max_size=4),
    publishers,
    dates,
    dates,
)
exported = st.builds(
    lambda given, stood, lasts: replace(
        given, stood_from=day(stood), stood_until=day(stood + lasts)
    ),
    entries,
    st.integers(0, 5),
    st.integers(1, 3),
)
filters = st.builds(
    Filters,
    as_of=dates,
    published_after=dates,
    include_publishers=st.frozensets(publishers, max_size=2),
    exclude_publishers=st.frozensets(publishers, max_size=1),
)
parts = st.sampled_from(["", "", "", "bux", "doz", "giv"])
queries = st.builds(
    lambda words, speaker, organisation, chosen: QuoteQuery(
        words=words, speaker=speaker, organisation=organisation, filters=chosen
    ),
    st.just("") | sentences,
    parts,
    parts,
    filters,
)


class Congruence(RuleBasedStateMachine):
    """Each step is done to both stores, and has the same outcome."""

    url: ClassVar[str]
    made: ClassVar[int] = 0

    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        type(self).made += 1  # an index of its own for each history
        self.addresses = (self.folder.name, f"{self.url}?prefix=congruence{self.made}&shards=4")
        self.stores = self.opened()

    @rule(given=st.lists(entries, min_size=1, max_size=4))
    def put(self, given: list[Entry]) -> None:
        self.same(lambda store: store.put(given))

    @rule(given=st.lists(exported, min_size=1, max_size=2))
    def put_exported(self, given: list[Entry]) -> None:
        self.same(lambda store: store.put(given))

    @rule(given=entries, right=st.booleans(), absent=st.booleans())
    def put_expecting(self, given: Entry, right: bool, absent: bool) -> None:
        async def change(store: Store) -> object:
            held = await store.revisions([given.article.id])
            expected = held.get(given.article.id, ABSENT) if right else "sha256:other"
            expected = ABSENT if absent else expected
            return await _outcome(store.put([given], expected_revision=expected))

        self.same(change)

    @rule(article_id=st.sampled_from(IDS))
    def delete(self, article_id: str) -> None:
        self.same(lambda store: store.delete(article_id))

    @rule()
    def open_again(self) -> None:
        for store in self.stores:
            self.loop.run(store.close())
        self.stores = self.opened()

    @rule(chosen=filters, seed=st.sampled_from(WORDS[:8]), limit=st.integers(1, 12))
    def nearest(self, chosen: Filters, seed: str, limit: int) -> None:
        vector = vector_of(seed)
        embedded, redis = self.answers(lambda store: store.nearest(vector, chosen, limit=limit))
        require_alike(embedded, redis)

    @rule(chosen=filters, words=sentences, limit=st.integers(1, 12))
    def matching(self, chosen: Filters, words: str, limit: int) -> None:
        async def ids(store: Store) -> list[str]:
            return [hit.passage_id for hit in await store.matching(words, chosen, limit=limit)]

        self.same(ids)

    @rule(chosen=filters, limit=st.integers(1, 4), url=st.none() | st.sampled_from(IDS))
    def pages(self, chosen: Filters, limit: int, url: str | None) -> None:
        at = url and f"https://example.org/{url}"

        async def all_pages(store: Store) -> list[object]:
            page = await store.articles(chosen, url=at, limit=limit)
            seen: list[object] = [page.articles]
            while page.cursor is not None:
                page = await store.articles(chosen, url=at, limit=limit, cursor=page.cursor)
                seen.append(page.articles)
            return seen

        self.same(all_pages)

    @rule(query=queries, limit=st.integers(1, 4))
    def said(self, query: QuoteQuery, limit: int) -> None:
        async def all_pages(store: Store) -> list[object]:
            page = await store.said(query, limit=limit)
            seen: list[object] = [page.quotes]
            while page.cursor is not None:
                page = await store.said(query, limit=limit, cursor=page.cursor)
                seen.append(page.quotes)
            return seen

        self.same(all_pages)

    @rule(chosen=filters)
    def coverage(self, chosen: Filters) -> None:
        self.same(lambda store: store.coverage(chosen))

    @rule(cursor=st.text(max_size=8))
    def another_cursor(self, cursor: str) -> None:
        self.same(lambda store: _outcome(store.articles(Filters(), limit=2, cursor=cursor)))

    @rule(chosen=filters, seed=st.sampled_from(WORDS[:8]))
    def found_passages(self, chosen: Filters, seed: str) -> None:
        """Those of past revisions, too."""

        async def found(store: Store) -> dict[str, object]:
            hits = await store.nearest(vector_of(seed), chosen, limit=50)
            passages = await store.passages([hit.passage_id for hit in hits])
            assert len(passages) == len(hits)
            return {passage.id: passage for passage in passages}

        self.same(found)

    @invariant()
    def the_content_is_the_same(self) -> None:
        self.same(lambda store: store.snapshot())
        for article_id in IDS:
            self.same(lambda store, name=article_id: store.history(name))
            self.same(lambda store, name=article_id: store.quotes(name))
        self.same(lambda store: store.revisions(IDS))
        self.same(lambda store: store.coverage(Filters()))

    def teardown(self) -> None:
        for store in self.stores:
            self.loop.run(store.close())
        self.loop.close()
        self.folder.cleanup()

    def opened(self) -> tuple[Store, Store]:
        first, second = self.addresses
        return self.loop.run(_open(first)), self.loop.run(_open(second))

    def answers(self, ask: Any) -> tuple[Any, Any]:
        first, second = self.stores
        return self.loop.run(_listed(ask(first))), self.loop.run(_listed(ask(second)))

    def same(self, ask: Any) -> None:
        embedded, redis = self.answers(ask)
        assert redis == embedded


async def _open(url: str) -> Store:
    return await open_store(url, embedder="made up", dim=DIM)


async def _listed(asked: Coroutine[Any, Any, T]) -> T | list[Any]:
    answer = await asked
    return list(answer) if isinstance(answer, tuple) else answer


async def _outcome(asked: Coroutine[Any, Any, T]) -> T | str:
    """The answer, or which error it was."""
    try:
        return await asked
    except (RevisionConflict, InvalidCursor) as error:
        return repr(error)


FEW = settings(
    max_examples=HISTORIES,
    phases=[Phase.explicit, Phase.generate],
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


def test_a_server_answers_as_the_embedded_store(redis_server: Servers) -> None:
    """Whatever was put, changed and removed."""

    class OnOneServer(Congruence):
        url = redis_server.url

    run_state_machine_as_test(OnOneServer, settings=FEW)


def test_a_cluster_answers_as_the_embedded_store(redis_cluster: Servers) -> None:
    """With its shards on three primaries."""

    class OnACluster(Congruence):
        url = redis_cluster.url

    run_state_machine_as_test(OnACluster, settings=FEW)
