"""The pages that a sitemap lists, by the protocol of sitemaps.org and Google's news extension."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.feed_dates import stated_moment
from service.ingest.fetch import Document
from service.ingest.xml_documents import Element, decode_markup, joined, read_xml, words

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"sitemap\s*:\s*(\S+)", re.IGNORECASE)
_RULE = re.compile(r"(?:user-?agent|(?:dis)?allow|crawl-delay|sitemap)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A list of pages, or in an index of further sitemaps; both in the order of the file."""

    pages: tuple[Submission, ...]
    sitemaps: tuple[str, ...]


def read_sitemap(document: Document) -> Sitemap:
    """What the sitemap lists, in XML or as text with an address a line; of a `robots.txt` the
    sitemaps that it names.

    Title, publisher and date are those of the news extension; `lastmod` is no date of publication
    and is left. Raises UnreadableDocument for what is none of these.
    """
    text = decode_markup(document.body, document.charset)
    if is_robots(text):
        named = _matches(text, _SITEMAP_LINE)
        return Sitemap((), tuple(joined(document.url, line[1]) for line in named))
    if "<" not in text:
        return Sitemap(tuple(Submission(url=line[0]) for line in _matches(text, _ADDRESS)), ())
    root = read_xml(document)
    if root is None or root.tag not in {"urlset", "sitemapindex"}:
        raise UnreadableDocument(f"{document.url} is not a sitemap that can be read")
    pages = ((entry, _text(entry, "loc")) for entry in root.iter("url"))
    indexed = (_text(entry, "loc") for entry in root.iter("sitemap"))
    return Sitemap(
        pages=tuple(_page(entry, url) for entry, url in pages if url),
        sitemaps=tuple(filter(None, indexed)),
    )


def is_text_sitemap(text: str) -> bool:
    """Whether every line that holds something is an address."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return bool(lines) and all(map(_ADDRESS.fullmatch, lines))


def is_robots(text: str) -> bool:
    """Whether the first line that is no comment is a rule for robots (RFC 9309)."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return bool(_RULE.match(first))


def _page(entry: Element, url: str) -> Submission:
    return Submission(
        url=url,
        title=_text(entry, "{news}news/{news}title"),
        publisher=_text(entry, "{news}news/{news}publication/{news}name"),
        published_at=stated_moment(_text(entry, "{news}news/{news}publication_date")),
    )


def _text(element: Element, path: str) -> str | None:
    """The first text at the path that is not empty."""
    return next(filter(None, map(words, element.iterfind(path))), None)


def _matches(text: str, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return filter(None, (form.match(line.strip()) for line in text.splitlines()))
