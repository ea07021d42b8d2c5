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
            return f"{_say(supporting, 'supports', 'support')} the claim; none conflicts with it."
        case Verdict.CONTRADICTED:
            return f"{_say(conflicting, 'conflicts', 'conflict')} with the claim; none supports it."
        case Verdict.DISPUTED:
            return (
                f"{_say(supporting, 'supports', 'support')} the claim, "
                f"{conflicting} {'conflicts' if conflicting == 1 else 'conflict'} with it."
            )
        case Verdict.INSUFFICIENT:
            return "The index has related reports, but none that decides the claim."
        case _:
            return "Nothing relevant is in the index."


def _verdict(sides: Sides) -> Verdict:
    if sides.supporting and sides.conflicting:
        of_both = {one.origin for one in (*sides.supporting, *sides.conflicting)}
        return Verdict.DISPUTED if len(of_both) > 1 else Verdict.INSUFFICIENT
    if sides.supporting:
        return Verdict.SUPPORTED
    if sides.conflicting:
        return Verdict.CONTRADICTED
    return Verdict.INSUFFICIENT if sides.mentions else Verdict.NO_EVIDENCE


def _confidence(verdict: Verdict, sides: Sides) -> float:
    strongest = [
        max(one.confidence for one in side)
        for side in (sides.supporting, sides.conflicting)
        if side
    ]
    decided = verdict in {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.DISPUTED}
    return min(strongest) if decided else 0.0


def _say(number: int, one: str, many: str) -> str:
    return (
        f"{number} independent origin {one}"
        if number == 1
        else (f"{number} independent origins {many}")
    )
