"""What a browser draws and bare text lacks: quotation marks, raised figures, struck-out words."""

import re

from lxml.html import HtmlElement
from lxml.html.builder import P

from service.english.lexicon import COORDINATORS, DETERMINERS, PREPOSITIONS

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_EXPONENT = re.compile(r"[+\-−]?\d{1,3}")
# Raised figures belong to these; behind other words and figures they are marks of a footnote.
_BASE = re.compile(r"(?:^|[^\w.,])(?:10|[mcdkµn]?m|ft|yd|mi|in|s|km|cm)$")
_SUFFIX = re.compile(r"st|nd|rd|th|er|re|[eè]me|e|o|[ªº®™]|SM|TM|me|lle", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[\W\d_]*|[\W_]*\w{1,2}[\W_]*|\W*(?:note|citation needed|edit)\W*.{0,5}")
_STRUCK = "//s|//strike|//del|//*[contains(@style, 'line-through')]"
_SENTENCE_END = re.compile(r"[.!?:;…”’\"')\]]\s*$")
_NEVER_LAST = PREPOSITIONS | DETERMINERS | COORDINATORS
_BLANK_LINE = re.compile(r"\n\s*\n")
_WRAPPED_CHARS = 40
_TABLE_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
_LONG_CELL_CHARS = 300
_BLOCK_CELL_CHARS = 80


def print_marks(tree: HtmlElement) -> None:
    """Puts in the marks that a browser draws around `<q>`: without them it looks like prose."""
    for quotation in list(tree.iter("q")):
        quotation.text = "“" + (quotation.text or "")
        quotation.tail = "”" + (quotation.tail or "")
        quotation.tag = "span"


def drop_struck(tree: HtmlElement) -> None:
    """Takes out what is struck out: the outlet takes it back."""
    for struck in tree.xpath(_STRUCK):
        if struck.getparent() is not None:
            struck.drop_tree()


def raise_figures(tree: HtmlElement) -> None:
    """Raised figures as such (10⁶, m²), not as digits of the figure before them; marks of footnotes
    are taken out."""
    for raised in list(tree.iter("sup")):
        if raised.getparent() is None:
            continue
        words = raised.text_content().strip()
        before = _before(raised)
        if _SUFFIX.fullmatch(words):
            raised.tag = "span"
        elif _EXPONENT.fullmatch(words) and raised.find(".//a") is None and _BASE.search(before):
            _write(raised, words.translate(_RAISED))
        elif _FOOTNOTE.fullmatch(words) or raised.find(".//a") is not None:
            _write(raised, "")
        else:
            raised.text = " " + (raised.text or "")
            raised.tag = "span"


def join_lines(tree: HtmlElement) -> None:
    """A line break within a sentence is white space; others stay.

    Preformatted prose becomes paragraphs, as mail and agencies wrap it.
    """
    for line_break in list(tree.iter("br")):
        before, after = _before(line_break).rstrip(), (line_break.tail or "").lstrip()
        if before and after and _goes_on(before, after):
            _write(line_break, " ")
    for block in list(tree.iter("pre")):
        words = block.text_content()
        if len(block) == 0 and max(map(len, words.splitlines()), default=0) >= _WRAPPED_CHARS:
            for part in _BLANK_LINE.split(words.strip()):
                block.addprevious(P(" ".join(part.split())))
            block.drop_tree()


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence goes on over a line's end."""
    if _SENTENCE_END.search(before):
        return False
    last = before.rsplit(None, 1)[-1].lower()
    return after[0].islower() or last[-1] == "," or last in _NEVER_LAST


def open_layout_tables(tree: HtmlElement) -> None:
    """Tables that place a page's parts become plain blocks; those of data stay."""
    layout = [table for table in tree.iter("table") if _is_layout(table)]
    for table in layout:
        for part in list(table.iter(*_TABLE_PARTS)):
            if next(part.iterancestors("table"), None) is table:
                part.tag = "div"
    for table in layout:
        table.tag = "div"


def _is_layout(table: HtmlElement) -> bool:
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True
    if table.find(".//th") is not None:
        return False
    rows = [[cell for cell in row if cell.tag == "td"] for row in table.iter("tr")]
    if max(map(len, rows), default=0) < 2:
        return True
    return any(map(_holds_prose, (cell for row in rows for cell in row)))


def _holds_prose(cell: HtmlElement) -> bool:
    chars = len(cell.text_content().strip())
    return chars > (_LONG_CELL_CHARS if cell.find("p") is None else _BLOCK_CELL_CHARS)


def _before(element: HtmlElement) -> str:
    """The text right before an element, in its own parent."""
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        return (parent.text or "") if parent is not None else ""
    return previous.tail or (previous.text_content() if isinstance(previous.tag, str) else "")


def _write(element: HtmlElement, words: str) -> None:
    """These words instead of what the element holds: to take it out would copy all text behind it,
    for each of thousands."""
    del element[:]
    element.tag, element.text = "span", words
