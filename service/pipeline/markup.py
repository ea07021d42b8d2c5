"""Blanks out a draft's markup, so that its prose keeps its positions."""

import html
import re
from collections.abc import Sequence

from service.domain.draft import Draft, DraftFormat
from service.domain.text import Span

_HTML_HIDDEN = re.compile(
    r"<(script|style|template|pre|code)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_HTML_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|tr|td|th|table|blockquote|section|article|header|footer"
    r"|figure|figcaption|title|hr)\b[^>]*>",
    re.IGNORECASE,
)
_HTML_MARKUP = re.compile(r"<!--.*?-->|<[/!?]?[a-zA-Z][^>]*>|<![^>]*>", re.DOTALL)
_HTML_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---(?:\n|\Z)", re.DOTALL)
_FENCED = re.compile(r"^(```|~~~).*?^\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)
_MARKDOWN = re.compile(
    r"""
    ^[ \t]{0,3}(?:\#{1,6}[ \t]+.*|[-=*_]{3,}[ \t]*)$   # headings, rules
    |^[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{1,3}[.)])[ \t]+     # list marks, also in block quotes
    |^[ \t]*(?:>[ \t]?)+                                # block quotes
    |^\|.*\|[ \t]*$                                     # tables
    |^\[[^\]\n]+\]:.*$                                  # link definitions
    |!\[[^\]\n]*\]\([^)\n]*\)                           # images
    |`[^`\n]+`
    |(?<=\])\([^)\s]*(?:\s"[^"\n]*")?\)|(?<=\])\[[^\]\n]*\]|[\[\]]
    |\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|\\(?=[^\w\s])
    """,
    re.MULTILINE | re.VERBOSE,
)


def prose(draft: Draft) -> str:
    """The draft's text, as long as before: markup and what is to be ignored are spaces.

    Line breaks stay where they are. An HTML entity becomes its character and spaces; a block
    element ends its paragraph.
    """
    text = draft.text.replace("\r", " ")
    if draft.format is DraftFormat.HTML:
        text = _without_html(text)
    elif draft.format is DraftFormat.MARKDOWN:
        text = _without_markdown(text)
    return _without(text, [*draft.ignored_spans, *_matching(draft)])


def _without_html(text: str) -> str:
    text = _HTML_HIDDEN.sub(_blank, text)
    text = _HTML_BLOCK.sub(lambda tag: "\n" + _blank(tag)[1:], text)
    text = _HTML_MARKUP.sub(_blank, text)
    return _HTML_ENTITY.sub(_character, text)


def _without_markdown(text: str) -> str:
    for pattern in (_FRONT_MATTER, _FENCED, _COMMENT, _MARKDOWN):
        text = pattern.sub(_blank, text)
    return text


def _matching(draft: Draft) -> Sequence[Span]:
    spans: list[Span] = []
    for pattern in draft.ignored_patterns:
        wild = "[^\n]*?".join(re.escape(part) for part in pattern.split("*"))
        spans += [Span(*match.span()) for match in re.finditer(wild, draft.text)]
    return spans


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        kept = Span(min(span.start, len(text)), min(span.end, len(text)))
        text = text[: kept.start] + _spaces(kept.of(text)) + text[kept.end :]
    return text


def _blank(match: re.Match[str]) -> str:
    return _spaces(match[0])


def _spaces(words: str) -> str:
    return re.sub(r"[^\n]", " ", words)


def _character(entity: re.Match[str]) -> str:
    character = html.unescape(entity[0])
    return character.ljust(len(entity[0])) if len(character) <= len(entity[0]) else entity[0]
