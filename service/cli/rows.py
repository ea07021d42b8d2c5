"""An article as one line of JSON: what `export` writes, and `index` and the batch call take."""

from service.domain.article import Article
from service.wire.articles import ArticleRequest


def article_row(article: Article) -> bytes:
    """The article's line, UTF-8, with its newline. Read again it is the same revision."""
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
    )
    return request.model_dump_json(exclude_defaults=True).encode() + b"\n"
