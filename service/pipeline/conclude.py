"""Draws the conclusion from the evidence of both sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.verdict import Evidence, Verdict, Why, count_origins
from service.pipeline.select import Sides


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the evidence says. `summary` is one sentence.

    `confidence`, in 0..1, is that of the strongest quote that decides, the weaker side's when
    disputed, and None where nothing decides. `why` is None unless the claim is not checkable.
    """

    verdict: Verdict
    confidence: float | None
    summary: str
    sides: Sides
    why: Why | None = None


_WHY = {
    Why.QUESTION: "This is a question, not a statement.",
    Why.OPINION: "This is an opinion; no archive could bear it out.",
    Why.PREDICTION: "This is a prediction; no archive could bear it out.",
    Why.COMMAND: "This is a request, not a statement.",
    Why.FRAGMENT: "This is no whole statement.",
    Why.NO_SUBJECT: "Nothing here tells who or what this is about.",
}


def not_checkable(why: Why) -> Conclusion:
    """What is said of a claim that no archive could bear out."""
    return Conclusion(Verdict.NOT_CHECKABLE, None, _WHY[why], Sides((), (), ()), why)


def conclude(sides: Sides) -> Conclusion:
    """The verdict over both sides; it counts independent origins, not quotes."""
    verdict = _verdict(sides)
    return Conclusion(verdict, _confidence(verdict, sides), _summary(verdict, sides), sides)


def _summary(verdict: Verdict, sides: Sides) -> str:
    counted = _counted(verdict, sides)
    newer = [one.superseded_by for one in (*sides.supporting, *sides.conflicting)]
    if any(one and one.ends for one in newer):
        return f"{counted[:-1]}; what an older report says has ended."
    return f"{counted[:-1]}; a newer report has changed a figure." if any(newer) else counted


def _counted(verdict: Verdict, sides: Sides) -> str:
    supporting, conflicting = count_origins(sides.supporting), count_origins(sides.conflicting)
    match verdict:
        case Verdict.SUPPORTED:
            against = _older(sides, sides.conflicting, "conflicts with", "conflict with")
            return f"{_say(supporting, 'supports', 'support')} the claim; {against}."
        case Verdict.CONTRADICTED:
            against = _older(sides, sides.supporting, "supports", "support")
            return f"{_say(conflicting, 'conflicts', 'conflict')} with the claim; {against}."
        case Verdict.DISPUTED:
            return (
                f"{_say(supporting, 'supports', 'support')} the claim, "
                f"{conflicting} {'conflicts' if conflicting == 1 else 'conflict'} with it."
            )
        case Verdict.INSUFFICIENT:
            return "The index has related reports, but none that decides the claim."
        case _:
            return "Nothing relevant is in the index."


def _older(sides: Sides, other: Sequence[Evidence], one: str, many: str) -> str:
    """The other side, which does not count: there is none, or a newer report has overtaken it."""
    if not other:
        return f"none {one} it"
    if len({found.origin for found in (*sides.supporting, *sides.conflicting)}) == 1:
        return f"its own older report {one} it"
    return f"only older reports {many} it"


def _verdict(sides: Sides) -> Verdict:
    supporting, conflicting = _lasting(sides.supporting), _lasting(sides.conflicting)
    if supporting and conflicting:
        return _of_both(sides)
    if supporting:
        return Verdict.SUPPORTED
    if conflicting:
        return Verdict.CONTRADICTED
    return Verdict.INSUFFICIENT if sides.mentions else Verdict.NO_EVIDENCE


def _lasting(side: Sequence[Evidence]) -> list[Evidence]:
    """Without what a newer report says has ended."""
    return [one for one in side if not (one.superseded_by and one.superseded_by.ends)]


def _of_both(sides: Sides) -> Verdict:
    """Independent origins dispute a claim; a single one has the last word that it said, if it said
    one after the other."""
    if len({one.origin for one in (*sides.supporting, *sides.conflicting)}) > 1:
        return Verdict.DISPUTED
    supports = any(one.superseded_by is None for one in sides.supporting)
    conflicts = any(one.superseded_by is None for one in sides.conflicting)
    if supports == conflicts:
        return Verdict.INSUFFICIENT
    return Verdict.SUPPORTED if supports else Verdict.CONTRADICTED


def _confidence(verdict: Verdict, sides: Sides) -> float | None:
    decisive = {
        Verdict.SUPPORTED: (sides.supporting,),
        Verdict.CONTRADICTED: (sides.conflicting,),
        Verdict.DISPUTED: (sides.supporting, sides.conflicting),
    }.get(verdict, ())
    return min((max(one.confidence for one in side) for side in decisive), default=None)


def _say(number: int, one: str, many: str) -> str:
    return (
        f"{number} independent origin {one}"
        if number == 1
        else (f"{number} independent origins {many}")
    )
