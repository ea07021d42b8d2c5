"""What a fetched document is, and how it becomes an article's source."""

import re
from dataclasses import replace
from enum import StrEnum

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.encoding import decode
from service.ingest.fetch import Document
from service.ingest.sitemaps import is_robots, is_text_sitemap
from service.ingest.xml_documents import decode_markup

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<([A-Za-z][\w:.-]*)")
_HEAD_BYTES = 65_536


class Kind(StrEnum):
    """What can be read from an address."""

    PAGE = "page"
    TEXT = "text"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROBOTS = "file of rules for robots"


_BY_ROOT = {
    "rss": Kind.FEED,
    "feed": Kind.FEED,
    "rdf": Kind.FEED,
    "urlset": Kind.SITEMAP,
    "sitemapindex": Kind.SITEMAP,
    "html": Kind.PAGE,
}
"""By the name of the first element without its prefix."""

_LISTING = re.compile(
    r"<title>\s*(?:index of /|directory listing for /)|>\[to parent directory\]<", re.IGNORECASE
)
"""What Apache, nginx, Python and IIS write above the files of a folder."""


def kind_of(document: Document) -> Kind:
    """By its first element, as feeds are served under every XML type and as HTML too; by its lines
    where it has none.

    Raises UnreadableDocument for XML that is none of these, and for the listing of a folder.
    """
    head = _COMMENT.sub("", decode_markup(document.body[:_HEAD_BYTES], document.charset))
    # A server may have said something in HTML before the XML begins.
    kind = _kind_of_root(head) or _kind_of_root(head[max(0, head.find("<?xml")) :])
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        whole = head if len(document.body) < _HEAD_BYTES else head.rpartition("\n")[0]
        kind = _kind_of_lines(whole) or (kind if document.media_type != "text/plain" else None)
    if kind is None and document.media_type == "text/plain":
        return Kind.TEXT
    if kind is None and document.media_type.endswith("xml") and "html" not in document.media_type:
        raise UnreadableDocument(f"{document.url} is XML, but neither a feed nor a sitemap")
    if kind in {None, Kind.PAGE} and _LISTING.search(head):
        raise UnreadableDocument(
            f"{document.url} is the listing of a folder, not an article; give the address of a page"
        )
    return kind or Kind.PAGE


def _kind_of_root(text: str) -> Kind | None:
    first = _TAG.search(text)
    return _BY_ROOT.get(first[1].lower().rpartition(":")[2]) if first else None


def _kind_of_lines(text: str) -> Kind | None:
    if is_text_sitemap(text):
        return Kind.SITEMAP
    return Kind.ROBOTS if is_robots(text) else None


def with_content(given: Submission, document: Document) -> Submission:
    """`given` with the document as its source, and the address where it was.

    Raises UnreadableDocument where the document is not an article but a list of them.
    """
    kind = kind_of(document)
    if kind in {Kind.FEED, Kind.SITEMAP, Kind.ROBOTS}:
        raise UnreadableDocument(
            f"{document.url} is a {kind}, not an article; `onrecord index` takes its articles"
        )
    content = decode(document.body, document.charset)
    if kind is Kind.TEXT:
        return replace(given, text=content, url=document.url)
    return replace(given, html=content, url=document.url)
