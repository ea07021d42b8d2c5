"""How long a check's models are at work, and nothing else of it."""

import asyncio
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.domain.claim import Claim
from service.domain.window import Window
from service.models.embedder import OnnxEmbedder, load_embedder
from service.models.stance import WEIGHTS, OnnxStance, load_stance
from service.pipeline.check import Checker
from service.ports import StanceModel


class WatchedSession:
    """An ONNX Runtime session that knows for how long at least one of its calls was running."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - ONNX Runtime has no types
        self._session = session
        self._changing = threading.Lock()
        self._running = 0
        self._since = 0.0
        self.busy_s = 0.0

    def run(self, *given: Any) -> Any:  # noqa: ANN401 - as the session's
        """The session's own, with a look at the clock when the first begins and the last ends."""
        with self._changing:
            if not self._running:
                self._since = time.perf_counter()
            self._running += 1
        try:
            return self._session.run(*given)
        finally:
            with self._changing:
                self._running -= 1
                if not self._running:
                    self.busy_s += time.perf_counter() - self._since

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a session has
        return getattr(self._session, name)


def _watched(model: OnnxEmbedder | OnnxStance) -> WatchedSession:
    """The model's session, watched from now on."""
    # A session cannot be swapped through a model's interface, and should not be.
    watched = WatchedSession(model._session)  # noqa: SLF001
    model._session = watched  # noqa: SLF001
    return watched


@dataclass(frozen=True, slots=True)
class _Heard:
    """A stance model that keeps what it was asked."""

    model: StanceModel
    asked: list[tuple[str, Sequence[Window]]] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return self.model.fingerprint

    async def stances(self, claim: str, windows: Sequence[Window]) -> Sequence[NDArray[np.float32]]:
        self.asked.append((claim, windows))
        return await self.model.stances(claim, windows)


async def forward_ms(
    checker: Checker, claims: Sequence[str], *, threads: int, every_s: float
) -> list[float]:
    """For each claim the milliseconds that its check spends in forward passes.

    Models of their own, those that are used by default, embed the claim and judge the windows that
    a check of it judges. A claim comes `every_s`, or when the one before is done: a processor that
    has rested is slower at first, and so are the checks that come at a fixed rate.
    """
    embedder = load_embedder(threads=threads)
    stance = load_stance(WEIGHTS / "stance", threads=threads)
    watched = (_watched(embedder), _watched(stance))
    found = []
    for claim, asked in [(claim, await _asked(checker, claim)) for claim in claims]:
        due = time.perf_counter() + every_s
        before = sum(session.busy_s for session in watched)
        await embedder.embed([claim])
        for given, windows in asked:
            await stance.stances(given, windows)
        found.append(1000 * (sum(session.busy_s for session in watched) - before))
        await asyncio.sleep(due - time.perf_counter())
    await embedder.close()
    await stance.close()
    return found


async def _asked(checker: Checker, claim: str) -> list[tuple[str, Sequence[Window]]]:
    """What a check of the claim asks of the stance model, question by question."""
    heard = _Heard(checker.stance)
    await replace(checker, stance=heard).check(Claim(claim))
    return heard.asked
