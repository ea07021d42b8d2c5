"""How often exact comparison finds a reason to differ: where there is one, and where there is none.

    python -m benchmarks.reasons [--data FILE...] [--newsroom CLAIMS --articles FILE...] --out JSON

A file of pairs has rows with `claim`, `evidence`, `label` and perhaps `category`: counted per label
and category are the pairs with a hard reason (any but SCOPE_DIFFERS), and with each code. A file of
articles has rows with `text`: its sentences are held against edits of themselves (`edits.py`), and
against their neighbours, which state other things. On supports, on edits that keep the meaning and
on neighbours a hard reason is a false alarm.

`--newsroom` adds claims written one by one: rows {"claim", "label", "article", "evidence"}, where
`article` is an id in the files of `--articles`, and `evidence` are the spans of the sentences that
decide. Each of these sentences is held against the claim in the light of title, lede and
neighbours, and counted by label: so every reason is measured on what no script made.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.edits import CHANGING, KEEPING, edited
from benchmarks.machine import report
from service.domain.verdict import ReasonCode
from service.english.reading import Reading
from service.english.text.segment import segment
from service.pipeline.claims import states_something
from service.pipeline.compare.comparison import compare_texts
from training.rows import Row, read_rows
from training.stance.collect import Text, text_of
from training.stance.measured import deciding

LEDE_SENTENCES = 2
SHARE_NEGATED = 0.1
"""Nearly every sentence can be negated: a tenth of them tells enough."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and what it is held against; `context` is what a reader of the source knows."""

    group: str
    claim: str
    source: str
    context: str = ""


@dataclass(slots=True)
class Tally:
    """Counts of one group of pairs."""

    pairs: int = 0
    hard: int = 0
    complete: int = 0
    codes: Counter[ReasonCode] = field(default_factory=Counter)

    def shares(self) -> dict[str, float]:
        """In per cent of the pairs."""
        found = [("hard", self.hard), ("complete", self.complete)]
        found += [(code.value, count) for code, count in self.codes.items()]
        return {
            "pairs": self.pairs,
            **{name: round(100 * count / self.pairs, 2) for name, count in found},
        }


def main() -> None:
    """Reads the arguments, runs, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", default=[])
    parser.add_argument("--newsroom", type=Path, help="claims over --articles")
    parser.add_argument("--articles", type=Path, nargs="+", default=[])
    parser.add_argument("--first", type=int, default=None, help="only so many rows of a file")
    parser.add_argument("--show", type=int, default=0, help="print so many false alarms a group")
    parser.add_argument("--miss", default="", help="print pairs of this group without a reason")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    figures = {}
    for path in arguments.data:
        rows = read_rows(path)[: arguments.first]
        pairs = list(of_articles(rows) if "text" in rows[0] else of_labels(rows))
        figures[path.name.removesuffix(".jsonl.gz")] = measure(
            pairs, arguments.show, arguments.miss
        )
    if arguments.newsroom:
        claims = read_rows(arguments.newsroom)[: arguments.first]
        pairs = list(of_newsroom(claims, read_texts(arguments.articles, claims)))
        figures["newsroom"] = measure(pairs, arguments.show, arguments.miss)
    arguments.out.write_text(json.dumps(report(figures), indent=1) + "\n")
    print(json.dumps(figures, indent=1))


def measure(pairs: Iterable[Pair], show: int = 0, miss: str = "") -> dict[str, Any]:
    """The shares per group, and the milliseconds a pair."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    spent_s = 0.0
    for pair in pairs:
        start_s = time.perf_counter()
        compared = compare_texts(Reading(pair.claim), Reading(pair.source), [Reading(pair.context)])
        spent_s += time.perf_counter() - start_s
        codes = {reason.code for reason in compared.reasons}
        hard = codes - {ReasonCode.SCOPE_DIFFERS}
        tally = tallies[pair.group]
        tally.pairs += 1
        tally.hard += bool(hard)
        tally.complete += compared.complete
        tally.codes.update(codes)
        if (hard and tally.hard <= show and miss == "") or (miss == pair.group and not hard):
            print(pair.group, compared.reasons, pair.claim, pair.source, "", sep="\n  ")
    total = sum(tally.pairs for tally in tallies.values())
    return {
        "ms_a_pair": round(1000 * spent_s / total, 4),
        **{group: tallies[group].shares() for group in sorted(tallies)},
    }


def of_labels(rows: Iterable[Row]) -> Iterator[Pair]:
    """The pairs of a labelled file."""
    for row in rows:
        group = f"{row['label']} {row.get('category') or ''}".strip()
        yield Pair(group, row["claim"], row["evidence"])


def read_texts(files: Sequence[Path], claims: Sequence[Row]) -> dict[str, Text]:
    """The articles that the claims are about, by id."""
    wanted = {row["article"] for row in claims}
    found = (row for file in files for row in read_rows(file) if row["id"] in wanted)
    return {row["id"]: text_of(row) for row in found}


def of_newsroom(claims: Iterable[Row], articles: Mapping[str, Text]) -> Iterator[Pair]:
    """Each claim with each sentence that is marked as deciding it. Raises KeyError where an article
    is missing."""
    for row in claims:
        article = articles[row["article"]]
        lede = article.sentences[:LEDE_SENTENCES]
        for window, place in deciding(row, article):
            context = "\n".join((window.head, *lede, *window.sentences))
            yield Pair(row["label"], row["claim"], window.sentences[place], context)


def of_articles(rows: Iterable[Row]) -> Iterator[Pair]:
    """Each sentence against its edits, as claim and as source, and against the next one."""
    random = Random(0)  # noqa: S311 - the same edits in each run
    for row in rows:
        sentences = [
            " ".join(span.of(row["text"]).split()) for span in segment(row["text"]).sentences
        ]
        stating = [one for one in sentences if 40 <= len(one) <= 300 and states_something(one)]
        for kind, edits in (("keeps", KEEPING), ("changes", CHANGING)):
            for sentence in stating:
                for name, after in edited(sentence, edits, random):
                    if name == "not" and random.random() > SHARE_NEGATED:
                        continue
                    yield Pair(f"{kind}: {name}", after, sentence)
                    yield Pair(f"{kind}: {name}", sentence, after)
        for one, other in pairwise(stating):
            yield Pair("neighbours", one, other)


if __name__ == "__main__":
    main()
