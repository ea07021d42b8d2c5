"""Articles going in and coming out."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, JsonValue, model_validator

from service.domain.article import (
    ARTICLE_ID,
    MAX_ID_CHARS,
    Article,
    StoredRevision,
    Submission,
)
from service.domain.indexing import Change, Outcome
from service.wire.evidence import ArticleReference
from service.wire.fields import Asked, LocalTime, Name, Shape, Time

ArticleId = Annotated[str, Field(min_length=1, max_length=MAX_ID_CHARS, pattern=ARTICLE_ID)]


class ArticleContent(Asked):
    """An article as handed in. One of `text`, `html` or `url` is the source."""

    text: str | None = Field(None, min_length=1, description="The article's text.")
    html: str | None = Field(
        None, min_length=1, description="The page; its text and facts are extracted."
    )
    url: str | None = Field(
        None, max_length=4_000, description="Where it is; fetched when it is all there is."
    )
    title: str | None = Field(None, max_length=2_000, description="The headline.")
    publisher: Name | None = Field(None, description="The outlet.")
    authors: tuple[Name, ...] | None = Field(None, max_length=200, description="Who wrote it.")
    published_at: LocalTime | None = Field(
        None,
        description="An instant in the zone of the publisher, whose day is the day of publication; "
        "without a zone it is UTC.",
    )
    published_at_guessed: bool = Field(
        default=False,
        strict=True,
        description="Whether `published_at` is a guess; `export` writes it so.",
    )
    language: str | None = Field(None, max_length=35, description="A BCP 47 tag, such as `en`.")
    extra: dict[str, JsonValue] | None = Field(
        None,
        description="Your own fields, kept and given back as they are: up to 100,000 characters "
        "of JSON.",
    )

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
            extra=self.extra,
            published_at_guessed=self.published_at_guessed,
        )


class ArticleRequest(ArticleContent):
    """An article to index. Without an `id` its address gives it one, else its publisher, its title
    and the day of its publication, else its text."""

    id: ArticleId | None = Field(None, description="Your own; otherwise made from the article.")
    stood_from: Time | None = Field(
        None, description="From an export: from when on this revision stood."
    )
    stood_until: Time | None = Field(
        None,
        description="From an export: until when it stood; only of a revision that was replaced. It "
        "takes its place in the article's history.",
    )

    def to_domain(self) -> Submission:
        """The same for the domain."""
        return replace(
            self.submission(self.id), stood_from=self.stood_from, stood_until=self.stood_until
        )


class ArticleSummary(ArticleReference):
    """An article without its text."""

    language: str = Field(description="A BCP 47 tag, such as `en`.")
    extra: dict[str, JsonValue] = Field({}, description="The newsroom's own fields.")
    characters: int = Field(description="Length of the text in code points.")

    @classmethod
    def of(cls, article: Article) -> "ArticleSummary":
        """The article's facts as JSON."""
        return cls(**_facts(article))


class ArticleResponse(ArticleSummary):
    """An article as stored: all offsets are into this `text`."""

    text: str = Field(description="The whole text, which positions point into.")

    @classmethod
    def of(cls, article: Article) -> "ArticleResponse":
        """The article as JSON."""
        return cls(**_facts(article), text=article.text)


class ArticlesResponse(Shape):
    """A page of the archive; `cursor` asks for the next, null on the last."""

    articles: tuple[ArticleSummary, ...] = Field(description="Newest first.")
    cursor: str | None = Field(description="Asks for the next page; null on the last.")


class ArticleRevision(ArticleResponse):
    """A revision, and when it stood."""

    stood_from: datetime | None = Field(description="Null where it bears no date.")
    stood_until: datetime | None = Field(description="Null for the current one.")

    @classmethod
    def of_stored(cls, stored: StoredRevision) -> "ArticleRevision":
        """The revision as JSON."""
        return cls(
            **_facts(stored.article),
            text=stored.article.text,
            stood_from=stored.stood_from,
            stood_until=stored.stood_until,
        )


class RevisionsResponse(Shape):
    """Every revision of an article that stands or stood, newest first."""

    revisions: tuple[ArticleRevision, ...] = Field(description="The current one first.")


class OutcomeResponse(Shape):
    """What became of the article of one line of a batch; a line without one has a problem."""

    line: int = Field(description="The line of the request, from 1.")
    id: str = Field(description="The article's id.")
    revision: str = Field(description="The digest of what was stored.")
    change: Change = Field(description="What became of the article.")

    @classmethod
    def of(cls, line: int, outcome: Outcome) -> "OutcomeResponse":
        """The outcome as JSON; `outcome` has no problem."""
        return cls.model_validate(
            {
                "line": line,
                "id": outcome.article_id,
                "revision": outcome.revision,
                "change": outcome.change,
            }
        )


def _facts(article: Article) -> dict[str, Any]:
    reference = ArticleReference.model_validate(article).model_dump()
    return {
        **reference,
        "language": article.language,
        "extra": article.extra,
        "characters": len(article.text),
    }
