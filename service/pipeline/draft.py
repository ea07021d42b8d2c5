"""DRAFT: text → statements and quotations → check each → findings."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from service.domain.claim import Claim
from service.domain.draft import Draft
from service.domain.finding import Finding
from service.domain.verdict import Check, Coverage, Provenance, Why
from service.pipeline.check import Checker, Vector
from service.pipeline.claims import has_predicate, why_not_checkable
from service.pipeline.concurrency import in_order
from service.pipeline.excluded import excluded_articles
from service.pipeline.findings import of_quotation, of_statement, without_repetition
from service.pipeline.quotations import verify
from service.pipeline.statements import Statement, read_statements
from service.ports import ClaimSpotter, Embedder, Tagger

AT_ONCE = 4
"""Statements checked at the same time: enough to keep the models busy, few enough to be fair."""
FIRST = 4
"""So many statements of a draft are checked one after the other before the rest is embedded: an
editor sees the first finding sooner, and a check alone keeps the models busy too."""
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
    """Statements in all, as far as is known: it gets less where some are not worth a check."""
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
        """The same with progress: a step once a part of the draft is read, then one for each of its
        statements."""
        excluded = await excluded_articles(draft, self.checker.store)
        read = await read_statements(draft, self.tagger)
        found = [statement for statement in read if draft.asks_about(statement.span)]
        checked, unread = 0, len(found)
        for some, at_once in _parts(found):
            vectors = await claim_vectors(some, self.checker.embedder)
            statements = await worth_checking(some, vectors, self.spotter)
            unread -= len(some)
            total = checked + len(statements) + unread
            yield Step(checked, total)
            reached = in_order(
                statements,
                partial(self._findings, draft, vectors, excluded),
                at_once=at_once,
            )
            async with aclosing(reached):
                async for findings in reached:
                    checked += 1
                    yield Step(checked, total, findings)

    async def ground(self, draft: Draft) -> tuple[Coverage, Provenance]:
        """What the archive holds for a draft, and what its answer is made from."""
        store = self.checker.store
        coverage = await store.coverage(draft.filters)
        provenance = self.checker.provenance(_claim(draft, "", frozenset()), await store.snapshot())
        return coverage, provenance

    async def _findings(
        self,
        draft: Draft,
        vectors: Mapping[str, Vector],
        excluded: frozenset[str],
        statement: Statement,
    ) -> tuple[Finding, ...]:
        check = await self._checked(draft, statement, vectors, excluded)
        found = of_statement(draft.text, statement.span, check) if statement.claim else None
        of_quotations: list[Finding] = []
        for quoted in statement.quoted:
            verified = await verify(
                quoted.words, quoted.speaker, self.checker, draft.filters, excluded=excluded
            )
            finding = of_quotation(quoted.span, verified, check)
            of_quotations += [finding] if finding else []
        return without_repetition(found, of_quotations)

    async def _checked(
        self,
        draft: Draft,
        statement: Statement,
        vectors: Mapping[str, Vector],
        excluded: frozenset[str],
    ) -> Check:
        if statement.claim:
            claim = _claim(draft, statement.claim, excluded)
            return await self.checker.check(claim, vectors[statement.claim])
        fallback = Why.OPINION if has_predicate(statement.words) else Why.FRAGMENT
        why = why_not_checkable(statement.words) or fallback
        return await self.checker.not_checked(_claim(draft, statement.words, excluded), why)


def _parts(statements: Sequence[Statement]) -> Iterator[tuple[Sequence[Statement], int]]:
    """The first few and the rest, with how many of them are checked at the same time."""
    yield statements[:FIRST], 1
    if len(statements) > FIRST:
        yield statements[FIRST:], AT_ONCE


async def claim_vectors(
    statements: Sequence[Statement], embedder: Embedder
) -> Mapping[str, Vector]:
    """Each claim's vector, shape (dim,), for the spotter and for the check. Raises Overloaded,
    ModelFailed."""
    claims = list(dict.fromkeys(each.claim for each in statements if each.claim))
    return dict(zip(claims, await embedder.embed(claims), strict=True))


async def worth_checking(
    statements: Sequence[Statement], vectors: Mapping[str, Vector], spotter: ClaimSpotter | None
) -> list[Statement]:
    """Those statements that are worth a check, and those that quote something, whose claim is left
    out if it is not worth one; `vectors` are those of `claim_vectors`."""
    if spotter is None or not vectors:
        return list(statements)
    claims = list(vectors)
    spotted = await spotter.spot(claims, np.stack(list(vectors.values())))
    worth = dict(zip(claims, spotted, strict=True))
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
