"""Reads HTML as a reader sees it: words without tags, each with its place in the source.

The source is read once from left to right, so that time grows with its length, whatever is in it.
Articles have another parser, lxml, which repairs broken HTML: they need no places.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.domain.text import Piece, Span

# Every repetition is possessive: a pattern does not try again what it passed over.
_TAG = re.compile(r"""</?(?P<name>[a-zA-Z][\w:-]*+)(?P<rest>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
_NAME = re.compile(r"</?(?P<name>[a-zA-Z][\w:-]*+)(?P<rest>)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?""")
UNSEEN = re.compile(
    r"(?<![\w-])(?:display\s*+:\s*+none\b|visibility\s*+:\s*+hidden\b"
    r"|(?:left|top|text-indent)\s*+:\s*+-\d{3})",
    re.IGNORECASE,
)
"""A style by which no reader sees an element: hidden, or off the screen. An opacity or a size of 0
is often changed by a script or within."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_ONE_LINE = str.maketrans("\n\r\t", "   ")

_HIDDEN = frozenset("script style template noscript pre code textarea del s strike".split())
"""Elements whose words are not part of the text: code, fields, and text that is struck out."""
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in ("script", "style")}
"""Elements in which "<" begins no tag, with a pattern of their end."""
_BLOCKS = frozenset(
    """address article aside blockquote body caption dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p section summary table tbody
    td tfoot th thead title tr ul""".split()
)
_COMMENT = "!--"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, a comment or a declaration; `name` is in lower case, with a slash if it closes."""

    name: str
    span: Span
    hides: bool = False


def html_pieces(source: str) -> Iterator[Piece]:
    """The words of HTML, with characters for entities and spaces for line breaks.

    Each block is a paragraph. Comments, code, text that is struck out and elements that are not
    displayed are left out.
    """
    tags = list(_tags(source))
    hidden = iter([*hidden_spans(tags), Span(len(source), len(source))])
    gap = next(hidden)
    at = 0
    for tag in [*tags, Tag("", Span(len(source), len(source)))]:
        while gap.end <= at < len(source):
            gap = next(hidden)
        if not gap.start <= at < gap.end:
            yield from _words(source, at, tag.span.start)
        at = tag.span.end
        if tag.name.strip("/") in _BLOCKS:
            yield Piece("\n\n", tag.span)
        elif tag.name.strip("/") == "br":
            yield Piece("\n", tag.span)


def hidden_spans(tags: Iterable[Tag]) -> list[Span]:
    """The spans of elements that are not shown, tags included, in order, none within another.

    An element that is not closed hides nothing.
    """
    found: list[Span] = []
    opened: dict[str, list[Tag]] = defaultdict(list)
    for tag in tags:
        if not tag.name.startswith("/"):
            opened[tag.name].append(tag)
        elif opening := opened[tag.name[1:]]:
            first = opening.pop()
            if first.hides:
                found.append(Span(first.span.start, tag.span.end))
    outer: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not outer or span.end > outer[-1].end:
            outer.append(span)
    return outer


def tag_of(source: str, span: Span) -> Tag:
    """The tag at `span`."""
    match = _TAG.match(source, span.start, span.end) or _NAME.match(source, span.start, span.end)
    return _tag(match, span.end) if match else Tag("!", span)


def _tag(match: re.Match[str], end: int) -> Tag:
    name = match["name"].lower()
    closes = match[0].startswith("</")
    hides = not closes and (name in _HIDDEN or _is_hidden(match["rest"]))
    return Tag(f"/{name}" if closes else name, Span(match.start(), end), hides)


def _is_hidden(attributes: str) -> bool:
    return any(
        name.lower() == "hidden" or (name.lower() == "style" and UNSEEN.search(value))
        for name, value in _ATTRIBUTE.findall(attributes)
    )


def _tags(source: str) -> Iterator[Tag]:
    """All tags in order."""
    scan = _Scan(source)
    at = source.find("<")
    while at >= 0:
        tag = scan.comment(at) or scan.element(at)
        at = source.find("<", scan.after(tag) if tag else at + 1)
        if tag:
            yield tag


class _Scan:
    """One pass through a source; an end that is missing is searched for only once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._missing: set[str] = set()

    def comment(self, at: int) -> Tag | None:
        """The comment or declaration that begins at `at`, if one does."""
        if self.source.startswith("<!--", at) and (end := self._find("-->", at + 4)) >= 0:
            return Tag(_COMMENT, Span(at, end + 3))
        if self.source[at + 1 : at + 2] in {"!", "?"} and (end := self._find(">", at)) >= 0:
            return Tag("!", Span(at, end + 1))
        return None

    def element(self, at: int) -> Tag | None:
        """The tag that begins at `at`, if one does. With an unclosed quotation mark it ends at the
        next ">"."""
        match = _TAG.match(self.source, at)
        if match:
            return _tag(match, match.end())
        match = _NAME.match(self.source, at)
        if match is None:
            return None
        end = self._find(">", match.end())
        return _tag(match, end + 1) if end >= 0 else None

    def after(self, tag: Tag) -> int:
        """Where the next tag is looked for: in a script "<" begins none."""
        pattern = _RAW.get(tag.name)
        if pattern is None or tag.name in self._missing:
            return tag.span.end
        found = pattern.search(self.source, tag.span.end)
        if found is None:
            self._missing.add(tag.name)
        return found.start() if found else tag.span.end

    def _find(self, words: str, at: int) -> int:
        found = -1 if words in self._missing else self.source.find(words, at)
        if found < 0:
            self._missing.add(words)
        return found


def _words(source: str, start: int, end: int) -> Iterator[Piece]:
    for entity in _ENTITY.finditer(source, start, end):
        yield _verbatim(source, start, entity.start())
        yield Piece(html.unescape(entity[0]), Span(*entity.span()))
        start = entity.end()
    yield _verbatim(source, start, end)


def _verbatim(source: str, start: int, end: int) -> Piece:
    return Piece(source[start:end].translate(_ONE_LINE), Span(start, end))
