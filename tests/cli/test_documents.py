"""Which drafts the command line names."""

from pathlib import Path

import pytest

from service.cli.documents import find_documents, path_for_programs
from service.domain.errors import InvalidInput


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    """Drafts, and what is none, below the working folder."""
    for name in ("b.md", "a.HTML", "notes.txt", "z.docx", ".hidden.md", "sub/c.md", ".git/d.md"):
        file = tmp_path / "drafts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("It is.")
    return tmp_path


def test_a_folder_stands_for_its_drafts() -> None:
    """Its own first, by name, then those of its folders; nothing hidden, and no other kind."""
    found = find_documents(["drafts"])
    assert found == ["drafts/a.HTML", "drafts/b.md", "drafts/notes.txt", "drafts/sub/c.md"]


def test_patterns_are_those_of_a_shell() -> None:
    """`**` reaches into folders; each draft comes once, where it is first named."""
    assert find_documents(["drafts/*.md"]) == ["drafts/b.md"]
    assert find_documents(["drafts/sub/c.md", "drafts/**/*.md"]) == [
        "drafts/sub/c.md",
        "drafts/b.md",
    ]


def test_what_is_to_be_skipped_is_left_out() -> None:
    """A star stands for folders too."""
    assert find_documents(["drafts"], ["*.md", "drafts/n*"]) == ["drafts/a.HTML"]


@pytest.mark.parametrize("source", ["drafts/*.rst", "empty"])
def test_a_source_without_drafts_is_an_error(source: str) -> None:
    """A pattern that matches nothing would pass every build."""
    Path("empty").mkdir()
    with pytest.raises(InvalidInput, match="has no draft in it"):
        find_documents([source])


def test_a_file_is_taken_as_it_is_named() -> None:
    """Whether it can be read shows later; standard input has its own name."""
    assert find_documents(["missing.md", "-"]) == ["missing.md", "-"]


def test_programs_are_given_the_path_from_here(tmp_path: Path) -> None:
    """GitHub finds a file by its path in the repository."""
    assert path_for_programs(str(tmp_path / "drafts" / "b.md")) == "drafts/b.md"
    assert path_for_programs("./drafts/b.md") == "drafts/b.md"
    assert path_for_programs("/elsewhere/b.md") == "/elsewhere/b.md"
