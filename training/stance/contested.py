"""Finds sentences that weights judge against what is known of them, to be read and labelled.

    python -m training.stance.contested --windows WINDOWS.jsonl.xz --data SHARED_DATA
        --written training/stance/written (--weights service/models/weights/stance | --run RUN)
        [--sources drafts own other] [--most 15000] --out CONTESTED.jsonl

Of `--most` windows of these sources, drawn at random, those are written in which a sentence gets
less than half of the probability for what would do. Retrieval has handed them over and nobody has
read them: most are no evidence, some are. What judges are shipped weights, or a training run with
`--opinions` over the same windows, which a GPU does in seconds. A row is

    {"claim", "article", "first", "last", "contested": [POSITION, ...]}

`claim` is the id of a claim, or "ARTICLE#POSITION" for a sentence of an article; positions count
the article's sentences from 0. Whoever reads them gives each a label, `written/contested.jsonl`.
"""

import argparse
import asyncio
import json
import lzma
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from service.models.stance import OnnxStance, load_stance
from training.stance.collect import Text, all_claims, read_articles
from training.stance.windows import Labelled

Item = TypeVar("Item")

SEED = 11
LEAST_PROBABILITY = 0.5
"""What a sentence's label must have: below, the model contradicts it."""
LEAST_WEIGHT = 0.25
AT_ONCE = 64


def read_windows(file: Path) -> Iterator[Labelled]:
    """All windows, in order."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        yield from map(Labelled.of, map(json.loads, lines))


def drawn(windows: Iterable[Item], most: int) -> list[Item]:
    """At most `most` of them; the same windows, the same ones."""
    found = list(windows)
    random.Random(SEED).shuffle(found)
    return found[:most]


def contested(window: Labelled, scores: NDArray[np.float32]) -> list[int]:
    """Which of its sentences the scores, shape (sentences, 3), contradict."""
    known = zip(window.targets, window.weights, scores, strict=True)
    return [
        place
        for place, (target, weight, score) in enumerate(known)
        if weight >= LEAST_WEIGHT and float(np.dot(target, score)) < LEAST_PROBABILITY
    ]


class Places:
    """Where claims and windows are from."""

    def __init__(self, articles: Mapping[str, Text], claims: Sequence[Mapping[str, Any]]) -> None:
        self._articles = articles
        self._claims: dict[str, str] = {}
        self._windows: dict[tuple[str, str], tuple[str, int]] = {}
        for name, article in articles.items():
            for position, sentence in enumerate(article.sentences):
                self._claims.setdefault(sentence, f"{name}#{position}")
                self._windows.setdefault((article.head, sentence), (name, position))
        self._claims |= {row["claim"]: row["id"] for row in claims}

    def row(self, window: Labelled, places: Sequence[int]) -> dict[str, Any] | None:
        """As it is written; None where a sentence that stands in several places hides where."""
        article, first = self._windows.get((window.head, window.sentences[0]), ("", 0))
        claim = self._claims.get(window.claim)
        there = self._articles[article].sentences[first:] if article else ()
        if claim is None or there[: len(window.sentences)] != window.sentences:
            return None
        return {
            "claim": claim,
            "article": article,
            "first": first,
            "last": first + len(window.sentences) - 1,
            "contested": [first + place for place in places],
        }


async def find(windows: Sequence[Labelled], stance: OnnxStance) -> list[tuple[Labelled, list[int]]]:
    """The windows that have a contested sentence, with which."""
    found: list[tuple[Labelled, list[int]]] = []
    for start in range(0, len(windows), AT_ONCE):
        some = windows[start : start + AT_ONCE]
        judged = await asyncio.gather(*(stance.stances(one.claim, [one.window]) for one in some))
        places = (contested(one, scores) for one, (scores,) in zip(some, judged, strict=True))
        found += [(one, which) for one, which in zip(some, places, strict=True) if which]
    return found


def find_in_run(
    windows: Iterable[Labelled], logits: NDArray[np.float32], sources: Sequence[str], most: int
) -> list[tuple[Labelled, list[int]]]:
    """The same by the logits that a run gave at the marks of all windows, shape (marks, 3)."""
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    judged: list[tuple[Labelled, NDArray[np.float32]]] = []
    first = 0
    for one in windows:
        last = first + len(one.sentences)
        if one.source in sources:
            judged.append((one, shares[first:last]))
        first = last
    if first != len(logits):
        raise ValueError(f"the run has {len(logits)} logits, and the windows {first} sentences")
    places = ((one, contested(one, scores)) for one, scores in drawn(judged, most))
    return [(one, which) for one, which in places if which]


async def find_anew(given: argparse.Namespace) -> list[tuple[Labelled, list[int]]]:
    """The same by shipped weights."""
    windows = (one for one in read_windows(given.windows) if one.source in given.sources)
    stance = load_stance(given.weights)
    found = await find(drawn(windows, given.most), stance)
    await stance.close()
    return found


def found_rows(given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """A row for each window with a contested sentence."""
    if given.run:
        logits = np.load(given.run / "opinions.npy")
        found = find_in_run(read_windows(given.windows), logits, given.sources, given.most)
    else:
        found = asyncio.run(find_anew(given))
    articles = read_articles(given.data)
    places = Places(articles, all_claims(given.data, given.written, articles))
    written = (places.row(window, which) for window, which in found)
    return (row for row in written if row is not None)


def main() -> None:
    """Reads the arguments, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.contested")
    parser.add_argument("--windows", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--written", type=Path, required=True)
    judge = parser.add_mutually_exclusive_group(required=True)
    judge.add_argument("--weights", type=Path, help="a folder of shipped weights")
    judge.add_argument("--run", type=Path, help="a training run with --opinions")
    parser.add_argument("--sources", nargs="+", default=["drafts", "own", "other"])
    parser.add_argument("--most", type=int, default=15_000)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with given.out.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in found_rows(given))


if __name__ == "__main__":
    main()
