"""Articles in files and folders: .txt, .md, .html and .jsonl."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from service.domain.article import Submission
from service.domain.errors import InvalidArticle, TooLarge
from service.domain.indexing import Found
from service.ingest.encoding import decode
from service.ingest.lines import read_lines
from service.ingest.markdown import read_markdown
from service.ingest.rows import filled


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much memory one article is worth: a line of JSON, and a file of its own."""

    max_line_bytes: int = 12_000_000
    max_file_bytes: int = 10_000_000


DEFAULT_LIMITS = FileLimits()

_TITLE_CHARS = 200
_SENTENCE_END = re.compile(r"[.,;:…][\"”’')\]]*\Z")


def read_files(
    path: Path, defaults: Submission | None = None, limits: FileLimits = DEFAULT_LIMITS
) -> Iterator[Found]:
    """Every article in `path`, a file or a folder with all below it, ordered by path.

    Hidden files are skipped, and so are files of other kinds in a folder. What cannot be read is
    yielded with its problem, and the rest goes on; .jsonl is streamed. `defaults` fill in what an
    article does not say of itself. Raises InvalidArticle where `path` is missing or of no known
    kind.
    """
    if not path.exists():
        raise InvalidArticle(f"{path} does not exist")
    if path.is_file() and not _kind(path):
        raise InvalidArticle(f"{path} is none of {', '.join(_READERS)}")
    for file in _files(path):
        for found in _articles(file, limits) if isinstance(file, Path) else [file]:
            given = found.submission
            yield (
                replace(found, submission=filled(given, defaults)) if given and defaults else found
            )


def read_text(text: str) -> Submission:
    """A .txt file: its first line is the title if it is short, no sentence, and a blank line
    follows it."""
    first, _, rest = text.strip().partition("\n")
    blank, _, body = rest.partition("\n")
    title = first.strip()
    if (
        not blank.strip()
        and body
        and len(title) <= _TITLE_CHARS
        and not _SENTENCE_END.search(title)
    ):
        return Submission(text=body, title=title)
    return Submission(text=text)


def _files(path: Path) -> Iterator[Path | Found]:
    """The files, and in place of a folder that may not be read its problem. A symbolic link to a
    folder is not followed: it may lead back up."""
    if path.is_file():
        yield path
        return
    try:
        children = sorted(path.iterdir())
    except OSError as error:
        yield Found(str(path), problem=_unreadable(error))
        return
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _files(child)
        elif child.is_file() and _kind(child):
            yield child


def _articles(file: Path, limits: FileLimits) -> Iterator[Found]:
    try:
        yield from _READERS[_kind(file)](file, limits)
    except OSError as error:
        yield Found(str(file), problem=_unreadable(error))
    except Exception as error:  # noqa: BLE001 - the other files go on, whatever this one met
        yield Found(str(file), problem=error)


def _unreadable(error: OSError) -> InvalidArticle:
    return InvalidArticle(f"it cannot be read: {error.strerror or error}")


def _lines(file: Path, limits: FileLimits) -> Iterator[Found]:
    yield from read_lines(file, limits.max_line_bytes)


def _kind(path: Path) -> str:
    """The ending by which a file's kind is known, empty for others."""
    return next((ending for ending in _READERS if path.name.lower().endswith(ending)), "")


Reader = Callable[[Path, FileLimits], Iterator[Found]]


def _whole(read: Callable[[bytes], Submission]) -> Reader:
    """A reader of files that hold one article each."""

    def reader(file: Path, limits: FileLimits) -> Iterator[Found]:
        size = file.stat().st_size
        if size > limits.max_file_bytes:
            limit = f"{limits.max_file_bytes:,} (ONRECORD_MAX_FILE_BYTES)"
            raise TooLarge(f"the file has {size:,} bytes and the limit is {limit}")
        yield Found(str(file), read(file.read_bytes()))

    return reader


_READERS: Mapping[str, Reader] = {
    ".txt": _whole(lambda body: read_text(decode(body))),
    ".md": _whole(lambda body: read_markdown(decode(body))),
    ".html": _whole(lambda body: Submission(html=body)),
    ".htm": _whole(lambda body: Submission(html=body)),
    ".jsonl": _lines,
    ".jsonl.gz": _lines,
}
