"""HTML into a page's text and facts. The only file that knows trafilatura."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from service.domain.errors import InvalidArticle, TooLarge, UnreadableDocument
from service.ingest.dates import parse_moment
from service.ingest.published import published_at

MAX_ELEMENTS = 100_000
"""Extraction takes some 70 microseconds an element; long live blogs have 30,000."""

_DOCUMENT = re.compile(r"<(?:!doctype|html|head|title|body|frameset)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])", re.IGNORECASE)
# Without the extensive search no date is guessed from the article's words: better none than wrong.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. One paragraph, heading or list item a line; facts not found are empty.

    `url` is the address that the page calls its own.
    """

    text: str
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    url: str | None = None
    published_at: datetime | None = None
    language: str | None = None


def extract(html: str) -> Page:
    """The article of a page: its main text without navigation, comments and advertising.

    Raises UnreadableDocument for what is not HTML, InvalidArticle for a page without text,
    TooLarge for one with more elements than can be looked through in seconds.
    """
    tree = _parse(html)
    stated = published_at(tree)
    document = _document(tree)
    if document is None or not document.text:
        raise InvalidArticle("no article text was found in this page; give its text instead")
    title = document.title or ""
    return Page(
        text=_without_headline(document.text, title),
        title=title,
        publisher=document.sitename or "",
        authors=tuple(name for name in (document.author or "").split("; ") if name),
        url=document.url,
        published_at=stated or parse_moment(document.date or ""),
        language=_language(tree),
    )


def _parse(html: str) -> HtmlElement:
    whole = _DECLARATION.sub("", html)
    if not _DOCUMENT.search(whole[:10_000]):
        whole = f"<html><body>{whole}</body></html>"
    tree = load_html(whole)
    if tree is None:
        raise UnreadableDocument("this is not HTML that can be read; give the text instead")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise TooLarge(f"this page has more than {MAX_ELEMENTS:,} elements; give its text instead")
    _print_quotation_marks(tree)
    return tree


def _document(tree: HtmlElement) -> Document | None:
    try:
        found = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=dict(_DATE_SEARCH),
        )
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise UnreadableDocument(f"the text of this page cannot be extracted ({error})") from error
    assert found is None or isinstance(found, Document)  # a dict only where asked for
    return found


def _print_quotation_marks(tree: HtmlElement) -> None:
    """Puts in the marks that a browser draws around `<q>`: without them it looks like prose."""
    for quotation in list(tree.iter("q")):
        quotation.text = "“" + (quotation.text or "")
        quotation.tail = "”" + (quotation.tail or "")
        quotation.drop_tag()


def _without_headline(text: str, title: str) -> str:
    """The headline is kept as the title, not as the first sentence of the text."""
    first, separator, rest = text.partition("\n")
    return rest if separator and first.strip() == title.strip() else text


def _language(tree: HtmlElement) -> str | None:
    """The primary language, such as `en`, that the page is marked with."""
    match = _LANGUAGE.match(
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    return match[0].lower() if match else None
