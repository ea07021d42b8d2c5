"""What one edit does to the meaning of a text, read in both directions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from training.contrast.edit import Edit


class Label(StrEnum):
    """What evidence does to a claim."""

    SUPPORTS = "supports"
    CONFLICTS = "conflicts"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Change:
    """Edits of one text.

    `as_claim` is the label of the edited text as a claim against the text as it was, `as_evidence`
    that of the text as it was as a claim against the edited one; None where it is not certain.
    """

    edits: tuple[Edit, ...]
    kind: str
    as_claim: Label | None
    as_evidence: Label | None

    @property
    def keeps(self) -> bool:
        """Whether both texts say the same."""
        return self.as_claim == self.as_evidence == Label.SUPPORTS


Operator = Callable[[str, Random], Iterator[Change]]
"""Finds what can be changed in a text, and makes one choice for each."""


def same(kind: str, *edits: Edit) -> Change:
    """A change that keeps the meaning."""
    return Change(edits, kind, Label.SUPPORTS, Label.SUPPORTS)


def excluded(kind: str, *edits: Edit) -> Change:
    """A change after which both texts cannot be true."""
    return Change(edits, kind, Label.CONFLICTS, Label.CONFLICTS)


def weaker(kind: str, *edits: Edit) -> Change:
    """A change that leaves something out: it follows, and does not follow back."""
    return Change(edits, kind, Label.SUPPORTS, Label.NEUTRAL)


def stronger(kind: str, *edits: Edit) -> Change:
    """A change that says more than there was."""
    return Change(edits, kind, Label.NEUTRAL, Label.SUPPORTS)


def unrelated(kind: str, *edits: Edit) -> Change:
    """A change after which neither text says anything of the other."""
    return Change(edits, kind, Label.NEUTRAL, Label.NEUTRAL)
