"""A draft and its findings as LanguageTool's HTTP API has them (https://languagetool.org/http-api/),
for editors' plugins that know no other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from service.domain.errors import InvalidInput
from service.domain.finding import RULES, Finding, RuleId, Severity
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


class ToolShape(Shape):
    """An object of an answer, whose fields have LanguageTool's names."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)


class ToolSoftware(ToolShape):
    """The service that answers."""

    name: str = Field("Onrecord", description="Its name.")
    version: str = Field("1", description="Of its contract.")
    api_version: int = Field(1, description="Of LanguageTool's API.")
    premium: bool = Field(default=False, description="Whether a subscription was used: none is.")


class ToolWarnings(ToolShape):
    """Whether an answer is whole."""

    incomplete_results: bool = Field(
        default=False, description="Whether findings are missing; none ever is."
    )


class DetectedLanguage(ToolShape):
    """As which language a text was read."""

    name: str = Field("English", description="Its name.")
    code: str = Field("en-US", description="A BCP 47 tag.")
    confidence: float = Field(1.0, description="In 0..1.")


class ToolLanguage(ToolShape):
    """As which language a text was checked."""

    name: str = Field("English", description="Its name.")
    code: str = Field("en-US", description="A BCP 47 tag.")
    detected_language: DetectedLanguage = Field(DetectedLanguage(), description="The same.")


class ListedLanguage(ToolShape):
    """A language that is checked."""

    name: str = Field(description="Its name.")
    code: str = Field(description="Without a region.")
    long_code: str = Field(description="A BCP 47 tag.")


class Replacement(ToolShape):
    """What could stand there instead."""

    value: str = Field(description="The newer figure, as its source prints it.")


class MatchContext(ToolShape):
    """The words around a finding."""

    text: str = Field(description="Some before, the words themselves, some after.")
    offset: int = Field(description="Where in these the finding begins, in UTF-16 code units.")
    length: int = Field(description="How many it takes.")


class MatchType(ToolShape):
    """How LanguageTool's own editor would underline it."""

    type_name: str = Field("Other", description="Neither spelling nor a hint.")


class MatchCategory(ToolShape):
    """The one category of our rules."""

    id: str = Field("ON_RECORD", description="For programs.")
    name: str = Field("On record", description="For people.")


class MatchRule(ToolShape):
    """Why something was found."""

    id: RuleId = Field(description="The stable name of the rule.")
    description: str = Field(description="What it means and what to do.")
    issue_type: str = Field("inconsistency", description="By the Internationalization Tag Set.")
    category: MatchCategory = Field(MatchCategory(), description="Of all our rules.")


class ToolMatch(ToolShape):
    """A finding. Positions are UTF-16 code units."""

    message: str = Field(description="What was found, for an editor.")
    short_message: str = Field(description="The same in two or three words.")
    offset: int = Field(description="Where it begins in the text as it was sent.")
    length: int = Field(description="How many code units it takes.")
    replacements: tuple[Replacement, ...] = Field(description="At most one.")
    context: MatchContext = Field(description="The words around it.")
    sentence: str = Field(description="The statement that was checked, as it stands alone.")
    type: MatchType = Field(MatchType(), description="How it would be underlined.")
    rule: MatchRule = Field(description="Why it was found.")
    ignore_for_incomplete_sentence: bool = Field(
        default=False, description="Whether it counts only once the sentence is complete."
    )
    context_for_sure_match: int = Field(0, description="How many more words would make it sure.")

    @classmethod
    def of(cls, text: MarkedText, finding: Finding) -> "ToolMatch":
        """A finding that has a rule, at its place in what was sent."""
        assert finding.rule is not None
        rule, suggestion, sent = RULES[finding.rule], finding.suggestion, text.sent
        span = text.place(suggestion.span if suggestion else finding.span)
        around = Span(max(0, span.start - CONTEXT_CHARS), min(len(sent), span.end + CONTEXT_CHARS))
        (start, end), (first, _) = utf16(sent, span), utf16(sent, around)
        length = end - start
        return cls(
            message=finding.message,
            short_message=rule.name,
            offset=start,
            length=length,
            replacements=(Replacement(value=suggestion.text),) if suggestion else (),
            context=MatchContext(text=around.of(sent), offset=start - first, length=length),
            sentence=finding.check.claim.text,
            rule=MatchRule(id=rule.id, description=rule.help),
        )


class ToolResponse(ToolShape):
    """What LanguageTool would answer."""

    software: ToolSoftware = Field(ToolSoftware(), description="Which service answers.")
    warnings: ToolWarnings = Field(ToolWarnings(), description="What is not as it should be.")
    language: ToolLanguage = Field(ToolLanguage(), description="The language of the text: English.")
    matches: tuple[ToolMatch, ...] = Field(description="The findings, in the order of the text.")

    @classmethod
    def of(cls, asked: ToolRequest, findings: Sequence[Finding]) -> "ToolResponse":
        """Errors and warnings; notes too, where the client is picky."""
        least = Severity.NOTE if asked.picky else Severity.WARNING
        told = [one for one in findings if one.severity and one.severity.rank >= least.rank]
        return cls(matches=tuple(ToolMatch.of(asked.text, finding) for finding in told))
