"""Where words stand, and how that is counted."""

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, Field, PrivateAttr, model_validator

from service.domain.text import Mention, Span, Utf16
from service.wire.fields import Shape


class Offsets(StrEnum):
    """How positions are counted."""

    CODE_POINTS = "code_points"
    UTF16 = "utf16"


AskedOffsets = Annotated[
    Offsets,
    Field(
        description="How positions are counted, in the question as in the answer: in Unicode code "
        "points, or as JavaScript does."
    ),
]


class Pointer(Shape):
    """What points into a text, by a `start` and an `end`, half-open."""

    _text: str | None = PrivateAttr(None)
    """The text that it points into; None in what was read from JSON."""

    def into(self, text: str) -> Self:
        """Itself, knowing that text."""
        self._text = text
        return self

    def units(self, by_text: Mapping[str, Utf16]) -> Utf16:
        """How the text counts that it points into."""
        assert self._text is not None
        return by_text[self._text]


class TextSpan(Pointer):
    """Words and where they stand, half-open; in code points, if no other offsets were asked."""

    text: str = Field(description="The words.")
    start: int = Field(description="Offset of the first character.")
    end: int = Field(description="Offset after the last character.")

    @classmethod
    def of(cls, mention: Mention, text: str) -> "TextSpan":
        """The mention as JSON; its span is into `text`."""
        start, end = mention.span.start, mention.span.end
        return cls(text=mention.text, start=start, end=end).into(text)

    @classmethod
    def maybe(cls, mention: Mention | None, text: str) -> "TextSpan | None":
        """The mention as JSON, where there is one."""
        return cls.of(mention, text) if mention else None


class Position(Pointer):
    """Where words stand, half-open; in code points, if no other offsets were asked."""

    start: int = Field(strict=True, ge=0, description="Offset of the first character.")
    end: int = Field(strict=True, ge=0, description="Offset after the last character.")

    @model_validator(mode="after")
    def _forwards(self) -> "Position":
        if self.end < self.start:
            raise ValueError("end is before start")
        return self

    @classmethod
    def of(cls, span: Span, text: str) -> "Position":
        """The span of `text` as JSON."""
        return cls(start=span.start, end=span.end).into(text)

    @property
    def span(self) -> Span:
        """The same for the domain."""
        return Span(self.start, self.end)

    def in_code_points(self, units: Utf16) -> "Position":
        """The same in code points of the text that it counts units of."""
        return Position(start=units.code_points(self.start), end=units.code_points(self.end))


class TextPositionSelector(Pointer):
    """W3C Web Annotation: where words stand in the article's text, half-open; in code points,
    if no other offsets were asked."""

    type: Annotated[str, Field(pattern="^TextPositionSelector$", description="The kind.")] = (
        "TextPositionSelector"
    )
    start: int = Field(description="Offset of the first character.")
    end: int = Field(description="Offset after the last character.")


class Place(Shape):
    """Where something stands in the draft as it was handed in."""

    position: Position = Field(description="Where it stands in the draft as handed in.")
    utf16: tuple[int, int] = Field(
        description="The same in UTF-16 code units, as JavaScript counts, whatever was asked for."
    )
    line: int = Field(description="Counted from 1.")
    column: int = Field(description="Counted from 1, in the units of the positions.")
    end_line: int = Field(description="The line of the first character after it.")
    end_column: int = Field(description="The column of the first character after it.")


class Places:
    """Where parts of one text are, counted in every way."""

    def __init__(self, text: str) -> None:
        self._text, self._units = text, Utf16(text)

    def of(self, span: Span) -> Place:
        """Where the span is."""
        line, column = line_and_column(self._text, span.start)
        end_line, end_column = line_and_column(self._text, span.end)
        return Place(
            position=Position.of(span, self._text),
            utf16=self._units.pair(span),
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
        )


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Where `offset` is, both from 1, columns in code points."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class UnitsByText(defaultdict[str, Utf16]):
    """How each text of an answer counts, found out once."""

    def __missing__(self, text: str) -> Utf16:
        self[text] = Utf16(text)
        return self[text]


Answer = TypeVar("Answer", bound=Shape)


def in_offsets(answer: Answer, offsets: Offsets) -> Answer:
    """The same answer with every position and column in these offsets; `answer` has them in code
    points."""
    if offsets is Offsets.CODE_POINTS:
        return answer
    turned: Answer = _turned(answer, UnitsByText())
    return turned


def _turned(value: Any, by_text: Mapping[str, Utf16]) -> Any:  # noqa: ANN401 - any field
    if isinstance(value, tuple):
        return tuple(_turned(item, by_text) for item in value)
    if not isinstance(value, BaseModel):
        return value
    fields = {name: _turned(field, by_text) for name, field in value}
    if isinstance(value, TextSpan | Position | TextPositionSelector):
        units = value.units(by_text)
        fields |= {"start": units.of(value.start), "end": units.of(value.end)}
    if isinstance(value, Place):
        units, span = value.position.units(by_text), value.position.span
        for name, at in (("column", span.start), ("end_column", span.end)):
            line_start = at - getattr(value, name) + 1
            fields[name] = units.of(at) - units.of(line_start) + 1
    return value.model_copy(update=fields)
