"""A newsroom's stories checked as drafts, and errors planted among true restatements.

    python -m benchmarks.drafts --articles ARTICLES.jsonl.gz --stories IDS_OR_NUMBER --dev CLAIMS
        --planted benchmarks/planted.jsonl --out JSON [--rows ROWS.jsonl] [--store FOLDER]

All articles are indexed. Then each story is checked as `onrecord draft` would, its own article
taken out of the index meanwhile, so that only other articles can bear out or contradict what it
says. `--stories` are ids with commas between, or a number: so many of the articles that the claims
of `--dev` are about, every n-th in the order of their ids. What a newspaper printed is mostly true,
so a statement that is `contradicted` is a false alarm unless a person who reads it finds it wrong.

Each row of `--planted` is a statement in our own words about one of the articles, checked as a
claim over all of them: `article`, `statement`, `label` (true, error), `kind`, and `evidence`, the
spans that decide it, half-open code points into the article's normalised text. Reported are:

    drafts      how many statements have each verdict, how many findings each rule, and for each
                1,000 statements how many are `contradicted`, and how many findings are errors
    errors      in per cent: `found` (contradicted or disputed), called `supported`
    truths      in per cent: `confirmed` (supported), `flagged` (contradicted)
    quote_right, read   in per cent of either: contradicted or supported, as it should be, with a
                quote that shares a character with a marked sentence; a marked sentence was among
                what the stance model read

`--rows` writes every statement with its verdict, those of drafts with their quotes. They are the
articles' own words: keep the file out of the repository. With `--store`, the index is kept there
and used again; a story that a stopped run left out of it is put back by the next.
"""

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import report
from benchmarks.newsroom import ask
from service.domain.draft import Draft
from service.domain.finding import Finding, RuleId
from service.domain.verdict import Evidence, Verdict
from service.settings import Settings
from service.wiring import Services, build
from training.archive import index, read_articles
from training.rows import Row, read_rows

SIDE = {"true": "supports", "error": "conflicts"}
"""The label of a claim that a planted label is the same as."""


def chosen(stories: str, claims: Sequence[Row]) -> list[str]:
    """The ids in `stories`, or, where it is a number, so many of the claims' articles."""
    if not stories.isdigit():
        return stories.split(",")
    number = int(stories)
    ids = sorted({row["article"] for row in claims})
    return ids[:: max(1, len(ids) // max(1, number))][:number]


async def check_drafts(services: Services, stories: Sequence[Row]) -> list[Row]:
    """A row for each finding of each story, the story itself not being in the index; every
    statement has one."""
    rows: list[Row] = []
    for story in stories:
        await services.store.delete(story["id"])
        findings = services.drafts.check(Draft(story["text"]))
        rows += [_statement(story["id"], finding) async for finding in findings]
        await index(services, [story])
    return rows


def _statement(story: str, finding: Finding) -> Row:
    check = finding.check
    return {
        "story": story,
        "span": [finding.span.start, finding.span.end],
        "statement": check.claim.text,
        "rule": finding.rule.value if finding.rule else None,
        "severity": finding.severity.value if finding.severity else None,
        "message": finding.message,
        "verdict": check.verdict.value,
        "confidence": check.confidence,
        "supporting": [_quote(evidence) for evidence in check.supporting],
        "conflicting": [_quote(evidence) for evidence in check.conflicting],
    }


def _quote(evidence: Evidence) -> Row:
    return {
        "article": evidence.article.id,
        "publisher": evidence.article.publisher,
        "quote": evidence.quote,
        "confidence": evidence.confidence,
        "reasons": [reason.code.value for reason in evidence.reasons],
        "status": evidence.status.value,
    }


async def check_planted(services: Services, planted: Sequence[Row]) -> list[Row]:
    """A row for each planted statement, as `newsroom.ask` gives it, with the planted label."""
    return [
        await ask(services, row | {"claim": row["statement"], "label": SIDE[row["label"]]})
        | {"label": row["label"], "article": row["article"]}
        for row in planted
    ]


def draft_figures(rows: Sequence[Row]) -> dict[str, Any]:
    """What is reported of drafts: rows of `check_drafts`."""
    by_statement = {(row["story"], row["statement"]): row["verdict"] for row in rows}
    verdicts = Counter(by_statement.values())
    rules = Counter(row["rule"] for row in rows)
    errors = sum(row["severity"] == "error" for row in rows)
    per_1000 = 1000 / max(1, len(by_statement))
    return {
        "stories": len({row["story"] for row in rows}),
        "statements": len(by_statement),
        "verdicts": {verdict.value: verdicts[verdict.value] for verdict in Verdict},
        "contradicted_per_1000": round(verdicts["contradicted"] * per_1000, 1),
        "rules": {rule.value: rules[rule.value] for rule in RuleId},
        "errors_per_1000": round(errors * per_1000, 1),
    }


def planted_figures(rows: Sequence[Row]) -> dict[str, Any]:
    """What is reported of planted statements, in per cent: rows of `check_planted`."""
    errors = [row for row in rows if row["label"] == "error"]
    truths = [row for row in rows if row["label"] == "true"]
    return {
        "errors": {
            "statements": len(errors),
            "found": _answered(errors, "contradicted", "disputed"),
            "supported": _answered(errors, "supported"),
            "quote_right": _share(row["quote_right"] for row in errors),
            "read": _share(row["read"] for row in errors),
        },
        "truths": {
            "statements": len(truths),
            "confirmed": _answered(truths, "supported"),
            "flagged": _answered(truths, "contradicted"),
            "quote_right": _share(row["quote_right"] for row in truths),
            "read": _share(row["read"] for row in truths),
        },
    }


def _answered(rows: Sequence[Row], *verdicts: str) -> float:
    return _share(row["verdict"] in verdicts for row in rows)


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return round(100 * sum(found) / max(1, len(found)), 1)


async def run(
    articles: Sequence[Row], stories: Sequence[str], planted: Sequence[Row], store: Path
) -> tuple[list[Row], list[Row]]:
    """The rows of the drafts and of the planted statements. Raises KeyError for a story that is
    none of the articles."""
    by_id = {row["id"]: row for row in articles}
    drafts = [by_id[story] for story in stories]
    async with build(Settings(store=str(store))) as services:
        await index(services, articles)
        return await check_drafts(services, drafts), await check_planted(services, planted)


def main() -> None:
    """Reads the arguments, runs, writes the JSON and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--stories", required=True)
    parser.add_argument("--dev", type=Path, help="needed where --stories is a number")
    parser.add_argument("--planted", type=Path, required=True)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    stories = chosen(given.stories, read_rows(given.dev) if given.dev else [])
    articles, planted = read_articles(given.articles), read_rows(given.planted)
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder)
        of_drafts, of_planted = asyncio.run(run(articles, stories, planted, store))
    if given.rows:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in of_drafts + of_planted)
        given.rows.write_text("".join(lines), encoding="utf-8")
    result = report({"drafts": draft_figures(of_drafts), **planted_figures(of_planted)})
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
