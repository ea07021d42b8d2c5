"""kill -9 in the middle of bulk changes, again and again: nothing acknowledged is lost.

`ONRECORD_CRASHES=20 pytest tests/stores/test_crash.py` kills twenty times.
"""

import asyncio
import os
import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from service.domain.claim import Filters, QuoteQuery
from service.ports import Store
from service.stores.embedded import open_embedded
from tests.stores.archive import DIM, WORDS, BruteForce, day, vector_of
from tests.stores.bulk import STEPS, take

CRASHES = int(os.environ.get("ONRECORD_CRASHES", "5"))
ROOT = Path(__file__).parents[2]


async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After each kill the store holds what was acknowledged and at most the one step that was
    under way, its derived indexes agree with it, and in the end every answer is that of a run
    that was never interrupted."""
    crashed, steady = tmp_path / "crashed", tmp_path / "steady"
    model, done, kills = BruteForce(), 0, 0
    while kills < CRASHES:
        acknowledged = await asyncio.to_thread(run_and_kill, crashed, done, kills)
        for number in range(done, acknowledged + 1):
            await take(model, number)
        done = max(done, acknowledged + 1)
        done = await held(crashed, model, done)
        kills += 1
    steps = max(done, STEPS)
    store = await open_embedded(crashed, embedder="made up", dim=DIM)
    for number in range(done, steps):
        await take(store, number)
    expected = await open_embedded(steady, embedder="made up", dim=DIM)
    for number in range(steps):
        await take(expected, number)
    assert (await store.consistency()).agrees
    assert await answers(store) == await answers(expected)
    assert "Rebuilding" not in caplog.text  # they caught up
    await store.close()
    await expected.close()


def run_and_kill(folder: Path, first: int, seed: int) -> int:
    """Starts the program and kills it at a random point; the last step that it acknowledged."""
    chance = random.Random(seed)
    steps = STEPS // (CRASHES + 1)
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.stores.bulk", str(folder), str(first)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        seen = [int(program.stdout.readline()) for _ in range(chance.randint(1, max(1, steps)))]
        time.sleep(chance.random() * 0.15)
        program.kill()
        seen += [int(line) for line in program.stdout if line.endswith("\n")]
    return seen[-1]


async def held(folder: Path, model: BruteForce, done: int) -> int:
    """Checks what is there after a kill; how many steps are, the one under way included if it was
    committed before it could be acknowledged."""
    store = await open_embedded(folder, embedder="made up", dim=DIM)
    if not await same(store, model):
        await take(model, done)
        done += 1
    assert await same(store, model)
    assert (await store.consistency()).agrees
    await store.close()
    return done


async def same(store: Store, model: BruteForce) -> bool:
    """Whether the store holds the same revisions, with all their passages."""
    page = await store.articles(Filters(), limit=100_000)
    held = {article.id: article.revision for article in page.articles}
    wanted = {item.article.id: item.article.revision for item in model.entries.values()}
    return held == wanted and await store.coverage(Filters()) == model.coverage(Filters())


async def answers(store: Store) -> list[object]:
    """What many questions get, by vector and by words, filtered and not."""
    asked: list[object] = [await store.snapshot()]
    for chosen in (Filters(), Filters(as_of=day(20)), Filters(published_after=day(30))):
        for word, other in pairwise(WORDS):
            near = await store.nearest(vector_of(word), chosen, limit=30)
            words = await store.matching(f"{word} {other}", chosen, limit=30)
            found = await store.passages([hit.passage_id for hit in (*near, *words)])
            said = await store.said(QuoteQuery(words=word, filters=chosen), limit=30)
            asked += [near, words, found, said]
    return asked
