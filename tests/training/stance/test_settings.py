"""The one file of settings is read whole, and what ships was trained with it."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from service.models.stance import WEIGHTS
from training.stance.settings import SETTINGS, SIZES, read_settings

FURTHER = SETTINGS.with_name("further.toml")
FOLDERS = {"large": "stance", "small": "stance-small"}


@pytest.mark.parametrize("size", SIZES)
def test_what_ships_reads_as_it_was_trained(size: str) -> None:
    """The same frames, mark and lengths."""
    file = WEIGHTS / FOLDERS[size] / "reading.json"
    reading = json.loads(file.read_text(encoding="utf-8"))
    layout = asdict(read_settings(size).layout)
    assert reading["layout"] == layout | {"between": list(layout["between"])}


def test_the_sizes_differ_in_what_is_theirs() -> None:
    """Learning rate and frames; how often each source is read is the same."""
    large, small = map(read_settings, SIZES)
    assert large.learning_rate != small.learning_rate
    assert large.layout.first != small.layout.first
    assert (large.early, large.late, large.seed) == (small.early, small.late, small.seed)


@pytest.mark.parametrize(
    ("line", "instead"),
    [("warmup = 0.05", ""), ("warmup = 0.05", "warm_up = 0.05\nwarmup = 0.05")],
)
def test_a_name_that_is_missing_or_unknown_is_refused(
    tmp_path: Path, line: str, instead: str
) -> None:
    """A setting that is misspelt would silently not be set."""
    content = SETTINGS.read_text(encoding="utf-8")
    assert line in content
    file = tmp_path / "settings.toml"
    file.write_text(content.replace(line, instead), encoding="utf-8")
    with pytest.raises(TypeError, match=r"warm_?up"):
        read_settings("large", file)


def test_a_second_file_has_only_what_differs() -> None:
    """All else is as in the first."""
    first, further = read_settings("large"), read_settings("large", changed=FURTHER)
    assert further.layout == first.layout
    assert further.frozen_layers > first.frozen_layers == 0
    assert further.learning_rate < first.learning_rate
    assert "paired" in further.late
