"""Windows with what is known of each of their sentences: what the stance models are trained on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from service.domain.window import Window

Target = tuple[float, float, float]
"""For supports, conflicts, neutral: how well each would do. (1, 0, 0) asks for "supports";
(1, 0, 1) for anything but "conflicts"; (1, 1, 1) for nothing."""

TARGETS: dict[str, Target] = {
    "supports": (1.0, 0.0, 0.0),
    "conflicts": (0.0, 1.0, 0.0),
    "neutral": (0.0, 0.0, 1.0),
    "not_supports": (0.0, 1.0, 1.0),
    "not_conflicts": (1.0, 0.0, 1.0),
}
ANYTHING: Target = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim and a window; `targets` and `weights` have a value for each of its sentences."""

    source: str
    claim: str
    head: str
    sentences: tuple[str, ...]
    targets: tuple[Target, ...]
    weights: tuple[float, ...]

    @property
    def window(self) -> Window:
        """What the model reads."""
        return Window(self.head, self.sentences)

    def row(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Labelled":
        """The other way."""
        return cls(
            row["source"],
            row["claim"],
            row["head"],
            tuple(row["sentences"]),
            tuple((float(s), float(c), float(n)) for s, c, n in row["targets"]),
            tuple(row["weights"]),
        )


def single(source: str, claim: str, text: str, label: str, head: str = "") -> Labelled:
    """One text that is judged as a whole."""
    return Labelled(source, claim, head, (text,), (TARGETS[label],), (1.0,))


def in_context(
    source: str,
    claim: str,
    head: str,
    sentences: Sequence[tuple[str, Target, float]],
) -> Labelled:
    """Each sentence with its target and weight."""
    texts, targets, weights = zip(*sentences, strict=True)
    return Labelled(source, claim, head, tuple(texts), tuple(targets), tuple(weights))
