"""DRAFT: text → statements and quotations → check each → findings."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from service.domain.claim import Claim
from service.domain.draft import Draft
from service.domain.finding import Finding
from service.domain.verdict import Check, Coverage, Provenance, Why
from service.pipeline.check import Checker
from service.pipeline.claims import has_predicate, why_not_checkable
from service.pipeline.concurrency import in_order
from service.pipeline.excluded import excluded_articles
from service.pipeline.findings import of_quotation, of_statement, without_repetition
from service.pipeline.quotations import verify
from service.pipeline.statements import Statement, read_statements
from service.ports import ClaimSpotter, Tagger

AT_ONCE = 4
"""Statements checked at the same time: enough to keep the models busy, few enough to be fair."""
SURE_CONFLICT = 0.88
"""How sure a conflict must be in a draft, unless another figure, date or name explains it in nearly
the same words. Most of what a draft states the archive does not know, and then only other events
are left to conflict with it: a false alarm costs more than a miss."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the check of a draft has come."""

    checked: int
    """Statements done, those of this step too."""
    statements: int
    """Statements in all."""
    findings: tuple[Finding, ...] = ()
    """Those of the statement that this step has done."""


@dataclass(frozen=True, slots=True)
class DraftChecker:
    """Checks every statement of a draft, and verifies its quotations."""

    checker: Checker
    tagger: Tagger | None = None
    """Finds who said what; without one rules do."""
    spotter: ClaimSpotter | None = None
    """Leaves out what is not worth a check; without one, everything that states something is."""

    async def check(self, draft: Draft) -> AsyncGenerator[Finding, None]:
        """The findings in the order of the draft, each as it is reached; every statement that is
        checked has one.

        Closing the iterator early gives up the checks under way.
        """
        async with aclosing(self.steps(draft)) as steps:
            async for step in steps:
                for finding in step.findings:
                    yield finding

    async def steps(self, draft: Draft) -> AsyncGenerator[Step, None]:
        """The same with progress: a step once the draft is read, then one for each statement."""
        excluded = await excluded_articles(draft, self.checker.store)
        read = await read_statements(draft, self.tagger)
        found = tuple(statement for statement in read if draft.asks_about(statement.span))
        statements = await worth_checking(found, self.spotter)
        yield Step(0, len(statements))
        reached = in_order(
            _each(statements),
            lambda statement: self._findings(draft, statement, excluded),
            at_once=AT_ONCE,
        )
        checked = 0
        async with aclosing(reached):
            async for findings in reached:
                checked += 1
                yield Step(checked, len(statements), findings)

    async def ground(self, draft: Draft) -> tuple[Coverage, Provenance]:
        """What the archive holds for a draft, and what its answer is made from."""
        store = self.checker.store
        coverage = await store.coverage(draft.filters)
        provenance = self.checker.provenance(_claim(draft, "", frozenset()), await store.snapshot())
        return coverage, provenance

    async def _findings(
        self, draft: Draft, statement: Statement, excluded: frozenset[str]
    ) -> tuple[Finding, ...]:
        check = await self._checked(draft, statement, excluded)
        found = of_statement(draft.text, statement.span, check) if statement.claim else None
        of_quotations: list[Finding] = []
        for quoted in statement.quoted:
            verified = await verify(
                quoted.words, quoted.speaker, self.checker, draft.filters, excluded=excluded
            )
            finding = of_quotation(quoted.span, verified, check)
            of_quotations += [finding] if finding else []
        return without_repetition(found, of_quotations)

    async def _checked(self, draft: Draft, statement: Statement, excluded: frozenset[str]) -> Check:
        if statement.claim:
            return await self.checker.check(_claim(draft, statement.claim, excluded))
        fallback = Why.OPINION if has_predicate(statement.words) else Why.FRAGMENT
        why = why_not_checkable(statement.words) or fallback
        return await self.checker.not_checked(_claim(draft, statement.words, excluded), why)


async def _each(statements: Sequence[Statement]) -> AsyncGenerator[Statement, None]:
    for statement in statements:
        yield statement


async def worth_checking(
    statements: Sequence[Statement], spotter: ClaimSpotter | None
) -> list[Statement]:
    """Those statements that are worth a check, and those that quote something, whose claim is left
    out if it is not worth one. Raises Overloaded, ModelFailed."""
    claims = [statement.claim for statement in statements if statement.claim]
    if spotter is None or not claims:
        return list(statements)
    worth = dict(zip(claims, await spotter.spot(claims), strict=True))
    kept = [
        statement if worth.get(statement.claim or "") else replace(statement, claim=None)
        for statement in statements
    ]
    return [statement for statement in kept if statement.claim or statement.quoted]


def _claim(draft: Draft, words: str, excluded: frozenset[str]) -> Claim:
    return Claim(
        words,
        draft.filters,
        draft.limit,
        min_confidence=draft.min_confidence,
        min_conflict=SURE_CONFLICT,
        excluded_articles=excluded,
    )
