"""DRAFT: text → statements → check each → findings."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass

from service.domain.claim import Claim
from service.domain.draft import Draft
from service.domain.text import Span, normalise
from service.domain.verdict import Finding
from service.english.text.segment import segment
from service.pipeline.check import Checker
from service.pipeline.claims import states_something
from service.pipeline.concurrency import in_order
from service.pipeline.markup import prose
from service.ports import ClaimSpotter

AT_ONCE = 4
"""Statements checked at the same time: enough to keep the models busy, few enough to be fair."""
MAX_STATEMENT_CHARS = 2_000
"""A claim's longest; a longer sentence is no sentence."""
QUOTES_A_SIDE = 3
SURE_CONFLICT = 0.88
"""How sure a conflict must be in a draft. Most of what a draft states the archive
does not know, and then only other events are left to conflict with it: a false alarm costs more
than a miss."""


@dataclass(frozen=True, slots=True)
class DraftChecker:
    """Checks every statement of a draft."""

    checker: Checker
    spotter: ClaimSpotter | None = None
    """Leaves out what is not worth a check; without one, everything that states something is."""

    def check(self, draft: Draft) -> AsyncGenerator[Finding, None]:
        """A finding for each statement, in the order of the draft, each as it is reached.

        Closing the iterator early gives up the checks under way.
        """

        async def one_by_one() -> AsyncGenerator[tuple[Span, str], None]:
            for found in await worth_checking(draft, self.spotter):
                yield found

        return in_order(one_by_one(), lambda found: self._finding(draft, *found), at_once=AT_ONCE)

    async def _finding(self, draft: Draft, span: Span, statement: str) -> Finding:
        claim = Claim(statement, draft.filters, QUOTES_A_SIDE, min_conflict=SURE_CONFLICT)
        return Finding(span, await self.checker.check(claim))


async def worth_checking(draft: Draft, spotter: ClaimSpotter | None) -> list[tuple[Span, str]]:
    """Those statements of the draft that are worth a check. Raises Overloaded, ModelFailed."""
    found = await asyncio.to_thread(lambda: list(statements(draft)))
    if spotter is None:
        return found
    worth = await spotter.spot([statement for _, statement in found])
    return [one for one, checked in zip(found, worth, strict=True) if checked]


def statements(draft: Draft) -> Iterator[tuple[Span, str]]:
    """The sentences that state something: where they stand in the draft, and their words."""
    read = prose(draft)
    for span in segment(read.words).sentences:
        statement = " ".join(normalise(span.of(read.words)).split())
        if len(statement) <= MAX_STATEMENT_CHARS and states_something(statement):
            yield read.origin(span), statement
