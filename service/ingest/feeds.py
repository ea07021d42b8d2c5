"""The articles that an RSS or Atom feed lists."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import defs

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.feed_dates import stated_moment
from service.ingest.fetch import Document
from service.ingest.xml_documents import Element, joined, read_xml, unescaped, words

_ROOTS = frozenset({"rss", "feed", "rdf"})
_DATES = ("published", "issued", "pubdate", "{dcterms}issued", "{dc}date")
"""What states when an entry was published, the surest first; a change (`updated`) does not."""

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
_BREAKS = frozenset({"br", "p", "div", "li"})
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MAIL = re.compile(r"[<(\[]?(?<![^\s<>()\[\]])[^\s<>()\[\]@]++@[^\s<>()\[\]]+[>)\]]?")


def feed_articles(feed: Document) -> Sequence[Submission]:
    """A submission for each entry that links to a page, in the feed's order, each page once.

    Title, authors and moment of publication are the feed's, as they are exact there. The publisher
    is left to the page: a feed's title ("World | The Example") names a section. Raises
    UnreadableDocument for what is not a feed.
    """
    root = read_xml(feed)
    if root is None or root.tag not in _ROOTS:
        raise UnreadableDocument(f"{feed.url} is not a feed that can be read")
    by_url: dict[str, Element] = {}
    for entry in root.iter("item", "entry"):
        if link := _link(entry):
            by_url.setdefault(joined(entry.base or feed.url, link), entry)
    return [_submission(url, entry) for url, entry in by_url.items()]


def _submission(url: str, entry: Element) -> Submission:
    moments = (stated_moment(words(date)) for date in _children(entry, *_DATES))
    return Submission(
        url=url,
        title=next(filter(None, map(_title, _children(entry, "title", "{dc}title"))), None),
        authors=_authors(entry, "author", "{dc}creator")
        or _authors(entry, "{itunes}author")
        or None,
        published_at=next(filter(None, moments), None),
    )


def _link(entry: Element) -> str | None:
    """RSS writes an address into the element, Atom into `href`; what identifies an entry may be
    one, too."""
    links = [link for link in entry.iterfind("link") if link.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda link: "html" not in link.get("type", "html"))
    names = (name for name in _children(entry, "guid", "id") if _ADDRESS.match(words(name)))
    links += (name for name in names if name.get("isPermaLink") != "false")
    written = (link.get("href", "").strip() or words(link) for link in links)
    return next(filter(None, written), None)


def _title(title: Element) -> str | None:
    """Titles are HTML as often as not, but what stands in angle brackets may also be words."""
    text = words(title)
    if title.get("type") in {"text", "text/plain"}:
        return text or None
    return unescaped(_TAG.sub(_without_tag, text)).strip() or None


def _without_tag(found: re.Match[str]) -> str:
    tag = found[1].lower()
    if tag not in defs.tags:
        return found[0]
    return " " if tag in _BREAKS else ""


def _authors(entry: Element, *elements: str) -> tuple[str, ...]:
    """Names, each once, without the addresses that RSS has beside them: "desk@daily.example (Ann
    Lee)"."""
    written = (
        words(name)
        for author in _children(entry, *elements)
        for name in list(author.iterfind("name")) or [author]
    )
    names = (_MAIL.sub(" ", unescaped(name)).strip(" ,;") for name in written)
    names = (name[1:-1] if name.startswith("(") and name.endswith(")") else name for name in names)
    return tuple(dict.fromkeys(name for name in names if name and not _ADDRESS.match(name)))


def _children(entry: Element, *names: str) -> Iterator[Element]:
    """Those of the first name first."""
    for name in names:
        yield from entry.iterfind(name)
