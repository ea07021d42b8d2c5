"""Whether "he", "Smith" and "the minister" are resolved to the right person or body.

    python -m benchmarks.resolution --polnear FILE --news FILE --out JSON

Each line of `resolution.jsonl` is a short mention of a speaker, marked by hand in an article of
PolNeAR dev or of the news sample: the article's `id`, its `kind`, the `mention` as [start, end]
code points, and as `answers` all mentions that name the speaker fully; none, if the article has
none. The articles themselves are not in the repository. Cases are `held` that were marked after the
rules had been mended on the others.

The product's own line reads each article whole. An answer is right if it overlaps one of `answers`;
a mention that was left alone is unresolved, and one that is the speaker of no quote does not count.
"""

import argparse
import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import report
from service.domain.quote import Quote
from service.domain.text import Span
from service.english.text.segment import segment
from service.models.attribution.tagger import load_tagger
from service.pipeline.attribute import attribute
from service.ports import Tagger
from training.rows import read_rows

CASES = Path(__file__).with_name("resolution.jsonl")
GROUPS = ("name", "pronoun", "role", "mended on", "held", "all")
RIGHT, WRONG, UNRESOLVED, UNQUOTED = "right", "wrong", "unresolved", "unquoted"


@dataclass(frozen=True, slots=True)
class Case:
    """A short mention and everything that it may rightly be resolved to."""

    article: str
    held: bool
    kind: str
    mention: Span
    answers: tuple[Span, ...]


def read_cases(file: Path = CASES) -> dict[str, list[Case]]:
    """By article."""
    cases: dict[str, list[Case]] = defaultdict(list)
    for row in read_rows(file):
        answers = tuple(Span(*answer) for answer in row["answers"])
        case = Case(row["article"], row["held"], row["kind"], Span(*row["mention"]), answers)
        cases[case.article].append(case)
    return cases


def outcome(case: Case, quotes: Iterable[Quote]) -> str:
    """`RIGHT`, `WRONG`, `UNRESOLVED` or `UNQUOTED`."""
    spoken = [quote.attribution for quote in quotes]
    mine = [said for said in spoken if said.speaker and said.speaker.span.overlaps(case.mention)]
    if not mine:
        return UNQUOTED
    resolved = next((said.resolved.span for said in mine if said.resolved), None)
    if resolved is None:
        return UNRESOLVED
    return RIGHT if any(resolved.overlaps(answer) for answer in case.answers) else WRONG


async def measure(files: Iterable[Path], cases: Mapping[str, list[Case]]) -> dict[str, Any]:
    """Per cent, for each kind of mention and for all."""
    tagger = load_tagger()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in (row for file in files for row in read_rows(file) if row["id"] in cases):
        quotes = await _quotes(row["text"], tagger)
        for case in cases[row["id"]]:
            found = outcome(case, quotes)
            for group in (case.kind, "held" if case.held else "mended on", "all"):
                counted[group][found] += 1
    await tagger.close()
    return {
        "benchmark": "resolution",
        "tagger": tagger.fingerprint,
        "scores": {group: scores(counted[group]) for group in GROUPS},
    }


async def _quotes(text: str, tagger: Tagger) -> tuple[Quote, ...]:
    return await attribute(text, segment(text).sentences, tagger)


def scores(counts: Counter[str]) -> dict[str, float]:
    """Accuracy over the mentions that were answered, and the share of those that were not."""
    answered = counts[RIGHT] + counts[WRONG]
    cases = answered + counts[UNRESOLVED]
    return {
        "cases": cases,
        "answered": answered,
        "accuracy": round(100 * counts[RIGHT] / answered, 1) if answered else 100.0,
        "unresolved": round(100 * counts[UNRESOLVED] / cases, 1),
    }


def main() -> None:
    """Reads the arguments, runs, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    figures = asyncio.run(measure((given.polnear, given.news), read_cases()))
    given.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
