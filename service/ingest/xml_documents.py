"""XML as the web has it: read in spite of its flaws, with nothing loaded and nothing unfolded.

Feeds and sitemaps are written by templates, so that an undeclared prefix, a stray control
character or a bare `&` is common. None of them makes the rest unreadable.
"""

import re
from contextlib import suppress
from html import escape, unescape
from urllib.parse import urljoin

from lxml import etree

from service.ingest.encoding import decode
from service.ingest.fetch import Document

Element = etree._Element  # noqa: SLF001 - the class has no public name

_NAMESPACES = {
    "www.w3.org/2005/atom": "",
    "purl.org/atom/ns": "",
    "purl.org/rss/1.0": "",
    "purl.org/net/rss1.1": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "www.google.com/schemas/sitemap-news/0.9": "news",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/terms": "dcterms",
}
"""What a namespace is called here, by its address in lower case, without the `#` or `/` at its
end."""

# XML without a byte order mark, by its first character (XML 1.0, appendix F).
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"\0\0\0<", "utf-32-be"))
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
# Tags of HTML that somebody has written into a text: they need not be closed, as XML's must.
_HTML_TAG = (
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|div|em|embed|font|h[1-6]|hr|i|iframe|img|li|ol|p"
    r"|pre|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)\b"
    r"(?![:.-])"
)
_FLAW = re.compile(
    rf"(?P<data><!\[CDATA\[.*?(?:\]\]>|\Z))|(?P<comment><!--.*?(?:-->|\Z))|{_REFERENCE}|&"
    rf"|<(?![A-Za-z_/!?])|{_HTML_TAG}",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)


def decode_markup(body: bytes, declared: str | None = None) -> str:
    """`decode` for what may be XML: UTF-16 without a mark, and text with a stray NUL, are text.

    Raises UnreadableDocument for bytes that are not text.
    """
    for first, encoding in _UNMARKED:
        if body.startswith(first):
            return body.decode(encoding, "replace").replace("\0", "")
    if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        body = body.replace(b"\0", b"")
    return decode(body, declared)


def read_xml(document: Document) -> Element | None:
    """The root of a feed or a sitemap, None where there is none. What a server has said before it
    is passed over; a file that was cut off gives what stands before the cut.

    Names are in lower case: `title` for what is in the root's own namespace, `{dc}date` for the
    others, which are called as in `_NAMESPACES` or by the prefix as written. References become
    characters as in HTML; those to a document's own entities stay as written. Raises
    UnreadableDocument for bytes that are not text.
    """
    text = decode_markup(document.body, document.charset)
    text = text[: text.rfind(">") + 1]  # a word cut in two is no word
    mended = _NO_CHARACTER.sub(" ", _FLAW.sub(_mended, text))
    begin = _ROOT.search(mended)
    if begin is None:
        return None
    mended = mended[begin.start() :]
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    root = etree.fromstring(mended.encode(), parser, base_url=document.url)
    own = _namespace(root)
    for element in root.iter(etree.Element):
        with suppress(ValueError):  # names that no XML has, such as `<x:28>`, say nothing here
            element.tag = _name(element, own)
    return root


def words(element: Element) -> str:
    """All text in the element, without white space around it."""
    return str(element.xpath("string()")).strip()


def unescaped(markup: str) -> str:
    """`markup` with the references of HTML resolved."""
    return re.sub(_REFERENCE, lambda found: unescape(found[0]), markup)


def joined(base: str, address: str) -> str:
    """`address` as it is meant in a document at `base`; as written where that cannot be told, so
    that who opens it says what is wrong."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _mended(found: re.Match[str]) -> str:
    if found["comment"]:
        return ""
    return found["data"] or escape(unescape(found[0]) if len(found[0]) > 1 else found[0])


def _name(element: Element, own: tuple[str, str]) -> str:
    namespace, prefix = _namespace(element)
    local = re.split("[}:]", str(element.tag))[-1]
    called = "" if (namespace, prefix) == own else prefix or element.prefix or ""
    called = _NAMESPACES.get(namespace, called)
    return (f"{{{called}}}{local}" if called else local).lower()


def _namespace(element: Element) -> tuple[str, str]:
    """Its address as in `_NAMESPACES` and the prefix, which is in the tag where nothing declares
    it; one of the two is empty."""
    address, _, local = str(element.tag).rpartition("}")
    bare = re.sub(r"^\{\s*(?:https?://)?", "", address.lower())
    return bare.strip().rstrip("/#"), local.rpartition(":")[0]
