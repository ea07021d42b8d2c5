"""What of a draft is prose, without its markup, each word with its place in the draft."""

import re
from collections.abc import Iterator, Sequence

from service.domain.draft import Draft, DraftFormat
from service.domain.text import Extract, Piece, Span, blank
from service.english.text.html import html_pieces
from service.english.text.markdown import Block, BlockKind, blocks

_FRONT_MATTER = re.compile(
    r"""\A(?P<fence>---|\+\+\+)[ \t]*+\r?\n
    (?:[ \t\r]*+\n)*+ [^\n:=]++(?::(?=\s)|=)  # the first line states something, as YAML does
    (?:[^\n]*+\n)*? (?P=fence)[ \t]*+\r?(?:\n|\Z)
    """,
    re.VERBOSE,
)


def prose(draft: Draft) -> Extract:
    """What its reader reads of the draft, without what is to be ignored.

    Left out are headings, code and comments. A line break within a paragraph of Markdown or HTML is
    a space, and an empty line parts paragraphs.
    """
    if draft.format is DraftFormat.HTML:
        read = Extract.of(html_pieces(draft.text))
    elif draft.format is DraftFormat.MARKDOWN:
        read = _markdown(draft.text)
    else:
        read = Extract.of([Piece(draft.text.replace("\r", " "), Span(0, len(draft.text)))])
    return read.blanked([*draft.ignored_spans, *_ignored(draft)])


def front_matter(draft: Draft) -> str:
    """What a Markdown draft says of itself in YAML or TOML before its text; empty if nothing."""
    facts = _FRONT_MATTER.match(draft.text) if draft.format is DraftFormat.MARKDOWN else None
    return facts[0] if facts else ""


def _markdown(text: str) -> Extract:
    body = _FRONT_MATTER.sub(lambda facts: blank(facts[0]), text)
    read = Extract.of(piece for block in blocks(body) for piece in _paragraph(block))
    return read.blanked(_comments(read))


def _paragraph(block: Block) -> Sequence[Piece]:
    words = _prose(block)
    if not words.pieces:
        return ()
    end = words.pieces[-1].span.end
    return (*words.pieces, Piece("\n\n", Span(end, end)))


def _prose(block: Block) -> Extract:
    """A paragraph above a rule is a heading to Markdown: one with a full stop is read."""
    if block.kind is BlockKind.CODE:
        return Extract.of(())
    if block.kind is BlockKind.HTML:
        return block.text.rewritten(html_pieces(block.text.words))
    heads = block.kind is BlockKind.HEADING or block.tag == "th"
    return block.prose if not heads or block.prose.words.endswith(".") else Extract.of(())


def _comments(read: Extract) -> Iterator[Span]:
    """Comments that an empty line cuts in two, which are none to Markdown, where they stand."""
    start = read.words.find("<!--")
    while start >= 0:
        end = read.words.find("-->", start)
        if end < 0:
            return
        yield read.origin(Span(start, end + 3))
        start = read.words.find("<!--", end)


def _ignored(draft: Draft) -> Iterator[Span]:
    for pattern in draft.ignored_patterns:
        yield from matches(pattern, draft.text)


def matches(pattern: str, text: str) -> Iterator[Span]:
    """Where `text` has the words of a pattern, in which `*` stands for as few characters of a line
    as it can; from left to right, none overlapping another.

    Where a start fails, those after it in the same line do too: each part is then found at the same
    place or later. So the time is that of reading the text once for each part.
    """
    if not pattern.strip("*"):
        yield Span(0, len(text))
        return
    first, *others = pattern.split("*")
    at = 0
    while (start := text.find(first, at)) >= 0 and at < len(text):
        after = start + len(first)
        end = _end(text, after, others)
        if end is None:
            at = max(start, _line_end(text, after) - len(first)) + 1
            continue
        if end > start:
            yield Span(start, end)
        at = max(end, start + 1)


def _end(text: str, at: int, parts: Sequence[str]) -> int | None:
    """Where the last part ends, each found in the line in which the one before it ends."""
    for words in parts:
        found = text.find(words, at, _line_end(text, at) + len(words))
        if found < 0:
            return None
        at = found + len(words)
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
