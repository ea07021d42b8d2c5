"""Comments in a draft that silence a rule for the next block, each with its reason.

<!-- onrecord: ignore claim-disputed because both counts are named in the next paragraph -->
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from service.domain.draft import Draft, DraftFormat
from service.domain.errors import InvalidInput
from service.domain.finding import RuleId
from service.domain.text import Extract, Span, trimmed
from service.pipeline.markup import prose
from service.wire.positions import line_and_column

_NAME = "onrecord"
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_FORM = "<!-- onrecord: ignore RULE because REASON -->"


@dataclass(frozen=True, slots=True)
class Pragma:
    """Rules that are silent in one block of a draft."""

    rules: frozenset[RuleId]
    reason: str
    block: Span
    """Into the draft as it was handed in."""

    def silences(self, rule: RuleId | None, span: Span) -> bool:
        """Whether it is about a finding of this rule at this place."""
        return rule in self.rules and self.block.overlaps(span)


def pragmas(text: str, form: DraftFormat) -> tuple[Pragma, ...]:
    """The pragmas of a draft in Markdown or HTML, in order; plain text has no comments.

    The block is the paragraph, list item or table cell that comes next. Raises InvalidInput, with
    line and column, for an unknown rule and where the reason is missing.
    """
    found = [] if form is DraftFormat.TEXT else list(_comments(text))
    if not found:
        return ()
    blocks = list(_blocks(prose(Draft(text, form))))
    return tuple(_pragma(text, span, said, blocks) for span, said in found)


def _comments(text: str) -> Iterator[tuple[Span, list[str]]]:
    """The comments that speak to Onrecord, and the words of each after its name."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        content = text[start + 4 : end].strip()
        said = content[len(_NAME) :]
        if content.lower().startswith(_NAME) and not said[:1].isalnum():
            yield Span(start, end + 3), said.lstrip().removeprefix(":").split()
        start = text.find("<!--", end)


def _blocks(read: Extract) -> Iterator[Span]:
    for block in _BLOCK.finditer(read.words):
        span = trimmed(read.words, Span(*block.span()))
        if len(span):
            yield read.origin(span)


def _pragma(text: str, comment: Span, said: Sequence[str], blocks: Sequence[Span]) -> Pragma:
    line, column = line_and_column(text, comment.start)
    where = f"line {line}, column {column}"
    words = [word.lower() for word in said]
    if words[:1] != ["ignore"]:
        raise InvalidInput(f"{where}: Onrecord knows no such instruction; write {_FORM}")
    because = words.index("because") if "because" in words else len(words)
    names = " ".join(said[1:because]).replace(",", " ").split()
    if not names:
        raise InvalidInput(f"{where}: no rule is named; write {_FORM}")
    rules = frozenset(_rule(name, where) for name in names)
    reason = " ".join(said[because + 1 :])
    if not reason:
        raise InvalidInput(f"{where}: say why {' and '.join(sorted(rules))} is ignored: {_FORM}")
    after = Span(len(text), len(text))
    block = next((block for block in blocks if block.start >= comment.end), after)
    return Pragma(rules, reason, block)


def _rule(name: str, where: str) -> RuleId:
    try:
        return RuleId(name.lower())
    except ValueError as error:
        near = get_close_matches(name.lower(), list(RuleId), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(RuleId)}"
        raise InvalidInput(f"{where}: there is no rule “{name}”; {hint}") from error
