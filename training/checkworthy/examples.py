"""What the claim spotter learns from, as numbers."""

from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences as the network reads them, float32 (n, dim + traits), and whether each is worth a
    check, bool (n,)."""

    read: Inputs
    worth: Marks

    @classmethod
    async def of(cls, sentences: Sequence[str], worth: Sequence[bool], embedder: Embedder) -> Self:
        """Embeds the sentences."""
        vectors = await embedder.embed(sentences)
        return cls(inputs(sentences, vectors), np.array(worth, np.bool_))

    def where(self, chosen: Marks) -> Self:
        """Some of them."""
        return type(self)(self.read[chosen], self.worth[chosen])


def marked_sentences(marked: Path, articles: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The sentences that a file of `article`, `span` and `worth` points to, as a draft has them,
    and whether each is worth a check. `articles` are normalised texts by id."""
    for row in rows(marked):
        sentence = Span(*row["span"]).of(articles[row["article"]])
        yield " ".join(sentence.split()), row["worth"]


def texts(articles: Sequence[Row]) -> dict[str, str]:
    """Each article's normalised text, by its id."""
    return {row["id"]: normalise(row["text"]) for row in articles}
