"""Asks the stance model what each sentence found does to the claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.article import StoredPassage
from service.domain.retrieval import Retrieved
from service.domain.text import Span
from service.ports import StanceModel


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a passage, with the model's probabilities. `span` is into the article."""

    passage: StoredPassage
    span: Span
    supports: float
    conflicts: float
    neutral: float

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.passage.article.text)


async def judge(
    claim: str, retrieved: Sequence[Retrieved], stance: StanceModel
) -> tuple[Judged, ...]:
    """The sentences of the passages, each once, in the order of retrieval."""
    sentences = list(_sentences(retrieved))
    texts = [span.of(passage.article.text) for passage, span in sentences]
    scores = await stance.stances(claim, texts)
    return tuple(
        Judged(passage, span, *map(float, row))
        for (passage, span), row in zip(sentences, scores, strict=True)
    )


def _sentences(retrieved: Sequence[Retrieved]) -> Iterator[tuple[StoredPassage, Span]]:
    seen: set[tuple[str, Span]] = set()
    for found in retrieved:
        for span in found.stored.passage.sentences:
            key = (found.stored.article.id, span)
            if key not in seen:
                seen.add(key)
                yield found.stored, span
