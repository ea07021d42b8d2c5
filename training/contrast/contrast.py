"""A contrast: a pair of claim and evidence whose label is known from how it was made."""

from dataclasses import dataclass

from training.contrast.change import Change, Label
from training.contrast.edit import Edit, applied


@dataclass(frozen=True, slots=True)
class Contrast:
    """`kind` names what was changed, with `.kept` where the label was not.

    The edits are those that made claim and evidence out of the texts they were made from.
    """

    claim: str
    evidence: str
    label: Label
    kind: str
    claim_edits: tuple[Edit, ...]
    evidence_edits: tuple[Edit, ...]


def contrast(
    claim: str,
    evidence: str,
    label: Label,
    kind: str,
    claim_edits: tuple[Edit, ...] = (),
    evidence_edits: tuple[Edit, ...] = (),
) -> Contrast:
    """Makes the edits in both texts."""
    return Contrast(
        applied(claim, claim_edits),
        applied(evidence, evidence_edits),
        label,
        kind,
        claim_edits,
        evidence_edits,
    )


def kept(change: Change) -> str:
    """The name of a change's kind where it turns nothing."""
    return f"{change.kind}.kept"
