"""A draft's statements are found where they stand, and each is checked."""

from service.domain.draft import Draft, DraftFormat
from service.domain.verdict import Verdict
from service.pipeline.draft import statements
from service.wiring import Services

DRAFT = """# Bridge to stay shut

<!-- desk: check the figure -->
About **28,000** vehicles use the [Sallow Bridge](https://x.example) every day.

Will it open in May? It is a beautiful bridge.
"""


def test_statements_are_found_at_their_place_in_the_draft() -> None:
    """Headings, questions and opinions are passed over; markup is not part of the claim."""
    ((span, statement),) = statements(Draft(DRAFT, DraftFormat.MARKDOWN))
    assert statement == "About 28,000 vehicles use the Sallow Bridge every day."
    assert span.of(DRAFT).startswith("About **28,000** vehicles")
    assert span.of(DRAFT).endswith("every day.")


def test_windows_line_ends_do_not_shift_positions() -> None:
    """Offsets count in the draft as it was handed in."""
    text = "One dam held.\r\n\r\nAnother dam did not hold.\r\n"
    assert [span.of(text) for span, _ in statements(Draft(text))] == [
        "One dam held.",
        "Another dam did not hold.",
    ]


async def test_findings_come_in_the_order_of_the_draft(samples: Services) -> None:
    """Each statement has its verdict, although several are checked at once."""
    text = (
        "About 28,000 vehicles use the Sallow Bridge every day.\n"
        "About 18,000 vehicles use the Sallow Bridge every day.\n"
        "A herd of bison was released in the Carpathian mountains.\n"
    )
    findings = [finding async for finding in samples.drafts.check(Draft(text))]
    assert [finding.span.of(text) + "\n" for finding in findings] == text.splitlines(keepends=True)
    assert [finding.check.verdict for finding in findings] == [
        Verdict.CONTRADICTED,
        Verdict.SUPPORTED,
        Verdict.NO_EVIDENCE,
    ]
