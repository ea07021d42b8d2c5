r"""Writes contrast pairs made from labelled pairs and from news sentences.

    python -m training.contrast --pairs FEVER.jsonl.gz --articles ARTICLES.jsonl.gz \
        --pairs-count 35000 --claims-count 0 --articles-count 25000 --seed 1 --out FILE.jsonl.gz

`--claims-count` are made of the pairs' claims alone, which are shorter than news. Of the articles,
every fifth is left out: `benchmarks/contrast.py` measures with these. The same arguments write the
same rows.
"""

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from service.domain.text import normalise
from service.english.text.segment import segment
from training.contrast.balance import balanced
from training.contrast.contrast import Contrast
from training.contrast.pairs import from_pair
from training.contrast.people import Names
from training.contrast.sentence import from_sentence, is_usable

HELD_OUT_EACH = 5
SENTENCES_PER_ARTICLE = 12
TITLED = 0.5
Row = dict[str, Any]


def main() -> None:
    """Reads the arguments, makes the pairs, writes them in random order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--pairs-count", type=int, default=35_000)
    parser.add_argument("--claims-count", type=int, default=0)
    parser.add_argument("--articles-count", type=int, default=25_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    rng = Random(arguments.seed)
    pairs = list(chain.from_iterable(map(_read, arguments.pairs)))
    articles = [row for i, row in enumerate(_read(arguments.articles)) if i % HELD_OUT_EACH]
    names = Names.gather(chain((row["claim"] for row in pairs), (row["text"] for row in articles)))
    made = [
        *balanced(_from_pairs(pairs, names, rng), arguments.pairs_count, rng),
        *balanced(_from_claims(pairs, names, rng), arguments.claims_count, rng),
        *balanced(_from_articles(articles, names, rng), arguments.articles_count, rng),
    ]
    rng.shuffle(made)
    _write(arguments.out, made)


def _from_pairs(rows: Sequence[Row], names: Names, rng: Random) -> Iterator[Contrast]:
    for row in rows:
        if row["label"] in {"supports", "conflicts", "neutral"} and row["evidence"]:
            yield from from_pair(row["claim"], row["evidence"], row["label"], names, rng)


def _from_claims(rows: Sequence[Row], names: Names, rng: Random) -> Iterator[Contrast]:
    for claim in dict.fromkeys(row["claim"] for row in rows if row["label"] == "supports"):
        yield from from_sentence(claim, names, rng)


def _from_articles(rows: Sequence[Row], names: Names, rng: Random) -> Iterator[Contrast]:
    for row in rows:
        title = (row["title"] or "").strip()
        for sentence in _sentences(normalise(row["text"]), rng):
            for pair in from_sentence(sentence, names, rng):
                titled = title and rng.random() < TITLED and _fits(title, sentence, pair)
                yield replace(pair, evidence=f"{title}: {pair.evidence}") if titled else pair


def _fits(title: str, sentence: str, pair: Contrast) -> bool:
    """Whether the title does not still say what was edited away in the evidence."""
    return not any(sentence[edit.start : edit.end] in title for edit in pair.evidence_edits)


def _sentences(text: str, rng: Random) -> Sequence[str]:
    """Some usable sentences of an article, so that no article gives too many."""
    usable = [one for one in (span.of(text) for span in segment(text).sentences) if is_usable(one)]
    return rng.sample(usable, min(len(usable), SENTENCES_PER_ARTICLE))


def _read(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _write(path: Path, made: Iterable[Contrast]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for i, pair in enumerate(made):
            row = {
                "id": f"contrast-{i}",
                "claim": pair.claim,
                "evidence": pair.evidence,
                "label": pair.label,
                "source": "contrast",
                "category": pair.kind,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
