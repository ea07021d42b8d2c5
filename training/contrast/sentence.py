"""Contrasts from a single sentence: as evidence against a claim made of it, and the reverse."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast import negation, shortening, speech
from training.contrast.change import Change, Label
from training.contrast.contrast import Contrast, contrast, kept
from training.contrast.edit import Edit
from training.contrast.operators import operators
from training.contrast.people import Names

SHORTENED = 0.5
"""How often the claim is cut as well, where it can be."""
_WHOLE = re.compile(r"[A-Z][^\n\t|]{16,300}[a-z0-9)%]\.")
_ODD = re.compile(
    r"https?:|www\.|\.com\b|©|\bAP\b|Photo|photo|File|FILE|[Aa]dvertisement|Story continues|@|\["
    r"|Facebook Twitter|Pinterest|Getty|Reuters|\(Image|Subscribe|newsletter|\.\.|…|[A-Z]{6,}|\?"
    r"|^(?:And|But|Or|So|Because)\b"
)


def is_usable(sentence: str) -> bool:
    """Whether it is one plain statement: no caption, quotation, question or fragment."""
    return bool(
        _WHOLE.fullmatch(sentence)
        and not _ODD.search(sentence)
        and not any(mark in sentence for mark in '"“”‘')
        and sentence.count("(") == sentence.count(")")
    )


def from_sentence(sentence: str, names: Names, rng: Random) -> Iterator[Contrast]:
    """Every contrast that one sentence gives, in both directions; none if it is not usable.

    Either its edited copy is the claim and the sentence the evidence, or the other way round; the
    claim is shortened now and then, so that it is not always as long as the evidence; not where the
    evidence is a report of it, as who denies two things may grant one of them.
    """
    if not is_usable(sentence):
        return
    cuts = [change.edits for change in shortening.changes(sentence, rng)]
    for operator in operators(names):
        for change in operator(sentence, rng):
            cut = rng.choice(cuts) if cuts and rng.random() < SHORTENED else ()
            beside = _beside(change, cut) if change.as_claim else ()
            yield from _both_ways(sentence, change, beside)
            if change.kind == negation.KIND and change.as_claim is Label.CONFLICTS and beside:
                yield _on_both_sides(sentence, change, beside)
    yield from speech.of_speakers(sentence, rng)


def _beside(change: Change, cut: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """`cut`, or nothing where it would take the change away."""
    met = any(edit.touches(part) for edit in change.edits for part in cut)
    return () if met else cut


def _on_both_sides(sentence: str, change: Change, cut: tuple[Edit, ...]) -> Contrast:
    """What both sides negate, they agree on: "not" in a claim is no sign of a conflict."""
    edits = (*change.edits, *cut)
    return contrast(sentence, sentence, Label.SUPPORTS, kept(change), edits, change.edits)


def _both_ways(sentence: str, change: Change, cut: tuple[Edit, ...]) -> Iterator[Contrast]:
    if change.as_claim:
        kind = kept(change) if change.as_claim is Label.SUPPORTS else change.kind
        edits = (*change.edits, *cut)
        yield contrast(sentence, sentence, change.as_claim, kind, claim_edits=edits)
    if change.as_evidence:
        kind = kept(change) if change.as_evidence is Label.SUPPORTS else change.kind
        yield contrast(sentence, sentence, change.as_evidence, kind, cut, change.edits)
