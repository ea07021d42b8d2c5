"""CHECK: claim → assertion, embed → retrieve → excerpt → shortlist → judge → weigh → select →
conclude."""

import hashlib
import json
from dataclasses import asdict, dataclass

from service.domain.claim import Claim, Filters
from service.domain.retrieval import Retrieved
from service.domain.verdict import Check, Coverage, Provenance
from service.pipeline import assertion as asserted
from service.pipeline import origins, retrieve, weigh
from service.pipeline.assertion import read_assertion
from service.pipeline.claims import is_checkable
from service.pipeline.conclude import NOT_CHECKABLE, Conclusion, conclude
from service.pipeline.excerpt import excerpts
from service.pipeline.judge import judge
from service.pipeline.select import select
from service.pipeline.shortlist import SHARED_WEIGHT, shortlist
from service.pipeline.weighing import Weighing
from service.ports import Embedder, StanceModel, Store, Tagger

ATTEMPTS = 3
"""Bulk indexing changes the archive about once a second, a check takes a fraction of that."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks claims.

    `passages` is how many passages are read for a claim, and `sentences` how many of their
    sentences the stance model judges; `models` maps each model's role to its
    fingerprint, for the answers' provenance.
    """

    embedder: Embedder
    store: Store
    tagger: Tagger
    stance: StanceModel
    weighing: Weighing
    passages: int
    sentences: int
    models: tuple[tuple[str, str], ...]

    async def check(self, claim: Claim) -> Check:
        """The same claim over the same snapshot gives the same answer.

        When the archive changes meanwhile, the check is made again, so that the answer is of one
        snapshot; after `ATTEMPTS` it is given as it is.
        """
        for _ in range(ATTEMPTS):
            snapshot = await self.store.snapshot()
            conclusion = await self._conclude(claim)
            coverage = await self.store.coverage(claim.filters)
            if await self.store.snapshot() == snapshot:
                break
        return self._answer(claim, conclusion, coverage, snapshot)

    async def search(self, text: str, filters: Filters, *, limit: int) -> tuple[Retrieved, ...]:
        """What retrieval alone sees."""
        vectors = await self.embedder.embed([text])
        return await retrieve.retrieve(text, vectors[0], filters, self.store, limit=limit)

    async def _conclude(self, claim: Claim) -> Conclusion:
        if not is_checkable(claim.text):
            return NOT_CHECKABLE
        found = await self.search(claim.text, claim.filters, limit=self.passages)
        worth_it = shortlist(excerpts(claim.text, found), self.sentences)
        assertion = await read_assertion(claim.text, self.tagger)
        judged = await judge(assertion.reading, worth_it, self.stance)
        weighed = weigh.weigh(claim, assertion, judged, self.weighing)
        return conclude(select(weighed, claim.limit))

    def _answer(
        self, claim: Claim, conclusion: Conclusion, coverage: Coverage, snapshot: str
    ) -> Check:
        return Check(
            claim=claim,
            verdict=conclusion.verdict,
            confidence=conclusion.confidence,
            summary=conclusion.summary,
            supporting=conclusion.sides.supporting,
            conflicting=conclusion.sides.conflicting,
            mentions=conclusion.sides.mentions,
            coverage=coverage,
            provenance=Provenance(
                snapshot=snapshot,
                as_of=claim.filters.as_of,
                models=self.models,
                settings=self._tuning(claim),
            ),
        )

    def _tuning(self, claim: Claim) -> str:
        """A digest of everything that tunes judgement beside the models."""
        tuning = {
            "passages": self.passages,
            "sentences": self.sentences,
            "limit": claim.limit,
            "min_confidence": claim.min_confidence,
            "depth": retrieve.DEPTH,
            "rrf_k": retrieve.RRF_K,
            "shared_weight": SHARED_WEIGHT,
            "weighing": asdict(self.weighing),
            "on_topic": [weigh.ON_TOPIC, weigh.NEAR],
            "copied_share": origins.COPIED_SHARE,
            "asserted": asserted.MOSTLY,
        }
        return f"sha256:{hashlib.sha256(json.dumps(tuning, sort_keys=True).encode()).hexdigest()}"
