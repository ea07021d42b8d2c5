"""Annotated articles as statements with the roles of their tokens around each cue."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.domain.text import Span
from service.english.lexicon import AUXILIARIES
from service.english.text.quotation_marks import quotations
from service.english.text.segment import segment
from service.english.text.tokens import Statement, Token, statements
from service.models.attribution.pieces import PieceReader, Pieces
from service.models.attribution.roles import Role

_WEAK = AUXILIARIES | {"to", "not", "also", "never", "n't", "n’t"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A cue, as the token that stands for it, and the `Role` of every token read to it."""

    cue: int
    roles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A statement as the model reads it, and all cues in it."""

    pieces: Pieces
    asked: tuple[Asked, ...]


def read_examples(file: Path, reader: PieceReader) -> list[Example]:
    """The statements of every article, in order.

    `file` is JSON Lines, gzip: `text`, and `attributions` with `source`, `cue` and `content` as
    lists of [start, end] code points.
    """
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [example for line in lines for example in examples(json.loads(line), reader)]


def examples(article: Mapping[str, Any], reader: PieceReader) -> Iterator[Example]:
    """One for each statement; attributions without a cue teach nothing and are left out."""
    text = article["text"]
    marked = [mark for mark in article["attributions"] if mark["cue"]]
    for statement in statements(text, segment(text).sentences, quotations(text)):
        pieces = reader.read(statement.tokens)
        if pieces.firsts:
            yield Example(pieces, tuple(_asked(statement, pieces, marked)))


def _asked(
    statement: Statement, pieces: Pieces, marked: Sequence[Mapping[str, Any]]
) -> Iterator[Asked]:
    read = statement.tokens[: len(pieces.firsts)]
    for mark in marked:
        cue = _covered(read, _spans(mark["cue"]))
        if not cue:
            continue
        roles = [int(Role.OUTSIDE)] * len(read)
        for role, part in ((Role.CONTENT, "content"), (Role.SOURCE, "source")):
            for index in _covered(read, _spans(mark[part])):
                roles[index] = int(role)
        for index in cue:
            roles[index] = int(Role.CUE)
        yield Asked(standing_for(read, cue), tuple(roles))


def standing_for(tokens: Sequence[Token], cue: Sequence[int]) -> int:
    """The token that a cue is asked about by: its first that is not "has", "to", "not"."""
    return next((i for i in cue if tokens[i].low not in _WEAK and tokens[i].is_word), cue[0])


def _spans(pairs: Sequence[Sequence[int]]) -> list[Span]:
    return [Span(start, end) for start, end in pairs]


def _covered(tokens: Sequence[Token], spans: Sequence[Span]) -> list[int]:
    """The tokens that lie in the spans by half or more."""
    return [
        index
        for index, token in enumerate(tokens)
        if 2 * sum(_shared(token, span) for span in spans) >= token.end - token.start
    ]


def _shared(token: Token, span: Span) -> int:
    return max(0, min(token.end, span.end) - max(token.start, span.start))
