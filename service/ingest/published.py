"""When a page says that it was published; and where it does not, what may be guessed."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from lxml.html import HtmlElement

from service.ingest.dates import parse_moment

# The surest first. Of 700 pages whose date is known, those with another name that were measured
# (`dcterms.date`, `created`, `release_date`) were wrong in a third and more.
_META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "article:post_date",
    "datepublished",
    "date_published",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.publication",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time",
    "bt:pubdate",
    "og:pubdate",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "citation_publication_date",
    "citation_online_date",
)
_LOOSE_META_NAMES = ("dc.date", "dc:date", "date", "dcterms.created", "dc.date.created")
"""Of a document, which may be that of a change: one in six was wrong. A guess."""
_MARKED = (
    '//*[@itemprop="datePublished"]'
    # Microformats: hAtom and its successor, h-entry.
    '|//*[contains(concat(" ", @class, " "), " published ")]'
    '|//*[contains(concat(" ", @class, " "), " dt-published ")]'
    "|//time[@pubdate]"
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/_.-]|$)")
_APART = frozenset({"aside", "nav", "form"})
_WHOLE = frozenset({"html", "body", "head", "main", "article"})
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comments?(?:-?list)?|respond|disqus\w*|replies|related\w*|recommend\w*|teasers?"
    r"|sidebar|promo|trending|popular|newsletter|most-?(?:read|popular)|read-?(?:more|next)"
    r"|more-?(?:on|stories|news)|latest|modified|updated|lastmod|date-?modified|h-cite)"
    r"(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
_PROPERTIES = frozenset({"dateModified", "comment", "commentTime", "dateCreated"})
_CHANGE = re.compile(
    r"\A\W*+(?:last\s+)?(?:updated?|modified|edited|reviewed|revised|changed)\b", re.IGNORECASE
)
_CHANGE_CHARS = 120
_CHANGE_META = re.compile(r"modif|updat|expir|revis|lastmod|unpublish|crawl", re.IGNORECASE)
_FIRST_YEAR = 2


def published_at(tree: HtmlElement) -> datetime | None:
    """The moment that metadata, microdata or microformats state, None where none does.

    `tree` is without what has dates of its own; see `drop_other_dates`.
    """
    return next(filter(None, map(stated_moment, (*_meta(tree, _META_NAMES), *_marked(tree)))), None)


def stated_moment(written: str) -> datetime | None:
    """What is written, unless it is what systems write for no date: the year 1, or 1970 began."""
    moment = parse_moment(written)
    if moment is None or moment.year < _FIRST_YEAR or not moment.timestamp():
        return None
    return moment


def guessed_at(tree: HtmlElement, url: str | None) -> datetime | None:
    """The day in the page's address, of its metadata, or the first that is marked as a time. `tree`
    as above."""
    if in_address := _IN_ADDRESS.search(url or ""):
        year, month, day = in_address.groups()
        if moment := parse_moment(f"{year}-{month:0>2}-{day:0>2}"):
            return moment
    loose = map(stated_moment, _meta(tree, _LOOSE_META_NAMES))
    if moment := next(filter(None, loose), None):
        return moment
    times = (
        stated_moment(time.get("datetime") or time.text_content()) for time in tree.iter("time")
    )
    return next(filter(None, times), None)


def drop_other_dates(tree: HtmlElement) -> None:
    """Takes out of `tree` what dates a change, a comment or another article."""
    headed = any(_is_within("article", headline) for headline in tree.iter("h1"))
    for element in list(tree.iter("*")):
        if _is_other(element, headed=headed) and element.getparent() is not None:
            element.drop_tree()


def _is_other(element: HtmlElement, *, headed: bool) -> bool:
    """Whether what it says is not said of the article, unless the headline is in it. `headed` says
    that some article has the headline, so that every other is another."""
    if element.tag in _WHOLE:
        another = headed or _is_within("article", element)
        return element.tag == "article" and another and not _has_h1(element)
    if element.tag == "meta":
        keys = ("property", "name", "http-equiv", "itemprop")
        return any(_CHANGE_META.search(element.get(key) or "") is not None for key in keys)
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    other = (
        element.tag in _APART
        or (element.tag == "footer" and not _is_within("article", element))
        or element.get("itemprop") in _PROPERTIES
        or (_OTHERS.search(names) is not None and "published" not in names)
        or _is_change(element)
    )
    return other and not _has_h1(element)


def _is_change(element: HtmlElement) -> bool:
    """Whether it begins with "Updated" and is short, as a line about a change is."""
    begins = _CHANGE.match(element.text or "") or (
        len(element) and not (element.text or "").strip() and _CHANGE.match(element[0].text or "")
    )
    return bool(begins) and len(element.text_content()) <= _CHANGE_CHARS


def _has_h1(element: HtmlElement) -> bool:
    return element.find(".//h1") is not None


def _is_within(tag: str, element: HtmlElement) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _meta(tree: HtmlElement, names: Sequence[str]) -> Iterator[str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.lower(), meta.get("content") or "")
    yield from (found[name] for name in names if name in found)


def _marked(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(_MARKED):
        yield (
            element.get("datetime")
            or element.get("content")
            or element.get("title")
            or element.text_content()
        )
