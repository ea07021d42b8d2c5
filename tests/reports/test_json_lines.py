import json
from collections.abc import Callable

from service.domain.text import Span
from service.domain.verdict import Check
from service.pipeline.findings import of_statement
from service.reports.json_lines import check_json, draft_json
from service.wire.checks import CheckResponse, Coverage
from service.wire.drafts import DraftRequest, DraftResponse

MakeCheck = Callable[..., Check]


def test_a_check_is_one_line_that_reads_back_as_the_same(answer: CheckResponse) -> None:
    """Nothing is lost or added, and no character is escaped that need not be."""
    line = check_json(answer)
    assert b"\n" not in line
    assert CheckResponse.model_validate_json(line) == answer
    assert "—".encode() in line


def test_a_draft_is_the_http_answer_and_its_file(make_check: MakeCheck) -> None:
    """A script reads the same fields whichever way it asked."""
    check = make_check()
    text = check.claim.text
    finding = of_statement(text, Span(0, len(text)), check)
    asked = DraftRequest(text=text)
    answer = DraftResponse.of(asked, [finding], check.coverage, check.provenance)
    row = json.loads(draft_json("mill.md", answer))
    assert row.pop("file") == "mill.md"
    assert row == answer.model_dump(mode="json")
    assert row["coverage"] == Coverage.model_validate(check.coverage).model_dump(mode="json")
