"""Labelled pairs of the public sources, as they are trained on."""

import random
from collections.abc import Iterator
from pathlib import Path

from training.rows import Row, rows

LABELS = ("supports", "conflicts", "neutral")
"""In the order of the models' outputs."""

MOST_COVERAGE = 0.6
"""The share of a claim's words from which evidence mined for it often decides it after all."""
MOST_ENTROPY = 0.7
"""Annotators who disagree more than this (nats) on a pair teach little."""
MOST_SENTENCES = 3
"""Gold sentences of one claim that are read together."""


def public_pairs(file: Path) -> Iterator[tuple[str, str, str]]:
    """Claim, evidence and label of each row that teaches something certain; the same file, the
    same pairs."""
    rng = random.Random(file.name)
    for row in rows(file):
        if row.get("entropy", 0.0) > MOST_ENTROPY:
            continue
        evidence = _evidence(row, rng)
        if evidence and row["claim"]:
            yield row["claim"], evidence, row["label"]


def _evidence(row: Row, rng: random.Random) -> str:
    if row["evidence"]:
        sentences = row.get("evidence_sentences")
        return " ".join(sentences[:MOST_SENTENCES]) if sentences else str(row["evidence"])
    mined = zip(row.get("mined", []), row.get("mined_coverage", []), strict=True)
    unclear = [text for text, coverage in mined if coverage < MOST_COVERAGE]
    return str(rng.choice(unclear)) if unclear else ""
