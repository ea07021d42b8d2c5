"""Articles in JSON Lines, one object a line, packed with gzip or not."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from service.domain.article import Submission
from service.domain.errors import InvalidArticle, TooLarge
from service.domain.indexing import Found
from service.ingest.rows import submission_of


def read_lines(file: Path, max_line_bytes: int) -> Iterator[Found]:
    """The article of each line, streamed; blank lines are skipped.

    A line that is no article is yielded with its problem, and the next one follows. Origins are
    `path:line`, lines counted from 1. Raises OSError where the file cannot be opened.
    """
    with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as lines:
        number = 0
        try:
            for number, line in enumerate(_capped(lines, max_line_bytes), start=1):
                if line.strip():
                    yield _found(f"{file}:{number}", line, max_line_bytes)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            damage = InvalidArticle(f"the gzip file is damaged: {error}")
            yield Found(f"{file}:{number + 1}", problem=damage)


def _capped(lines: IO[bytes] | gzip.GzipFile, limit_bytes: int) -> Iterator[bytes]:
    """Lines, those over the limit cut just beyond it, so that one without end fills no memory."""
    while line := lines.readline(limit_bytes + 1):
        rest = line
        while len(rest) > limit_bytes and not rest.endswith(b"\n"):
            rest = lines.readline(limit_bytes + 1)
        yield line


def _found(origin: str, line: bytes, max_line_bytes: int) -> Found:
    try:
        if len(line) > max_line_bytes:
            limit = f"{max_line_bytes:,} bytes (ONRECORD_MAX_LINE_BYTES)"
            raise TooLarge(f"the line is longer than {limit}")
        return Found(origin, read_row(line))
    except Exception as error:  # noqa: BLE001 - the other lines go on, whatever this one met
        return Found(origin, problem=error)


def read_row(line: bytes) -> Submission:
    """The article of one line. Raises InvalidArticle that says what is wrong with it."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidArticle(f"the line is not UTF-8 (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise InvalidArticle(f"the line is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InvalidArticle("the line is not a JSON object")
    return submission_of(row)
