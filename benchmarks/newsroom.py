"""Whole checks of claims written one by one over real articles: the product's work.

    python -m benchmarks.newsroom --articles ARTICLES.jsonl.gz --data CLAIMS.jsonl.gz --out JSON
        [--rows ROWS.jsonl] [--claims N] [--store FOLDER]

All articles are indexed, then every n-th claim is checked as `onrecord check` would. A claim has
`claim`, `label` (supports, conflicts, neutral), `kind`, `article`, and `evidence`, the spans that
decide it. Reported are, in per cent:

    right           the verdict is the label's: supported, contradicted, or neither of these nor
                    disputed
    quote_right     of supported and contradicted claims: right, with a quote of that side that
                    shares a character with a marked sentence
    precision       of the verdicts `supported` and `contradicted`
    decided         of neutral claims: supported, contradicted or disputed
    article, read   its article, a marked sentence, is among what the stance model reads
    lost            where supported and contradicted claims that are not right were lost:
                    `retrieval` (no marked sentence was read), `model` (none of them got the right
                    label from the model), `classifier` (the rest)

`--rows` writes every answer, so that each can be read. With `--store`, the index is kept there and
used again. `--articles` may be a plain `.txt` file: one article, with the id `seed`.
"""

import argparse
import asyncio
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from benchmarks.machine import report
from service.domain.claim import Claim
from service.domain.text import Span
from service.domain.verdict import Evidence, Verdict
from service.pipeline.judge import Judged
from service.settings import Settings
from service.wiring import Services, build
from training.archive import index, read_articles
from training.rows import Row, read_rows

RIGHT = {
    "supports": {Verdict.SUPPORTED},
    "conflicts": {Verdict.CONTRADICTED},
    "neutral": {Verdict.INSUFFICIENT, Verdict.NO_EVIDENCE, Verdict.NOT_CHECKABLE},
}
DECIDED = {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.DISPUTED}
SIDES = ("supports", "conflicts")


async def ask(services: Services, row: Row) -> Row:
    """One claim's answer, and what became of it on the way."""
    claim = Claim(row["claim"])
    answer, examined = await services.checker.check_and_show(claim)
    gold = [Span(*span) for span in row["evidence"]]
    marked = [one for one in examined.judged if _is_marked(one, row["article"], gold)]
    side = answer.supporting if row["label"] == "supports" else answer.conflicting
    right = answer.verdict in RIGHT[row["label"]]
    return {
        "id": row.get("id"),
        "claim": row["claim"],
        "label": row["label"],
        "kind": row.get("kind", ""),
        "verdict": answer.verdict.value,
        "confidence": answer.confidence,
        "right": right,
        "quote_right": right and any(_shows(one, row["article"], gold) for one in side),
        "article_read": any(one.article.id == row["article"] for one in examined.stretches),
        "read": bool(marked),
        "model_right": any(_label(one) == row["label"] for one in marked),
        "supporting": _quotes(answer.supporting),
        "conflicting": _quotes(answer.conflicting),
    }


def _is_marked(judged: Judged, article: str, gold: Sequence[Span]) -> bool:
    inside = judged.read.passage.article.id == article
    return inside and any(judged.sentence.overlaps(span) for span in gold)


def _shows(evidence: Evidence, article: str, gold: Sequence[Span]) -> bool:
    return evidence.article.id == article and any(evidence.span.overlaps(span) for span in gold)


def _label(judged: Judged) -> str:
    opinion = judged.probabilities
    shares = {"supports": opinion.supports, "conflicts": opinion.conflicts}
    return max({**shares, "neutral": opinion.neutral}.items(), key=itemgetter(1))[0]


def _quotes(side: Sequence[Evidence]) -> list[Row]:
    return [
        {
            "article": one.article.id,
            "span": [one.span.start, one.span.end],
            "confidence": one.confidence,
            "reasons": [reason.code.value for reason in one.reasons],
            "status": one.status.value,
            "superseded": one.superseded_by is not None,
        }
        for one in side
    ]


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """All that is reported."""
    by_label = {label: [row for row in rows if row["label"] == label] for label in RIGHT}
    sides = [row for row in rows if row["label"] in SIDES]
    verdicts = Counter((row["label"], row["verdict"]) for row in rows)
    kinds: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        kinds[f"{row['label']} {row['kind']}"].append(row["right"])
    return {
        "claims": len(rows),
        "right": _share(row["right"] for row in rows),
        "quote_right": _share(row["quote_right"] for row in sides),
        "precision": {
            "supported": _precision(rows, "supported"),
            "contradicted": _precision(rows, "contradicted"),
        },
        "decided": _share(Verdict(row["verdict"]) in DECIDED for row in by_label["neutral"]),
        "article": _share(row["article_read"] for row in sides),
        "read": _share(row["read"] for row in sides),
        "lost": _lost(sides),
        "labels": {
            label: {
                "claims": len(some),
                "right": _share(row["right"] for row in some),
                "quote_right": _share(row["quote_right"] for row in some),
                **{
                    verdict.value: _percent(verdicts[label, verdict.value], len(some))
                    for verdict in Verdict
                    if verdicts[label, verdict.value]
                },
            }
            for label, some in by_label.items()
        },
        "kinds": {
            kind: {"claims": len(values), "right": _share(values)}
            for kind, values in sorted(kinds.items())
        },
    }


def _lost(sides: Sequence[Row]) -> dict[str, float]:
    stages = Counter(
        "retrieval" if not row["read"] else "model" if not row["model_right"] else "classifier"
        for row in sides
        if not row["right"]
    )
    return {stage: _percent(number, len(sides)) for stage, number in sorted(stages.items())}


def _precision(rows: Sequence[Row], verdict: str) -> float:
    return _share(row["right"] for row in rows if row["verdict"] == verdict)


def _share(values: Any) -> float:  # noqa: ANN401 - any iterable of booleans
    found = list(values)
    return _percent(sum(found), len(found))


def _percent(number: int, of: int) -> float:
    return round(100 * number / of, 1) if of else 0.0


async def run(articles: Path, claims: Sequence[Row], store: Path) -> list[Row]:
    """An answer to each claim."""
    async with build(Settings(store=str(store))) as services:
        await index(services, read_articles(articles))
        return [await ask(services, row) for row in claims]


def main() -> None:
    """Reads the arguments, runs, writes the JSON and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    read = read_rows(given.data)
    claims = read[:: max(1, -(-len(read) // given.claims))]
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(run(given.articles, claims, given.store or Path(folder)))
    if given.rows:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        given.rows.write_text("".join(lines), encoding="utf-8")
    result = report(figures(rows))
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
