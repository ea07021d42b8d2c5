"""Draws the conclusion from the evidence of both sides."""

from dataclasses import dataclass

from service.domain.verdict import Verdict, count_origins
from service.pipeline.select import Sides


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the evidence says. `summary` is one sentence.

    `confidence`, in 0..1, is that of the strongest quote that decides, the weaker side's when
    disputed, and 0 where nothing decides.
    """

    verdict: Verdict
    confidence: float
    summary: str
    sides: Sides


NOT_CHECKABLE = Conclusion(
    Verdict.NOT_CHECKABLE,
    0.0,
    "This is no statement of fact that an archive could bear out.",
    Sides((), (), ()),
)


def conclude(sides: Sides) -> Conclusion:
    """The verdict over both sides; it counts independent origins, not quotes."""
    verdict = _verdict(sides)
    return Conclusion(verdict, _confidence(verdict, sides), _summary(verdict, sides), sides)


def _summary(verdict: Verdict, sides: Sides) -> str:
    counted = _counted(verdict, sides)
    updated = any(one.superseded_by for one in (*sides.supporting, *sides.conflicting))
    return f"{counted[:-1]}; a newer report has changed a figure." if updated else counted


def _counted(verdict: Verdict, sides: Sides) -> str:
    supporting, conflicting = count_origins(sides.supporting), count_origins(sides.conflicting)
    match verdict:
        case Verdict.SUPPORTED:
            against = _own("conflicts with") if conflicting else "none conflicts with it"
            return f"{_say(supporting, 'supports', 'support')} the claim; {against}."
        case Verdict.CONTRADICTED:
            against = _own("supports") if supporting else "none supports it"
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


def _own(does: str) -> str:
    return f"its own older report {does} it"


def _verdict(sides: Sides) -> Verdict:
    if sides.supporting and sides.conflicting:
        return _of_both(sides)
    if sides.supporting:
        return Verdict.SUPPORTED
    if sides.conflicting:
        return Verdict.CONTRADICTED
    return Verdict.INSUFFICIENT if sides.mentions else Verdict.NO_EVIDENCE


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


def _confidence(verdict: Verdict, sides: Sides) -> float:
    decisive = {
        Verdict.SUPPORTED: (sides.supporting,),
        Verdict.CONTRADICTED: (sides.conflicting,),
        Verdict.DISPUTED: (sides.supporting, sides.conflicting),
    }.get(verdict, ())
    return min((max(one.confidence for one in side) for side in decisive), default=0.0)


def _say(number: int, one: str, many: str) -> str:
    return (
        f"{number} independent origin {one}"
        if number == 1
        else (f"{number} independent origins {many}")
    )
