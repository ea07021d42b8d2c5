"""Makes the contrast suite from the articles that nothing was trained or fitted on."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from benchmarks.suite import Case, digest
from service.domain.text import Span, normalise
from service.domain.verdict import ReasonCode
from service.english.text.segment import segment
from training.contrast.balance import balanced
from training.contrast.change import Label
from training.contrast.contrast import Contrast
from training.contrast.edit import narrowed
from training.contrast.people import Names
from training.contrast.sentence import from_sentence
from training.rows import Row

DROPPED = Path(__file__).with_name("contrast.dropped.txt")
"""The ids of the pairs that a reader found to be labelled wrongly."""
HELD_OUT_EACH = 5
SEED = 11
_ID_CHARS = 8
_IN_DOUBT = ("negation", Label.NEUTRAL)
"""Of evidence that somebody did not lose, many a reader says that it supports that they won."""
_NAMES = Names(
    he=(
        "Karl Ostrander",
        "Peter Hallowell",
        "George Pemberley",
        "Martin Vasquero",
        "Paul Lindholt",
    ),
    she=("Maria Castelmar", "Anna Whitcombe", "Laura Fenstad", "Helen Marlowe", "Susan Drayford"),
)
_CODES = {
    "number": ReasonCode.NUMBER_DIFFERS,
    "unit": ReasonCode.NUMBER_DIFFERS,
    "date": ReasonCode.DATE_DIFFERS,
    "name": ReasonCode.ENTITY_DIFFERS,
    "negation": ReasonCode.NEGATION,
}


@dataclass(frozen=True, slots=True)
class _Placed(Contrast):
    """A contrast that knows its sentence's place."""

    article: str
    digest: str
    span: Span


def make(articles: Sequence[Row], count: int, dropped: AbstractSet[str]) -> list[Case]:
    """`count` cases in turns from each kind and label, less those dropped.

    The same articles give the same; what is dropped is not made up for, so that the others stay.
    """
    rng = Random(SEED)  # noqa: S311 - drawn to be repeatable
    placed = [
        one
        for row in articles[::HELD_OUT_EACH]
        for one in _of_article(row, rng)
        if (one.kind, one.label) != _IN_DOUBT
    ]
    cases = [_case(one) for one in balanced(placed, count, rng)]
    kept = [case for case in cases if case.id not in dropped]
    return sorted(kept, key=lambda case: (case.kind, case.label, case.id))


def dropped_ids() -> frozenset[str]:
    """What `DROPPED` lists."""
    return frozenset(DROPPED.read_text(encoding="utf-8").split())


def _of_article(row: Row, rng: Random) -> Iterator[_Placed]:
    text = normalise(row["text"])
    for span in segment(text).sentences:
        sentence = span.of(text)
        for pair in from_sentence(sentence, _NAMES, rng):
            yield _Placed(
                claim=pair.claim,
                evidence=pair.evidence,
                label=pair.label,
                kind=pair.kind,
                claim_edits=tuple(narrowed(sentence, edit) for edit in pair.claim_edits),
                evidence_edits=tuple(narrowed(sentence, edit) for edit in pair.evidence_edits),
                article=row["id"],
                digest=digest(text),
                span=span,
            )


def _case(one: _Placed) -> Case:
    return Case(
        id=_id(one),
        article=one.article,
        digest=one.digest,
        sentence=one.span,
        claim_edits=one.claim_edits,
        evidence_edits=one.evidence_edits,
        label=one.label,
        kind=_kind(one),
        reason=_reason(one),
    )


def _id(one: _Placed) -> str:
    """The kind and a digest of how it is made: a suite made anew names its pairs as before."""
    made_of = repr((one.article, one.span, one.claim_edits, one.evidence_edits))
    return f"{_kind(one)}-{sha256(made_of.encode()).hexdigest()[:_ID_CHARS]}"


def _kind(one: Contrast) -> str:
    return one.kind.removesuffix(".kept")


def _reason(one: Contrast) -> ReasonCode | None:
    """What exact comparison can say of a conflict; of scope and speech it is not asked."""
    if one.label is not Label.CONFLICTS:
        return None
    if one.kind == "qualifier":
        edits = (*one.claim_edits, *one.evidence_edits)
        negated = any(edit.text.endswith(" not") or edit.text == "not" for edit in edits)
        return ReasonCode.NEGATION if negated else ReasonCode.NUMBER_DIFFERS
    return _CODES.get(one.kind)
