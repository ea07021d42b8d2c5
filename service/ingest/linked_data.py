"""What a page says of itself in JSON-LD, by the words of schema.org."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from json_repair import repair_json
from lxml.html import HtmlElement

from service.ingest.authors import person_names
from service.ingest.encoding import unescape
from service.ingest.published import stated_moment

_SCRIPTS = '//script[contains(@type, "ld+json")]'
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_ARTICLE_TYPES = ("article", "posting", "report")
_MAX_REPAIRED_CHARS = 300_000
_MAX_REPAIRED_BRACKETS = 5_000
"""Of JSON with an error: repairing takes 0.1 ms a bracket, and pages have a few hundred."""

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The facts of the article that a page describes; those not stated are empty."""

    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None


def linked_data(
    tree: HtmlElement, headlines: Collection[str] = (), url: str | None = None
) -> LinkedData:
    """The facts stated of the article, or where there is none, of the page around it.

    Of several articles the one of this page is taken: the one with its address, else the one with
    one of its `headlines`, else the first that has no other address. A script that cannot be read
    as JSON, with its slips mended, is passed over.
    """
    nodes = [node for script in tree.xpath(_SCRIPTS) for node in _nodes(script.text)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    articles = [node for node in nodes if _is(node, *_ARTICLE_TYPES)]
    article = _of_this_page(articles, {_folded(headline) for headline in headlines}, url)
    around = next((node for node in nodes if _is(node, "webpage")), {})
    title = words(article.get("headline"))
    written = article.get("author") or article.get("creator")
    authors = (name for node in _things(written, by_id) if _writes(node) for name in _names(node))
    publishers = (_name(node) for node in _things(article.get("publisher"), by_id))
    return LinkedData(
        title=title,
        # Some systems write the headline there.
        publisher=next((name for name in publishers if name and name != title), ""),
        authors=tuple(dict.fromkeys(authors)),
        published_at=_published(article) or _published(around),
    )


def words(value: object) -> str:
    """Text in one line, "" for what is no text: many systems escape text for HTML before they
    write it as JSON."""
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _nodes(script: str | None) -> Iterator[Node]:
    """The things a script describes at its top, and what these are about; what they link to
    otherwise are other articles' facts."""
    todo = _list(_described(script or ""))[::-1]
    while todo:
        item = todo.pop()
        if not isinstance(item, dict):
            continue
        yield item
        for name in ("mainEntityOfPage", "mainEntity", "@graph"):
            todo += [part for part in _list(item.get(name)) if isinstance(part, dict)][::-1]


def _described(script: str) -> object:
    """The JSON of a script, without what stands before and behind it (a comment, CDATA, a
    semicolon); slips such as a comma too many or a bare quotation mark are mended."""
    script = _CDATA.sub("", script)
    begin = min((i for i in map(script.find, "{[") if i >= 0), default=0)
    try:
        return json.JSONDecoder(strict=False).raw_decode(script, begin)[0]
    except (ValueError, RecursionError):
        pass
    brackets = script.count("{") + script.count("[")
    if len(script) > _MAX_REPAIRED_CHARS or brackets > _MAX_REPAIRED_BRACKETS:
        return None
    try:
        return repair_json(script[begin:], return_objects=True, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _of_this_page(articles: list[Node], headlines: Collection[str], url: str | None) -> Node:
    if len(articles) < 2:
        return articles[0] if articles else {}

    def distance(article: Node) -> int:
        addresses = set(_addresses(article))
        if url and _place(url) in addresses:
            return 0
        if _folded(words(article.get("headline"))) in headlines:
            return 1
        return 3 if url and addresses else 2

    best = min(articles, key=distance)
    return best if distance(best) < 3 else {}


def _addresses(article: Node) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        for value in _list(article.get(name)):
            address = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
            if isinstance(address, str) and address.startswith(("http://", "https://", "//")):
                yield _place(address)


def _place(url: str) -> str:
    """The address without what does not tell one article from another."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def _folded(headline: str) -> str:
    return "".join(filter(str.isalnum, headline.casefold()))


def _things(value: object, by_id: Mapping[str, Node]) -> Iterator[Node]:
    """The things that a property names: written out, as a bare name, or by their `@id`."""
    for item in _list(value):
        if isinstance(item, str):
            yield {"name": item}
        elif isinstance(item, dict):
            named = "name" in item or "familyName" in item
            yield item if named else by_id.get(str(item.get("@id")), item)


def _writes(node: Node) -> bool:
    """An agency or a desk among the authors is a publisher; people sign articles."""
    return "@type" not in node or _is(node, "person")


def _names(node: Node) -> Iterator[str]:
    """The people of one node: many systems write several into one name."""
    written = [words(name) for name in _list(node.get("name"))]
    if not any(written):
        parts = (words(node.get(part)) for part in ("givenName", "familyName"))
        written = [" ".join(filter(None, parts))]
    for name in written:
        yield from person_names(name)


def _name(node: Node) -> str:
    name = words(node.get("name"))
    return "" if name.startswith(("http://", "https://", "@")) else name


def _published(node: Node) -> datetime | None:
    """Written out, as seconds or milliseconds since 1970, or as a typed value."""
    for value in _list(node.get("datePublished")):
        written = value.get("@value") if isinstance(value, dict) else value
        if moment := stated_moment(str(written) if isinstance(written, int) else words(written)):
            return moment
    return None


def _is(node: Node, *endings: str) -> bool:
    return any(str(kind).lower().endswith(endings) for kind in _list(node.get("@type")))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
