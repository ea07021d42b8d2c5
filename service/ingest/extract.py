"""HTML into a page's text and facts. The only file that knows trafilatura."""

import re
from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from trafilatura import bare_extraction, extract_metadata, load_html
from trafilatura.metadata import extract_author
from trafilatura.settings import Document

from service.domain.errors import InvalidArticle, TooLarge, UnreadableDocument
from service.ingest.authors import page_authors, person_names
from service.ingest.dates import parse_moment
from service.ingest.encoding import without_huge_references
from service.ingest.furniture import drop_furniture, without_furniture
from service.ingest.headline import folded, headlines, outlet_names, without_outlet
from service.ingest.linked_data import LinkedData, linked_data
from service.ingest.posts import print_posts
from service.ingest.published import drop_other_dates, guessed_at, published_at
from service.ingest.typography import (
    drop_struck,
    join_lines,
    open_layout_tables,
    print_marks,
    raise_figures,
)

MAX_ELEMENTS = 50_000
"""Extraction took 0.05 to 0.2 ms an element; what is read as an article has a few thousand."""
MAX_METAS = 500
MAX_FACT_CHARS = 1_000
"""Of a title or an attribute that may hold a name or a date."""

_DOCUMENT = re.compile(r"<(?:!doctype|html|head|title|body|frameset)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ARTICLES = (".//article", ".//main", ".//body")
_BLOCKS = ("p", "li", "h2", "h3", "h4", "blockquote", "pre", "dd")
_ASIDE = ("nav", "aside", "footer", "form", "header", "figure")
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
    published_at_guessed: bool = False


def extract(html: str) -> Page:
    """The article of a page: its main text without navigation, comments and advertising.

    Raises UnreadableDocument for what is not HTML, InvalidArticle for a page without text,
    TooLarge for one with more elements than can be looked through in seconds.
    """
    try:
        return _page(_parse(html))
    except (InvalidArticle, UnreadableDocument, TooLarge):
        raise
    except Exception as error:  # whatever a page does to the libraries, it is this page's fault
        raise UnreadableDocument(f"this page cannot be read ({error!r}); give its text") from error


def _page(tree: HtmlElement) -> Page:
    language = _language(tree)
    printed = headlines(tree)
    text, facts, found = _extracted(tree)
    stated = linked_data(tree, printed, found.url)
    moment = stated.published_at or published_at(facts)
    guess = None if moment else guessed_at(facts, found.url) or parse_moment(found.date or "")
    title = stated.title or found.title or ""
    outlets = [name for name in outlet_names(tree) or (stated.publisher,) if name != title]
    known = [*outlets, _host(found.url)]
    return Page(
        text=_without_headline(text, {title, *printed}),
        title=without_outlet(title, [*known, stated.publisher], printed),
        publisher=next(iter(outlets), ""),
        authors=_authors(stated, facts, known),
        url=found.url,
        published_at=moment or guess,
        language=language,
        published_at_guessed=guess is not None,
    )


def _authors(stated: LinkedData, facts: HtmlElement, outlets: Sequence[str]) -> tuple[str, ...]:
    """From JSON-LD, metadata or the byline, whichever first names somebody but the outlet."""
    own = {folded(outlet) for outlet in outlets}
    if people := _without(own, stated.authors) or _without(own, page_authors(facts)):
        return people
    return _without(own, person_names(extract_author(facts) or ""))


def _without(own: Collection[str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if folded(name) not in own)


def _parse(html: str) -> HtmlElement:
    whole = _DECLARATION.sub("", without_huge_references(html))
    if not _DOCUMENT.search(whole[:10_000]):
        whole = f"<html><body>{whole}</body></html>"
    tree = load_html(whole)
    if tree is None:
        raise UnreadableDocument("this is not HTML that can be read; give the text instead")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise TooLarge(f"this page has more than {MAX_ELEMENTS:,} elements; give its text instead")
    return tree


def _extracted(tree: HtmlElement) -> tuple[str, HtmlElement, Document]:
    """The main text, what of the page is said of the article, and the facts that trafilatura finds
    in that."""
    facts = _bounded(tree)
    drop_other_dates(facts)
    _tidy(tree)
    body = bare_extraction(tree, include_comments=False)
    assert body is None or isinstance(body, Document)  # a dict only where asked for
    if body is None or not body.text:
        raise InvalidArticle("no article text was found in this page; give its text instead")
    text = _paragraphs(tree) if _is_run_together(tree, body.text) else body.text
    return without_furniture(text or body.text), facts, _found(facts)


def _is_run_together(tree: HtmlElement, text: str) -> bool:
    """Whether the headline and all else stand in one line, as trafilatura gives a page in which it
    finds hardly any text."""
    lines = (" ".join(heading.text_content().split()) for heading in tree.iter("h1"))
    return any(line and text.startswith(f"{line} ") for line in lines)


def _paragraphs(tree: HtmlElement) -> str:
    """The text of a short article, a line for each paragraph, heading or item."""
    whole = next((found for path in _ARTICLES if (found := tree.find(path)) is not None), tree)
    lines = [
        " ".join(block.text_content().split())
        for block in whole.iter(*_BLOCKS)
        if block.find(".//p") is None and not any(True for _ in block.iterancestors(*_ASIDE))
    ]
    return "\n".join(filter(None, lines))


def _found(facts: HtmlElement) -> Document:
    """What trafilatura finds: title, address, and a guess at the date; nothing where it fails, as a
    page is worth its text alone."""
    try:
        return extract_metadata(facts, date_config=dict(_DATE_SEARCH))
    except Exception:  # noqa: BLE001 - `<math><figure></figure><title>` is an AssertionError of lxml
        return Document()


def _tidy(tree: HtmlElement) -> None:
    """Makes the tree say in words what a reader of the page sees of the article."""
    drop_struck(tree)
    print_posts(tree)
    drop_furniture(tree)
    print_marks(tree)
    raise_figures(tree)
    join_lines(tree)
    open_layout_tables(tree)


def _bounded(tree: HtmlElement) -> HtmlElement:
    """A copy without scripts, long attributes and a long title.

    trafilatura searches them with regular expressions that take minutes for some 100 kB of broken
    JSON, and no thread of Python runs meanwhile.
    """
    copied = deepcopy(tree)
    for script in list(copied.iter("script")):
        script.drop_tree()
    for meta in list(copied.iter("meta"))[MAX_METAS:]:
        meta.drop_tree()
    for element in copied.iter("meta", "link", "time", "abbr"):
        for name, value in element.items():
            element.set(name, value[:MAX_FACT_CHARS])
    for title in copied.iter("title"):
        title.text = (title.text or "")[:MAX_FACT_CHARS]
    return copied


def _without_headline(text: str, headlines: Collection[str]) -> str:
    """The headline is kept as the title, not as the first sentence of the text."""
    first, separator, rest = text.partition("\n")
    return rest if separator and first.strip() in headlines else text


def _host(url: str | None) -> str:
    """The name in the address: "ormpost" of https://www.ormpost.example/."""
    host = urlsplit(url or "").hostname or ""
    return host.removeprefix("www.").partition(".")[0]


def _language(tree: HtmlElement) -> str | None:
    """The primary language, such as `en`, that the page is marked with."""
    match = _LANGUAGE.match(
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    return match[0].lower() if match else None
