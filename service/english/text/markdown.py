"""Reads Markdown as a reader sees it: blocks of words without markup, each with its place.

markdown-it finds the blocks and the markup in them (CommonMark, with the tables and the
`~~deleted~~` words of GitHub). It gives the lines of a block; while it reads them, this module
notes where the words stand.
"""

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from service.domain.text import Extract, Piece, Span
from service.english.text.html import Tag, hidden_spans, tag_of

_NOTE = re.compile(r"\[\^[^\[\]\s]{1,80}\]")
"""The mark of a footnote, both in the text and before the note."""
_PLACE = "place"
"""The key in a token's `meta` of the span of the block's content that it was read from."""


class BlockKind(Enum):
    """What a block of Markdown is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    CODE = "code"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Block:
    """A block and its words; blocks of code and of HTML are kept as written."""

    kind: BlockKind
    tag: str
    """The name of its element in HTML."""
    line: int
    """Its first line, from 0; the same for all cells of a row."""
    text: Extract
    """Its words."""
    prose: Extract
    """Its words without the code between backticks."""
    opens_item: bool
    """Whether it is the first block of a list item."""


_Rule = Callable[[StateInline, bool], bool]
_References = MutableMapping[str, Any]

_AS_WRITTEN = {
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "html_block": BlockKind.HTML,
}
_KINDS = {"h": BlockKind.HEADING, "t": BlockKind.CELL}
"""By the first letter of the tag."""


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a document in order; a line break within a paragraph is a space.

    Link definitions, rules and pictures have no words. Text that is struck out is left out. Time
    grows with the length of the document, whatever is in it.
    """
    lines = _Lines(markdown)
    reader = _reader()
    references: _References = {}
    tag, opens_item = "", False
    for token in reader.parse("\n".join(lines.texts), references):
        if token.nesting == 1:
            tag = token.tag
            opens_item = opens_item or tag == "li"
            continue
        if token.map is None or not (token.type == "inline" or token.type in _AS_WRITTEN):
            continue
        source = text = prose = lines.placed(token, is_cell=tag in {"th", "td"})
        kind = _AS_WRITTEN.get(token.type)
        if kind is None:
            kind = _KINDS.get(tag[0], BlockKind.PARAGRAPH)
            pieces = list(_inline(token.content, reader, references))
            text = source.rewritten(piece for piece, _ in pieces)
            prose = source.rewritten(piece for piece, is_code in pieces if not is_code)
        yield Block(kind, tag, token.map[0], text, prose, opens_item)
        opens_item = False


class _Lines:
    """The lines of a document, and the offset of each."""

    def __init__(self, markdown: str) -> None:
        lines = markdown.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self.texts = [
            line.removesuffix("\r").replace("\r", " ").replace("\0", "\ufffd") for line in lines
        ]
        self._row, self._cell_end = -1, 0

    def placed(self, token: Token, *, is_cell: bool) -> Extract:
        """The content of a block with its places, without what indents or quotes its lines."""
        first = (token.map or [0])[0] + (token.type == "fence")
        pieces: list[Piece] = []
        for number, line in enumerate(token.content.split("\n"), start=first):
            if number > first:
                pieces.append(Piece("\n", Span(self.starts[number] - 1, self.starts[number])))
            if line:
                pieces += self._line(line, number, is_cell=is_cell)
        return Extract.of(pieces)

    def _line(self, line: str, number: int, *, is_cell: bool) -> Iterator[Piece]:
        """One line of a block: it is the end of a line of the document, or a cell in a row."""
        written, start = self.texts[number], self.starts[number]
        words = line.lstrip()
        if is_cell:
            after = self._cell_end if self._row == number else 0
            at = written.find(words, after)
            self._row, self._cell_end = number, max(after, at + len(words))
        else:
            at = written.rfind(words)
        if not words or at < 0:  # an escaped bar in a cell, or a tab that is split
            yield Piece(line, Span(start, start + len(written)))
            return
        yield Piece(line[: -len(words)], Span(start, start + at))
        yield Piece(words, Span(start + at, start + at + len(words)))


class _Placing(StateInline):
    """Notes where in the content of a block each run of plain text begins."""

    _begun = 0

    def append_pending(self, text: str) -> None:
        """As its parent's."""
        if not self.pending:
            self._begun = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - the parent's name
        """As its parent's."""
        token = super().pushPending()
        token.meta[_PLACE] = Span(self._begun, self._begun + len(token.content))
        return token


def _reader() -> MarkdownIt:
    """CommonMark with GitHub's tables; `_inline` reads the words of a block separately."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader.disable(["inline", "text_join", "fragments_join"])
    rules = reader.inline.ruler
    for name, rule in zip(rules.get_active_rules(), list(rules.getRules("")), strict=True):
        if name in _PLACED:
            rules.at(name, _placing(rule))
    rules.before("link", "note", _note)
    return reader


_PLACED = frozenset(
    """autolink backticks emphasis entity escape html_inline newline strikethrough""".split()
)
"""The rules whose tokens need a place. A link or picture has only the words of other tokens."""


def _placing(rule: _Rule) -> _Rule:
    """The rule, changed so that each token that it makes gets its place."""

    def placing(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        made = (
            [] if silent else [token for token in state.tokens[known:] if _PLACE not in token.meta]
        )
        for token in made:
            if len(made) == 1 or made[0].markup == "autolink":
                token.meta[_PLACE] = Span(start, state.pos)
            else:  # the marks of an emphasis, which follow each other
                token.meta[_PLACE] = Span(start, start + len(token.content))
                start += len(token.content)
        return True

    return placing


def _note(state: StateInline, silent: bool) -> bool:
    """Skips the mark of a footnote, and before a note the colon after it."""
    mark = _NOTE.match(state.src, state.pos, state.posMax)
    if mark is None:
        return False
    if state.pending and not silent:
        state.pushPending()
    opens_note = mark.start() == 0 and state.src.startswith(":", mark.end())
    state.pos = mark.end() + opens_note
    return True


_WORDS = frozenset("text text_special code_inline softbreak hardbreak".split())
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def _inline(
    content: str, reader: MarkdownIt, references: _References
) -> Iterator[tuple[Piece, bool]]:
    """The words of a block, each with whether they are code; spans are into its content."""
    state = _Placing(content, reader, references, [])
    reader.inline.tokenize(state)
    for rule in reader.inline.ruler2.getRules(""):
        rule(state)
    words = [token for token in state.tokens if token.type in _WORDS]
    struck_out = iter([*_struck_out(content, state.tokens), Span(len(content), len(content))])
    gap = next(struck_out)
    for token in words:
        place: Span = token.meta[_PLACE]
        while gap.end <= place.start < len(content):
            gap = next(struck_out)
        if not gap.start <= place.start < gap.end:
            yield (
                Piece(_BREAKS.get(token.type, token.content), place),
                token.type == "code_inline",
            )


def _struck_out(content: str, tokens: Sequence[Token]) -> Sequence[Span]:
    """The spans of words that are deleted or hidden, by tildes or by tags."""
    tags = []
    for token in tokens:
        if token.type == "html_inline":
            tags.append(tag_of(content, token.meta[_PLACE]))
        elif token.type in {"s_open", "s_close"}:
            name = "~~" if token.type == "s_open" else "/~~"
            tags.append(Tag(name, token.meta[_PLACE], hides=True))
    return hidden_spans(tags)
