"""What git says has changed of a draft."""

import subprocess
from pathlib import Path

import pytest

from service.cli.changes import changed_spans
from service.cli.documents import Document, read_document
from service.domain.draft import DraftFormat
from service.domain.errors import InvalidInput


def git(*arguments: str) -> str:
    """Git in the working folder, with an author of its own."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository() -> None:
    """One commit with a draft, in the working folder."""
    git("init", "--quiet", "--initial-branch=main")
    write("One.\nTwo 🏭.\nThree.\nFour.\n")
    git("add", ".")
    git("commit", "--quiet", "--message=first")


def write(text: str, name: str = "draft.md") -> None:
    """Byte for byte."""
    Path(name).write_bytes(text.encode())


def changed(revision: str, name: str = "draft.md") -> list[str]:
    """The words of the lines that changed."""
    document = read_document(name)
    return [span.of(document.text) for span in changed_spans(document, revision)]


@pytest.mark.usefixtures("repository")
class TestChangedLines:
    """Lines of the file on the disk that the revision has not."""

    def test_only_changed_and_new_lines(self) -> None:
        """What was taken away leaves nothing to check."""
        write("New.\nOne.\nTwo 🏭.\nThree, changed.\n")
        assert changed("HEAD") == ["New.\n", "Three, changed.\n"]
        write("One.\nTwo 🏭.\nFour.\n")
        assert changed("HEAD") == []

    def test_a_last_line_without_an_end(self) -> None:
        """Its span ends with the text."""
        write("One.\nTwo 🏭.\nThree.\nFour!")
        assert changed("HEAD") == ["Four!"]

    def test_a_new_file_has_changed_as_a_whole(self) -> None:
        """Added or not, and what comes on standard input."""
        write("New.\n", "new.md")
        assert changed("HEAD", "new.md") == ["New.\n"]
        git("add", "new.md")
        assert changed("HEAD", "new.md") == ["New.\n"]
        document = Document("stdin", None, "New.\n", DraftFormat.MARKDOWN)
        assert [span.of(document.text) for span in changed_spans(document, "HEAD")] == ["New.\n"]

    def test_what_the_other_branch_changed_is_not_ours(self) -> None:
        """Compared is with where the branches parted."""
        git("checkout", "--quiet", "-b", "ours")
        write("One.\nTwo 🏭.\nThree.\nFour, ours.\n")
        git("commit", "--quiet", "--all", "--message=ours")
        git("checkout", "--quiet", "main")
        write("One, theirs.\nTwo 🏭.\nThree.\nFour.\n")
        git("commit", "--quiet", "--all", "--message=theirs")
        git("checkout", "--quiet", "ours")
        assert changed("main") == ["Four, ours.\n"]

    @pytest.mark.parametrize("revision", ["no-such-branch", "--output=x"])
    def test_a_revision_that_is_none_is_refused(self, revision: str) -> None:
        """In git's words, and it takes no option for one."""
        with pytest.raises(InvalidInput, match=r"no-such-branch.*fetch-depth: 0|is no revision"):
            changed(revision)
        assert not Path("x").exists()


def test_outside_a_repository_git_cannot_tell() -> None:
    """The error says so, and does not advise to fetch a history."""
    write("One.\n")
    with pytest.raises(InvalidInput, match=r"not a git repository[^;]*$"):
        changed("HEAD")
