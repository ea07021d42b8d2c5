"""A baseline holds what is known, file by file."""

import pytest

from service.domain.errors import InvalidInput
from service.reports.baseline import Baseline, Known


def known(file: str, fingerprint: str) -> Known:
    """An entry."""
    return Known(file=file, rule="number-differs", fingerprint=fingerprint, words="The mill.")


def test_it_reads_back_as_it_was_written() -> None:
    """In an order that does not depend on the run, so that a commit shows what changed."""
    first, second = known("a.md", "1:1"), known("b.md", "2:1")
    written = Baseline().updated(["a.md", "b.md"], [second, first, first]).dumped()
    assert Baseline.parse(written, "x.json").known == (first, second)
    assert written.endswith("}\n")


def test_an_update_replaces_what_is_known_of_the_files_checked_alone() -> None:
    """What is mended is forgotten; another file's entries stay."""
    before = Baseline((known("a.md", "1:1"), known("a.md", "2:1"), known("b.md", "3:1")))
    after = before.updated(["a.md"], [known("a.md", "2:1")])
    assert [(one.file, one.fingerprint) for one in after.known] == [
        ("a.md", "2:1"),
        ("b.md", "3:1"),
    ]


def test_the_same_words_in_another_file_are_not_known() -> None:
    """Each file answers for itself."""
    baseline = Baseline((known("a.md", "1:1"),))
    assert baseline.has("a.md", "1:1")
    assert not baseline.has("b.md", "1:1")


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{"file": "a"}]}'],
)
def test_what_is_no_baseline_is_refused_by_name(content: str) -> None:
    """With what to do, also where --update-baseline was given already."""
    with pytest.raises(InvalidInput, match=r"is no baseline \(.+delete it .+--update-baseline$"):
        Baseline.parse(content, "known.json")
