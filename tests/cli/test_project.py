"""`.onrecord.toml`, read from here or from a folder above."""

from pathlib import Path

import pytest

from service.cli.project import FILE, Project, read_project
from service.domain.errors import InvalidInput
from service.reports.threshold import Threshold


def test_paths_are_from_the_folder_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever below it the command is started."""
    (tmp_path / FILE).write_text(
        'files = ["drafts/**/*.md"]\nskip = ["drafts/old/*"]\nbaseline = "known.json"\n'
        'fail_on = "disputed"\npublished_after = 2024-01-01\n'
    )
    below = tmp_path / "drafts" / "new"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    project = read_project()
    assert project.files == ("../**/*.md",)
    assert project.skip == ("../old/*",)
    assert project.baseline == "../../known.json"
    assert project.fail_on is Threshold.DISPUTED
    assert project.published_after is not None


def test_the_search_ends_at_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above another project's root is not its own."""
    (tmp_path / FILE).write_text('fail_on = "all"\n')
    root = tmp_path / "other"
    (root / ".git").mkdir(parents=True)
    monkeypatch.chdir(root)
    assert read_project() == Project()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("fail-on = 'all'", "there is no key fail-on; did you mean fail_on?"),
        ("colour = 'red'", "there is no key colour; there are files, skip, fail_on,"),
        ("fail_on = 'never'", "fail_on: should be 'contradicted'"),
        ("min_confidence = 2", "min_confidence: should be less than or equal to 1"),
        ("files = 'a.md'", 'files: should be a list, such as ["…"]'),
        ("files = [", "is not TOML: "),
    ],
)
def test_what_cannot_be_is_refused(content: str, problem: str) -> None:
    """A key that is misspelt would be without effect and without a word."""
    Path(FILE).write_text(content)
    with pytest.raises(InvalidInput, match=r"^\.onrecord\.toml") as raised:
        read_project()
    assert problem in str(raised.value)


def test_an_option_goes_before_the_file() -> None:
    """Only one that was given."""
    Path(FILE).write_text("fail_on = 'disputed'\nlimit = 7\n")
    project = read_project().with_options(fail_on=Threshold.ALL, limit=None)
    assert (project.fail_on, project.limit) == (Threshold.ALL, 7)
