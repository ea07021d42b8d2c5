"""What becomes of a store's answers when a file of its derived indexes is damaged.

    python -m benchmarks.damage --times 500 --out JSON

Every passage is scored, since a graph that is built anew by several threads may propose others. A
store is made up, with corrections and deletions, and asked; then for each number from 0 a copy of
it is damaged in one place (a bit turned over, a byte replaced, a file cut short, or some bytes of
another place written over), opened and asked again, in a process of its own. What counts:

    same     every answer is the one from before
    told     a StoreFailed, which says what to do
    other    an answer differs, and nobody has said a word
    raw      another exception
    died     the process was killed, by a signal or by itself
"""

import argparse
import asyncio
import json
import logging
import multiprocessing
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import report
from service.domain.article import Article, Passage
from service.domain.claim import Filters
from service.domain.errors import StoreFailed
from service.domain.text import Span
from service.ports import Entry
from service.stores.embedded import open_embedded

DIM = 24
START = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = tuple(f"{first}{second}k" for first in "bdgzm" for second in ("ux", "oz", "ivo", "ek"))
FORK = multiprocessing.get_context("fork")  # a child has the engines loaded already
SAME, TOLD, OTHER, RAW, DIED = "same", "told", "other", "raw", "died"


def damage(folder: Path, number: int) -> str:
    """Damages one file of the derived indexes in `folder`; the same number, the same damage to the
    same files. Says which."""
    chance = random.Random(number)  # noqa: S311
    files = sorted(
        path
        for part in ("words", "vectors")
        for path in (folder / part).rglob("*")
        if path.is_file() and path.stat().st_size
    )
    path = files[number % len(files)]
    content = bytearray(path.read_bytes())
    place = chance.randrange(len(content))
    kind = chance.choice(("bit", "byte", "cut", "copied"))
    if kind == "bit":
        content[place] ^= 1 << chance.randrange(8)
    elif kind == "byte":
        content[place] = (content[place] + chance.randrange(1, 256)) % 256
    elif kind == "cut":
        del content[place:]
    else:
        start = chance.randrange(len(content))
        piece = content[start : start + chance.randint(1, 64)][: len(content) - place]
        content[place : place + len(piece)] = piece
    path.write_bytes(content)
    return f"{path.relative_to(folder)} {kind} {place}"


def article(chance: random.Random, name: str, moment: datetime) -> Entry:
    """One of a few made-up sentences."""
    sentences = [" ".join(chance.choices(WORDS, k=6)) for _ in range(chance.randint(1, 5))]
    text = "\n".join(sentences)
    ends = np.cumsum([len(sentence) + 1 for sentence in sentences]).tolist()
    spans = [Span(end - len(line) - 1, end - 1) for line, end in zip(sentences, ends, strict=True)]
    rows = np.random.default_rng(chance.randrange(2**32)).standard_normal((len(spans), DIM))
    return Entry(
        Article(id=name, text=text, title=chance.choice(WORDS), published_at=START),
        tuple(Passage(span, (span,)) for span in spans),
        (),
        rows.astype(np.float32),
        moment,
    )


async def make(folder: Path, articles: int = 60) -> None:
    """A store with a past."""
    chance = random.Random(1)  # noqa: S311
    store = await open_embedded(folder, embedder="made up", dim=DIM)
    for start in range(0, articles, 20):
        await store.put([article(chance, f"a{start + i}", START) for i in range(20)])
    for number in range(0, articles, 7):
        await store.put([article(chance, f"a{number}", START + timedelta(days=number))])
    for number in range(3, articles, 11):
        await store.delete(f"a{number}")
    await store.close()


async def ask(folder: Path) -> str:
    """Every answer of the store as text, changes included. Raises what opening and asking do."""
    store = await open_embedded(folder, embedder="made up", dim=DIM)
    chance = np.random.default_rng(2)
    answers: list[object] = []
    for filters in (Filters(), Filters(as_of=START + timedelta(days=20))):
        for word in WORDS:
            near = await store.nearest(chance.standard_normal(DIM).astype("<f4"), filters, limit=10)
            words = await store.matching(f"{word} {WORDS[0]}", filters, limit=10)
            found = await store.passages([hit.passage_id for hit in (*near, *words)])
            answers += [words, near, found]
    await store.put([article(random.Random(3), "new", START)])  # noqa: S311
    await store.delete("a1")
    answers += [await store.matching(word, Filters(), limit=10) for word in WORDS]
    await store.close()
    return repr(answers)


def outcome(folder: Path, expected: str) -> str:
    """What asking the store comes to."""
    try:
        return SAME if asyncio.run(ask(folder)) == expected else OTHER
    except StoreFailed:
        return TOLD
    except BaseException as error:  # noqa: BLE001 - that is what is counted
        return f"{RAW} {error!r}"


def apart(work: Callable[..., str], *given: object) -> str:
    """What `work` gives in a process of its own, which may die of it."""
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=lambda: theirs.send(work(*given)))
    process.start()
    theirs.close()
    try:
        return str(ours.recv())
    except EOFError:
        return DIED
    finally:
        process.join()


def prepare(whole: Path, copy: Path) -> str:
    """Makes the store; its answers."""
    asyncio.run(make(whole))
    shutil.copytree(whole, copy)
    answers = asyncio.run(ask(copy))
    shutil.rmtree(copy)
    return answers


def run(times: int) -> dict[str, Any]:
    """Damages so many copies, each asked in a process of its own."""
    counts: Counter[str] = Counter()
    bad = []
    with tempfile.TemporaryDirectory(prefix="onrecord-damage-") as name:
        whole, copy = Path(name) / "whole", Path(name) / "copy"
        expected = apart(prepare, whole, copy)
        for number in range(times):
            shutil.copytree(whole, copy)
            what = damage(copy, number)
            found = apart(outcome, copy, expected)
            counts[found.split()[0]] += 1
            if found not in {SAME, TOLD}:
                bad.append(f"{number}: {what}: {found}")
            shutil.rmtree(copy)
    return {"times": times, "outcomes": dict(counts), "bad": bad}


def main() -> None:
    """Reads the arguments, damages, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    figures = run(given.times)
    print(json.dumps(figures, indent=1))
    if given.out:
        given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
