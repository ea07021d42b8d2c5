"""`onrecord draft` as a CI job has it: known findings, silenced ones, changed lines, many files."""

import json
import os
import pty
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import ONRECORD, ROOT

Run = Callable[..., Result]

GOOD = "About 18,000 vehicles use the Sallow Bridge every day."
WRONG = "About 28,000 vehicles use the Sallow Bridge every day."
ALTERED = "“On a Monday we sell nineteen,” said Hap Winterbourne."


@pytest.fixture
def draft(run: Run, server: str) -> Run:
    """Runs `onrecord draft` against a real service, whose models are loaded already."""

    def invoke(*arguments: str | Path) -> Result:
        return run("draft", *arguments, "--server", server)

    return invoke


def write(name: str, *paragraphs: str) -> None:
    """A file below the working folder."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def test_a_baseline_holds_while_the_draft_is_edited(draft: Run) -> None:
    """A paragraph at the top, two that change places, other typography: still green. A new error
    is red, and a mended one leaves the baseline with the next update."""
    write("drafts/a.md", "# A", WRONG, ALTERED)
    known = ("drafts", "--baseline", "ci/known.json")
    Path("ci").mkdir()
    made = draft(*known, "--update-baseline")
    assert (made.exit_code, made.stderr) == (0, "2 findings in ci/known.json\n")
    entries = json.loads(Path("ci/known.json").read_text())["findings"]
    assert [entry["file"] for entry in entries] == ["../drafts/a.md"] * 2
    assert draft(*known).exit_code == 0

    retypeset = ALTERED.replace("“", '"').replace("”", '"').replace("Monday we", "Monday\nwe")
    write("drafts/a.md", "# A", GOOD, retypeset, WRONG.replace("28,000", "**28,000**"))
    edited = draft(*known)
    assert (edited.exit_code, "2 in the baseline" in edited.stdout) == (0, True)

    write("drafts/a.md", "# A", WRONG, "The Sallow Bridge opened in 1985.")
    red = draft(*known)
    assert red.exit_code == 1
    assert "1985" in red.stdout
    assert "28,000" not in red.stdout
    draft(*known, "--update-baseline")
    entries = json.loads(Path("ci/known.json").read_text())["findings"]
    assert {entry["words"] for entry in entries} == {"The Sallow Bridge opened in 1985.", WRONG}


def test_a_pragma_silences_one_rule_in_one_block(draft: Run) -> None:
    """It fails nothing, is counted, and shown with its reason on request."""
    silence = "<!-- onrecord: ignore number-differs because the city counted anew -->"
    write("a.md", silence, WRONG)
    result = draft("a.md")
    assert result.exit_code == 0
    assert result.stdout.endswith("not shown: 1 ignored (--show all)\n")
    shown = draft("a.md", "--show", "all")
    assert "    ignored    the city counted anew\n" in shown.stdout
    write("a.md", silence, GOOD, WRONG)
    assert draft("a.md").exit_code == 1


def test_only_statements_on_changed_lines_are_checked(draft: Run) -> None:
    """A draft without changes is passed over."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example"]
    write("a.md", WRONG, GOOD)
    write("b.md", WRONG)
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], check=True)
    write("a.md", WRONG, "The Sallow Bridge opened in 1985.")
    result = draft("a.md", "b.md", "--changed-since", "HEAD", "--format", "json")
    (row,) = map(json.loads, result.stdout.splitlines())
    (finding,) = row["findings"]
    assert (row["file"], finding["line"], result.exit_code) == ("a.md", 3, 1)


def test_a_revision_that_is_none_is_told_once(run: Run) -> None:
    """Not for each draft, and on standard error alone; outside git no history helps."""
    write("drafts/a.md", GOOD)
    write("drafts/b.md", GOOD)
    asked = ("draft", "drafts", "--changed-since", "nosuch", "--format", "github")
    outside = run(*asked)
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    inside = run(*asked)
    for result in (outside, inside):
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.count("git cannot tell what changed") == 1
    assert "fetch-depth" not in outside.stderr
    assert "fetch-depth: 0" in inside.stderr


def test_others_may_read_a_report(server: str) -> None:
    """It has the mode that the caller's umask gives, unlike the files of a store."""
    write("a.md", GOOD)
    options = ["--baseline", "k.json", "--update-baseline", "--report", "junit=o.xml"]
    command = [*ONRECORD, "draft", "a.md", "--server", server, *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, env=environment, umask=0o022, capture_output=True)
    assert [stat.S_IMODE(Path(name).stat().st_mode) for name in ("k.json", "o.xml")] == [0o644] * 2


def test_one_bad_file_holds_up_no_other(draft: Run) -> None:
    """It is named on standard error and in the report; the exit code is 2, whatever else is."""
    write("drafts/a.md", WRONG)
    write("drafts/c.md", "<!-- onrecord: ignore number-differs -->", WRONG)
    Path("drafts/b.txt").write_bytes(b"Caf\xe9")
    form = "<!-- onrecord: ignore RULE because REASON -->"
    result = draft("drafts", "--report", "sarif=o.sarif", "--report", "junit=o.xml")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "onrecord: drafts/b.txt: is not UTF-8 (byte 3)",
        f"onrecord: drafts/c.md: line 1, column 1: say why number-differs is ignored: {form}",
    ]
    assert "drafts/a.md:1:1: error:" in result.stdout
    (log,) = json.loads(Path("o.sarif").read_text())["runs"]
    assert len(log["invocations"][0]["toolExecutionNotifications"]) == 2
    assert Path("o.xml").read_text().count("<error ") == 2


def test_the_project_file_says_what_is_asked_each_time(draft: Run) -> None:
    """Files, threshold, words to leave alone; an option goes before it."""
    write("drafts/a.md", WRONG, "The bakery in Ostrava sells nine sorts of bread.")
    Path(".onrecord.toml").write_text(
        'files = ["drafts"]\nfail_on = "insufficient"\nignore = ["About 28,000*"]\n'
    )
    result = draft()
    assert result.exit_code == 1
    assert "claim-no-evidence" in result.stdout
    assert "number-differs" not in result.stdout
    assert draft("--fail-on", "disputed").exit_code == 0


def test_without_drafts_the_command_says_how_to_name_them(run: Run) -> None:
    """Exit code 2."""
    result = run("draft")
    assert (result.exit_code, "list them as files in .onrecord.toml" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--update-baseline"], "needs the file's name"),
        (
            ["--baseline", "none.json"],
            "onrecord: there is no baseline none.json; make one with --update-baseline\n",
        ),
        (["--baseline", "."], "the baseline . cannot be read: Is a directory\n"),
        (["--report", "json=no/a.json"], "no/a.json cannot be written: there is no folder no\n"),
        (["--report", "json=."], "cannot be written: it is a folder\n"),
        (
            ["--baseline", "no/a.json", "--update-baseline"],
            "no/a.json cannot be written: there is no folder no\n",
        ),
        (["--changed-since", ""], "--changed-since is empty; name a commit or a branch\n"),
        (
            ["--baseline", "n.json", "--update-baseline", "--changed-since", "HEAD"],
            "leave out --changed-since",
        ),
        (["--report", "pdf=x"], "write FORMAT=FILE, a format being text, json, sarif,"),
    ],
)
def test_options_that_cannot_be_are_refused(run: Run, options: list[str], problem: str) -> None:
    """Before anything is read or checked."""
    result = run("draft", "missing.md", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert problem in result.stderr
    assert "missing.md" not in result.stderr


def test_a_workflow_has_annotations_and_a_summary(
    draft: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary is added to what the step wrote before."""
    Path("summary.md").write_text("# Before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    write("a.md", WRONG)
    result = draft("a.md", "--format", "github")
    assert result.stdout.startswith("::error file=a.md,line=1,col=1,")
    summary = Path("summary.md").read_text()
    assert summary.startswith("# Before\n## Onrecord\n")
    assert "| 1 | **Number differs** |" in summary


def test_a_log_has_no_progress_bar(draft: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on standard error of a run without problems, even where colours are wanted."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    write("a.md", GOOD)
    assert draft("a.md").stderr == ""


def test_a_terminal_has_one(server: str) -> None:
    """It names the draft that is being checked, and the report is not mixed with it."""
    write("a.md", GOOD)
    ours, theirs = pty.openpty()
    command = [*ONRECORD, "draft", "a.md", "--server", server]
    environment = os.environ | {"TERM": "xterm", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=theirs, env=environment, text=True
    )
    os.close(theirs)
    assert b"checking a.md" in os.read(ours, 100_000)
    os.close(ours)
    assert done.stdout.startswith("1 draft, 1 statement: ")
