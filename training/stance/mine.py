"""Finds in the archive what the stance models learn to tell from what decides.

    python -m training.stance.mine --data SHARED_DATA --written training/stance/written
        --out FOUND.jsonl.gz [--sentences 7000] [--store FOLDER]

All articles are indexed. Then each claim of `newsroom/train` and of `--written` is searched for as
a check would, and so are sentences of articles that state something. A row of the result is

    {"kind": "claim", "id": ID, "found": [[ARTICLE, POSITION], ...]}

with the best passages first; of a sentence, `kind` is "sentence", `id` is "ARTICLE#POSITION", and
its own passage is left out. A position counts the sentences of an article's normalised text from 0,
and a passage counts as its first sentence. With `--store`, the index is kept there and used again.
It takes about a quarter of an hour on two processors.
"""

import argparse
import asyncio
import gzip
import json
import random
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from service.domain.claim import Filters
from service.pipeline.check import Checker
from service.pipeline.claims import states_something
from service.settings import Settings
from service.wiring import build
from training.archive import index
from training.rows import Row, read_rows
from training.stance.collect import Text, fitted_articles, paired_claims, text_of

MOST = 40
"""Passages found for a text: as many as a check looks at."""
LEAST_CHARS, MOST_CHARS = 50, 260
"""Of a sentence that is searched for."""
SEED = 3


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Articles as they are indexed and as they are read, by id; claims over some of them; and the
    articles that the models are measured with, or the classifier fitted: their sentences are not
    searched for."""

    rows: Sequence[Row]
    articles: Mapping[str, Text]
    claims: Sequence[Row]
    kept_out: frozenset[str]


def read_newsroom(data: Path, written: Path) -> Newsroom:
    """Reads the folder of labelled data and that of our own claims."""
    files = (data / "news" / "articles.jsonl.gz", data / "newsroom" / "articles.jsonl.gz")
    articles = [row for file in files for row in read_rows(file)]
    claims = read_rows(data / "newsroom" / "train" / "claims.jsonl.gz")
    dev = read_rows(data / "newsroom" / "dev" / "claims.jsonl.gz")
    texts = {row["id"]: text_of(row) for row in articles}
    paired = paired_claims(written, texts)
    return Newsroom(
        rows=articles,
        articles=texts,
        claims=[*claims, *read_rows(written / "claims.jsonl"), *paired],
        kept_out=fitted_articles(claims)
        | fitted_articles(paired)
        | {row["article"] for row in dev},
    )


def statements(
    articles: Mapping[str, Text], kept_out: frozenset[str], most: int
) -> list[tuple[str, int]]:
    """Article and position of at most `most` sentences, drawn at random: the same articles, the
    same sentences."""
    places = [
        (name, position)
        for name, article in sorted(articles.items())
        if name not in kept_out
        for position, sentence in enumerate(article.sentences)
        if LEAST_CHARS <= len(sentence) <= MOST_CHARS
    ]
    random.Random(SEED).shuffle(places)
    return list(islice((one for one in places if _states_something(articles, *one)), most))


def _states_something(articles: Mapping[str, Text], name: str, position: int) -> bool:
    return states_something(articles[name].sentences[position])


async def mine(newsroom: Newsroom, sentences: int, store: Path) -> AsyncIterator[Row]:
    """A row for each claim, then one for each of at most `sentences` sentences.

    `store` holds these articles or none yet. Raises ValueError for an article that cannot be
    indexed.
    """
    articles = newsroom.articles
    # What judges is never asked here, and the small model loads faster.
    async with build(Settings(store=str(store), stance="small")) as services:
        await index(services, newsroom.rows)
        for claim in newsroom.claims:
            found = await _search(services.checker, claim["claim"], articles)
            yield {"kind": "claim", "id": claim["id"], "found": found}
        for name, position in statements(articles, newsroom.kept_out, sentences):
            text = articles[name].sentences[position]
            found = await _search(services.checker, text, articles, but=(name, position))
            yield {"kind": "sentence", "id": f"{name}#{position}", "found": found}


async def _search(
    checker: Checker, text: str, articles: Mapping[str, Text], but: tuple[str, int] | None = None
) -> list[tuple[str, int]]:
    """Article and first sentence of each passage found, but of the one that holds `but`."""
    places: list[tuple[str, int]] = []
    for found in await checker.search(text, Filters(), limit=MOST + 1):
        name, span = found.stored.article.id, found.stored.passage.span
        held = articles[name].touching([(span.start, span.end)])
        if but not in {(name, position) for position in held}:
            places.append((name, min(held)))
    return places[:MOST]


async def write_found(newsroom: Newsroom, sentences: int, store: Path, out: Path) -> None:
    """Writes the rows of `mine` as gzip JSON Lines."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(out, "wt", encoding="utf-8") as lines:
        async for row in mine(newsroom, sentences, store):
            lines.write(json.dumps(row) + "\n")


def main() -> None:
    """Reads the arguments, mines, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.mine")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    parser.add_argument("--written", type=Path, required=True, help="folder of our own claims")
    parser.add_argument("--sentences", type=int, default=7_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    newsroom = read_newsroom(given.data, given.written)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(write_found(newsroom, given.sentences, given.store or Path(folder), given.out))


if __name__ == "__main__":
    main()
