import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
from typer.testing import Result

from tests.cli.conftest import ONRECORD, ROOT
from tests.running import running

Run = Callable[..., Result]


def snapshot(run: Run, store: Path | str) -> str:
    """What names the content of a store."""
    result = run("check", "The mill has looms.", "--store", store, "--format", "json")
    return str(json.loads(result.stdout)["provenance"]["snapshot"])


def test_an_export_indexed_again_is_the_same_archive(
    run: Run, samples: Path, tmp_path: Path
) -> None:
    """Every article keeps its id, its revision and its date: the snapshot is the same."""
    result = run("export", "--store", samples, "--output", "all.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "exported 15 articles to all.jsonl\n"
    assert run("index", "all.jsonl", "--store", tmp_path / "again").exit_code == 0
    assert snapshot(run, tmp_path / "again") == snapshot(run, samples)
    assert not list(tmp_path.glob(".*.part"))


ROWS = [
    {"title": "Weather", "published_at": "2025-03-03", "text": "Rain fell on Dale on Monday."},
    {"title": "Weather", "published_at": "2025-03-04", "text": "Snow fell on Dale on Tuesday."},
    {"id": "mill", "published_at": "2025-03-03", "text": "The mill at Dale has 14 looms."},
]
CORRECTED = {**ROWS[2], "text": "The mill at Dale has 16 looms, the Gazette reported."}


def test_an_archive_with_a_past_is_restored_from_its_export(run: Run, tmp_path: Path) -> None:
    """Two days under one headline are both there, and a check as of a day before the correction is
    the same to the byte, as today's is."""
    for number, rows in enumerate((ROWS, [CORRECTED])):
        lines = "".join(json.dumps({**row, "publisher": "Gazette"}) + "\n" for row in rows)
        (tmp_path / f"{number}.jsonl").write_text(lines)
        assert run("index", f"{number}.jsonl", "--store", "first").exit_code == 0
    result = run("export", "--store", "first", "-o", "all.jsonl")
    assert result.stderr == "exported 3 articles with 1 older revision to all.jsonl\n"
    texts = [json.loads(row)["text"] for row in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert sorted(texts) == sorted(str(row["text"]) for row in (*ROWS, CORRECTED))
    restored = run("index", "all.jsonl", "--store", "second")
    assert "4 articles: 3 created, 1 updated" in restored.stdout
    for options in ((), ("--as-of", "2025-03-05")):
        asked = ("check", "The mill at Dale has 14 looms.", "--format", "json", *options)
        before, after = (run(*asked, "--store", store).stdout for store in ("first", "second"))
        assert before == after
        assert json.loads(before)["verdict"] == ("supported" if options else "contradicted")
    assert run("export", "--store", "second").stdout == (tmp_path / "all.jsonl").read_text()


def test_an_archive_is_exported_past_a_rate_limit(run: Run, samples: Path) -> None:
    """Each article is a call: what is over the limit waits as long as the service asks for."""
    with running(samples, rate_limit="6/second", log_level="warning") as service:
        result = run("export", "--server", service.url)
        assert (
            httpx.get(f"{service.url}/v1/index").headers["RateLimit-Policy"] == '"default";q=6;w=1'
        )
    assert (result.exit_code, result.stderr) == (0, "exported 15 articles\n")


def test_standard_output_has_the_rows_alone(run: Run, samples: Path) -> None:
    """One JSON object a line, newest first, the same as in a file."""
    rows = run("export", "--store", samples).stdout
    run("export", "--store", samples, "-o", "all.jsonl")
    assert rows == Path("all.jsonl").read_text("utf-8")
    dates = [json.loads(row)["published_at"] for row in rows.splitlines()]
    assert len(dates) == 15
    assert dates == sorted(dates, reverse=True)


def test_a_failed_export_leaves_the_older_file(run: Run, tmp_path: Path) -> None:
    """The file appears only when it is whole; a store that is not there is not made."""
    (tmp_path / "all.jsonl").write_text("older")
    result = run("export", "--store", tmp_path / "none", "--output", "all.jsonl")
    assert result.exit_code == 2
    assert (tmp_path / "all.jsonl").read_text() == "older"
    assert not list(tmp_path.glob(".*.part"))
    assert not (tmp_path / "none").exists()


def test_a_reader_that_leaves_early_is_no_error(samples: Path) -> None:
    """`onrecord export | head -1` ends in silence."""
    command = f"{' '.join(ONRECORD)} export --store {samples} | head -c 1"
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False
    )
    assert ended.stdout == b"{"
    assert b"Traceback" not in ended.stderr
