"""What retrieval alone sees, and what the index holds."""

from pydantic import Field

from service.domain.retrieval import Retrieved
from service.domain.verdict import Coverage as DomainCoverage
from service.wire.checks import Coverage
from service.wire.evidence import ArticleReference
from service.wire.fields import Shape
from service.wire.positions import Position


class PassageResponse(Shape):
    """One passage found, with its scores."""

    id: str = Field(description="The article's id and the passage's number.")
    text: str = Field(description="The words, a slice of the article's text.")
    position: Position = Field(description="Where it stands in the article's text.")
    article: ArticleReference = Field(description="The article it stands in.")
    score: float = Field(description="Reciprocal rank fusion of both legs.")
    cosine: float | None = Field(
        description="How near it is by meaning, as a cosine; null where only words found it."
    )
    rank_by_meaning: int | None = Field(
        description="Counted from 1; null where only words found it."
    )
    rank_by_words: int | None = Field(
        description="Counted from 1; null where only the meaning found it."
    )

    @classmethod
    def of(cls, found: Retrieved) -> "PassageResponse":
        """The passage as JSON."""
        stored, ranked = found.stored, found.ranked
        return cls(
            id=stored.id,
            text=stored.passage.span.of(stored.article.text),
            position=Position.of(stored.passage.span, stored.article.text),
            article=ArticleReference.model_validate(stored.article),
            score=ranked.score,
            cosine=ranked.cosine,
            rank_by_meaning=ranked.rank_by_meaning,
            rank_by_words=ranked.rank_by_words,
        )


class SearchResponse(Shape):
    """Passages for a query, best first."""

    query: str = Field(description="The words asked for.")
    passages: tuple[PassageResponse, ...] = Field(description="The best first.")


class IndexResponse(Coverage):
    """What the index holds, and what identifies it."""

    snapshot: str = Field(description="The name of the index's content.")
    models: dict[str, str] = Field(description="The fingerprint of each model, by its role.")

    @classmethod
    def of(cls, coverage: DomainCoverage, snapshot: str, models: dict[str, str]) -> "IndexResponse":
        """The coverage with what identifies the index."""
        held = Coverage.model_validate(coverage).model_dump()
        return cls(**held, snapshot=snapshot, models=models)


class PublishersResponse(Shape):
    """The publishers whose articles the index holds."""

    publishers: tuple[str, ...] = Field(description="Their names, in the order of the alphabet.")
