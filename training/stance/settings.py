"""The one file of settings, read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS = Path(__file__).with_name("settings.toml")


@dataclass(frozen=True, slots=True)
class Stage:
    """A run over a mixture: `shares` maps a source, or "source/label", to the part taken of it."""

    name: str
    schedule: str
    warmup_share: float
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """As in settings.toml; `average` maps stages to the weight of what each ended with."""

    seed: int
    max_tokens: int
    batch_pairs: int
    learning_rate: float
    weight_decay: float
    label_smoothing: float
    most_coverage: float
    most_entropy: float
    most_sentences: int
    average: Mapping[str, float]
    stages: tuple[Stage, ...]


def read_settings(file: Path = SETTINGS) -> TrainingSettings:
    """Raises TypeError on a name that is missing or unknown."""
    read: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    stages = tuple(Stage(**stage) for stage in read.pop("stages"))
    return TrainingSettings(**read, stages=stages)
