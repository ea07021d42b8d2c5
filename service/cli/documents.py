"""Drafts as they lie in files: found in folders, and read whole, every character where it is."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from glob import glob, has_magic
from pathlib import Path

from service.domain.draft import DraftFormat
from service.domain.errors import InvalidInput, UnreadableDocument

STDIN = "-"

_FORMATS = {
    ".md": DraftFormat.MARKDOWN,
    ".markdown": DraftFormat.MARKDOWN,
    ".html": DraftFormat.HTML,
    ".htm": DraftFormat.HTML,
    ".txt": DraftFormat.TEXT,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A draft with the name that reports give it; `file` is None for standard input."""

    name: str
    file: str | None
    text: str
    format: DraftFormat


def find_documents(sources: Iterable[str], skip: Iterable[str] = ()) -> list[str]:
    """The drafts that the command line names, each once and in its order: a folder stands for all
    in it, by name, without what begins with a dot; `*`, `?` and `**` as in a shell.

    In a pattern of `skip` a star stands for slashes too. Raises InvalidInput where a source has no
    draft.
    """
    patterns = list(skip)
    found: dict[str, None] = {}
    for source in sources:
        paths = list(_expanded(source))
        if not paths:
            raise InvalidInput(f"{source} has no draft in it ({', '.join(_FORMATS)})")
        found |= dict.fromkeys(path for path in paths if not _skipped(path, patterns))
    return list(found)


def path_for_programs(path: str) -> str:
    """The path from the working folder, where it lies in that, with `/` between folders."""
    relative = os.path.relpath(path)
    return Path(path if relative.startswith(os.pardir) else relative).as_posix()


def _expanded(source: str) -> Iterator[str]:
    if Path(source).is_dir():
        for folder, folders, names in os.walk(source):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (
                str(Path(folder, name))
                for name in sorted(names)
                if Path(name).suffix.lower() in _FORMATS and not name.startswith(".")
            )
    elif has_magic(source) and not Path(source).exists():
        for path in sorted(glob(source, recursive=True)):  # noqa: PTH207 - source may be absolute
            if Path(path).is_file():
                yield path
    else:
        yield source


def _skipped(path: str, patterns: Iterable[str]) -> bool:
    name = path_for_programs(path)
    return any(fnmatch(name, pattern) for pattern in patterns)


def read_document(path: str) -> Document:
    """The draft at `path`, or on standard input for `-`, which is taken as Markdown.

    Line ends stay as they are, so that positions hold in the file. Raises InvalidInput or
    UnreadableDocument.
    """
    try:
        path.encode()
    except UnicodeEncodeError as error:
        raise InvalidInput("its name is not UTF-8, and no report can name it") from error
    if path == STDIN:
        text = decoded(sys.stdin.buffer.read())
        return Document("stdin", None, text, DraftFormat.MARKDOWN)
    kind = _FORMATS.get(Path(path).suffix.lower())
    try:
        if not Path(path).exists():
            raise InvalidInput("no such file or folder")
        if kind is None:
            raise InvalidInput(f"is none of {', '.join(_FORMATS)}")
        body = Path(path).read_bytes()
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}") from error
    return Document(path, path_for_programs(path), decoded(body), kind)


def decoded(body: bytes, name: str = "") -> str:
    """UTF-8, a byte order mark left off. Raises UnreadableDocument."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{name} is not UTF-8 (byte {error.start})".lstrip()) from error
