import json

from service.reports.json_lines import check_json, drafts_json
from service.wire.checks import CheckResponse
from tests.reports.made_report import made_report


def test_a_check_is_one_line_that_reads_back_as_the_same(answer: CheckResponse) -> None:
    """Nothing is lost or added, and no character is escaped that need not be."""
    line = check_json(answer)
    assert b"\n" not in line
    assert CheckResponse.model_validate_json(line).model_dump() == answer.model_dump()
    assert "—".encode() in line


def test_a_draft_is_the_http_answer_its_file_and_what_counts() -> None:
    """A script reads the same fields whichever way it asked."""
    report = made_report()
    for line, draft in zip(drafts_json(report).splitlines(), report.drafts, strict=True):
        row = json.loads(line)
        assert row.pop("file") == draft.name
        more = [
            [finding.pop(name) for name in ("fingerprint", "ignored", "in_baseline", "fails")]
            for finding in row["findings"]
        ]
        assert row == draft.answer.model_dump(mode="json")
        assert more == [
            [one.fingerprint, one.ignored, one.known, report.is_failing(one)]
            for one in draft.findings
        ]
