"""The one file of settings, read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.models.windows import Layout

SETTINGS = Path(__file__).with_name("settings.toml")
SIZES = ("large", "small")


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """As in settings.toml; `early` and `late` map a source, or "source_label", to how often it is
    read."""

    seed: int
    batch_tokens: int
    weight_decay: float
    warmup: float
    label_smoothing: float
    taught: float
    learning_rate: float
    frozen_layers: int
    layout: Layout
    early: Mapping[str, float]
    late: Mapping[str, float]


def read_settings(
    size: str, file: Path = SETTINGS, changed: Path | None = None
) -> TrainingSettings:
    """Those of one of `SIZES`, with what a second file has in place of the first one's.

    Raises TypeError on a name that is missing or unknown.
    """
    read = _tables(file)
    for name, value in (_tables(changed) if changed else {}).items():
        read[name] = read[name] | value if name in SIZES else value
    lengths = {name: read.pop(name) for name in ("max_tokens", "claim_tokens", "head_tokens")}
    by_size = {name: read.pop(name) for name in SIZES}
    layout = Layout(**by_size[size].pop("layout"), **lengths)
    return TrainingSettings(**read, **by_size[size], layout=layout)


def _tables(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
