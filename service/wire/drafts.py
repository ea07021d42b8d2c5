"""A draft and what was found in it."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from service.domain.draft import Draft, DraftFormat
from service.domain.text import Span, utf16
from service.domain.verdict import Coverage as DomainCoverage
from service.domain.verdict import Finding, Verdict
from service.wire.checks import CheckResponse, Coverage, Scope
from service.wire.fields import Position, Shape

IgnorePattern = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^([^*]*\*){0,5}[^*]*$")
]
"""At most five wildcards, so that matching is fast for every input."""

Ignored = Annotated[
    Annotated[Position, Tag("span")] | Annotated[IgnorePattern, Tag("words")],
    Discriminator(lambda value: "words" if isinstance(value, str) else "span"),
]
"""The type decides which branch applies, so that an invalid value is one error and not two."""


class DraftRequest(Scope):
    """A draft to check."""

    text: str = Field(min_length=1, description="The whole draft.")
    format: DraftFormat = DraftFormat.TEXT
    ignore: tuple[Ignored, ...] = Field(
        (),
        max_length=100,
        description="Parts to leave alone: spans, or words in which `*` stands for any run of "
        "characters within a line.",
    )

    def to_domain(self) -> Draft:
        """The same for the domain."""
        return Draft(
            text=self.text,
            format=self.format,
            filters=self.filters(),
            ignored_spans=tuple(
                Span(part.start, part.end) for part in self.ignore if isinstance(part, Position)
            ),
            ignored_patterns=tuple(part for part in self.ignore if isinstance(part, str)),
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
    coverage: Coverage

    @classmethod
    def of(
        cls, draft: str, findings: Sequence[Finding], coverage: DomainCoverage
    ) -> "DraftResponse":
        """The findings as JSON; `draft` is the text they point into."""
        counted = Counter(finding.check.verdict for finding in findings)
        return cls(
            verdicts={verdict: counted[verdict] for verdict in Verdict if counted[verdict]},
            findings=tuple(FindingResponse.of(draft, finding) for finding in findings),
            coverage=Coverage.model_validate(coverage),
        )


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Where `offset` is, both from 1, columns in code points."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
