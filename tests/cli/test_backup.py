import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

CLAIM = "About 18,000 vehicles use the Sallow Bridge every day."


def test_a_running_service_is_backed_up(
    run: Run, server: str, served: Path, tmp_path: Path
) -> None:
    """The copy is a store of its own, and answers as the service does, to the byte."""
    result = run("backup", "copy", "--store", served)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"copied {served} to copy: ")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["archive.sqlite"]
    asked = ("check", CLAIM, "--format", "json")
    assert run(*asked, "--store", "copy").stdout == run(*asked, "--server", server).stdout


def test_a_backup_is_never_written_over(run: Run, samples: Path, tmp_path: Path) -> None:
    """Nor is anything else that is in the folder."""
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "notes.txt").write_text("mine")
    result = run("backup", "copy", "--store", samples)
    assert result.exit_code == 2
    assert "copy is not empty; name a new folder" in result.stderr
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["notes.txt"]


def test_there_has_to_be_something_to_back_up(run: Run, tmp_path: Path) -> None:
    """A folder without a store is told, and no copy is made of nothing."""
    result = run("backup", "copy", "--store", "none")
    assert result.exit_code == 3
    assert "There is no index in" in result.stderr
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("size", [5_000, 100_000])
def test_a_damaged_store_is_not_passed_off_as_a_backup(
    run: Run, samples: Path, tmp_path: Path, size: int
) -> None:
    """It is told while another copy may still be there."""
    archive = samples / "archive.sqlite"
    archive.write_bytes(archive.read_bytes()[:size])
    result = run("backup", "copy", "--store", samples)
    assert result.exit_code == 3
    assert "does not hold what it should" in result.stderr
    assert not list((tmp_path / "copy").iterdir())


def test_what_is_written_meanwhile_is_in_whole_or_not_at_all(
    run: Run, samples: Path, tmp_path: Path
) -> None:
    """A change that is under way is left out, and the one who makes it is not held up."""
    with sqlite3.connect(samples / "archive.sqlite", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM quotes")
        assert run("backup", "copy", "--store", samples).exit_code == 0
        writer.execute("ROLLBACK")
    writer.close()
    with sqlite3.connect(tmp_path / "copy" / "archive.sqlite") as copy:
        assert copy.execute("SELECT count(*) FROM quotes").fetchone()[0] > 10
    copy.close()


def test_a_redis_is_told_how_it_is_backed_up(run: Run, tmp_path: Path) -> None:
    """Its files are not whole while they are rewritten; no server is asked."""
    result = run("backup", tmp_path / "copy", "--store", "redis://127.0.0.1:1")
    assert result.exit_code == 2
    assert "while they are not being rewritten" in result.stderr
    assert "onrecord export" in result.stderr
