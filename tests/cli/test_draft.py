import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import SAMPLES

Run = Callable[..., Result]

BRIDGE = SAMPLES / "drafts" / "draft-bridge.md"
GOOD = "About 18,000 vehicles use the Sallow Bridge every day."
WRONG = "About 28,000 vehicles use the Sallow Bridge every day."
DISPUTED = "North Korea has sent 10,000 soldiers to Russia."
UNKNOWN = "The bakery in Ostrava sells nine sorts of bread."


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a draft and says where."""

    def write(text: str, name: str = "draft.txt") -> Path:
        (tmp_path / name).write_bytes(text.encode())
        return tmp_path / name

    return write


def test_a_contradicted_statement_is_shown_where_it_stands(
    run: Run, samples: Path, draft: Callable[[str], Path]
) -> None:
    """Exit code 1; file, line and column, the line marked, the quote, and a summary."""
    second = draft(WRONG)
    result = run("draft", BRIDGE, second, "--store", samples)
    assert result.exit_code == 1
    assert f"{BRIDGE}:5:1: error: Number differs: " in result.stdout
    assert "    5 | About 28,000 vehicles use the bridge every day" in result.stdout
    assert f"{second}:1:1: error: Number differs: " in result.stdout
    assert "\n2 drafts, " in result.stdout


def test_a_good_draft_is_clean(run: Run, samples: Path, draft: Callable[[str], Path]) -> None:
    """Exit code 0, and what is supported is counted and not listed."""
    result = run("draft", draft(GOOD), "--store", samples)
    summary = "1 draft, 1 statement: 1 supported\nnot shown: 1 note (--show all)\n"
    assert (result.exit_code, result.stdout) == (0, summary)


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (WRONG, "contradicted", 1),
        (WRONG, "disputed", 1),
        (WRONG, "insufficient", 1),
        (UNKNOWN, "contradicted", 0),
        (UNKNOWN, "disputed", 0),
        (UNKNOWN, "insufficient", 1),
        (GOOD, "insufficient", 0),
        (DISPUTED, "contradicted", 0),
        (DISPUTED, "disputed", 1),
    ],
)
def test_fail_on_decides_what_fails(
    run: Run, server: str, draft: Callable[[str], Path], text: str, fail_on: str, code: int
) -> None:
    """Each level fails for itself and for what is graver."""
    result = run("draft", draft(text), "--server", server, "--fail-on", fail_on)
    assert result.exit_code == code


def test_json_is_a_line_a_file(run: Run, samples: Path, draft: Callable[[str, str], Path]) -> None:
    """Every statement with its position, supported ones too; the same exit code."""
    text = f"# A heading\n\n{WRONG}\n\nIs it lovely? {GOOD}\n"
    first, second = draft(text, "first.md"), draft(GOOD, "second.txt")
    result = run("draft", first, second, "--store", samples, "--format", "json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["file"] for row in rows] == [str(first), str(second)]
    assert result.exit_code == 1
    assert [(one["line"], one["column"]) for one in rows[0]["findings"]] == [(3, 1), (5, 15)]
    for finding, statement in zip(rows[0]["findings"], (WRONG, GOOD), strict=True):
        position = finding["position"]
        assert text[position["start"] : position["end"]] == statement
    assert rows[0]["verdicts"] == {"supported": 1, "contradicted": 1}
    assert rows[1]["verdicts"] == {"supported": 1}


def test_github_annotates_what_fails_and_what_is_disputed(
    run: Run, samples: Path, draft: Callable[[str], Path]
) -> None:
    """Errors for what fails, a warning for a dispute, nothing for what is only not on record."""
    path = draft(f"{WRONG}\n\n{DISPUTED}\n\n{UNKNOWN}\n")
    mild = run("draft", path, "--store", samples, "--format", "github")
    assert [line.split(" ")[0] for line in mild.stdout.splitlines()[:-1]] == [
        "::error",
        "::warning",
    ]
    assert f"file={path.name},line=1,col=1,endLine=1,endColumn={len(WRONG) + 1}," in mild.stdout
    strict = run(
        "draft", path, "--store", samples, "--format", "github", "--fail-on", "insufficient"
    )
    assert [line.split(" ")[0] for line in strict.stdout.splitlines()[:-1]] == ["::error"] * 3


def test_a_draft_comes_from_standard_input(run: Run, samples: Path) -> None:
    """`-` is Markdown, and called stdin."""
    result = run("draft", "-", "--store", samples, stdin=f"# A heading\n\n**{WRONG}**\n")
    assert "stdin:3:" in result.stdout
    assert result.exit_code == 1


def test_positions_hold_in_files_with_crlf_and_a_byte_order_mark(
    run: Run, samples: Path, draft: Callable[[str], Path]
) -> None:
    """Line ends of Windows are not changed on the way in, and no mark is shown for them."""
    path = draft(f"\ufeffThe bridge.\r\n\r\n{WRONG}\r\n")
    result = run("draft", path, "--store", samples)
    assert f"{path}:3:1: error: Number differs" in result.stdout
    assert "\r" not in result.stdout


def test_a_file_that_cannot_be_read_is_named(run: Run, tmp_path: Path) -> None:
    """Missing, of an unknown kind, not UTF-8: exit code 2, and no store is opened for it."""
    (tmp_path / "latin.txt").write_bytes("Café".encode("latin-1"))
    (tmp_path / "draft.docx").write_bytes(b"PK")
    for name, why in {
        "missing.md": "no such file or folder",
        "drafs": "no such file or folder",
        "latin.txt": "is not UTF-8 (byte 3)",
        "draft.docx": "is none of .md",
    }.items():
        result = run("draft", name, "--store", "s")
        assert (result.exit_code, result.stdout) == (2, "0 drafts, 0 statements\n")
        assert result.stderr.startswith(f"onrecord: {name}: {why}")
    assert not Path("s").exists()


@pytest.mark.parametrize("command", ["check", "draft", "verify-quote", "quotes", "export"])
def test_a_store_that_is_not_there_is_not_made_by_a_question(
    run: Run, draft: Callable[[str], Path], command: str
) -> None:
    """A slip of the pen is no clean run: exit code 2, and what to do."""
    given: dict[str, str | Path] = {"check": GOOD, "draft": draft(GOOD), "verify-quote": GOOD}
    asked = [given[command]] if command in given else []
    Path("empty").mkdir()
    for name in ("typo", "empty"):
        result = run(command, *asked, "--store", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f"onrecord: there is no store in {name}; name its folder with --store, or make one "
            "with `onrecord index`\n"
        )
    assert not Path("typo").exists()
    assert not list(Path("empty").iterdir())


@pytest.mark.parametrize("output", ["text", "json", "github"])
def test_a_publisher_that_the_archive_has_not_is_told(
    run: Run, server: str, draft: Callable[[str], Path], output: str
) -> None:
    """Once a run on standard error, whatever is shown; the exit code stays."""
    path = draft(f"{WRONG}\n\n{GOOD}\n")
    options = ("--server", server, "--publisher", "Harbour Pos", "--format", output)
    result = run("draft", path, *options)
    told = "onrecord: The index has no publisher “Harbour Pos”.\n"
    assert (result.exit_code, result.stderr) == (0, told)


def test_an_empty_store_is_told(run: Run, draft: Callable[[str], Path], tmp_path: Path) -> None:
    """Once, not for each statement."""
    (tmp_path / "first.jsonl").write_text("")
    run("index", "first.jsonl", "--store", "s")
    result = run("draft", draft(f"{WRONG}\n\n{GOOD}\n"), "--store", "s")
    assert (result.exit_code, result.stderr) == (0, "onrecord: The index holds no article yet.\n")


def test_a_draft_over_the_limit_names_its_setting(
    run: Run, samples: Path, draft: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same limit as over HTTP."""
    monkeypatch.setenv("ONRECORD_MAX_DRAFT_CHARS", "20")
    result = run("draft", draft(GOOD), "--store", samples)
    assert (result.exit_code, "ONRECORD_MAX_DRAFT_CHARS" in result.stderr) == (2, True)


def test_articles_are_left_out(run: Run, samples: Path, draft: Callable[[str], Path]) -> None:
    """By address; what only they report is no longer contradicted by them."""
    urls = (
        "https://harbour-post.example/local/2025-02-03-bridge-closed",
        "https://herald.example/2025/02/05/bridge-estimate",
    )
    options = [option for url in urls for option in ("--exclude-article", url)]
    result = run("draft", draft(WRONG), "--store", samples, *options)
    assert result.exit_code == 0
    assert "contradicted" not in result.stdout


def test_an_altered_quotation_fails_the_run(
    run: Run, samples: Path, draft: Callable[[str], Path]
) -> None:
    """Shown where its words stand, with the words on record."""
    path = draft("“On a Monday we sell nineteen,” said Hap Winterbourne.\n")
    result = run("draft", path, "--store", samples)
    assert result.exit_code == 1
    assert f"{path}:1:2: error: The words on record differ: “On a Monday we sell ninety”" in (
        result.stdout
    )
