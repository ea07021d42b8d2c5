"""Articles in files and folders."""

import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.domain.article import Submission
from service.domain.errors import InvalidArticle
from service.domain.indexing import Found
from service.ingest import files
from service.ingest.files import FileLimits, read_files, read_text


def write(folder: Path, contents: dict[str, str | bytes]) -> Path:
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def origins(found: list[Found], folder: Path) -> list[str]:
    return [str(Path(one.origin).relative_to(folder)) for one in found]


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    """All below it, of the known kinds, in any case; hidden and other files are skipped."""
    write(
        tmp_path,
        {
            "b.TXT": "b",
            "a/2.md": "2",
            "a/10.md": "10",
            "a/.hidden.md": "no",
            ".git/x.txt": "no",
            "c.html": "<p>c",
            "c.htm": "<p>c",
            "picture.png": b"\x89PNG",
            "noending": "no",
            "rows.jsonl": '{"text": "r"}\n',
            "rows.jsonl.gz": gzip.compress(b'{"text": "r"}'),
        },
    )
    found = list(read_files(tmp_path))
    assert origins(found, tmp_path) == [
        "a/10.md",
        "a/2.md",
        "b.TXT",
        "c.htm",
        "c.html",
        "rows.jsonl:1",
        "rows.jsonl.gz:1",
    ]
    assert all(one.problem is None for one in found)
    assert list(read_files(tmp_path)) == found


def test_a_folder_that_links_to_itself_comes_to_an_end(tmp_path: Path) -> None:
    """Linked folders are not followed, linked files are read."""
    write(tmp_path, {"a.txt": "a"})
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "none.txt")
    assert origins(list(read_files(tmp_path)), tmp_path) == ["a.txt", "b.txt"]


def test_each_kind_is_read_its_own_way(tmp_path: Path) -> None:
    """The title of a text, the front matter of Markdown, the bytes of a page, the fields of a
    row."""
    write(
        tmp_path,
        {
            "1.txt": "On eels\r\n\r\nThey swim.\r\n",
            "2.md": "---\npublisher: Own\n---\n# On eels\n\nThey *swim*.",
            "3.html": b"<p>They swim.</p>",
            "4.jsonl": '{"text": "They swim.", "published_at": "2024-10-25", "topic": "nature"}',
        },
    )
    found = [one.submission for one in read_files(tmp_path, Submission(publisher="Default"))]
    assert found == [
        Submission(text="They swim.", title="On eels", publisher="Default"),
        Submission(text="They swim.", title="On eels", publisher="Own"),
        Submission(html=b"<p>They swim.</p>", publisher="Default"),
        Submission(
            text="They swim.",
            publisher="Default",
            published_at=datetime(2024, 10, 25, tzinfo=UTC),
            unknown=("topic",),
        ),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("On eels\n\nThey swim.", "On eels"),
        ("\n  On eels \n \t\nThey swim.", "On eels"),
        ("Do eels swim?\n\nThey do.", "Do eels swim?"),
        ("KYIV — They swim.\n\nThey do.", None),
        ("“They swim.”\n\nThey do.", None),
        ("On eels\nThey swim.\n\nThey do.", None),
        ("On eels:\n\n- They swim", None),
        ("On eels", None),
        ("On eels\n\n\n", None),
        (f"{'eels ' * 50}\n\nThey swim.", None),
        ("", None),
    ],
)
def test_a_headline_is_short_no_sentence_and_stands_alone(text: str, title: str | None) -> None:
    """Only such a first line is the title; nothing is lost from the text otherwise."""
    found = read_text(text)
    assert found.title == title
    assert found.text is not None
    assert (found.text == text) == (title is None)


def test_texts_of_old_encodings_are_read(tmp_path: Path) -> None:
    """A file from Windows, with its quotation marks."""
    write(tmp_path, {"a.txt": "“It’s £3m,” she said – twice.".encode("cp1252")})
    (found,) = read_files(tmp_path)
    assert found.submission == Submission(text="“It’s £3m,” she said – twice.")


def test_a_bad_line_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    """With path and line; blank lines count, and are no articles."""
    good = b'{"text": "They swim."}'
    write(
        tmp_path,
        {
            "rows.jsonl": b"\n".join(
                [
                    b"\xef\xbb\xbf" + good,
                    b"",
                    b'{"text": ',
                    b'{"text": "\xff"}',
                    b'["text"]',
                    b'{"text": 1.5}',
                    b'{"published_at": "soon"}',
                    b"[" * 100_000,
                    b"NaN",
                    good + b"\r",
                ]
            )
        },
    )
    found = list(read_files(tmp_path / "rows.jsonl"))
    assert [one.origin.rpartition(":")[2] for one in found] == [*list("1345678"), "9", "10"]
    problems = [one.problem for one in found]
    assert problems[0] is problems[-1] is None
    expected = ["not JSON", "not UTF-8 (byte 10)", "not a JSON object", "text has to be text"]
    expected += ["'soon' is not a date", "not JSON", "not a JSON object"]
    for problem, words in zip(problems[1:-1], expected, strict=True):
        assert words in str(problem)


def test_a_line_without_end_fills_no_memory(tmp_path: Path) -> None:
    """It is reported, and the next one is read."""
    fits = json.dumps({"text": "a" * 980}).encode()
    rows = [b'{"text": "' + b"a" * 50_000 + b'"}', b'{"text": "b"}', fits]
    write(tmp_path, {"rows.jsonl": b"\n".join(rows)})
    found = list(read_files(tmp_path / "rows.jsonl", limits=FileLimits(max_line_bytes=1000)))
    assert [bool(one.problem) for one in found] == [True, False, False]
    assert str(found[0].problem) == (
        "the line is longer than 1,000 bytes (ONRECORD_MAX_LINE_BYTES)"
    )
    assert found[1].submission == Submission(text="b")


def test_rows_stream(tmp_path: Path) -> None:
    """The first of a hundred megabytes is there before the rest is read."""
    row = json.dumps({"text": "They swim. " * 900}).encode() + b"\n"
    with gzip.open(tmp_path / "rows.jsonl.gz", "wb", compresslevel=1) as packed:
        for _ in range(10_000):
            packed.write(row)
    tracemalloc.start()
    try:
        found = read_files(tmp_path / "rows.jsonl.gz")
        assert [next(found).problem for _ in range(1_000)] == [None] * 1_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
        del found


def test_a_damaged_gzip_file_gives_what_it_has(tmp_path: Path) -> None:
    """The rows before the damage, then the problem."""
    whole = gzip.compress(b'{"text": "They swim."}\n' + os.urandom(100_000).hex().encode())
    write(tmp_path, {"1.jsonl.gz": whole[:-20_000], "2.jsonl.gz": b"not gzip", "3.txt": "fine"})
    found = list(read_files(tmp_path))
    assert found[0].submission == Submission(text="They swim.")
    assert found[1].problem is not None
    assert "damaged" in str(found[1].problem)
    assert found[2].problem is not None
    assert found[2].origin.endswith("2.jsonl.gz:1")
    assert found[3].submission == Submission(text="fine")


def test_a_bad_file_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Binary, too large, or with front matter that is not YAML."""
    write(
        tmp_path,
        {"1.txt": b"\x00\x01", "2.txt": "a" * 51, "3.md": "---\na: [\n---\nb", "4.txt": "fine"},
    )
    found = list(read_files(tmp_path, limits=FileLimits(max_file_bytes=50)))
    problems = [str(one.problem) for one in found]
    assert "binary" in problems[0]
    assert "51 bytes and the limit is 50" in problems[1]
    assert "not YAML" in problems[2]
    assert found[3].submission == Submission(text="fine")


@pytest.mark.parametrize("name", ["none.txt", "none", "picture.png"])
def test_what_is_not_there_or_of_no_kind_is_an_error(tmp_path: Path, name: str) -> None:
    """Asked for by name, it is not passed over."""
    write(tmp_path, {"picture.png": b"\x89PNG"})
    with pytest.raises(InvalidArticle, match=name):
        list(read_files(tmp_path / name))


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    """And is no error."""
    assert list(read_files(tmp_path)) == []


def test_a_folder_that_may_not_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so is a reader's own fault; the other files go on."""
    write(tmp_path, {"a.txt": "a", "closed/b.txt": "b", "c.md": "c"})
    closed, listed = tmp_path / "closed", Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder == closed:
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    def stumble(_: str) -> Submission:
        raise KeyError("c")

    monkeypatch.setattr(Path, "iterdir", iterdir)
    monkeypatch.setattr(files, "read_markdown", stumble)
    found = {Path(one.origin).name: one for one in read_files(tmp_path)}
    assert found["a.txt"].submission == Submission(text="a")
    assert str(found["closed"].problem) == "it cannot be read: Permission denied"
    assert isinstance(found["c.md"].problem, KeyError)
