"""Where the questions come from, and what they are asked of."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import Row, find_rows, read_rows
from service.domain.article import Submission
from service.domain.text import normalise
from service.pipeline.segment import segment
from training.contrast.balance import balanced
from training.contrast.people import Names
from training.contrast.sentence import from_sentence
from training.weighing.cases import Question

FITTED_EACH, FITTED_PART = 5, 1
"""Every fifth article, and none that the contrast suite measures with."""


@dataclass(frozen=True, slots=True)
class Pool:
    """An archive, and questions to it."""

    name: str
    articles: Sequence[Submission]
    questions: Sequence[Question]


def encyclopaedia(folder: Path) -> Pool:
    """Sentences, each an article of its own, and claims that name those that decide them."""
    texts = {row["id"]: normalise(row["text"]) for row in find_rows(folder, "*sentences*")}
    return Pool(
        "claims over a pool of sentences",
        [Submission(text=text, id=name) for name, text in texts.items()],
        [
            Question(row["claim"], row["label"], frozenset(texts[name] for name in row["relevant"]))
            for row in find_rows(folder, "*queries*")
        ],
    )


def news(file: Path, *, articles: int, questions: int, seed: int) -> Pool:
    """Whole articles, and claims made of their sentences by changing one thing or its wording."""
    rng = random.Random(seed)
    chosen = read_rows(file)[FITTED_PART::FITTED_EACH][:articles]
    names = Names.gather(row["text"] for row in chosen)
    made = (
        pair
        for row in chosen
        for sentence in _sentences(row)
        for pair in from_sentence(sentence, names, rng)
        if not pair.evidence_edits
    )
    return Pool(
        "claims made of news sentences over their articles",
        [
            Submission(
                text=row["text"], id=row["id"], title=row["title"] or "", publisher=row["publisher"]
            )
            for row in chosen
        ],
        [
            Question(pair.claim, pair.label, frozenset({pair.evidence}))
            for pair in balanced(made, questions, rng)
        ],
    )


def _sentences(row: Row) -> Iterator[str]:
    text = normalise(row["text"])
    for span in segment(text).sentences:
        yield span.of(text)
