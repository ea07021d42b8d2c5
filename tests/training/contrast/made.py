"""What an operator makes of a sentence, as text and labels."""

from random import Random

from training.contrast.change import Label, Operator
from training.contrast.edit import applied

Outcome = tuple[str, Label | None, Label | None]
SEEDS = 300


def made(operator: Operator, text: str) -> set[Outcome]:
    """Every edited text that some seed gives, with its label as claim and as evidence."""
    return {
        (applied(text, change.edits), change.as_claim, change.as_evidence)
        for seed in range(SEEDS)
        for change in operator(text, Random(seed))
    }


def labels(operator: Operator, text: str) -> dict[str, tuple[Label | None, Label | None]]:
    """The labels by edited text."""
    return {edited: (claim, evidence) for edited, claim, evidence in made(operator, text)}
