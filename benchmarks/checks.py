"""Checks over a pool of single sentences: is the verdict right, and for the right reason?

    python -m benchmarks.checks --data RETRIEVAL_FOLDER --out JSON [--tokens N...]

`--data` holds a pool `*sentences*` with rows {"id", "text"} and claims `*queries*` with rows
{"claim", "relevant", "label"}, `label` being supports, conflicts or neutral. Each sentence is
indexed as an article of its own, without title, date or neighbours, so this is not how articles are
read; `benchmarks.newsroom` measures that. `--claims` of the claims, evenly spread, are checked with
the default settings. "Both right" is a verdict that fits the label with a relevant sentence among
the quotes of that side. With `--tokens`, every fourth of these claims is checked again with about
so many tokens for the stance model: what reading less saves, and what it loses.

The curve is risk against coverage (El-Yaniv and Wiener, "On the foundations of noise-free selective
classification", JMLR 2010): of the claims that were answered `supported` or `contradicted` with at
least some confidence, the share answered wrongly, against the share answered at all.
"""

import argparse
import asyncio
import json
import math
import tempfile
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import report
from service.domain.article import Submission
from service.domain.claim import Claim
from service.domain.indexing import Found
from service.domain.verdict import Check, Verdict
from service.observe import timing
from service.pipeline.check import Checker
from service.settings import Settings
from service.wiring import build
from training.rows import Row, find_rows

CURVE_POINTS = 40

RIGHT = {
    "supports": {Verdict.SUPPORTED},
    "conflicts": {Verdict.CONTRADICTED},
    "neutral": {Verdict.INSUFFICIENT, Verdict.NO_EVIDENCE, Verdict.NOT_CHECKABLE},
}
DECIDED = {Verdict.SUPPORTED, Verdict.CONTRADICTED}


def main() -> None:
    """Reads the arguments, runs, writes the JSON and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--claims", type=int, default=2000)
    parser.add_argument("--tokens", type=int, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    pool = find_rows(arguments.data, "*sentences*")
    claims = find_rows(arguments.data, "*queries*")
    spread = claims[:: max(1, len(claims) // arguments.claims)][: arguments.claims]
    result = report(asyncio.run(run(pool, spread, arguments.tokens)))
    arguments.out.write_text(json.dumps(result, indent=2), encoding="utf-8")
    print(json.dumps(result, indent=2))


async def run(pool: Sequence[Row], claims: Sequence[Row], tokens: Sequence[int]) -> dict[str, Any]:
    """For each label: how many claims, the share of each verdict, the share with both right; the
    curve, and how far the verdicts' confidence is from the share that is right; by number of
    tokens read, the share with both right and the medians of what a check takes."""
    with tempfile.TemporaryDirectory() as folder:
        async with build(Settings(store=folder, cache_bytes=0)) as services:
            async for outcome in services.indexer.index(_articles(pool)):
                assert outcome.problem is None, outcome
            checker = services.checker
            answers = [(row, await checker.check(Claim(row["claim"]))) for row in claims]
            sizes = {
                number: await _cost(replace(checker, tokens=number), claims[::4])
                for number in tokens
            }
    decided = [
        (answer.confidence, answer.verdict in RIGHT[row["label"]])
        for row, answer in answers
        if answer.verdict in DECIDED and answer.confidence is not None
    ]
    return {
        "labels": _by_label(answers),
        "curve": risk_against_coverage(decided, len(answers)),
        "calibration": calibration_error(decided),
        "tokens": sizes,
    }


async def _cost(checker: Checker, claims: Sequence[Row]) -> dict[str, float]:
    """Shares with both right, and median milliseconds of a check and of the stance model in it."""
    answers, check, stance = [], [], []
    for row in claims:
        with timing() as stopwatch:
            answers.append((row, await checker.check(Claim(row["claim"]))))
        check.append(1000 * stopwatch.elapsed_s)
        stance.append(1000 * stopwatch.stages.get("stance", 0.0))
    shares = _by_label(answers)
    right = {label: each.get("both right", 0.0) for label, each in shares.items()}
    return right | {"check_ms": round(median(check), 2), "stance_ms": round(median(stance), 2)}


def _by_label(answers: Sequence[tuple[Row, Check]]) -> dict[str, dict[str, float]]:
    counts: dict[str, Counter[str]] = {label: Counter() for label in RIGHT}
    for row, answer in answers:
        counts[row["label"]] += _outcome(answer, row)
    return {label: _shares(count) for label, count in counts.items()}


def risk_against_coverage(
    decided: Sequence[tuple[float, bool]], claims: int
) -> list[dict[str, float]]:
    """Risk and coverage at falling confidence; `decided` are the answers that decide out of so many
    `claims`, each with its confidence in 0..1 and whether it is right."""
    surest_first = sorted(decided, reverse=True)
    points = []
    for number in range(1, CURVE_POINTS + 1):
        taken = surest_first[: math.ceil(len(surest_first) * number / CURVE_POINTS)]
        wrong = sum(not right for _, right in taken)
        points.append(
            {
                "min_confidence": round(taken[-1][0], 4),
                "coverage": round(len(taken) / claims, 4),
                "risk": round(wrong / len(taken), 4),
            }
        )
    return points


def calibration_error(decided: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error in ten bins."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in decided:
        bins[min(9, int(10 * confidence))].append((confidence, right))
    gap = sum(
        abs(sum(right for _, right in some) - sum(confidence for confidence, _ in some))
        for some in bins.values()
    )
    return round(gap / max(1, len(decided)), 4)


async def _articles(pool: Sequence[Row]) -> AsyncIterator[Found]:
    for row in pool:
        yield Found(row["id"], Submission(text=row["text"], id=row["id"]))


def _outcome(answer: Check, row: Row) -> Counter[str]:
    fits = answer.verdict in RIGHT[row["label"]]
    both = fits and _on_the_right_side(answer, row)
    return Counter(
        {"claims": 1, answer.verdict.value: 1, "verdict right": fits, "both right": both}
    )


def _on_the_right_side(answer: Check, row: Row) -> bool:
    side = answer.supporting if row["label"] == "supports" else answer.conflicting
    return row["label"] == "neutral" or any(one.article.id in row["relevant"] for one in side)


def _shares(count: Counter[str]) -> dict[str, float]:
    total = count.pop("claims", 0)
    return {"claims": total} | {
        name: round(number / total, 4) for name, number in sorted(count.items())
    }


if __name__ == "__main__":
    main()
