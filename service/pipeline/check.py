"""CHECK: claim → embed → retrieve → read around → judge → excerpt → classify → neighbours →
narrow → select → conclude."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field

import numpy as np
from numpy.typing import NDArray

from service.domain.claim import Claim, Filters
from service.domain.errors import OnrecordError
from service.domain.retrieval import Retrieved
from service.domain.verdict import Check, Coverage, Notice, Provenance, Why
from service.english.reading import Reading
from service.pipeline import classify, narrow, neighbours, retrieve
from service.pipeline.assertion import Assertion, read_assertion
from service.pipeline.check_cache import CheckCache
from service.pipeline.claims import why_not_checkable
from service.pipeline.classifier import Classifier
from service.pipeline.classify import Classified
from service.pipeline.conclude import Conclusion, conclude, not_checkable
from service.pipeline.excerpt import excerpts
from service.pipeline.judge import Judged, judge
from service.pipeline.notices import notices
from service.pipeline.select import select
from service.pipeline.tuning import thresholds
from service.pipeline.turns import Turns, Work
from service.pipeline.windows import Stretch, read_around
from service.ports import Embedder, StanceModel, Store

Vector = NDArray[np.float32]

ATTEMPTS = 3
"""Bulk indexing changes the archive about once a second, a check takes a fraction of that."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was read of the archive for a claim, and each sentence as judged; or why nothing was."""

    stretches: tuple[Stretch, ...] = ()
    judged: tuple[Judged, ...] = ()
    assertion: Assertion | None = None
    why: Why | None = None


def _uncounted(*_: object) -> None:
    """Where nobody counts what is left out, or what is concluded."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks claims. Whatever takes time leaves the event loop.

    `passages` is how many passages are found for a claim, and `tokens` about how many tokens the
    stance model reads of them and what stands beside them; `models` maps each model's role to its
    fingerprint, for the answers' provenance. Each check and each search takes one of `turns`, but
    for an answer that is in `cache`. `left_out(passages, error)` is told of sentences that could
    not be read, `concluded` of every answer. `thresholds` are those in the code, for provenance.
    """

    embedder: Embedder
    store: Store
    stance: StanceModel
    classifier: Classifier
    passages: int
    tokens: int
    models: tuple[tuple[str, str], ...]
    turns: Turns
    left_out: Callable[[int, Exception], None] = _uncounted
    concluded: Callable[[Check], None] = _uncounted
    cache: CheckCache | None = None
    thresholds: Mapping[str, float] = field(default_factory=thresholds)

    async def check(self, claim: Claim, vector: Vector | None = None) -> Check:
        """The same claim over the same snapshot gives the same answer. Whoever has the claim's
        vector, shape (dim,), hands it over, so that it is not made again.

        When the archive changes meanwhile, the check is made again, so that the answer is of one
        snapshot; after `ATTEMPTS` it is given as it is.
        """
        answer = await self._known(claim)
        if answer is None:
            async with self.turns.turn(Work.CHECK):
                answer, _ = await self.check_and_show(claim, vector)
        self.concluded(answer)
        return answer

    async def _known(self, claim: Claim) -> Check | None:
        """The answer where it was made before, over the archive as it is now."""
        if self.cache is None:
            return None
        made_from = self.provenance(claim, await self.store.snapshot())
        return await self.cache.find(claim, made_from, self.store)

    async def check_and_show(
        self, claim: Claim, vector: Vector | None = None
    ) -> tuple[Check, Examined]:
        """The same made anew and out of turn, with what was read for it."""
        for _ in range(ATTEMPTS):
            version, snapshot = await self.store.version(), await self.store.snapshot()
            examined = await self.examine(claim, vector)
            conclusion = await self._conclude(claim, examined)
            told = await notices(claim, examined.stretches, self.store)
            coverage = await self.store.coverage(claim.filters)
            if unchanged := await self.store.version() == version:
                break
        answer = self._answer(claim, conclusion, told, coverage, snapshot)
        if self.cache and unchanged:
            await self.cache.keep(answer)
        return answer, examined

    async def not_checked(self, claim: Claim, why: Why) -> Check:
        """The answer to what is no claim; nothing is retrieved for it."""
        coverage = await self.store.coverage(claim.filters)
        snapshot = await self.store.snapshot()
        return self._answer(claim, not_checkable(why), (), coverage, snapshot)

    async def search(
        self, text: str, filters: Filters, *, limit: int, excluded: Collection[str] = ()
    ) -> tuple[Retrieved, ...]:
        """What retrieval alone sees; nothing of articles with an id in `excluded`."""
        async with self.turns.turn(Work.SEARCH):
            vector = await self._vector(text)
            return await retrieve.retrieve(
                text, vector, filters, self.store, limit=limit, excluded=excluded
            )

    async def _vector(self, text: str) -> Vector:
        vector: Vector = (await self.embedder.embed([text]))[0]
        return vector

    async def examine(self, claim: Claim, vector: Vector | None = None) -> Examined:
        """What is read for a claim, and what the stance model says of it; nothing for what is no
        claim."""
        assertion = await asyncio.to_thread(_understood, claim.text)
        if isinstance(assertion, Why):
            return Examined(why=assertion)
        found = await retrieve.retrieve(
            claim.text,
            await self._vector(claim.text) if vector is None else vector,
            claim.filters,
            self.store,
            limit=self.passages,
            excluded=claim.excluded_articles,
        )
        stretches = await read_around(claim.text, found, self.store, tokens=self.tokens)
        judged = await judge(assertion.to_be_judged, stretches, self.stance)
        return Examined(stretches, judged, assertion)

    async def _conclude(self, claim: Claim, examined: Examined) -> Conclusion:
        """Leaves out what no rule for reading English foresaw: one such sentence in the archive
        would otherwise fail every check that finds it."""
        assertion = examined.assertion
        if assertion is None:
            return not_checkable(examined.why or Why.FRAGMENT)
        try:
            return await self._concluded(claim, assertion, examined.judged)
        except OnrecordError:
            raise
        except Exception as error:
            legible = await asyncio.to_thread(self._legible, claim, assertion, examined.judged)
            if len(legible) == len(examined.judged):
                raise
            self.left_out(len(examined.judged) - len(legible), error)
            return await self._concluded(claim, assertion, legible)

    async def _concluded(
        self, claim: Claim, assertion: Assertion, judged: Sequence[Judged]
    ) -> Conclusion:
        classified = await asyncio.to_thread(self._classified, claim, assertion, judged)
        words = assertion.to_be_judged
        shown = await narrow.narrowed(words, classified, self.stance, most=claim.limit)
        return await asyncio.to_thread(lambda: conclude(select(shown, claim.limit)))

    def _classified(
        self, claim: Claim, assertion: Assertion, judged: Sequence[Judged]
    ) -> tuple[Classified, ...]:
        read = excerpts(Reading(assertion.to_be_judged), judged)
        classified = classify.classify(claim, assertion, read, self.classifier)
        return neighbours.with_neighbours(classified, read)

    def _legible(
        self, claim: Claim, assertion: Assertion, judged: Sequence[Judged]
    ) -> list[Judged]:
        """Those that can be read and classified. Raises what reading the claim itself raises."""
        Reading(claim.text).read_whole()
        legible = []
        for sentence in judged:
            with suppress(Exception):
                self._classified(claim, assertion, [sentence])
                Reading(sentence.sentence.of(sentence.read.passage.article.text)).read_whole()
                legible.append(sentence)
        return legible

    def _answer(
        self,
        claim: Claim,
        conclusion: Conclusion,
        told: tuple[Notice, ...],
        coverage: Coverage,
        snapshot: str,
    ) -> Check:
        return Check(
            claim=claim,
            verdict=conclusion.verdict,
            confidence=conclusion.confidence,
            why=conclusion.why,
            summary=conclusion.summary,
            notices=told,
            supporting=conclusion.sides.supporting,
            conflicting=conclusion.sides.conflicting,
            mentions=conclusion.sides.mentions,
            coverage=coverage,
            provenance=self.provenance(claim, snapshot),
        )

    def provenance(self, claim: Claim, snapshot: str) -> Provenance:
        """What an answer to `claim` over `snapshot` is made from."""
        return Provenance(
            snapshot=snapshot,
            as_of=claim.filters.as_of,
            models=self.models,
            settings=self._tuning(claim),
        )

    def _tuning(self, claim: Claim) -> str:
        """A digest of the numbers that tune judgement beside the models."""
        tuning = {
            "passages": self.passages,
            "tokens": self.tokens,
            "limit": claim.limit,
            "min_confidence": [claim.min_confidence, claim.min_conflict],
            "classifier": asdict(self.classifier),
            "thresholds": self.thresholds,
        }
        return f"sha256:{hashlib.sha256(json.dumps(tuning, sort_keys=True).encode()).hexdigest()}"


def _understood(claim: str) -> Assertion | Why:
    """What a claim asserts, or why no archive could bear it out."""
    return why_not_checkable(claim) or read_assertion(claim)
