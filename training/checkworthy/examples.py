"""What the claim spotter learns from, as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from service.domain.text import Span, normalise
from service.models.spotter import Inputs, inputs
from service.ports import Embedder
from training.rows import Row, rows

Marks = NDArray[np.bool_]


PARTS = 5
STRETCH = 500
"""Debates are held out by stretches of this many sentences."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, and whether it is worth a check; `origin` is the text that it stands in."""

    sentence: str
    worth: bool
    origin: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences of one kind as the network reads them, float32 (n, dim + traits), whether each is
    worth a check, bool (n,), and the part that it is held out with, from 0 up, int (n,).

    `weight` is what one of them weighs in the fit.
    """

    read: Inputs
    worth: Marks
    part: NDArray[np.intp]
    weight: float

    @classmethod
    async def of(cls, marked: Sequence[Marked], embedder: Embedder, *, weight: float) -> Self:
        """Embeds the sentences. Those of one `origin` are alike and are held out together."""
        sentences = [one.sentence for one in marked]
        read = inputs(sentences, await embedder.embed(sentences))
        worth = np.array([one.worth for one in marked], np.bool_)
        origins = {
            origin: number for number, origin in enumerate(sorted({m.origin for m in marked}))
        }
        part = np.array([origins[one.origin] % PARTS for one in marked], np.intp)
        return cls(read, worth, part, weight)

    def where(self, chosen: Marks) -> Self:
        """Some of them."""
        return type(self)(self.read[chosen], self.worth[chosen], self.part[chosen], self.weight)


def debates(given: Sequence[Row]) -> list[Marked]:
    """Rows with `id`, a number that counts on through a debate, `text` and `label`."""
    return [Marked(row["text"], row["label"], f"{int(row['id']) // STRETCH:03}") for row in given]


def claims(given: Sequence[Row]) -> list[Marked]:
    """Rows with `claim` and `article`: every claim is worth a check."""
    return [Marked(row["claim"], worth=True, origin=row["article"]) for row in given]


def marked_news(marked: Path, articles: Sequence[Row]) -> list[Marked]:
    """The sentences that a file of `article`, `span` and `worth` points to, as a draft has them.

    The spans are into the articles' normalised texts.
    """
    texts = {row["id"]: row["text"] for row in articles}
    return [
        Marked(
            " ".join(Span(*row["span"]).of(normalise(texts[row["article"]])).split()),
            row["worth"],
            row["article"],
        )
        for row in rows(marked)
    ]
