"""The pieces of an answer in words, shared by every format."""

from collections.abc import Iterator
from datetime import datetime

from service.domain.text import normalise
from service.domain.verdict import ReasonCode
from service.wire.checks import Coverage, StatementCheck
from service.wire.evidence import ArticleReference, Evidence, Reason


def reason_line(reason: Reason) -> str:
    """`NUMBER_DIFFERS: 5,000 (claim) / about 3,000 (source)`. If the meaning as a whole differs,
    claim and quote are not printed again."""
    if reason.code is ReasonCode.MEANING_DIFFERS:
        return f"{reason.code}: the whole claim / the whole quote"
    claim, source = (one_line(part.text) for part in (reason.claim, reason.source))
    return f"{reason.code}: {claim} (claim) / {source} (source)"


def article_line(article: ArticleReference) -> str:
    """`North Koreans already serve … — Northgate Herald, 17 October 2024`; unknown parts are left
    out, and a guessed date is `perhaps 17 October 2024`."""
    published = day(article.published_at) if article.published_at else "undated"
    if article.published_at_guessed:
        published = f"perhaps {published}"
    where = ", ".join(part for part in (article.publisher, published) if part)
    return one_line(f"{article.title} — {where}" if article.title else where)


def coverage_line(
    coverage: Coverage, as_of: datetime | None = None, *, publisher: str = "publisher"
) -> str:
    """What the index held: `15 articles by 5 publishers, 17 October 2024 to 4 September 2025`;
    `publisher` is what one is called."""
    articles = count(coverage.articles, "article")
    parts = [f"{articles} by {count(coverage.publishers, publisher)}"]
    if not coverage.articles:
        parts = ["no article in the archive could answer"]
    if coverage.oldest and coverage.newest:
        oldest, newest = day(coverage.oldest), day(coverage.newest)
        parts.append(oldest if oldest == newest else f"{oldest} to {newest}")
    if as_of:
        parts.append(f"as of {as_of:%H:%M} UTC on {day(as_of)}")
    return ", ".join(parts)


def foremost(check: StatementCheck) -> Iterator[Evidence]:
    """The best quote of each side; the conflicting one comes first."""
    yield from check.conflicting[:1]
    yield from check.supporting[:1]


def safe_link(link: str | None) -> str | None:
    """The address, if it is one that a browser fetches; a script is none."""
    return link if link and link.startswith(("http://", "https://")) else None


def day(moment: datetime) -> str:
    """`25 October 2024`."""
    return f"{moment.day} {moment:%B %Y}"


def count(number: int, noun: str) -> str:
    """`1 article`, `2,000 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def one_line(text: str) -> str:
    """The text in one line, without control characters, which could control the terminal."""
    return " ".join(normalise(text).split())
