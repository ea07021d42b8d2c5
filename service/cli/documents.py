"""Drafts as they lie in files: read whole, every character where it is."""

import sys
from dataclasses import dataclass
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


def read_document(path: str) -> Document:
    """The draft at `path`, or on standard input for `-`, which is taken as Markdown.

    Line ends stay as they are, so that positions hold in the file. Raises InvalidInput or
    UnreadableDocument.
    """
    if path == STDIN:
        text = decoded(sys.stdin.buffer.read(), "standard input")
        return Document("stdin", None, text, DraftFormat.MARKDOWN)
    kind = _FORMATS.get(Path(path).suffix.lower())
    if kind is None:
        raise InvalidInput(f"{path} is none of {', '.join(_FORMATS)}")
    try:
        body = Path(path).read_bytes()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    return Document(path, path, decoded(body, path), kind)


def decoded(body: bytes, name: str) -> str:
    """UTF-8, a byte order mark left off. Raises UnreadableDocument."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{name} is not UTF-8 (byte {error.start})") from error
