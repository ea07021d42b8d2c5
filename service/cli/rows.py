"""An article as one line of JSON: what `export` writes, and `index` and the batch call take."""

from datetime import datetime
from typing import cast

from pydantic import JsonValue

from service.domain.article import Article, StoredRevision
from service.wire.articles import ArticleRequest


def article_row(
    article: Article, stood_from: datetime | None = None, stood_until: datetime | None = None
) -> bytes:
    """The article's line, UTF-8, with its newline. Read again it is the same revision, which stands
    or stood at the same time."""
    request = ArticleRequest.model_construct(
        id=article.id,
        text=article.text,
        title=article.title,
        publisher=article.publisher,
        authors=article.authors,
        url=article.url,
        published_at=article.published_at,
        language=article.language,
        published_at_guessed=article.published_at_guessed,
        extra=cast(dict[str, JsonValue], article.extra) or None,
        stood_from=stood_from,
        stood_until=stood_until,
    )
    return request.model_dump_json(exclude_defaults=True).encode() + b"\n"


def revision_row(stored: StoredRevision) -> bytes:
    """The line of a stored revision. Its times are left out where they say what would be so
    without them: that it stands from its publication until today."""
    as_published = stored.stood_until is None and stored.stood_from == stored.article.published_at
    stood_from = None if as_published else stored.stood_from
    return article_row(stored.article, stood_from, stored.stood_until)
