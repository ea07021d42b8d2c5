import shutil
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Run = Callable[..., Result]

CLAIM = "About 18,000 vehicles use the Sallow Bridge every day."


def test_rebuilt_indexes_give_the_same_answer(run: Run, samples: Path) -> None:
    """Even after they were lost; the answer is the same to the byte."""
    asked = ("check", CLAIM, "--store", samples, "--format", "json")
    before = run(*asked).stdout
    for derived in ("words", "vectors"):
        shutil.rmtree(samples / derived)
    result = run("rebuild", "--store", samples)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"rebuilt the indexes of {samples} in ")
    assert run(*asked).stdout == before


def test_there_has_to_be_something_to_rebuild(run: Run, tmp_path: Path) -> None:
    """A folder without an index is told, and none is made."""
    result = run("rebuild", "--store", tmp_path / "none")
    assert result.exit_code == 3
    assert "There is no index in" in result.stderr
    assert not (tmp_path / "none").exists()
