"""A program that puts article after article into a store and says so: it is there to be killed.

    python -m tests.faults.writer STORE WRITER FIRST

Each line that it prints is an article's id and a version: `tries` before, `has` once the store has
acknowledged it. `FIRST` is the first version.
"""

import asyncio
import random
import sys

from service.domain.errors import OnrecordError
from service.stores import open_store
from tests.faults.ledger import made
from tests.stores.archive import DIM

_MOST_BATCHES = 2_000  # it is killed long before
ARTICLES = 40


async def main(url: str, writer: str, first: int) -> None:
    """Batches of articles, each with the version that its batch has."""
    store = await open_store(url, embedder="made up", dim=DIM)
    chance = random.Random(first)
    for version in range(first, first + _MOST_BATCHES):
        ids = chance.sample([f"p{writer}n{i}" for i in range(ARTICLES)], chance.randint(1, 10))
        _say("tries", version, ids)
        try:
            await store.put([made(article_id, version) for article_id in ids])
        except OnrecordError:
            continue  # whether it is there nobody knows, as after a kill
        _say("has", version, ids)
    await store.close()


def _say(what: str, version: int, ids: list[str]) -> None:
    print(what, version, *ids, flush=True)  # noqa: T201 - what it says is what it is for


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
