"""Collects everything that the stance models are trained on, as windows with targets.

    python -m training.stance.collect --data SHARED_DATA --written training/stance/written \
        --made MADE_FOLDER --found FOUND.jsonl.gz --out WINDOWS.jsonl.xz

`--data` is the folder of labelled data, `--written` our own passages and claims. `--made` holds
what `training.contrast` and `.unrelated` wrote, `--found` what `.mine` found in the archive for
newsroom claims and for sentences of articles.
Every eighth article with newsroom claims is left out: on these the classifier is fitted.
"""

import argparse
import json
import lzma
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from service.domain.text import normalise
from service.domain.window import head
from service.english.text.segment import segment
from training.rows import Row, rows
from training.stance.pairs import public_pairs
from training.stance.windows import ANYTHING, TARGETS, Labelled, Target, in_context, single

FITTED_EACH = 8
MOST_CHARS = 900
"""Of a window's sentences together: about 200 tokens."""
GOLD_WINDOWS = 3
"""Windows around what decides a claim, each with other neighbours."""
OWN_WINDOWS, OTHER_WINDOWS = 3, 5
"""Windows that retrieval hands over and that do not decide, from the claim's article and others."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it is read."""

    head: str
    sentences: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def touching(self, spans: Sequence[Sequence[int]]) -> frozenset[int]:
        """Positions of the sentences that share a character with one of the spans."""
        return frozenset(
            i
            for i, (start, end) in enumerate(zip(self.starts, self.ends, strict=True))
            if any(start < last and first < end for first, last in spans)
        )

    def window(self, position: int, before: int, after: int) -> range:
        """Positions around one, as many as fit into `MOST_CHARS`."""
        first, last = position, position
        room = MOST_CHARS - len(self.sentences[position])
        for step in (*[-1] * before, *[1] * after):
            new = first - 1 if step < 0 else last + 1
            if not 0 <= new < len(self.sentences) or len(self.sentences[new]) > room:
                continue
            room -= len(self.sentences[new])
            first, last = min(first, new), max(last, new)
        return range(first, last + 1)


def read_articles(data: Path) -> dict[str, Text]:
    """All articles by id."""
    files = (data / "news" / "articles.jsonl.gz", data / "newsroom" / "articles.jsonl.gz")
    return {row["id"]: text_of(row) for row in chain.from_iterable(map(rows, files))}


def text_of(row: Row) -> Text:
    """The same for one row of a file of articles."""
    text = normalise(row["text"])
    spans = segment(text).sentences
    date = row.get("published_at")
    published = datetime.fromisoformat(date) if date else None
    return Text(
        head(row.get("title") or "", published),
        tuple(" ".join(span.of(text).split()) for span in spans),
        tuple(span.start for span in spans),
        tuple(span.end for span in spans),
    )


def fitted_articles(claims: Sequence[Row]) -> frozenset[str]:
    """The articles whose claims the classifier is fitted on: no model is trained on them."""
    return frozenset(sorted({row["article"] for row in claims})[::FITTED_EACH])


def newsroom(
    claims: Sequence[Row],
    articles: Mapping[str, Text],
    found: Mapping[str, Sequence[Any]],
    source: str = "newsroom",
) -> Iterator[Labelled]:
    """Windows around what decides each claim, and windows that retrieval hands over for it."""
    for row in claims:
        rng = random.Random(row["id"])
        article, claim, label = articles[row["article"]], row["claim"], row["label"]
        gold = article.touching(row["evidence"])
        for number, position in enumerate(rng.sample(sorted(gold), len(gold)) * GOLD_WINDOWS):
            if number == max(GOLD_WINDOWS, len(gold)):
                break
            window = article.window(position, rng.randint(0, 3), rng.randint(0, 2))
            yield _around(source, claim, article, window, gold, label)
        if len(gold) == 2 and max(gold) - min(gold) < 6:
            both = range(min(gold), max(gold) + 1)
            yield _around(source, claim, article, both, gold, label)
        own = [i for name, i in found.get(row["id"], ()) if name == row["article"]]
        yield from _wrong("own", row, article, [i for i in own if i not in gold], OWN_WINDOWS, rng)
        taken: set[str] = {row["article"]}
        for name, position in found.get(row["id"], ()):
            if name not in taken and len(taken) <= OTHER_WINDOWS:
                taken.add(name)
                yield from _wrong("other", row, articles[name], [position], 1, rng)


def _around(
    source: str, claim: str, article: Text, window: range, gold: frozenset[int], label: str
) -> Labelled:
    decides = TARGETS[label]
    inside = sum(i in gold for i in window)
    return in_context(
        source,
        claim,
        article.head,
        [
            (article.sentences[i], decides, 1 / inside**0.5)
            if i in gold
            else (article.sentences[i], _most_likely_neutral(decides, 0.5), 0.25)
            for i in window
        ],
    )


def _wrong(
    source: str, row: Row, article: Text, positions: Sequence[int], most: int, rng: random.Random
) -> Iterator[Labelled]:
    gold = article.touching(row["evidence"]) if source == "own" else frozenset()
    covered: set[int] = set()
    for position in positions:
        if position not in covered and most:
            most -= 1
            window = article.window(position, rng.randint(0, 2), rng.randint(0, 1))
            covered.update(window)
            own_side = _most_likely_neutral(TARGETS[row["label"]], 0.2)
            yield in_context(
                source,
                row["claim"],
                article.head,
                [
                    (article.sentences[i], ANYTHING, 0.0)
                    if i in gold
                    else (article.sentences[i], own_side, 0.5 if i == position else 0.25)
                    for i in window
                ],
            )


def _most_likely_neutral(decides: Target, share: float) -> Target:
    """Nobody read these sentences: neutral, though the claim's own side is no surprise."""
    return (share * decides[0], share * decides[1], 1.0)


def drafts(found: Mapping[str, Any], articles: Mapping[str, Text]) -> Iterator[Labelled]:
    """Sentences of articles against what other articles say: hardly ever a conflict."""
    for key, hits in found.items():
        name, _, position = key.rpartition("#")
        claim, rng = articles[name].sentences[int(position)], random.Random(key)
        taken: set[str] = set()
        for other, hit in hits:
            if other in taken or len(taken) == OTHER_WINDOWS:
                continue
            taken.add(other)
            article = articles[other]
            window = article.window(hit, rng.randint(0, 2), rng.randint(0, 1))
            itself = int(position) if other == name else -1
            yield in_context(
                "drafts",
                claim,
                article.head,
                [
                    (article.sentences[i], TARGETS["supports"], 0.5)
                    if i == itself
                    else (article.sentences[i], TARGETS["not_conflicts"], 0.4)
                    for i in window
                ],
            )


def written(folder: Path) -> Iterator[Labelled]:
    """Our own passages; what stands around the sentence that is judged is of no known stance."""
    for file in sorted((folder / "passages").glob("*.jsonl")):
        for row in map(json.loads, _lines(file)):
            date = row.get("date")
            title = head(row["title"], datetime.fromisoformat(date) if date else None)
            for claim in row["claims"]:
                rng = random.Random(claim["claim"])
                after = [row["after"]] if row["after"] and rng.random() < 0.5 else []
                yield in_context(
                    "written",
                    claim["claim"],
                    title if rng.random() < 0.9 else "",
                    [
                        *[(one, ANYTHING, 0.0) for one in row["before"]],
                        (row["sentence"], TARGETS[claim["label"]], 1.0),
                        *[(one, ANYTHING, 0.0) for one in after],
                    ],
                )


def made(file: Path, kept_out: frozenset[str]) -> Iterator[Labelled]:
    """Changed sentences; those of the articles that claims are measured on stay out."""
    for row in rows(file):
        if not any(
            sentence in row["evidence"] for sentence in _long_parts(row["evidence"], kept_out)
        ):
            yield single(row["source"], row["claim"], row["evidence"], row["label"])


def _long_parts(evidence: str, kept_out: frozenset[str]) -> Iterator[str]:
    """Titles stand in front of some sentences."""
    for part in (evidence, evidence.partition(": ")[2]):
        if part in kept_out:
            yield part


def paired_claims(written: Path, articles: Mapping[str, Text]) -> list[Row]:
    """Our own claims that were written in pairs of one form."""
    return [
        row | {"claim": claim_of(row, articles[row["article"]])}
        for row in map(json.loads, _lines(written / "paired.jsonl"))
    ]


def claim_of(row: Row, article: Text) -> str:
    """The claim; where it repeats an article's words, only its edits are kept: `edits` are
    [start, end, text], over the sentences that decide, joined by spaces, in order."""
    if "claim" in row:
        return str(row["claim"])
    text = " ".join(article.sentences[i] for i in sorted(article.touching(row["evidence"])))
    parts, done = [], 0
    for start, end, new in row["edits"]:
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])


def all_claims(data: Path, written: Path, articles: Mapping[str, Text]) -> list[Row]:
    """Everybody's claims over articles: those to train on, and our own two files."""
    ours = map(json.loads, _lines(written / "claims.jsonl"))
    train = rows(data / "newsroom" / "train" / "claims.jsonl.gz")
    return [*train, *ours, *paired_claims(written, articles)]


def contested(
    written: Path, articles: Mapping[str, Text], claims: Sequence[Row], kept_out: frozenset[str]
) -> Iterator[Labelled]:
    """What retrieval had handed over, and a model had judged against what was known: read since."""
    texts = {row["id"]: row["claim"] for row in claims}
    for row in map(json.loads, _lines(written / "contested.jsonl")):
        article = articles[row["article"]]
        name, _, position = row["claim"].partition("#")
        claim = articles[name].sentences[int(position)] if position else texts.get(name)
        if claim is None or row["article"] in kept_out:
            continue
        yield in_context(
            "contested",
            claim,
            article.head,
            [
                (article.sentences[i], TARGETS[label], 1.0)
                if (label := row["labels"].get(str(i)))
                else (article.sentences[i], ANYTHING, 0.0)
                for i in range(row["first"], row["last"] + 1)
            ],
        )


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def collect(given: argparse.Namespace) -> Iterator[Labelled]:
    """Everything, source by source."""
    data: Path = given.data
    articles = read_articles(data)
    claims = list(rows(data / "newsroom" / "train" / "claims.jsonl.gz"))
    dev = {row["article"] for row in rows(data / "newsroom" / "dev" / "claims.jsonl.gz")}
    paired = paired_claims(given.written, articles)
    fitted = fitted_articles(claims) | fitted_articles(paired)
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    held_out = frozenset(dev) | fitted
    for row in rows(given.found):
        hits = [hit for hit in row["found"] if hit[0] not in held_out]
        found[row["kind"]][row["id"]] = hits
    ours = list(map(json.loads, _lines(given.written / "claims.jsonl")))
    known = [row for row in claims if row["article"] not in fitted]
    paired = [row for row in paired if row["article"] not in fitted]
    yield from newsroom([*known, *ours], articles, found["claim"])
    yield from newsroom(paired, articles, found["claim"], "paired")
    yield from contested(given.written, articles, [*known, *ours, *paired], held_out)
    yield from drafts(found["sentence"], articles)
    yield from written(given.written)
    kept_out = frozenset(sentence for name in held_out for sentence in articles[name].sentences)
    for file in sorted(given.made.glob("*.jsonl.gz")):
        yield from made(file, kept_out)
    for file in sorted((data / "stance" / "train").glob("*.jsonl.gz")):
        name = file.name.partition(".")[0]
        for claim, evidence, label in public_pairs(file):
            yield single(name, claim, evidence, label)


def main() -> None:
    """Reads the arguments, collects, writes, counts."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.collect")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--written", type=Path, required=True)
    parser.add_argument("--made", type=Path, required=True)
    parser.add_argument("--found", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    counts: dict[str, int] = defaultdict(int)
    with lzma.open(given.out, "wt", encoding="utf-8", preset=6) as lines:
        for one in collect(given):
            counts[one.source] += 1
            lines.write(json.dumps(one.row(), ensure_ascii=False) + "\n")
    print(json.dumps(counts, indent=1))


if __name__ == "__main__":
    main()
