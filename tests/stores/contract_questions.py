"""What the stores' tests ask, and what they share to ask it."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from service.domain.claim import Filters, QuoteQuery
from service.ports import Hit, Store
from service.stores.embedded import EmbeddedStore, open_embedded
from tests.stores.archive import DIM, day, vector_of

Opener = Callable[[], Awaitable[Store]]
"""Opens the same storage again each time; the first time it is empty."""

EVERYTHING = Filters()


def only(*publishers: str) -> Filters:
    return Filters(include_publishers=frozenset(publishers))


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage_id for hit in hits]


async def answers(store: Store) -> list[object]:
    """Everything that a store can be asked, over articles made of `archive.WORDS`."""
    filters = [EVERYTHING, Filters(as_of=day(4)), only("Example Herald")]
    asked: list[object] = [await store.snapshot()]
    for chosen in filters:
        near = await store.nearest(vector_of("buxk"), chosen, limit=8)
        asked += [
            near,
            await store.matching("buxk gekk", chosen, limit=8),
            await store.coverage(chosen),
            await store.articles(chosen, limit=20),
            await store.said(QuoteQuery(words="buxk", filters=chosen), limit=20),
            await store.passages([hit.passage_id for hit in near]),
        ]
    return asked


async def opened(folder: Path) -> EmbeddedStore:
    return await open_embedded(folder, embedder="made up", dim=DIM)


async def told(folder: Path) -> list[object]:
    store = await opened(folder)
    found = await answers(store)
    assert (await store.consistency()).agrees
    await store.close()
    return found
