"""Articles in files and folders: .txt, .md, .html and .jsonl."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from service.domain.article import Submission
from service.domain.errors import InvalidArticle, InvalidInput, TooLarge
from service.domain.indexing import Found
from service.ingest.encoding import decode
from service.ingest.lines import read_lines
from service.ingest.markdown import read_markdown
from service.ingest.rows import filled

MAX_FILE_BYTES = 10_000_000

_TITLE_CHARS = 200
_SENTENCE_END = re.compile(r"[.,;:…][\"”’')\]]*\Z")


def read_files(path: Path, defaults: Submission | None = None) -> Iterator[Found]:
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
        for found in _articles(file):
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


def _files(path: Path) -> Iterator[Path]:
    """A symbolic link to a folder is not followed: it may lead back up."""
    if path.is_file():
        yield path
        return
    for child in sorted(path.iterdir()):
        if child.name.startswith("."):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _files(child)
        elif child.is_file() and _kind(child):
            yield child


def _articles(file: Path) -> Iterator[Found]:
    try:
        yield from _READERS[_kind(file)](file)
    except (InvalidInput, OSError) as error:
        yield Found(str(file), problem=str(error))


def _kind(path: Path) -> str:
    """The ending by which a file's kind is known, empty for others."""
    return next((ending for ending in _READERS if path.name.lower().endswith(ending)), "")


def _whole(read: Callable[[bytes], Submission]) -> Callable[[Path], Iterator[Found]]:
    """A reader of files that hold one article each."""

    def reader(file: Path) -> Iterator[Found]:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            raise TooLarge(f"the file has {size:,} bytes and the limit is {MAX_FILE_BYTES:,}")
        yield Found(str(file), read(file.read_bytes()))

    return reader


_READERS: Mapping[str, Callable[[Path], Iterator[Found]]] = {
    ".txt": _whole(lambda body: read_text(decode(body))),
    ".md": _whole(lambda body: read_markdown(decode(body))),
    ".html": _whole(lambda body: Submission(html=body)),
    ".htm": _whole(lambda body: Submission(html=body)),
    ".jsonl": read_lines,
    ".jsonl.gz": read_lines,
}
