"""Reads the rows that a benchmark is given: JSON Lines, gzip or not."""

import gzip
import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Every row of a `.jsonl` or `.jsonl.gz` file, in order."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def find_rows(path: Path, pattern: str) -> list[Row]:
    """The rows of the one file in folder `path` that matches; raises FileNotFoundError."""
    found = sorted(path.glob(pattern))
    if len(found) != 1:
        raise FileNotFoundError(f"{path} needs one file {pattern}, and has {len(found)}")
    return read_rows(found[0])
