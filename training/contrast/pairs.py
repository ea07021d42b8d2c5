"""Contrasts from a labelled pair: either side is edited, and the label turned or kept with it."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast import (
    dates,
    names,
    negation,
    numbers,
    qualifiers,
    scope,
    speech,
    units,
    wording,
)
from training.contrast.change import Change, Label, Operator
from training.contrast.contrast import Contrast, contrast, kept
from training.contrast.edit import Edit
from training.contrast.names import NameChanges
from training.contrast.people import Names

MAX_EVIDENCE_CHARS = 700
_WORD = r"[\w.,]*\w"
_FLIPPED = {Label.SUPPORTS: Label.CONFLICTS, Label.CONFLICTS: Label.SUPPORTS}


def from_pair(
    claim: str, evidence: str, label: str, pool: Names, rng: Random
) -> Iterator[Contrast]:
    """Every contrast of a pair; `label` is supports, conflicts or neutral."""
    if len(evidence) > MAX_EVIDENCE_CHARS:
        return
    was = Label(label)
    yield from _negated(claim, evidence, was, rng)
    for operator in _operators(pool):
        for change in operator(claim, rng):
            yield from _claim_changed(claim, evidence, was, change)
        for change in operator(evidence, rng):
            yield from _evidence_changed(claim, evidence, was, change)
    for change in speech.changes(evidence, rng):
        yield from _reported(claim, evidence, was, change)


def _operators(pool: Names) -> tuple[Operator, ...]:
    return (
        numbers.changes, units.changes, dates.changes, qualifiers.changes, scope.changes,
        NameChanges(pool), negation.changes, wording.changes,
    )  # fmt: skip


def _negated(claim: str, evidence: str, was: Label, rng: Random) -> Iterator[Contrast]:
    """The claim with "not", or without: what was true is false, and the reverse."""
    label = _FLIPPED.get(was, was)
    for edit in (*negation.negated(claim, rng), *negation.affirmed(claim)):
        yield contrast(claim, evidence, label, negation.KIND, (edit,))


def _claim_changed(claim: str, evidence: str, was: Label, change: Change) -> Iterator[Contrast]:
    """What follows from the claim follows from what supports it, and what it excludes is excluded.

    Of a refuted or unproven claim only what says the same is known to share its fate; a changed
    number or date of an unproven claim is unproven too.
    """
    if change.kind == negation.KIND and not change.keeps:
        return
    if change.keeps:
        yield contrast(claim, evidence, was, kept(change), change.edits)
    elif was is Label.SUPPORTS and change.as_claim in _FLIPPED:
        kind = kept(change) if change.as_claim is Label.SUPPORTS else change.kind
        yield contrast(claim, evidence, change.as_claim, kind, change.edits)
    elif _is_of_another(was, change) and _names_it(claim, evidence, was, change):
        yield contrast(claim, evidence, Label.NEUTRAL, change.kind, change.edits)


def _names_it(claim: str, evidence: str, was: Label, change: Change) -> bool:
    """Whether supporting evidence names who was put aside: "he" might be whoever is put in."""
    return was is Label.NEUTRAL or _some_in(evidence, claim, change.edits)


def _is_of_another(was: Label, change: Change) -> bool:
    """Whether the changed claim is of somebody else, or was open and says something else."""
    if was is Label.SUPPORTS:
        return change.kind == names.KIND and change.as_claim is Label.NEUTRAL
    return was is Label.NEUTRAL and change.as_claim is Label.CONFLICTS


def _evidence_changed(claim: str, evidence: str, was: Label, change: Change) -> Iterator[Contrast]:
    """An edit of the evidence bears on the claim if both have the words that it replaces."""
    if change.keeps:
        if _some_in(claim, evidence, change.edits):
            yield contrast(claim, evidence, was, kept(change), (), change.edits)
    elif (
        was is Label.SUPPORTS
        and change.as_evidence is Label.CONFLICTS
        and _once_in_both(claim, evidence, change.edits)
    ):
        yield contrast(claim, evidence, Label.CONFLICTS, change.kind, (), change.edits)


def _once_in_both(claim: str, evidence: str, edits: tuple[Edit, ...]) -> bool:
    """Whether each replaced word stands in the claim, and nowhere else in the evidence."""
    for edit in edits:
        gone = _gone(evidence, edit)
        if not gone or any(
            len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", evidence)) != 1
            or not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", claim)
            for word in gone
        ):
            return False
    return True


def _some_in(claim: str, evidence: str, edits: tuple[Edit, ...]) -> bool:
    """Whether the claim has one of the replaced words: else the edit has nothing to do with it."""
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", claim)
        for edit in edits
        for word in _gone(evidence, edit)
    )


def _gone(text: str, edit: Edit) -> list[str]:
    """The words that an edit takes out of `text`."""
    new = {*re.findall(_WORD, edit.text), "a", "an", "the"}
    return [word for word in re.findall(_WORD, text[edit.start : edit.end]) if word not in new]


def _reported(claim: str, evidence: str, was: Label, change: Change) -> Iterator[Contrast]:
    """Supporting evidence put into a mouth; "failed to" counts only if the claim has the verb."""
    if was is not Label.SUPPORTS or change.as_evidence is None or change.edits[0].start > 0:
        return
    if len(evidence.split()) > 25:
        return
    kind = kept(change) if change.as_evidence is Label.SUPPORTS else change.kind
    yield contrast(claim, evidence, change.as_evidence, kind, (), change.edits)
