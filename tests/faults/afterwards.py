"""After the faults: everything acknowledged is there, whole, and found as it would be in a store
that never saw a fault."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from service.domain.claim import Filters, QuoteQuery
from service.ports import Entry, Store
from service.stores import open_store
from tests.faults.ledger import Ledger, made, version_of
from tests.stores.alike import require_alike
from tests.stores.archive import DIM, WORDS, day, vector_of

_ALL: Final = 10_000


async def faults_left(store: Store, ledger: Ledger) -> list[str]:
    """What is missing, broken, or found otherwise than in a new store with the same content."""
    wrong = []
    content: list[Entry] = []
    for article_id in ledger.tried:
        history = await store.history(article_id)
        versions = [version_of(revision.article) for revision in history]
        current = versions[0] if versions else None
        if not ledger.may_be(article_id, ledger.acknowledged[article_id], current):
            wrong.append(f"{article_id} is at {current}: {ledger.acknowledged[article_id]}")
        if lost := ledger.lost(article_id, versions):
            wrong.append(f"{article_id} has lost the versions {lost}")
        for revision in history:
            entry = made(article_id, version_of(revision.article))
            if revision.article != entry.article:
                wrong.append(f"{article_id} is not what was put")
            content.append(
                replace(entry, stood_from=revision.stood_from, stood_until=revision.stood_until)
            )
    return [*wrong, *await _differences(store, content)]


async def _differences(store: Store, content: Sequence[Entry]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        whole = await open_store(folder, embedder="made up", dim=DIM)
        # Replaced revisions find their place once the current one is there.
        for entry in sorted(content, key=lambda entry: entry.stood_until is not None):
            await whole.put([entry])
        wrong = []
        if await store.snapshot() != await whole.snapshot():
            wrong.append("the snapshots differ")
        for filters in (Filters(), Filters(as_of=day(3))):
            wrong += [
                f"{what} differ for {filters}"
                for what, same in [
                    ("counts", await store.coverage(filters) == await whole.coverage(filters)),
                    ("lists", await _lists(store, filters) == await _lists(whole, filters)),
                    ("words", await _words(store, filters) == await _words(whole, filters)),
                    ("cosines", await _near_alike(store, whole, filters)),
                ]
                if not same
            ]
        await whole.close()
    return wrong


async def _lists(store: Store, filters: Filters) -> list[object]:
    articles = await store.articles(filters, limit=_ALL)
    quotes = await store.said(QuoteQuery(filters=filters), limit=_ALL)
    return [articles.articles, quotes.quotes]


async def _words(store: Store, filters: Filters) -> list[object]:
    """Orders, which rest on the counts of all words."""
    found: list[object] = []
    for word in WORDS:
        hits = await store.matching(word, filters, limit=30)
        found.append([hit.passage_id for hit in hits])
        found.append(list(await store.passages([hit.passage_id for hit in hits])))
    return found


async def _near_alike(store: Store, whole: Store, filters: Filters) -> bool:
    for word in WORDS[:5]:
        near = await store.nearest(vector_of(word), filters, limit=_ALL)
        try:
            require_alike(await whole.nearest(vector_of(word), filters, limit=_ALL), near)
        except AssertionError:
            return False
    return True
