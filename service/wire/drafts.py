"""A draft and what was found in it."""

from enum import StrEnum

from pydantic import Field

from service.domain.text import utf16
from service.domain.verdict import Finding, Verdict
from service.wire.checks import CheckResponse, CoverageShape, Scope
from service.wire.fields import Position, Shape


class DraftFormat(StrEnum):
    """How the draft is written; offsets count in it as it is, markup included."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


class DraftRequest(Scope):
    """A draft to check."""

    text: str = Field(min_length=1, description="The whole draft.")
    format: DraftFormat = DraftFormat.TEXT
    ignore: tuple[Position | str, ...] = Field(
        (), description="Parts to leave alone: spans, or regular expressions."
    )


class FindingResponse(Shape):
    """One statement of the draft with its check."""

    position: Position = Field(description="Code points into the draft as handed in.")
    utf16: tuple[int, int]
    line: int = Field(description="From 1.")
    column: int = Field(description="From 1, in code points.")
    end_line: int
    end_column: int
    check: CheckResponse

    @classmethod
    def of(cls, draft: str, finding: Finding) -> "FindingResponse":
        """The finding as JSON; `draft` is the text it points into."""
        line, column = line_and_column(draft, finding.span.start)
        end_line, end_column = line_and_column(draft, finding.span.end)
        return cls(
            position=Position.of(finding.span),
            utf16=utf16(draft, finding.span),
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            check=CheckResponse.of(finding.check),
        )


class DraftResponse(Shape):
    """All statements of a draft, in its order."""

    verdicts: dict[Verdict, int] = Field(description="How many statements got which verdict.")
    findings: tuple[FindingResponse, ...]
    coverage: CoverageShape


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Where `offset` is, both from 1, columns in code points."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
