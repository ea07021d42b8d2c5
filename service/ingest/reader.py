"""What was handed in, as an article: the adapter behind the port `Reader`."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from service.domain.article import MAX_ID_CHARS, Article, Submission, article_id, is_article_id
from service.domain.errors import InvalidArticle, TooLarge
from service.domain.text import normalise
from service.ingest.dates import zoned
from service.ingest.documents import with_content
from service.ingest.encoding import decode
from service.ingest.extract import Page, extract
from service.ingest.fetch import Fetcher

MAX_ARTICLE_CHARS = 1_000_000
MAX_HTML_BYTES = 10_000_000
MAX_EXTRA_CHARS = 100_000
MAX_EXTRA_LEVELS = 50

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class ArticleReader:
    """Reads text, pages and addresses. What is given wins over what a page says of itself."""

    fetcher: Fetcher
    max_article_chars: int = MAX_ARTICLE_CHARS
    max_html_bytes: int = MAX_HTML_BYTES

    async def read(self, submission: Submission) -> Article:
        """The article, its text normalised. Fetches where there is nothing but an address.

        The address of a fetched article is the one where redirects ended. Raises InvalidArticle,
        UnreadableDocument, TooLarge, FetchRefused or FetchFailed.
        """
        _check_given(submission)
        if submission.text is None and submission.html is None:
            assert submission.url is not None  # checked: there is a source
            document = await self.fetcher.fetch(submission.url)
            submission = await asyncio.to_thread(with_content, submission, document)
        return await asyncio.to_thread(self._article, submission)

    def _article(self, submission: Submission) -> Article:
        page = self._page(submission)
        text = self._text(page)
        title = _line(submission.title or page.title)
        url = submission.url or _web_address(page.url)
        publisher = _line(submission.publisher or page.publisher or _host(url))
        published_at = submission.published_at or page.published_at
        published = zoned(published_at) if published_at else None
        guesser = submission if submission.published_at else page
        guessed = bool(published and guesser.published_at_guessed)
        authors = page.authors if submission.authors is None else submission.authors
        return Article(
            id=submission.id
            or article_id(
                url=url,
                publisher=publisher,
                title=title,
                text=text,
                published_at=None if guessed else published,
            ),
            text=text,
            title=title,
            publisher=publisher,
            authors=tuple(name for name in map(_line, authors) if name),
            url=url,
            published_at=published,
            published_at_guessed=guessed,
            language=submission.language or page.language or "en",
            extra=_extra(submission.extra or {}),
        )

    def _page(self, submission: Submission) -> Page:
        if submission.text is not None:
            return Page(text=submission.text)
        html = submission.html
        assert html is not None  # a source was checked for, and an address was fetched
        size = len(html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass"))
        if size > self.max_html_bytes:
            raise TooLarge(
                f"the page has {size:,} bytes and the limit is {self.max_html_bytes:,}; "
                "give the article's text alone, or raise ONRECORD_MAX_HTML_BYTES"
            )
        return extract(decode(html) if isinstance(html, bytes) else html)

    def _text(self, page: Page) -> str:
        if len(page.text) > self.max_article_chars:
            raise TooLarge(
                f"the text has {len(page.text):,} characters and the limit is "
                f"{self.max_article_chars:,}; split it, or raise ONRECORD_MAX_ARTICLE_CHARS"
            )
        text = normalise(page.text).strip()
        if not any(character.isalnum() for character in text):
            raise InvalidArticle("there are no words in this article")
        return text


def _check_given(submission: Submission) -> None:
    if submission.text is not None and submission.html is not None:
        raise InvalidArticle("give text or html, not both")
    if submission.text is None and submission.html is None and submission.url is None:
        raise InvalidArticle("give text, html or url")
    if submission.url is not None and _web_address(submission.url) is None:
        raise InvalidArticle("url is not an http or https address")
    if submission.id is not None and not is_article_id(submission.id):
        raise InvalidArticle(
            f"an id is 1 to {MAX_ID_CHARS} of the characters A-Z a-z 0-9 . _ ~ - and does not "
            "begin with a dot"
        )
    stood_from, stood_until = submission.stood_from, submission.stood_until
    if stood_from and stood_until and zoned(stood_from) >= zoned(stood_until):
        raise InvalidArticle("stood_until has to be later than stood_from")
    if submission.language is not None and not _LANGUAGE_TAG.fullmatch(submission.language):
        raise InvalidArticle("language is not a BCP 47 tag such as en or pt-BR")


def _extra(given: Mapping[str, object]) -> Mapping[str, object]:
    """As JSON gives it, whatever it came in: YAML has dates of its own, Python's JSON has NaN."""
    try:
        written = json.dumps(given, allow_nan=False, default=str, ensure_ascii=False)
        if len(written) > MAX_EXTRA_CHARS:
            raise TooLarge(f"extra is longer than {MAX_EXTRA_CHARS:,} characters of JSON")
        extra: dict[str, object] = json.loads(written.encode("utf-8", "replace"))
        if _levels(extra) > MAX_EXTRA_LEVELS:
            raise InvalidArticle(f"extra is nested more than {MAX_EXTRA_LEVELS} levels deep")
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArticle(f"extra cannot be written as JSON: {error}") from error
    return extra


def _levels(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_levels, inner), default=0)


def _line(value: str) -> str:
    """A title or a name: one line, without doubled spaces."""
    return " ".join(normalise(value).split())


def _web_address(url: str | None) -> str | None:
    """`url`, if it is one that a reader can open."""
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port  # which is a number up to 65535, or an error
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname and port != 0 else None


def _host(url: str | None) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
