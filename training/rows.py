"""Reads rows of labelled data: JSON Lines, gzip or not."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a `.jsonl` or `.jsonl.gz` file, in order."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_rows(path: Path) -> list[Row]:
    """All of them."""
    return list(rows(path))


def find_rows(path: Path, pattern: str) -> list[Row]:
    """The rows of the one file in folder `path` that matches; raises FileNotFoundError."""
    found = sorted(path.glob(pattern))
    if len(found) != 1:
        raise FileNotFoundError(f"{path} needs one file {pattern}, and has {len(found)}")
    return read_rows(found[0])
