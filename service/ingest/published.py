"""When a page says in its markup that it was published, to the second.

trafilatura gives a date without its time, too coarse to tell the newer of two reports of one day.
"""

from collections.abc import Iterator
from datetime import datetime

from lxml.html import HtmlElement

from service.ingest.dates import parse_moment

_META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
)
_ITEMPROP = '//*[@itemprop="datePublished"]'


def published_at(tree: HtmlElement) -> datetime | None:
    """The moment of publication in UTC, None where no metadata and no microdata state one."""
    moments = (parse_moment(written) for written in (*_meta(tree), *_microdata(tree)))
    return next(filter(None, moments), None)


def _meta(tree: HtmlElement) -> Iterator[str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.lower(), meta.get("content") or "")
    yield from (found[name] for name in _META_NAMES if name in found)


def _microdata(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(_ITEMPROP):
        yield element.get("datetime") or element.get("content") or ""
