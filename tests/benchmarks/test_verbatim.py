"""The proof of quotes finds a broken one, and none in the answers to the samples."""

from dataclasses import replace

import pytest

from benchmarks.verbatim import wrong_answer, wrong_judgement
from service.domain.claim import Claim
from service.domain.text import Span, mention
from service.domain.verdict import Check, Reason, ReasonCode, Stance, Status, Verdict, Why
from service.wire.checks import CheckResponse
from service.wire.evidence import Evidence
from service.wiring import Services

CLAIM = "Sallow Bridge was closed after cracks were found in its cables."


@pytest.fixture(scope="module")
async def answer(samples: Services) -> Check:
    """One that has quotes."""
    return await samples.checker.check(Claim(CLAIM))


def wrong(checks: dict[str, bool]) -> set[str]:
    return {name for name, is_wrong in checks.items() if is_wrong}


def judged(check: Check, stance: Stance, *codes: ReasonCode, status: Status) -> Evidence:
    """A quote of the answer with another stance, other reasons and another status."""
    quote = check.supporting[0]
    claimed, said = mention(CLAIM, Span(0, 6)), mention(quote.quote, Span(0, 3))
    reasons = tuple(Reason(code, claimed, said) for code in codes)
    return Evidence.of(replace(quote, stance=stance, reasons=reasons, status=status), "")


def test_an_answer_is_right(answer: Check) -> None:
    """As it is given."""
    shape = CheckResponse.of(answer)
    assert shape.supporting
    assert not wrong(wrong_answer(shape))
    for quote in (*shape.supporting, *shape.conflicting, *shape.mentions):
        assert not wrong(wrong_judgement(CLAIM, quote))


def test_an_answer_that_breaks_a_promise_is_found(answer: Check) -> None:
    """A decision without confidence, confidence without a decision, a quote on the wrong side."""

    def found(**changed: object) -> set[str]:
        return wrong(wrong_answer(CheckResponse.of(replace(answer, **changed))))  # type: ignore[arg-type]

    assert found(confidence=None) == {"confidence"}
    assert found(verdict=Verdict.INSUFFICIENT) == {"confidence"}
    assert found(why=Why.OPINION) == {"why"}
    assert found(conflicting=answer.supporting) == {"side"}


@pytest.mark.parametrize(
    ("stance", "codes", "status", "found"),
    [
        (Stance.SUPPORTS, [], Status.ASSERTED, set()),
        (Stance.SUPPORTS, [ReasonCode.NUMBER_DIFFERS], Status.ASSERTED, {"reasons"}),
        (Stance.SUPPORTS, [ReasonCode.NEGATION], Status.ASSERTED, {"reasons"}),
        (Stance.SUPPORTS, [], Status.ALLEGED, {"status"}),
        (Stance.CONFLICTS, [ReasonCode.DATE_DIFFERS], Status.ASSERTED, set()),
        (Stance.CONFLICTS, [ReasonCode.MEANING_DIFFERS], Status.ASSERTED, set()),
        (Stance.CONFLICTS, [], Status.ASSERTED, {"conflict without a reason"}),
        (Stance.CONFLICTS, [ReasonCode.SCOPE_DIFFERS], Status.ASSERTED, {"reasons"}),
        (Stance.CONFLICTS, [ReasonCode.ATTRIBUTION_DIFFERS], Status.ASSERTED, {"reasons"}),
        (Stance.MENTIONS, [ReasonCode.SCOPE_DIFFERS], Status.PLANNED, set()),
    ],
)
def test_a_quote_that_says_more_than_it_may_is_found(
    answer: Check, stance: Stance, codes: list[ReasonCode], status: Status, found: set[str]
) -> None:
    """What differs makes no support, another scope no conflict, and an accusation no fact."""
    assert wrong(wrong_judgement(CLAIM, judged(answer, stance, *codes, status=status))) == found


def test_an_accusation_may_decide_a_claim_of_one(answer: Check) -> None:
    """That somebody is accused is borne out by an accusation."""
    quote = judged(answer, Stance.SUPPORTS, status=Status.ALLEGED)
    assert not wrong(wrong_judgement("The company is accused of bribery.", quote))
