"""Writers and readers that go on while a store's servers fail, and hold every answer against what
was asked. An error of the product's tree is an honest answer; any other, or a wrong one, is not."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from service.domain.article import article_of
from service.domain.claim import Filters
from service.domain.errors import OnrecordError
from service.ports import Store
from tests.faults.ledger import Ledger, made, version_of
from tests.redis_servers import DEADLINE_S
from tests.stores.archive import WORDS, vector_of

ARTICLES_A_WRITER: Final = 12
KINDS: Final = ("put", "article", "found", "searched", "counted")
"""What goes on all the time, by the names in `Load.done`."""
_BREATH_S: Final = 0.02
NEAR: Final = 5


@dataclass(slots=True)
class Load:
    """Several writers and readers over stores that share one index, as replicas of a service do."""

    stores: Sequence[Store]
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    done: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    fault: str = ""
    """What is being done to the servers."""

    def found_wrong(self, what: str) -> None:
        """Notes what should not be, and during which fault."""
        self.wrong.append(f"{self.fault}: {what}")

    @asynccontextmanager
    async def running(self, *, writers: int = 4, readers: int = 3) -> AsyncIterator[None]:
        """Goes on until left; what was begun is waited for."""
        stop = asyncio.Event()
        tasks = [
            *(asyncio.create_task(self._again(self._write, i, stop)) for i in range(writers)),
            *(asyncio.create_task(self._again(self._read, i + 1, stop)) for i in range(readers)),
        ]
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(*tasks)

    async def require_recovery(self) -> None:
        """Returns once everything has been done again, as it must be when the servers are whole."""
        before = self.done.copy()
        try:
            async with asyncio.timeout(DEADLINE_S):
                while any(self.done[kind] == before[kind] for kind in KINDS):  # noqa: ASYNC110 - polled
                    await asyncio.sleep(_BREATH_S)
        except TimeoutError:
            self.found_wrong(f"since then: {self.done - before}, {self.errors}")

    async def _again(
        self, work: Callable[[Store, int], Awaitable[str]], number: int, stop: asyncio.Event
    ) -> None:
        store = self.stores[number % len(self.stores)]
        while not stop.is_set():
            try:
                self.done[await work(store, number)] += 1
            except OnrecordError as error:
                self.errors[type(error).__name__] += 1
                await asyncio.sleep(self.chance.random() * 5 * _BREATH_S)
            except Exception as error:  # noqa: BLE001 - that is what is looked for
                self.found_wrong(f"{work.__name__}: {error!r}")
            await asyncio.sleep(self.chance.random() * _BREATH_S)

    async def _write(self, store: Store, writer: int) -> str:
        ids = [f"w{writer}n{i}" for i in range(ARTICLES_A_WRITER)]
        if self.chance.random() < 0.1:
            article_id = self.chance.choice(ids)
            version = self.ledger.next(article_id, delete=True)
            await store.delete(article_id)
            self.ledger.acknowledge(article_id, version)
            return "delete"
        chosen = self.chance.sample(ids, self.chance.choice((1, 1, 1, 5)))
        versions = {article_id: self.ledger.next(article_id) for article_id in chosen}
        await store.put([made(article_id, version) for article_id, version in versions.items()])
        for article_id, version in versions.items():
            self.ledger.acknowledge(article_id, version)
        return "put"

    async def _read(self, store: Store, _reader: int) -> str:
        match self.chance.randrange(4):
            case 0:
                return await self._article(store)
            case 1:
                return await self._found(store)
            case 2:
                return await self._searched(store)
            case _:
                await store.coverage(Filters())
                await store.snapshot()
                return "counted"

    async def _article(self, store: Store) -> str:
        article_id = self._known()
        least = self.ledger.acknowledged[article_id]
        article = await store.article(article_id)
        held = None if article is None else version_of(article)
        if not self.ledger.may_be(article_id, least, held):
            self.found_wrong(f"{article_id} is at {held}, {least} was acknowledged")
        if article is not None and article != made(article_id, version_of(article)).article:
            self.found_wrong(f"{article_id} at {held} is not what was put")
        return "article"

    async def _found(self, store: Store) -> str:
        """An article that nobody changes meanwhile is found by its own passage."""
        article_id = self._known()
        version = self.ledger.acknowledged[article_id]
        if not self._settled(article_id, version):
            return "nothing"
        wanted = made(article_id, version)
        text = wanted.passages[0].span.of(wanted.article.text)
        near = await store.nearest(vector_of(text), Filters(), limit=NEAR)
        words = await store.matching(text, Filters(), limit=NEAR)
        if self._settled(article_id, version):
            for leg, hits in (("nearest", near), ("matching", words)):
                if f"{article_id}:0" not in [hit.passage_id for hit in hits]:
                    self.found_wrong(f"{leg} does not find {article_id} at {version}")
        return "found"

    async def _searched(self, store: Store) -> str:
        """Whatever is found is a passage that somebody has put, and none is older than what was
        acknowledged before."""
        least = {name: self.ledger.acknowledged[name] for name in self._ours()}
        hits = await store.matching(" ".join(self.chance.choices(WORDS, k=2)), Filters(), limit=20)
        for stored in await store.passages([hit.passage_id for hit in hits]):
            article_id, held = article_of(stored.id), version_of(stored.article)
            wanted = made(article_id, held)
            # What another process puts is not in the ledger yet.
            ours = article_id in least
            if ours and not self.ledger.may_be(article_id, least[article_id], held):
                self.found_wrong(f"a passage of {article_id} at {held}: {least[article_id]}")
            if (stored.article, stored.passage) != (
                wanted.article,
                wanted.passages[int(stored.id.rpartition(":")[2])],
            ):
                self.found_wrong(f"{stored.id} at {held} is not what was put")
        return "searched"

    def _known(self) -> str:
        return self.chance.choice(self._ours() or ["w0n0"])

    def _ours(self) -> list[str]:
        return [name for name in self.ledger.tried if name.startswith("w")]

    def _settled(self, article_id: str, version: int) -> bool:
        return (
            version == self.ledger.tried[article_id] > 0
            and (article_id, version) not in self.ledger.deleted
        )

    def report(self) -> dict[str, Any]:
        """What was done, which honest errors there were, and what was wrong."""
        return {"done": dict(self.done), "errors": dict(self.errors), "wrong": self.wrong}
