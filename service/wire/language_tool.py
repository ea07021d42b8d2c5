"""A draft and its findings as LanguageTool's HTTP API has them (https://languagetool.org/http-api/),
for editors' plugins that know no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import parse_qs

from pydantic import ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from service.domain.errors import InvalidInput
from service.domain.finding import RULES, Finding, RuleId, Severity
from service.domain.text import Extract, Piece, Span, Utf16
from service.wire.fields import Asked, Shape

CONTEXT_CHARS = 40
PICKY = "picky"
"""The level at which notes are told too."""


class ToolPiece(Asked):
    """A piece of a text: words, or markup with the words that it stands for."""

    text: str | None = None
    markup: str | None = None
    interpretAs: str = ""  # noqa: N815 - LanguageTool's name

    @model_validator(mode="after")
    def _one(self) -> "ToolPiece":
        if (self.text is None) == (self.markup is None):
            raise ValueError("give either text or markup")
        return self

    @property
    def sent(self) -> str:
        """As the plugin has it."""
        return (self.markup or "") if self.text is None else self.text

    @property
    def words(self) -> str:
        """What is checked of it."""
        return self.interpretAs if self.text is None else self.text


class ToolData(Shape):
    """A text, whole or in pieces. What else a plugin tells of it is without effect."""

    text: str | None = None
    annotation: tuple[ToolPiece, ...] | None = None

    @model_validator(mode="after")
    def _one(self) -> "ToolData":
        if (self.text is None) == (self.annotation is None):
            raise ValueError("give either text or annotation")
        return self

    @property
    def pieces(self) -> Sequence[ToolPiece]:
        """Its pieces, in their order."""
        return (ToolPiece(text=self.text),) if self.annotation is None else self.annotation


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """What a plugin asks."""

    sent: str
    """The text with its markup, as the plugin has it."""
    read: Extract
    """The words of it that are checked."""
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
        if "text" in given:
            data = ToolData(text=given["text"])
        else:
            data = ToolData.model_validate_json(given["data"])
        return cls.of(data.pieces, picky=given.get("level") == PICKY)

    @classmethod
    def of(cls, pieces: Sequence[ToolPiece], *, picky: bool) -> "ToolRequest":
        """Pieces in their order, put together."""
        ends = accumulate(len(piece.sent) for piece in pieces)
        read = Extract.of(
            Piece(piece.words, Span(end - len(piece.sent), end))
            for piece, end in zip(pieces, ends, strict=True)
        )
        return cls("".join(piece.sent for piece in pieces), read, picky)


class ToolShape(Shape):
    """An object of an answer, whose fields have LanguageTool's names."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)


class ToolSoftware(ToolShape):
    """The service that answers."""

    name: str = Field("Onrecord", description="Its name.")
    version: str = Field("1", description="The version of its contract.")
    api_version: int = Field(1, description="The version of LanguageTool's API.")
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
    detected_language: DetectedLanguage = Field(
        DetectedLanguage(), description="As which language it was read: English."
    )


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
    length: int = Field(description="How many code units it takes.")


class MatchType(ToolShape):
    """How LanguageTool's own editor would underline it."""

    type_name: str = Field("Other", description="Neither spelling nor a hint.")


class MatchCategory(ToolShape):
    """The one category of our rules."""

    id: str = Field("ON_RECORD", description="Its name for programs.")
    name: str = Field("On record", description="Its name for people.")


class MatchRule(ToolShape):
    """Why something was found."""

    id: RuleId = Field(description="The stable name of the rule.")
    description: str = Field(description="What it means and what to do.")
    issue_type: str = Field(
        "inconsistency", description="A type of the Internationalization Tag Set."
    )
    category: MatchCategory = Field(MatchCategory(), description="The category of all our rules.")


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
    def of(cls, asked: ToolRequest, units: Utf16, finding: Finding) -> "ToolMatch":
        """A finding that has a rule, at its place in what was sent; `units` are those of that."""
        assert finding.rule is not None
        rule, suggestion, sent = RULES[finding.rule], finding.suggestion, asked.sent
        span = asked.read.origin(suggestion.span if suggestion else finding.span)
        around = Span(max(0, span.start - CONTEXT_CHARS), min(len(sent), span.end + CONTEXT_CHARS))
        (start, end), first = units.pair(span), units.of(around.start)
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
        units = Utf16(asked.sent)
        return cls(matches=tuple(ToolMatch.of(asked, units, finding) for finding in told))
