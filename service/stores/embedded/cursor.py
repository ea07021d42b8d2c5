"""Cursors of article pages: where the last page ended, opaque to the client."""

import base64
import binascii
import json
from typing import Final

from service.domain.errors import InvalidCursor

_VERSION: Final = 1


def write_cursor(published: int, article_id: str) -> str:
    """Text safe in a URL, for the page after this article."""
    line = json.dumps([_VERSION, published, article_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(line.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[int, str]:
    """What `write_cursor` was given. Raises InvalidCursor for anything else."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        version, published, article_id = json.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise _invalid() from error
    whole = isinstance(published, int) and abs(published) <= 2**63
    if version != _VERSION or not whole or not isinstance(article_id, str):
        raise _invalid()
    return published, article_id


def _invalid() -> InvalidCursor:
    return InvalidCursor("This cursor is not one of this index. Begin again without a cursor.")
