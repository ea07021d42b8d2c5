import json
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import ONRECORD, ROOT

Run = Callable[..., Result]

MANY = 30_000
"""Short articles: far more than are indexed before the test interrupts."""


def test_a_folder_is_indexed_and_counted(run: Run, mill: Path) -> None:
    """A summary on standard output, exit code 0; a second run changes nothing."""
    first = run("index", mill, "--store", "s")
    assert (first.exit_code, first.stdout) == (
        0,
        "2 articles: 2 created, 0 updated, 0 unchanged, 0 failed\n",
    )
    again = run("index", mill, "--store", "s")
    assert again.stdout == "2 articles: 0 created, 0 updated, 2 unchanged, 0 failed\n"


def test_a_changed_article_is_updated(run: Run, mill: Path) -> None:
    """The same title of the same publisher and day with another text is a new revision."""
    options = ("--store", "s", "--publisher", "Dale Courier", "--published-at", "2025-03-04")
    run("index", mill, *options)
    (mill / "wages.txt").write_text("Wages at the mill rise\n\nWeavers will earn 5 percent more.\n")
    again = run("index", mill, *options)
    assert again.stdout == "2 articles: 0 created, 1 updated, 1 unchanged, 0 failed\n"


def test_options_fill_in_what_an_article_does_not_say(run: Run, mill: Path) -> None:
    """Publisher, date, authors and language are defaults: what an article says wins."""
    options = ("--publisher", "Dale Courier", "--published-at", "2025-01-02", "--author", "A. Kell")
    run("index", mill, "--store", "s", *options, "--language", "en-GB")
    rows = [json.loads(line) for line in run("export", "--store", "s").stdout.splitlines()]
    by_title = {row["title"]: row for row in rows}
    assert by_title["Looms fall silent"]["published_at"].startswith("2025-03-04")
    assert by_title["Wages at the mill rise"]["published_at"].startswith("2025-01-02")
    for row in rows:
        assert row["publisher"] == "Dale Courier"
        assert row["authors"] == ["A. Kell"]
        assert row["language"] == "en-GB"


def test_a_bad_article_is_reported_with_its_line_and_the_rest_goes_on(
    run: Run, tmp_path: Path
) -> None:
    """Exit code 2, the place and the reason on standard error, the good ones stored."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "The mill has 14 looms."}\nnot json\n{"title": "x"}\n')
    result = run("index", rows, "--store", "s")
    assert result.exit_code == 2
    assert result.stdout == "3 articles: 1 created, 0 updated, 0 unchanged, 2 failed\n"
    assert f"{rows}:2: the line is not JSON" in result.stderr
    assert f"{rows}:3: " in result.stderr


def test_fields_that_no_article_has_are_refused_or_told(run: Run, tmp_path: Path) -> None:
    """A misspelt one is an error, as what it says would be lost; the newsroom's own are counted.
    What is in `extra` is kept."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"text": "One loom.", "publishedAt": "2025-01-02"}\n'
        '{"text": "Two looms.", "topic": "mills", "extra": {"desk": 7}}\n'
        '{"text": "Three looms.", "topic": "mills"}\n'
    )
    result = run("index", rows, "--store", "s")
    assert result.exit_code == 2
    assert f"{rows}:1: publishedAt is no field of an article; write published_at" in result.stderr
    assert "no article has such a field: topic (2). Put what is to be kept into" in result.stderr
    assert result.stdout == "3 articles: 2 created, 0 updated, 0 unchanged, 1 failed\n"
    (tmp_path / "export.jsonl").write_text(run("export", "--store", "s").stdout)
    run("index", tmp_path / "export.jsonl", "--store", "again")
    exported = [json.loads(line) for line in run("export", "--store", "again").stdout.splitlines()]
    assert {row["text"]: row.get("extra") for row in exported} == {
        "Two looms.": {"desk": 7},
        "Three looms.": None,
    }


def test_a_misspelt_setting_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment and in `.env`, with the nearest right name: it would have no effect."""
    monkeypatch.setenv("ONRECORD_TREADS", "1")
    result = run("export", "--store", "s")
    assert (result.exit_code, result.stderr) == (
        2,
        "onrecord: ONRECORD_TREADS is no setting; did you mean ONRECORD_THREADS?\n",
    )
    monkeypatch.delenv("ONRECORD_TREADS")
    monkeypatch.setenv("ONRECORD_TYPO", "1")
    assert "ONRECORD_TYPO is no setting; the README lists all" in run("export").stderr
    monkeypatch.delenv("ONRECORD_TYPO")
    Path(".env").write_text("OTHER=1\nONRECORD_STOER=s\n")
    assert "did you mean ONRECORD_STORE?" in run("export").stderr


def test_limits_of_files_are_settings(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the setting that raises them."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news/1.txt").write_text("The mill has 14 looms.")
    (tmp_path / "news/2.jsonl").write_text('{"text": "The mill has 14 looms."}')
    monkeypatch.setenv("ONRECORD_MAX_FILE_BYTES", "20")
    monkeypatch.setenv("ONRECORD_MAX_LINE_BYTES", "20")
    said = run("index", tmp_path / "news", "--store", "s").stderr
    assert "the file has 22 bytes and the limit is 20 (ONRECORD_MAX_FILE_BYTES)" in said
    assert "the line is longer than 20 bytes (ONRECORD_MAX_LINE_BYTES)" in said


def test_a_missing_path_is_told_before_anything_is_indexed(run: Run, mill: Path) -> None:
    """A typing error in the second path leaves no store behind."""
    result = run("index", mill, "mlil", "--store", "s")
    assert (result.exit_code, result.stderr) == (2, "onrecord: mlil does not exist\n")
    assert not Path("s").exists()


def test_a_folder_without_articles_is_no_success(run: Run, tmp_path: Path) -> None:
    """A script that indexed the wrong folder gets to know."""
    (tmp_path / "empty").mkdir()
    result = run("index", "empty", "--store", "s")
    assert result.exit_code == 2
    assert "no article was found" in result.stderr


def test_quiet_prints_only_what_went_wrong(run: Run, mill: Path) -> None:
    """Nothing at all when all went well."""
    result = run("index", mill, "--store", "s", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_output_that_is_no_terminal_has_no_control_characters(run: Run, mill: Path) -> None:
    """Logs stay readable."""
    assert "\x1b" not in run("index", mill, "--store", "s").output


def test_an_address_that_is_not_allowed_is_the_articles_problem(run: Run) -> None:
    """A loopback address is refused as everywhere, with what would allow it."""
    result = run("index", "http://127.0.0.1:9/story.html", "--store", "s")
    assert result.exit_code == 2
    assert "ONRECORD_FETCH_ALLOW_PRIVATE" in result.stderr


def test_both_a_store_and_a_server_is_a_contradiction(run: Run, mill: Path) -> None:
    """It is not guessed which was meant."""
    result = run("index", mill, "--store", "s", "--server", "http://127.0.0.1:9")
    assert result.exit_code == 2
    assert "--server and --store exclude each other" in result.stderr


def test_ctrl_c_keeps_what_is_stored_and_the_next_run_resumes(tmp_path: Path) -> None:
    """Exit code 130, and everything that was counted is unchanged when the run is repeated."""
    articles = tmp_path / "many.jsonl"
    with articles.open("w") as rows:
        for number in range(MANY):
            rows.write(json.dumps({"text": f"The mill ordered {number} looms."}) + "\n")
    command = [*ONRECORD, "index", str(articles), "--store", str(tmp_path / "s")]
    # Where the tests were started in the background, Ctrl-C is ignored, by their children too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as indexing:
        deadline_s = time.monotonic() + 60
        while not _stored(tmp_path / "s") and time.monotonic() < deadline_s:
            time.sleep(0.2)
        indexing.send_signal(signal.SIGINT)
        _, said = indexing.communicate(timeout=60)
    assert indexing.returncode == 130
    assert "What is stored stays; run the same command again to resume." in said
    export = [*ONRECORD, "export", "--store", str(tmp_path / "s")]
    kept = subprocess.run(export, cwd=ROOT, capture_output=True, check=True).stdout.splitlines()
    created = int(said.split("interrupted after ")[1].split(" article")[0].replace(",", ""))
    assert max(created, 1) <= len(kept) < MANY


def _stored(store: Path) -> bool:
    """Whether the first batch is in: the catalogue has grown beyond its empty tables."""
    return sum(file.stat().st_size for file in store.glob("archive.sqlite*")) > 400_000
