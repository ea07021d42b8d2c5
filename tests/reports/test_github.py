"""What GitHub's runner takes apart again, checked with its own rules of unescaping."""

import re
from collections.abc import Callable
from dataclasses import replace

from service.domain.article import Article
from service.domain.verdict import Evidence, Notice, NoticeCode, Verdict
from service.reports.github import Level, annotation, drafts_github
from service.reports.job_summary import job_summary
from service.reports.threshold import Threshold
from service.wire.drafts import FindingResponse
from tests.reports.made_report import made_report

MakeFinding = Callable[..., FindingResponse]

DRAFT = "The mill has 20 looms."


def undone(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it: name, properties, message."""
    match = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)", command)
    assert match, command
    properties = dict(one.split("=", 1) for one in match[2].split(","))
    plain = {name: _unescaped(value, property_=True) for name, value in properties.items()}
    return match[1], plain, _unescaped(match[3])


def _unescaped(text: str, *, property_: bool = False) -> str:
    codes = {"%0D": "\r", "%0A": "\n"} | ({"%3A": ":", "%2C": ","} if property_ else {})
    for code, character in codes.items():
        text = text.replace(code, character)
    return text.replace("%25", "%")


def test_an_annotation_says_where_and_why(make_finding: MakeFinding) -> None:
    """Level, place and title in the properties; summary, quote, article and reason below."""
    name, properties, message = undone(annotation("a.md", make_finding(DRAFT, DRAFT), Level.ERROR))
    assert name == "error"
    assert properties == {
        "file": "a.md",
        "line": "1",
        "col": "1",
        "endLine": "1",
        "endColumn": "23",
        "title": "Number differs",
    }
    assert message.split("\n") == [
        (
            "Number differs: “20 looms” here, “about 14 looms” in the archive (foreman Ada Kell, "
            "Dale Courier, 4 March 2025)."
        ),
        "conflicts: The mill reportedly has about 14 looms — foreman Ada Kell via the Gazette",
        "Looms fall silent — Dale Courier, 4 March 2025",
        "NUMBER_DIFFERS: 20 looms (claim) / about 14 looms (source)",
    ]


def test_an_annotation_has_the_notices(make_finding: MakeFinding) -> None:
    """After the summary, a line each."""
    notice = Notice(NoticeCode.EMPTY_INDEX, "The index holds no article yet.")
    found = make_finding(DRAFT, DRAFT, Verdict.NO_EVIDENCE, conflicting=(), notices=(notice,))
    message = undone(annotation("a.md", found, Level.ERROR))[2]
    assert message.split("\n")[1:] == ["The index holds no article yet."]


def test_a_name_with_special_characters_survives(make_finding: MakeFinding) -> None:
    """Comma, colon, percent sign and line break in a file name come out as they went in."""
    name = "drafts/5%,a:b\r\n::error::x.md"
    command = annotation(name, make_finding(DRAFT, DRAFT), Level.WARNING)
    assert undone(command)[1]["file"] == name


def test_a_quote_cannot_begin_a_command_of_its_own(
    make_finding: MakeFinding, article: Article, conflict: Evidence
) -> None:
    """Whatever an article says, an annotation is one line."""
    hostile = replace(conflict, article=replace(article, title="100%\n::error::owned", revision=""))
    command = annotation("a.md", make_finding(DRAFT, DRAFT, conflicting=(hostile,)), Level.ERROR)
    assert "\n" not in command
    assert "100% ::error::owned — Dale Courier" in undone(command)[2]


def test_columns_are_left_out_over_several_lines(make_finding: MakeFinding) -> None:
    """GitHub refuses columns for an annotation that spans lines."""
    draft = "So the mill\nhas 20 looms."
    found = make_finding(draft, "the mill\nhas 20 looms.")
    properties = undone(annotation("a.md", found, Level.WARNING))[1]
    assert properties == {"file": "a.md", "line": "1", "endLine": "2", "title": "Number differs"}


def test_standard_input_has_no_file(make_finding: MakeFinding) -> None:
    """Without a file the annotation is shown with the job."""
    command = annotation(None, make_finding(DRAFT, DRAFT), Level.ERROR)
    assert "file" not in undone(command)[1]


def test_no_more_annotations_than_github_shows() -> None:
    """Ten of each level; drafts that could not be checked come first, and the rest is counted."""
    report = replace(made_report(), has_job_summary=True)
    drafts = report.drafts * 9
    lines = drafts_github(replace(report, drafts=drafts)).splitlines()
    assert [line.split(" ")[0] for line in lines[:-2]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[0] == "::error file=c/broken.md::is not UTF-8 (byte 3)"
    dropped = 2 * 9 + 1 + 2 * 9 - 20
    assert lines[-2] == f"{dropped} further findings in the job summary"
    without = drafts_github(replace(report, drafts=drafts, has_job_summary=False)).splitlines()
    assert without[-2] == f"{dropped} further findings not annotated"


def test_a_note_is_a_notice() -> None:
    """Where it is shown and fails nothing; where it fails the run it is an error."""
    note = "title=Quotation not on record"
    shown = drafts_github(replace(made_report(), show=Threshold.ALL)).splitlines()
    assert [line.split(" ")[0] for line in shown if note in line] == ["::notice"]
    failing = drafts_github(replace(made_report(), fail_on=Threshold.INSUFFICIENT)).splitlines()
    assert [line.split(" ")[0] for line in failing if note in line] == ["::error"]


def test_what_does_not_count_is_told_with_the_verdicts() -> None:
    """In the log and in the job's summary: else a green run seems to have errors."""
    told = "2 drafts, 6 statements: 2 contradicted, 1 disputed, 1 no evidence, 2 supported"
    told += " (1 in the baseline, 1 ignored)"
    assert drafts_github(made_report()).endswith(f"\n{told}\n")
    assert f"\n{told}.\n" in job_summary(made_report())
