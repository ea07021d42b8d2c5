"""The one file of settings, read."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from service.models.attribution.tagger import Decoding

SETTINGS = Path(__file__).with_name("settings.toml")


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """As in settings.toml."""

    seed: int
    reading_layers: int
    asking_layers: int
    batch_statements: int
    epochs: int
    learning_rate: float
    weight_decay: float
    warmup_share: float
    dropout: float
    asked_from: float
    most_wrong: float
    cue_weight: float
    decoding: Decoding
    narrowed: "Narrowed"

    @property
    def after_narrowing(self) -> "TrainingSettings":
        """For a model whose units were taken out."""
        shorter = self.narrowed
        return replace(self, epochs=shorter.epochs, learning_rate=shorter.learning_rate)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is different when a narrowed model is trained on."""

    epochs: int
    learning_rate: float


def read_settings(file: Path = SETTINGS) -> TrainingSettings:
    """Raises TypeError on a name that is missing or unknown."""
    read: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    decoding = Decoding(**read.pop("decoding"))
    narrowed = Narrowed(**read.pop("narrowed"))
    return TrainingSettings(**read, decoding=decoding, narrowed=narrowed)
