"""Labelled pairs of all sources, as they are trained on."""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.stance.settings import Stage, TrainingSettings

LABELS = ("supports", "conflicts", "neutral")
"""In the order of the model's outputs."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and what is said elsewhere; `label` is one of `LABELS`."""

    claim: str
    evidence: str
    label: str


def mixture(folders: Sequence[Path], stage: Stage, settings: TrainingSettings) -> list[Pair]:
    """The pairs of a stage, shuffled; the same settings and files, the same pairs.

    A source is the file SOURCE.jsonl.gz in one of `folders`.
    """
    chosen: list[Pair] = []
    for name, share in stage.shares.items():
        rng = random.Random(f"{settings.seed} {stage.name} {name}")
        source, _, label = name.partition("/")
        file = next(each for folder in folders if (each := folder / f"{source}.jsonl.gz").exists())
        pairs = [pair for row in rows(file) for pair in _pairs(row, settings, rng)]
        chosen += _part([pair for pair in pairs if label in {"", pair.label}], share, rng)
    random.Random(f"{settings.seed} {stage.name}").shuffle(chosen)
    return chosen


def rows(file: Path) -> Iterator[Row]:
    """Gzip JSON Lines."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _pairs(row: Row, settings: TrainingSettings, rng: random.Random) -> Iterator[Pair]:
    """One pair, or none where the row teaches nothing certain."""
    if row["label"] not in LABELS or row.get("entropy", 0.0) > settings.most_entropy:
        return
    evidence = _evidence(row, settings, rng)
    if evidence and row["claim"]:
        yield Pair(row["claim"], evidence, row["label"])


def _evidence(row: Row, settings: TrainingSettings, rng: random.Random) -> str:
    if row["evidence"]:
        sentences = row.get("evidence_sentences")
        return " ".join(sentences[: settings.most_sentences]) if sentences else row["evidence"]
    mined = zip(row.get("mined", []), row.get("mined_coverage", []), strict=True)
    unclear = [text for text, coverage in mined if coverage < settings.most_coverage]
    return rng.choice(unclear) if unclear else ""


def _part(pairs: Sequence[Pair], share: float, rng: random.Random) -> list[Pair]:
    whole, rest = divmod(round(share * len(pairs)), max(1, len(pairs)))
    return [*pairs] * whole + rng.sample(pairs, rest)
