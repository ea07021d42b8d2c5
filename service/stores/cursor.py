"""Cursors of pages: where the last page ended, opaque to the client."""

import base64
import binascii
import json
from typing import Any, Final

from service.domain.errors import InvalidCursor

_VERSION: Final = 1


def write_cursor(published: int, article_id: str) -> str:
    """Text safe in a URL, for the page after this article."""
    return _written([published, article_id])


def read_cursor(cursor: str) -> tuple[int, str]:
    """What `write_cursor` was given. Raises InvalidCursor for anything else."""
    match _read(cursor):
        case [int(published), str(article_id)] if _fit(published, article_id):
            return published, article_id
    raise _invalid()


def write_quote_cursor(published: int, article_id: str, ordinal: int) -> str:
    """Text safe in a URL, for the page after this quote."""
    return _written([published, article_id, ordinal])


def read_quote_cursor(cursor: str) -> tuple[int, str, int]:
    """What `write_quote_cursor` was given. Raises InvalidCursor for anything else."""
    match _read(cursor):
        case [int(published), str(article_id), int(ordinal)]:
            if _fit(published, article_id, ordinal):
                return published, article_id, ordinal
    raise _invalid()


def _written(key: list[Any]) -> str:
    line = json.dumps([_VERSION, *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(line.encode()).decode().rstrip("=")


def _read(cursor: str) -> list[Any]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        decoded: list[Any] = json.loads(base64.b64decode(padded, b"-_", validate=True))
        version, *key = decoded
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise _invalid() from error
    if version != _VERSION:
        raise _invalid()
    return key


def _fit(*key: int | str) -> bool:
    """Whether SQLite can hold them."""
    return all(
        part.isascii() or part.encode(errors="replace").decode() == part
        if isinstance(part, str)
        else -(2**63) <= part < 2**63
        for part in key
    )


def _invalid() -> InvalidCursor:
    return InvalidCursor("This cursor is not one of this index. Begin again without a cursor.")
