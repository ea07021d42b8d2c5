"""All operators."""

from training.contrast import (
    dates,
    negation,
    numbers,
    parts,
    qualifiers,
    scope,
    shortening,
    speech,
    units,
    wording,
)
from training.contrast.change import Operator
from training.contrast.names import NameChanges
from training.contrast.people import Names


def operators(names: Names) -> tuple[Operator, ...]:
    """One operator for each kind of change; names are chosen from `names`."""
    return (
        numbers.changes,
        units.changes,
        dates.changes,
        NameChanges(names),
        negation.changes,
        scope.changes,
        parts.changes,
        shortening.changes,
        qualifiers.changes,
        speech.changes,
        wording.changes,
    )
