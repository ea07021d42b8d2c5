"""Draws the conclusion from the evidence of both sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.verdict import Evidence, Verdict, Why, count_origins
from service.pipeline.select import Sides


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the evidence says of the claim."""

    verdict: Verdict
    confidence: float | None
    """That of the strongest quote that decides, in 0..1; of the weaker side where the claim is
    disputed; None where nothing decides."""
    summary: str
    """One sentence."""
    sides: Sides
    why: Why | None = None
    """Why the claim is not checkable; None for every other verdict."""


_WHY_NOT = {
    Why.QUESTION: "This is a question, not a statement.",
    Why.OPINION: "This is an opinion; no archive could bear it out.",
    Why.PREDICTION: "This is a prediction; no archive could bear it out.",
    Why.COMMAND: "This is a request, not a statement.",
    Why.FRAGMENT: "This is no whole statement.",
    Why.NO_SUBJECT: "Nothing here tells who or what this is about.",
}


def not_checkable(why: Why) -> Conclusion:
    """The conclusion for a claim that is not checkable."""
    return Conclusion(Verdict.NOT_CHECKABLE, None, _WHY_NOT[why], Sides((), (), ()), why)


def conclude(sides: Sides) -> Conclusion:
    """The verdict over both sides; it counts independent origins, not quotes."""
    verdict = _verdict(sides)
    return Conclusion(verdict, _confidence(verdict, sides), _summary(verdict, sides), sides)


def _summary(verdict: Verdict, sides: Sides) -> str:
    counted = _counted(verdict, sides)
    newer = [quote.superseded_by for quote in (*sides.supporting, *sides.conflicting)]
    if any(successor and successor.ends for successor in newer):
        return f"{counted[:-1]}; what an older report says has ended."
    return f"{counted[:-1]}; a newer report has changed a figure." if any(newer) else counted


def _counted(verdict: Verdict, sides: Sides) -> str:
    supporting, conflicting = count_origins(sides.supporting), count_origins(sides.conflicting)
    match verdict:
        case Verdict.SUPPORTED:
            against = _other_side(sides, sides.conflicting, "conflicts with", "conflict with")
            return f"{_origins_that(supporting, 'supports', 'support')} the claim; {against}."
        case Verdict.CONTRADICTED:
            against = _other_side(sides, sides.supporting, "supports", "support")
            return (
                f"{_origins_that(conflicting, 'conflicts', 'conflict')} with the claim; {against}."
            )
        case Verdict.DISPUTED:
            return (
                f"{_origins_that(supporting, 'supports', 'support')} the claim, "
                f"{conflicting} {'conflicts' if conflicting == 1 else 'conflict'} with it."
            )
        case Verdict.INSUFFICIENT:
            return "The index has related reports, but none that decides the claim."
        case _:
            return "Nothing relevant is in the index."


def _other_side(sides: Sides, overtaken: Sequence[Evidence], singular: str, plural: str) -> str:
    """A clause about the other side, which does not count: it is empty or superseded."""
    if not overtaken:
        return f"none {singular} it"
    if len({found.origin for found in (*sides.supporting, *sides.conflicting)}) == 1:
        return f"its own older report {singular} it"
    return f"only older reports {plural} it"


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
    """The quotes of a side, without those whose state has ended, as a newer report says."""
    return [quote for quote in side if not (quote.superseded_by and quote.superseded_by.ends)]


def _of_both(sides: Sides) -> Verdict:
    """The verdict where both sides have quotes. Several independent origins dispute the claim; of a
    single origin its newest word counts, if it has one."""
    if len({quote.origin for quote in (*sides.supporting, *sides.conflicting)}) > 1:
        return Verdict.DISPUTED
    supports = any(quote.superseded_by is None for quote in sides.supporting)
    conflicts = any(quote.superseded_by is None for quote in sides.conflicting)
    if supports == conflicts:
        return Verdict.INSUFFICIENT
    return Verdict.SUPPORTED if supports else Verdict.CONTRADICTED


def _confidence(verdict: Verdict, sides: Sides) -> float | None:
    decisive = {
        Verdict.SUPPORTED: (sides.supporting,),
        Verdict.CONTRADICTED: (sides.conflicting,),
        Verdict.DISPUTED: (sides.supporting, sides.conflicting),
    }.get(verdict, ())
    return min((max(quote.confidence for quote in side) for side in decisive), default=None)


def _origins_that(number: int, singular: str, plural: str) -> str:
    return (
        f"{number} independent origin {singular}"
        if number == 1
        else (f"{number} independent origins {plural}")
    )
