"""The pages that a sitemap lists, by the protocol of sitemaps.org and Google's news extension."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.dates import parse_moment
from service.ingest.fetch import Document


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A list of pages, or in an index of further sitemaps; both in the order of the file."""

    pages: tuple[Submission, ...]
    sitemaps: tuple[str, ...]


def read_sitemap(document: Document) -> Sitemap:
    """What the sitemap lists.

    Title, publisher and date are those of the news extension; `lastmod` is no date of publication
    and is left. Raises UnreadableDocument for broken XML.
    """
    # Entities are not resolved and nothing is loaded from elsewhere, whatever the file asks for.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document.body, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(f"{document.url} is not a sitemap: {error}") from error
    return Sitemap(
        pages=tuple(_pages(root)),
        sitemaps=tuple(_texts(root, "{*}sitemap/{*}loc")),
    )


def _pages(root: etree._Element) -> Iterator[Submission]:
    for page in root.iterfind("{*}url"):
        url = _text(page, "{*}loc")
        if url:
            yield Submission(
                url=url,
                title=_text(page, "{*}news/{*}title"),
                publisher=_text(page, "{*}news/{*}publication/{*}name"),
                published_at=parse_moment(_text(page, "{*}news/{*}publication_date") or ""),
            )


def _text(element: etree._Element, path: str) -> str | None:
    return next(_texts(element, path), None)


def _texts(element: etree._Element, path: str) -> Iterator[str]:
    for found in element.iterfind(path):
        text = (found.text or "").strip()
        if text:
            yield text
