"""A draft and its findings as LanguageTool's HTTP API has them (https://languagetool.org/http-api/),
for editors' plugins that know no other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from pydantic import Field

from service.domain.errors import InvalidInput
from service.domain.finding import RULES, Finding, Severity
from service.domain.text import Span, utf16
from service.wire.fields import Asked, Shape

CONTEXT_CHARS = 40
PICKY = "picky"
"""The level at which notes are told too."""


class Piece(Asked):
    """A piece of an annotated text: words, or markup with what it stands for."""

    text: str | None = None
    markup: str | None = None
    interpretAs: str = ""  # noqa: N815 - LanguageTool's name


class Annotated(Asked):
    """A text with its markup told apart."""

    annotation: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The words to check, and where each stands in what the client sent."""

    words: str
    sent: str
    starts: tuple[tuple[int, int], ...]
    """Pairs of where a piece of words begins, in `words` and in `sent`."""

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "MarkedText":
        """Pieces of words and of markup, in their order."""
        words, sent, starts = "", "", []
        for piece in pieces:
            if piece.text is not None:
                starts.append((len(words), len(sent)))
            words += piece.text if piece.text is not None else piece.interpretAs
            sent += piece.text if piece.text is not None else piece.markup or ""
        return cls(words, sent, tuple(starts))

    def place(self, span: Span) -> Span:
        """A span of `words` as one of `sent`."""
        return Span(self._place(span.start), self._place(max(span.start, span.end - 1)) + 1)

    def _place(self, offset: int) -> int:
        before = [pair for pair in self.starts if pair[0] <= offset]
        words, sent = before[-1] if before else (0, 0)
        return min(sent + offset - words, len(self.sent))


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """What a plugin asks."""

    text: MarkedText
    language: str
    picky: bool

    @classmethod
    def parse(cls, body: bytes) -> "ToolRequest":
        """Reads a form. Raises InvalidInput, and ValidationError for `data` that is none."""
        try:
            form = parse_qs(body.decode(), max_num_fields=100, keep_blank_values=True)
        except ValueError as error:
            raise InvalidInput("The body is no form in UTF-8.") from error
        given = {name: values[-1] for name, values in form.items()}
        if ("text" in given) == ("data" in given):
            raise InvalidInput("Send either `text` or `data`.")
        pieces: Sequence[Piece] = (Piece(text=given.get("text")),)
        if "data" in given:
            pieces = _pieces(given["data"])
        return cls(
            MarkedText.of(pieces), given.get("language", "auto"), given.get("level") == PICKY
        )


def _pieces(data: str) -> Sequence[Piece]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("`data` is no JSON.") from error
    if isinstance(value, dict) and "text" in value:
        return (Piece(text=str(value["text"])),)
    return Annotated.model_validate(value).annotation


class ToolResponse(Shape):
    """What LanguageTool would answer."""

    software: dict[str, Any] = Field(description="Which service answers, and its API's version.")
    warnings: dict[str, bool] = Field(description="Whether the answer is incomplete; it never is.")
    language: dict[str, Any] = Field(description="The language of the text: English.")
    matches: tuple[dict[str, Any], ...] = Field(
        description="The findings, with places in UTF-16 code units of the text as it was sent."
    )

    @classmethod
    def of(cls, asked: ToolRequest, findings: Sequence[Finding]) -> "ToolResponse":
        """Errors and warnings; notes too, where the client is picky."""
        least = Severity.NOTE if asked.picky else Severity.WARNING
        told = [one for one in findings if one.severity and one.severity.rank >= least.rank]
        english = {"name": "English", "code": "en-US"}
        return cls(
            software={"name": "Onrecord", "version": "1", "apiVersion": 1, "premium": False},
            warnings={"incompleteResults": False},
            language={**english, "detectedLanguage": {**english, "confidence": 1.0}},
            matches=tuple(_match(asked.text, finding) for finding in told),
        )


def _match(text: MarkedText, finding: Finding) -> dict[str, Any]:
    assert finding.rule is not None
    rule = RULES[finding.rule]
    suggestion = finding.suggestion
    span = text.place(suggestion.span if suggestion else finding.span)
    start, end = utf16(text.sent, span)
    around = Span(max(0, span.start - CONTEXT_CHARS), min(len(text.sent), span.end + CONTEXT_CHARS))
    first, _ = utf16(text.sent, around)
    return {
        "message": finding.message,
        "shortMessage": rule.name,
        "offset": start,
        "length": end - start,
        "replacements": [{"value": suggestion.text}] if suggestion else [],
        "context": {"text": around.of(text.sent), "offset": start - first, "length": end - start},
        "sentence": finding.check.claim.text,
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule.id,
            "description": rule.help,
            "issueType": "inconsistency",
            "category": {"id": "ON_RECORD", "name": "On record"},
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }
