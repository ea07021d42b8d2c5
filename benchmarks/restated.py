"""Sentences of the indexed news as drafts: restated, and with one thing changed.

    python -m benchmarks.restated --articles ARTICLES.jsonl.gz --claims CLAIMS... --dev CLAIMS
        --sentences 300 --seed 1 --out JSON [--rows ROWS.jsonl] [--store FOLDER]

All articles are indexed. Sentences are drawn from those that the stance model was not trained on:
all that the claims of `--dev` are about, and of those of `--claims` what `training.stance.collect`
holds out; no article of the contrast suite. An odd seed draws from every other one of them, an even
one from those between, so that an odd and an even draw share nothing.

A sentence is drawn if a reader can tell alone what it is about, and if an edit of `edits.py` keeps
what it states and another changes it. It is checked as a draft of one sentence: restated by one
keeping edit, of those possible the one least drawn so far, and with one change of each kind of
`KINDS` that it has room for. Reported are, by kind of change and by keeping edit,

    statements   how many were checked
    failing      in per cent: those with a finding that fails a build by default
    supported    in per cent: those that the archive is said to bear out

What is restated should fail in at most 2 of 100, what is changed in 80 at least. `--rows` writes
each with what was found. They are the articles' own words: keep the file out of the repository.
"""

import argparse
import asyncio
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.edits import CHANGING, KEEPING, KINDS, edited
from benchmarks.machine import report
from benchmarks.suite import SUITE
from service.domain.draft import Draft
from service.domain.finding import Severity
from service.domain.text import normalise
from service.domain.verdict import Verdict
from service.english.text.segment import segment
from service.pipeline.concurrency import in_order
from service.pipeline.draft import AT_ONCE
from service.settings import Settings
from service.wiring import Services, build
from training.archive import index, read_articles
from training.rows import Row, read_rows
from training.stance.collect import fitted_articles

LEAST_CHARS, MOST_CHARS = 60, 300
_STANDS_ALONE = re.compile(
    r"(?!(?:He|She|It|They|We|You|I|His|Her|Its|Their|Our|My|That|This|These|Those|There|Here|Such"
    r"|And|But|Or|So|Then|If|When|While|Photo|Image|Read|Watch|Related)\b)[A-Z][^\n\"“”:?!@|]+\.\Z"
)
"""A whole sentence without quotation marks that does not begin by pointing back."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A sentence after one edit; `kind` is what was changed, None where it says the same."""

    article: str
    sentence: str
    text: str
    edit: str
    kind: str | None


def held_out(dev: Sequence[Row], claims: Sequence[Sequence[Row]]) -> frozenset[str]:
    """The ids of the articles that are drawn from."""
    fitted = frozenset[str]().union(*map(fitted_articles, claims))
    suite = {row["article"] for row in read_rows(SUITE)}
    return (fitted | {row["article"] for row in dev}) - suite


def draw(articles: Sequence[Row], ids: Collection[str], count: int, seed: int) -> list[Edited]:
    """The edits of `count` sentences, or of as many as there are. The same arguments draw the
    same."""
    random = Random(seed)  # noqa: S311 - drawn to be repeatable
    eligible = sorted((row for row in articles if row["id"] in ids), key=lambda row: row["id"])
    sentences = [
        (row["id"], sentence) for row in eligible[seed % 2 :: 2] for sentence in _sentences(row)
    ]
    random.shuffle(sentences)
    drawn: list[Edited] = []
    times: Counter[str] = Counter()
    for article, sentence in sentences:
        if sum(times.values()) == count:
            break
        keeping = dict(edited(sentence, KEEPING, random))
        changing = dict(edited(sentence, CHANGING, random))
        if not keeping or not changing:
            continue
        name = min(keeping, key=lambda edit: times[edit])
        times[name] += 1
        drawn.append(Edited(article, sentence, keeping[name], name, None))
        for kind, edits in KINDS.items():
            possible = [edit for edit in edits if edit in changing]
            if possible:
                edit = random.choice(possible)
                drawn.append(Edited(article, sentence, changing[edit], edit, kind))
    return drawn


def _sentences(row: Row) -> Iterator[str]:
    text = normalise(row["text"])
    for span in segment(text).sentences:
        sentence = " ".join(span.of(text).split())
        if LEAST_CHARS <= len(sentence) <= MOST_CHARS and _STANDS_ALONE.match(sentence):
            yield sentence


async def checked(services: Services, drawn: Sequence[Edited]) -> list[Row]:
    """A row for each edit, with what a draft that is only this sentence is told."""
    rows = in_order(drawn, lambda one: _checked(services, one), at_once=AT_ONCE)
    return [row async for row in rows]


async def _checked(services: Services, one: Edited) -> Row:
    findings = [finding async for finding in services.drafts.check(Draft(one.text))]
    return {
        "article": one.article,
        "sentence": one.sentence,
        "text": one.text,
        "edit": one.edit,
        "kind": one.kind,
        "failing": any(finding.severity is Severity.ERROR for finding in findings),
        "supported": any(finding.check.verdict is Verdict.SUPPORTED for finding in findings),
        "findings": [
            {
                "rule": finding.rule,
                "verdict": finding.check.verdict,
                "claim": finding.check.claim.text,
                "quotes": [
                    [quote.stance, quote.confidence, quote.article.id, quote.quote]
                    for quote in (*finding.check.conflicting, *finding.check.supporting)
                ],
            }
            for finding in findings
        ],
    }


def figures(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """What is reported of rows of `checked`: of what is restated over all and by edit, of what is
    changed by kind and by edit."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        side = f"changed: {row['kind']}" if row["kind"] else "restated"
        groups[side].append(row)
        groups[f"{side}: {row['edit']}"].append(row)
    return {name: _measured(groups[name]) for name in sorted(groups)}


def _measured(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "statements": len(rows),
        "failing": round(100 * sum(row["failing"] for row in rows) / len(rows), 1),
        "supported": round(100 * sum(row["supported"] for row in rows) / len(rows), 1),
    }


async def run(articles: Sequence[Row], drawn: Sequence[Edited], store: Path) -> list[Row]:
    """The rows of what is drawn."""
    async with build(Settings(store=str(store), max_wait_s=600)) as services:
        await index(services, articles)
        return await checked(services, drawn)


def main() -> None:
    """Reads the arguments, runs, writes the JSON and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--claims", type=Path, nargs="*", default=[])
    parser.add_argument("--sentences", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    articles = read_articles(given.articles)
    ids = held_out(read_rows(given.dev), [read_rows(file) for file in given.claims])
    drawn = draw(articles, ids, given.sentences, given.seed)
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(run(articles, drawn, given.store or Path(folder)))
    if given.rows:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        given.rows.write_text("".join(lines), encoding="utf-8")
    result = report({"archive": len(articles), "seed": given.seed, "kinds": figures(rows)})
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
