"""One thing changed, or nothing: what the stance model makes of it, and what a check would.

    python -m benchmarks.contrast --data ARTICLES.jsonl.gz --out JSON [--suite FILE] [--make N]

`--data` are the articles that the suite was made from, rows {"id", "text"} and perhaps `title` and
`published_at`; the suite (`suite.py`) holds edits of their sentences. `--make` writes it anew with
N pairs, without those that a reader found wrong. Each sentence is read as a check reads what it
found, under its article's title and date: judged, judged again alone, and classified. For each kind
of change, and over all, in per cent:

    stance           the likeliest of the model's three labels is right
    checked          what the check says of the sentence is right
    false_conflicts  of the pairs that support, the share that it calls a conflict
    found            of the pairs that conflict, the share that it calls a conflict
    false_support    of the pairs that conflict, the share that it calls support
    reason           of the conflicts for which exact comparison should find a reason, the share
                     for which it finds that reason
    alarms           of the pairs that support, the share for which it finds a reason all the same
"""

import argparse
import asyncio
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import report
from benchmarks.suite import SUITE, Case, Pair, read_suite, rebuild, write_suite
from benchmarks.suite_making import dropped_ids, make
from service.domain.article import Article, StoredPassage
from service.domain.claim import Claim
from service.domain.retrieval import Ranked
from service.domain.verdict import ReasonCode, Stance
from service.english.reading import Reading
from service.english.text.segment import segment
from service.pipeline.assertion import read_assertion
from service.pipeline.attribute import attribute
from service.pipeline.classify import classify
from service.pipeline.compare.comparison import compare_texts
from service.pipeline.excerpt import excerpts
from service.pipeline.judge import Judged, judge
from service.pipeline.windows import Read, Stretch
from service.ports import Tagger
from service.settings import Settings
from service.wiring import Services, build
from training.rows import read_rows

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
_COLUMNS = ("pairs", "stance", "checked", "false_conflicts", "found", "false_support", "reason",
            "alarms")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """What was said of a pair: the label by the model alone, the reasons that exact comparison
    finds, and the label of the check."""

    case: Case
    stance: str
    reasons: frozenset[ReasonCode]
    checked: str


async def score(services: Services, pair: Pair) -> Scored:
    """The pair on its own, as the only text that was found."""
    checker = services.checker
    assertion = read_assertion(pair.claim)
    stretch = await _stretch(pair.article, services.tagger)
    judged = await judge(assertion.to_be_judged, [stretch], checker.stance)
    read = excerpts(Reading(assertion.to_be_judged), judged)
    classified = classify(Claim(pair.claim), assertion, read, checker.classifier)
    compared = compare_texts(
        Reading(pair.claim), Reading(pair.evidence), [Reading(pair.article.title)]
    )
    return Scored(
        pair.case,
        _likeliest(judged),
        frozenset(reason.code for reason in compared.reasons),
        _LABELS[classified[0].stance if classified else Stance.MENTIONS],
    )


async def _stretch(article: Article, tagger: Tagger | None) -> Stretch:
    """The whole article, as the store would hand it back."""
    segments = segment(article.text)
    quotes = await attribute(article.text, segments.sentences, tagger)
    reads = []
    for number, passage in enumerate(segments.passages):
        name = f"{article.id}:{number}"
        touching = tuple(
            quote
            for quote in quotes
            if any(passage.span.overlaps(piece) for piece in quote.content)
        )
        ranked = Ranked(name, 1.0, cosine=None, rank_by_meaning=1, rank_by_words=1)
        reads.append(Read(StoredPassage(name, passage, article, touching), ranked))
    return Stretch(tuple(reads))


def _likeliest(judged: Sequence[Judged]) -> str:
    """Of the sentence that takes a side most, where the evidence was cut into several."""
    if not judged:
        return "neutral"
    opinion = max(judged, key=lambda one: one.side).probabilities
    shares = {
        "supports": opinion.supports,
        "conflicts": opinion.conflicts,
        "neutral": opinion.neutral,
    }
    return max(shares, key=shares.__getitem__)


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
        "checked": _share(scored, lambda one: one.checked == one.case.label),
        "false_conflicts": _share(supports, lambda one: one.checked == "conflicts"),
        "found": _share(conflicts, lambda one: one.checked == "conflicts"),
        "false_support": _share(conflicts, lambda one: one.checked == "supports"),
        "reason": _share(with_reason, lambda one: one.case.reason in one.reasons),
        "alarms": _share(supports, lambda one: bool(one.reasons & HARD)),
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
    """The figures with the service's own weights; nothing is stored."""
    with tempfile.TemporaryDirectory() as folder:
        async with build(Settings(store=folder)) as services:
            scored = [await score(services, pair) for pair in pairs]
            return {"model": services.stance.fingerprint, "kinds": figures(scored)}


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
