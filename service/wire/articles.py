"""Articles going in and coming out."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from service.domain.article import Article, Submission
from service.domain.indexing import Change, Outcome
from service.wire.evidence import ArticleReference
from service.wire.fields import Asked, LocalTime, Name, Shape

ArticleId = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$")
]
"""Safe in a path without escaping; a leading dot could be taken for a step up."""


class ArticleContent(Asked):
    """An article as handed in. One of `text`, `html` or `url` is the source."""

    text: str | None = Field(None, min_length=1, description="The article's text.")
    html: str | None = Field(
        None, min_length=1, description="The page; its text and facts are extracted."
    )
    url: str | None = Field(
        None, max_length=4_000, description="Where it is; fetched when it is all there is."
    )
    title: str | None = Field(None, max_length=2_000)
    publisher: Name | None = None
    authors: tuple[Name, ...] | None = Field(None, max_length=200)
    published_at: LocalTime | None = Field(
        None,
        description="An instant in the zone of the publisher, whose day is the day of publication; "
        "without a zone it is UTC.",
    )
    published_at_guessed: bool = Field(
        default=False, description="Whether `published_at` is a guess; `export` writes it so."
    )
    language: str | None = Field(None, max_length=35, description="A BCP 47 tag, such as `en`.")

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.text is not None and self.html is not None:
            raise ValueError("give text or html, not both")
        if self.text is None and self.html is None and self.url is None:
            raise ValueError("give text, html or url")
        return self

    def submission(self, article_id: str | None = None) -> Submission:
        """The same for the domain."""
        return Submission(
            text=self.text,
            html=self.html,
            url=self.url,
            id=article_id,
            title=self.title,
            publisher=self.publisher,
            authors=self.authors,
            published_at=self.published_at,
            language=self.language,
            published_at_guessed=self.published_at_guessed,
        )


class ArticleRequest(ArticleContent):
    """An article to index; without an `id` its address or title gives it one."""

    id: ArticleId | None = None

    def to_domain(self) -> Submission:
        """The same for the domain."""
        return self.submission(self.id)


class ArticleSummary(ArticleReference):
    """An article without its text."""

    language: str
    characters: int = Field(description="Length of the text in code points.")

    @classmethod
    def of(cls, article: Article) -> "ArticleSummary":
        """The article's facts as JSON."""
        return cls(**_facts(article))


class ArticleResponse(ArticleSummary):
    """An article as stored: all offsets are into this `text`."""

    text: str

    @classmethod
    def of(cls, article: Article) -> "ArticleResponse":
        """The article as JSON."""
        return cls(**_facts(article), text=article.text)


class ArticlesResponse(Shape):
    """A page of the archive; `cursor` asks for the next, null on the last."""

    articles: tuple[ArticleSummary, ...]
    cursor: str | None


class OutcomeResponse(Shape):
    """What became of one line of a batch."""

    line: int = Field(description="The line of the request, from 1.")
    id: str | None
    revision: str | None
    change: Change | None
    problem: str | None

    @classmethod
    def of(cls, line: int, outcome: Outcome) -> "OutcomeResponse":
        """The outcome as JSON."""
        return cls(
            line=line,
            id=outcome.article_id,
            revision=outcome.revision,
            change=outcome.change,
            problem=outcome.problem,
        )


def _facts(article: Article) -> dict[str, Any]:
    reference = ArticleReference.model_validate(article).model_dump()
    return {**reference, "language": article.language, "characters": len(article.text)}
