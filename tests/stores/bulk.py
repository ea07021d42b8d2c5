"""A program that changes an archive step by step and says so: the crash drill kills it.

    python -m tests.stores.bulk FOLDER FIRST_STEP

After each step that the store acknowledged it prints the step's number.
"""

import asyncio
import random
import sys
from pathlib import Path

from service.ports import Entry, Store
from service.stores.embedded import derived, open_embedded
from tests.stores.archive import DIM, WORDS, BruteForce, day, entry

STEPS = 120
MOST_STEPS = 5_000  # it is killed long before
_ARTICLES_A_STEP = 12
_CHECKPOINT_PASSAGES = 300  # so that some of the crashes come in the middle of a checkpoint


async def take(store: Store | BruteForce, number: int) -> None:
    """One step: a batch of new and changed articles, or now and then a deletion. The same number,
    the same step."""
    chance = random.Random(number)
    if number % 7 == 6:
        article_id = f"a{chance.randrange(number * _ARTICLES_A_STEP)}"
        if isinstance(store, BruteForce):
            store.entries.pop(article_id, None)
        else:
            await store.delete(article_id)
        return
    batch = [_article(chance, number, i) for i in range(_ARTICLES_A_STEP)]
    if isinstance(store, BruteForce):
        store.put(batch)
    else:
        await store.put(batch)


def _article(chance: random.Random, number: int, i: int) -> Entry:
    own = number * _ARTICLES_A_STEP + i
    chosen = chance.randrange(own) if own and chance.random() < 0.2 else own
    sentences = [
        " ".join(chance.choices(WORDS, k=chance.randint(3, 9))) for _ in range(chance.randint(1, 5))
    ]
    return entry(
        f"a{chosen}",
        *sentences,
        publisher=f"Publisher {chosen % 5}",
        published_at=day(chosen % 40) if chosen % 9 else None,
        recorded_at=day(10 + number),
    )


async def main(folder: Path, first: int) -> None:
    derived._SAVE_AFTER = _CHECKPOINT_PASSAGES  # type: ignore[misc]
    store = await open_embedded(folder, embedder="made up", dim=DIM)
    print("open", flush=True)  # noqa: T201
    for number in range(first, first + MOST_STEPS):
        await take(store, number)
        print(number, flush=True)  # noqa: T201
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
