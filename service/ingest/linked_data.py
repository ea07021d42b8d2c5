"""What a page says of itself in JSON-LD, by the words of schema.org."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from service.ingest.published import stated_moment

_SCRIPTS = '//script[@type="application/ld+json"]'
_ARTICLE_TYPES = ("article", "posting", "report")

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The facts of the article that a page describes; those not stated are empty."""

    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None


def linked_data(tree: HtmlElement) -> LinkedData:
    """The facts stated of the article, or where there is none, of the page around it.

    A script that is not JSON is passed over.
    """
    nodes = [node for script in tree.xpath(_SCRIPTS) for node in _nodes(script.text)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    article = next((node for node in nodes if _is(node, *_ARTICLE_TYPES)), {})
    around = next((node for node in nodes if _is(node, "webpage")), {})
    authors = (_name(node) for node in _things(article.get("author"), by_id) if _writes(node))
    publishers = (_name(node) for node in _things(article.get("publisher"), by_id))
    return LinkedData(
        title=_words(article.get("headline")),
        publisher=next(filter(None, publishers), ""),
        authors=tuple(dict.fromkeys(filter(None, authors))),
        published_at=_published(article) or _published(around),
    )


def _nodes(script: str | None) -> Iterator[Node]:
    """The things a script describes at its top; what they link to are other articles' facts."""
    try:
        described = json.loads(script or "null", strict=False)
    except (ValueError, RecursionError):
        return
    for item in _list(described):
        if isinstance(item, dict):
            yield item
            yield from (node for node in _list(item.get("@graph")) if isinstance(node, dict))


def _things(value: object, by_id: Mapping[str, Node]) -> Iterator[Node]:
    """The things that a property names: written out, as a bare name, or by their `@id`."""
    for item in _list(value):
        if isinstance(item, str):
            yield {"name": item}
        elif isinstance(item, dict):
            yield item if "name" in item else by_id.get(str(item.get("@id")), item)


def _writes(node: Node) -> bool:
    """An agency or a desk among the authors is a publisher; people sign articles."""
    return "@type" not in node or _is(node, "person")


def _name(node: Node) -> str:
    name = _words(node.get("name"))
    return "" if name.startswith(("http://", "https://")) else name


def _published(node: Node) -> datetime | None:
    return stated_moment(_words(node.get("datePublished")))


def _is(node: Node, *endings: str) -> bool:
    return any(str(one).lower().endswith(endings) for one in _list(node.get("@type")))


def _words(value: object) -> str:
    """Many systems escape text for HTML before they write it as JSON."""
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
