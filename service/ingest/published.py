"""When a page says that it was published, to the second.

trafilatura gives a date without its time, which is too coarse to tell the newer of two reports of
one day. So the statements that pages make for machines are read here first: schema.org's JSON-LD,
Open Graph's `article:published_time` and their like, microdata.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from service.ingest.dates import parse_moment

_JSON_LD = '//script[@type="application/ld+json"]'
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
_ARTICLE_TYPES = ("article", "posting", "report")


def published_at(tree: HtmlElement) -> datetime | None:
    """The moment of publication that the page states, in UTC, None where it states none."""
    for statements in (_json_ld, _meta, _microdata):
        for written in statements(tree):
            moment = parse_moment(written)
            if moment is not None:
                return moment
    return None


def _json_ld(tree: HtmlElement) -> Iterator[str]:
    """Those of articles first: the page around one may bear another date."""
    nodes = [node for script in tree.xpath(_JSON_LD) for node in _nodes(script.text)]
    for node in sorted(nodes, key=_is_article, reverse=True):
        if isinstance(written := node.get("datePublished"), str):
            yield written


def _nodes(script: str | None) -> Iterator[dict[str, Any]]:
    """The things a script describes at its top; what they link to has dates of its own."""
    try:
        described = json.loads(script or "null", strict=False)
    except (ValueError, RecursionError):
        return
    for item in described if isinstance(described, list) else [described]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            yield item
            yield from (
                (node for node in graph if isinstance(node, dict))
                if isinstance(graph, list)
                else ()
            )


def _is_article(node: dict[str, Any]) -> bool:
    return str(node.get("@type")).lower().strip("[]'\"").endswith(_ARTICLE_TYPES)


def _meta(tree: HtmlElement) -> Iterator[str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.lower(), meta.get("content") or "")
    yield from (found[name] for name in _META_NAMES if name in found)


def _microdata(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(_ITEMPROP):
        yield element.get("datetime") or element.get("content") or ""
