"""What a fetched document is, and how it becomes an article's source."""

import re
from dataclasses import replace
from enum import StrEnum

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.encoding import decode
from service.ingest.fetch import Document

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FIRST_TAG = re.compile(r"<([A-Za-z][\w:.-]*)")
_HEAD_CHARS = 4096


class Kind(StrEnum):
    """What can be read from an address."""

    PAGE = "page"
    TEXT = "text"
    FEED = "feed"
    SITEMAP = "sitemap"


_BY_ROOT = {
    "rss": Kind.FEED,
    "feed": Kind.FEED,
    "rdf:rdf": Kind.FEED,
    "urlset": Kind.SITEMAP,
    "sitemapindex": Kind.SITEMAP,
    "html": Kind.PAGE,
}


def kind_of(document: Document) -> Kind:
    """By its first element, as feeds are served under every XML type and as HTML too.

    Raises UnreadableDocument for XML that is none of these.
    """
    head = _COMMENT.sub("", decode(document.body[:_HEAD_CHARS], document.charset))
    tag = _FIRST_TAG.search(head)
    kind = _BY_ROOT.get(tag[1].lower()) if tag else None
    if document.media_type == "text/plain":
        return kind if kind and head.lstrip().startswith("<") else Kind.TEXT
    if kind is None and document.media_type.endswith("xml") and "html" not in document.media_type:
        raise UnreadableDocument(f"{document.url} is XML, but neither a feed nor a sitemap")
    return kind or Kind.PAGE


def with_content(given: Submission, document: Document) -> Submission:
    """`given` with the document as its source, and the address where it was.

    Raises UnreadableDocument where the document is not an article but a list of them.
    """
    kind = kind_of(document)
    if kind in {Kind.FEED, Kind.SITEMAP}:
        raise UnreadableDocument(
            f"{document.url} is a {kind}, not an article; `onrecord index` takes its articles"
        )
    content = decode(document.body, document.charset)
    if kind is Kind.TEXT:
        return replace(given, text=content, url=document.url)
    return replace(given, html=content, url=document.url)
