"""One thing changed, or nothing: what the stance model, exact comparison and both make of it.

    python -m benchmarks.contrast --data ARTICLES.jsonl.gz --out JSON [--suite FILE] [--make N]

`--data` are the articles that the suite was made from, rows {"id", "text"}; the suite (`suite.py`)
holds edits of their sentences. `--make` writes it anew with N pairs, without those that a reader
found wrong. For each kind of change, and over all:

    stance      the likeliest of the model's three labels is right
    reason      of the conflicts for which exact comparison should find a reason, the share found
    alarms      of the pairs that support, the share for which it gives a hard reason all the same
    weighed     what a check would say of the pair, were the evidence found first by words and by
                meaning: `accuracy`; `false_conflicts`, of the pairs that support; `found`, of the
                conflicts; `false_support`, of the conflicts
"""

import argparse
import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import report
from benchmarks.rows import read_rows
from benchmarks.suite import SUITE, Case, Pair, read_suite, rebuild, write_suite
from benchmarks.suite_making import dropped_ids, make
from service.domain.verdict import ReasonCode, Stance
from service.models.cross_encoder import load_stance
from service.pipeline.compare.texts import compare_texts
from service.pipeline.retrieve import RRF_K
from service.pipeline.weigh import decide, features
from service.pipeline.weighing import Opinion, Weighing, load_weighing
from service.ports import StanceModel

FOUND_FIRST = 2 / (RRF_K + 1)
"""The fused score of a passage that both legs have first."""
HARD = frozenset(
    {
        ReasonCode.NUMBER_DIFFERS,
        ReasonCode.DATE_DIFFERS,
        ReasonCode.ENTITY_DIFFERS,
        ReasonCode.NEGATION,
    }
)
_LABELS = {
    Stance.SUPPORTS: "supports",
    Stance.CONFLICTS: "conflicts",
    Stance.MENTIONS: "neutral",
}
_COLUMNS = ("pairs", "stance", "reason", "alarms", "accuracy", "false_conflicts", "found",
            "false_support")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """What was said of a pair: the label by the model alone, the reasons, the label by both."""

    case: Case
    stance: str
    reasons: frozenset[ReasonCode]
    weighed: str


async def score(pairs: Sequence[Pair], model: StanceModel, weighing: Weighing) -> list[Scored]:
    """Each pair on its own, as the only text that was found."""
    return [await _score(pair, model, weighing) for pair in pairs]


async def _score(pair: Pair, model: StanceModel, weighing: Weighing) -> Scored:
    (row,) = await model.stances(pair.claim, [pair.evidence])
    said = Opinion(*map(float, row))
    comparison = compare_texts(pair.claim, pair.evidence, "")
    opinion = weighing.opinion(features(said, comparison, FOUND_FIRST))
    stance, _ = decide(opinion, weighing)
    likeliest = list(_LABELS.values())[int(row.argmax())]
    codes = frozenset(reason.code for reason in comparison.reasons)
    return Scored(pair.case, likeliest, codes, _LABELS[stance])


def figures(scored: Sequence[Scored]) -> dict[str, dict[str, float | None]]:
    """The measures in per cent, by kind and over all; None where no pair is asked."""
    kinds: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        kinds[one.case.kind].append(one)
    return {kind: _measured(kinds[kind]) for kind in sorted(kinds)} | {"all": _measured(scored)}


def _measured(scored: Sequence[Scored]) -> dict[str, float | None]:
    supports = [one for one in scored if one.case.label == "supports"]
    conflicts = [one for one in scored if one.case.label == "conflicts"]
    with_reason = [one for one in conflicts if one.case.reason]
    return {
        "pairs": len(scored),
        "stance": _share(scored, lambda one: one.stance == one.case.label),
        "reason": _share(with_reason, lambda one: one.case.reason in one.reasons),
        "alarms": _share(supports, lambda one: bool(one.reasons & HARD)),
        "accuracy": _share(scored, lambda one: one.weighed == one.case.label),
        "false_conflicts": _share(supports, lambda one: one.weighed == "conflicts"),
        "found": _share(conflicts, lambda one: one.weighed == "conflicts"),
        "false_support": _share(conflicts, lambda one: one.weighed == "supports"),
    }


def _share(scored: Sequence[Scored], holds: Callable[[Scored], bool]) -> float | None:
    return round(100 * sum(map(holds, scored)) / len(scored), 1) if scored else None


def table(measured: dict[str, dict[str, float | None]]) -> str:
    """A line a kind."""
    return "\n".join(
        _line(cells)
        for cells in (
            ("kind", *_COLUMNS),
            *((kind, *(row[name] for name in _COLUMNS)) for kind, row in measured.items()),
        )
    )


def _line(cells: Sequence[object]) -> str:
    return " ".join(f"{'-' if cell is None else cell!s:>15}" for cell in cells)


async def run(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The figures with the service's own weights."""
    model = load_stance()
    try:
        scored = await score(pairs, model, load_weighing())
    finally:
        await model.close()
    return {"model": model.fingerprint, "kinds": figures(scored)}


def main() -> None:
    """Reads the arguments, makes the suite if asked to, scores, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--suite", type=Path, default=SUITE)
    parser.add_argument("--make", type=int, default=0, metavar="N", help="write the suite anew")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    articles = read_rows(given.data)
    if given.make:
        write_suite(given.suite, make(articles, given.make, dropped_ids()))
    found = asyncio.run(run(rebuild(read_suite(given.suite), articles)))
    given.out.write_text(json.dumps(report(found), indent=1) + "\n", encoding="utf-8")
    print(table(found["kinds"]))


if __name__ == "__main__":
    main()
