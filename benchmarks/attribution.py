"""How well reported speech is found: content, source and cue, by kind of speech.

    python -m benchmarks.attribution --data FILE --out JSON

`FILE` is JSON Lines (gzip or not) with `text` and `attributions`: for each its `source`, `cue` and
`content` as lists of [start, end] code points, and its `kind`, direct, mixed or indirect.

A span found matches an annotated one when they share at least a threshold of their words, counted
against the longer of the two. Pairs are made one to one, best overlap first. Precision counts the
spans found of a kind, recall the annotated ones; a pair may differ in kind. Source and cue are
scored on the pairs whose contents match at 0.3.

Scored for both taggers: all that is marked, and apart from that what the service keeps as a quote
against the annotations that it would keep (`service.english.speech.reporting`): an annotator
marks what somebody supports or signs as well.
"""

import argparse
import asyncio
import gzip
import json
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import report
from service.domain.quote import Speech, SpeechKind
from service.domain.text import Span
from service.english.speech.acts import FINGERPRINT as RULES
from service.english.speech.reporting import is_reported
from service.english.text.segment import segment
from service.models.attribution.tagger import load_tagger
from service.pipeline.attribute import find_speeches
from service.ports import Tagger

THRESHOLDS = (0.3, 0.8)
KINDS = ("direct", "mixed", "indirect")
_WORD = re.compile(r"\w+")

Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One act of speech as sets of word offsets, annotated or found."""

    source: Words
    cue: Words
    content: Words
    kind: str


@dataclass(slots=True)
class Tally:
    """Counts of one kind of speech."""

    annotated: int = 0
    found: int = 0
    recalled: int = 0
    precise: int = 0

    def scores(self) -> dict[str, float]:
        """Precision, recall and F1 in per cent."""
        precision = self.precise / self.found if self.found else 0.0
        recall = self.recalled / self.annotated if self.annotated else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return {
            "precision": round(100 * precision, 1),
            "recall": round(100 * recall, 1),
            "f1": round(100 * f1, 1),
        }


def overlap(one: Words, other: Words) -> float:
    """Shared words as a part of the longer span, 0..1."""
    return len(one & other) / max(len(one), len(other), 1)


def pairs(annotated: Sequence[Marked], found: Sequence[Marked]) -> list[tuple[int, int, float]]:
    """One-to-one pairs of indices with their overlap, best first."""
    candidates = sorted(
        (-overlap(gold.content, mine.content), i, j)
        for i, gold in enumerate(annotated)
        for j, mine in enumerate(found)
        if gold.content & mine.content
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    chosen = []
    for negative, i, j in candidates:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            chosen.append((i, j, -negative))
    return chosen


def score(articles: Iterable[tuple[Sequence[Marked], Sequence[Marked]]]) -> dict[str, Any]:
    """All figures over articles, each as what is annotated and what was found."""
    tallies: dict[tuple[float, str], Tally] = defaultdict(Tally)
    parts: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for annotated, found in articles:
        matched = pairs(annotated, found)
        for threshold in THRESHOLDS:
            _count(tallies, threshold, annotated, found, matched)
        for i, j, shared in matched:
            if shared >= THRESHOLDS[0]:
                gold, mine = annotated[i], found[j]
                for kind in (gold.kind, "all"):
                    parts[kind].append(
                        (
                            float(gold.source == mine.source),
                            float(gold.source == mine.source or bool(gold.source & mine.source)),
                            float(bool(gold.cue & mine.cue) or gold.cue == mine.cue),
                        )
                    )
    return {
        kind: {
            "annotated": tallies[THRESHOLDS[0], kind].annotated,
            "found": tallies[THRESHOLDS[0], kind].found,
            **{f"content@{t}": tallies[t, kind].scores() for t in THRESHOLDS},
            **_means(parts[kind]),
        }
        for kind in (*KINDS, "all")
    }


def _count(
    tallies: dict[tuple[float, str], Tally],
    threshold: float,
    annotated: Sequence[Marked],
    found: Sequence[Marked],
    matched: Sequence[tuple[int, int, float]],
) -> None:
    for gold in annotated:
        for kind in (gold.kind, "all"):
            tallies[threshold, kind].annotated += 1
    for mine in found:
        for kind in (mine.kind, "all"):
            tallies[threshold, kind].found += 1
    for i, j, shared in matched:
        if shared >= threshold:
            for kind in (annotated[i].kind, "all"):
                tallies[threshold, kind].recalled += 1
            for kind in (found[j].kind, "all"):
                tallies[threshold, kind].precise += 1


def _means(rows: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    names = ("source_exact", "source_overlap", "cue_overlap")
    columns = zip(*rows, strict=True) if rows else ((0.0,), (0.0,), (0.0,))
    return {
        name: round(100 * statistics.fmean(column), 1)
        for name, column in zip(names, columns, strict=True)
    }


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a file, or of every file in a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for file in files:
        with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
            for line in lines:
                yield json.loads(line)


def annotated_speech(row: dict[str, Any]) -> list[Speech]:
    """What the annotators marked in an article."""
    return [
        Speech(
            tuple(_spans(mark["source"])),
            tuple(_spans(mark["cue"])),
            tuple(_spans(mark["content"])),
            SpeechKind(mark["kind"]),
        )
        for mark in row["attributions"]
    ]


def marked(text: str, speeches: Iterable[Speech]) -> list[Marked]:
    """Acts of speech as words of an article."""
    starts = _word_starts(text)
    return [
        Marked(
            _words(starts, speech.source),
            _words(starts, speech.cue),
            _words(starts, speech.content),
            str(speech.kind),
        )
        for speech in speeches
    ]


def _spans(pairs: Iterable[Sequence[int]]) -> list[Span]:
    return [Span(start, end) for start, end in pairs]


def _word_starts(text: str) -> list[int]:
    return [match.start() for match in _WORD.finditer(text)]


def _words(starts: Sequence[int], spans: Iterable[Span]) -> Words:
    covered = list(spans)
    return frozenset(
        start for span in covered for start in starts if span.start <= start < span.end
    )


async def measure(path: Path, tagger: Tagger | None) -> dict[str, Any]:
    """Tags every article of `path` and scores it."""
    everything, quoted, seconds = [], [], []
    for row in rows(path):
        text = row["text"]
        sentences = segment(text).sentences
        started = time.perf_counter()
        found = await find_speeches(text, sentences, tagger)
        seconds.append(time.perf_counter() - started)
        annotated = annotated_speech(row)
        everything.append((marked(text, annotated), marked(text, found)))
        quoted.append((_quoted(text, annotated), _quoted(text, found)))
    return {
        "tagger": tagger.fingerprint if tagger else RULES,
        "articles": len(everything),
        "tagging_ms": {
            "mean": round(1000 * statistics.fmean(seconds), 2),
            "median": round(1000 * statistics.median(seconds), 2),
        },
        "scores": score(everything),
        "quoted": score(quoted),
    }


def _quoted(text: str, speeches: Iterable[Speech]) -> list[Marked]:
    return marked(text, (speech for speech in speeches if is_reported(text, speech)))


async def measure_both(path: Path, weights: Path | None) -> dict[str, Any]:
    """The built-in tagger and the rules alone."""
    builtin = load_tagger(weights)
    figures = {"builtin": await measure(path, builtin), "rules": await measure(path, None)}
    await builtin.close()
    return figures


def table(scores: dict[str, Any]) -> Iterator[str]:
    """The scores as a Markdown table."""
    yield "| kind | annotated | found | P/R/F1 @0.3 | P/R/F1 @0.8 | source exact | overlap | cue |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind, one in scores.items():
        contents = (" / ".join(map(str, one[f"content@{t}"].values())) for t in THRESHOLDS)
        yield (
            f"| {kind} | {one['annotated']} | {one['found']} | {' | '.join(contents)} "
            f"| {one['source_exact']} | {one['source_overlap']} | {one['cue_overlap']} |"
        )


def main() -> None:
    """Reads the options, measures, prints the tables and writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="folder of another model than the shipped one")
    options = parser.parse_args()
    figures = asyncio.run(measure_both(options.data, options.weights))
    options.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")
    for name, measured in figures.items():
        print(f"{name}: {measured['tagger']}, {measured['tagging_ms']} ms an article")
        for what in ("scores", "quoted"):
            print(f"\n{what}", *table(measured[what]), "", sep="\n")


if __name__ == "__main__":
    main()
