"""Quotations of articles verified: as printed, edited, altered, under another name, and left out.

    python -m benchmarks.quotations --articles ARTICLES.jsonl.gz --quotations 100 --out JSON
        [--store FOLDER] [--rows ROWS.jsonl]

All articles are indexed. Of their direct quotations with a speaker, in one piece and of at least
six words, `--quotations` are drawn, and each is verified in every way of `WAYS`: `expected` is the
share of results, in per cent, that are as they should be. Where the article leaves open who spoke,
words under another name are rightly `exact`, so that `another name` stays below 100.

`--rows` writes each result that is not as it should be. They are the articles' own words: keep the
file out of the repository.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import report
from service.domain.claim import Filters
from service.domain.quotation import QuotationResult
from service.domain.quote import SpeakerKind, SpeechKind
from service.english.text.quoted_words import without_marks
from service.pipeline.quotations import ascribed_to, verify
from service.settings import Settings
from service.wiring import Services, build
from training.archive import index, read_articles
from training.rows import Row

LEAST_WORDS = 6
SEED = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """A quotation as an article prints it."""

    article: str
    words: str
    speaker: str
    is_named: bool


Edit = Callable[[list[str], int], str]
"""What becomes of the words, given one that is neither the first nor the last."""


def _as_printed(words: list[str], _: int) -> str:
    return " ".join(words)


def _in_other_type(words: list[str], _: int) -> str:
    return f"“{' '.join(words).replace('’', chr(39))}”".upper()


def _shortened(words: list[str], at: int) -> str:
    return " ".join([*words[:at], "…", *words[at + 1 :]])


def _explained(words: list[str], at: int) -> str:
    return " ".join([*words[:at], "[the town hall]", *words[at + 1 :]])


def _replaced(words: list[str], at: int) -> str:
    return " ".join([*words[:at], "purple", *words[at + 1 :]])


def _left_out(words: list[str], at: int) -> str:
    return " ".join([*words[:at], *words[at + 1 :]])


EXACT, ALTERED, MISATTRIBUTED, NOT_FOUND = QuotationResult
WAYS: dict[str, tuple[Edit, QuotationResult]] = {
    "as printed": (_as_printed, EXACT),
    "other type": (_in_other_type, EXACT),
    "ellipsis": (_shortened, EXACT),
    "brackets": (_explained, EXACT),
    "a word replaced": (_replaced, ALTERED),
    "a word left out": (_left_out, ALTERED),
    "another name": (_as_printed, MISATTRIBUTED),
    "article left out": (_as_printed, NOT_FOUND),
}


async def printed(services: Services, articles: Sequence[Row]) -> list[Printed]:
    """The quotations of the indexed articles that are drawn from."""
    found = []
    for row in articles:
        article = await services.store.article(row["id"])
        assert article is not None
        for quote in await services.store.quotes(row["id"]):
            said = quote.attribution
            speaker = said.resolved or said.speaker
            if said.speech is not SpeechKind.DIRECT or speaker is None or len(quote.content) > 1:
                continue
            words = without_marks(article.text, quote.content[0]).of(article.text)
            if len(words.split()) >= LEAST_WORDS:
                is_named = said.kind is SpeakerKind.NAMED
                found.append(Printed(row["id"], words, speaker.text, is_named))
    return found


async def verified(services: Services, drawn: Sequence[Printed]) -> list[Row]:
    """A row for each quotation and way."""
    rng = random.Random(SEED)  # noqa: S311 - the same edits each time
    names = [quotation.speaker for quotation in drawn if quotation.is_named]
    rows = []
    for quotation in drawn:
        words = quotation.words.split()
        at = rng.randrange(1, len(words) - 1)
        others = [name for name in names if name.split()[-1] != quotation.speaker.split()[-1]]
        for way, (edit, expected) in WAYS.items():
            edited = edit(words, at)
            speaker = rng.choice(others) if way == "another name" else quotation.speaker
            found = await verify(
                edited,
                ascribed_to(speaker),
                services.checker,
                Filters(),
                excluded={quotation.article} if way == "article left out" else (),
            )
            rows.append(
                {
                    "way": way,
                    "quotation": edited,
                    "speaker": speaker,
                    "expected": expected.value,
                    "result": found.result.value,
                }
            )
    return rows


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """For each way the share that is as expected, in per cent, and all results."""
    told: dict[str, Any] = {}
    for way in dict.fromkeys(row["way"] for row in rows):
        results = Counter(row["result"] for row in rows if row["way"] == way)
        expected = next(row["expected"] for row in rows if row["way"] == way)
        share = 100 * results[expected] / results.total()
        told[way] = {"expected": round(share, 1), "results": dict(results)}
    return told


async def run(
    articles: Sequence[Row], quotations: int, store: Path
) -> tuple[list[Row], dict[str, Any]]:
    """The rows, and what is reported."""
    async with build(Settings(store=str(store))) as services:
        await index(services, articles)
        all_printed = await printed(services, articles)
        rng = random.Random(SEED)  # noqa: S311 - the same quotations each time
        drawn = rng.sample(all_printed, min(quotations, len(all_printed)))
        begun = time.perf_counter()
        rows = await verified(services, drawn)
        each_ms = 1000 * (time.perf_counter() - begun) / max(1, len(rows))
    return rows, {"quotations": len(drawn), "each_ms": round(each_ms, 1), "ways": figures(rows)}


def main() -> None:
    """Reads the arguments, runs, writes the JSON and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--quotations", type=int, default=100)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder)
        rows, told = asyncio.run(run(read_articles(given.articles), given.quotations, store))
    if given.rows:
        wrong = (row for row in rows if row["result"] != row["expected"])
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in wrong)
        given.rows.write_text("".join(lines), encoding="utf-8")
    result = report(told)
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
