"""Turns the labels around a cue into one act of speech."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.english.lexicon import DETERMINERS, PREPOSITIONS
from service.english.speech.contents import trimmed_run
from service.english.speech.speeches import Act, Run
from service.english.text.tokens import Token
from service.models.attribution.roles import Role, Scores

_LIKELY = np.log(0.25)
"""The log-probability from which a token is taken for the source, if no token is labelled so."""

_NOTHING_SAID = frozenset("nothing anything little so this that more much what which".split())
_ASKS_FOR_SILENCE = {("not", "to", "be"), ("that", "he", "not"), ("that", "she", "not")}


def act(tokens: Sequence[Token], cue: int, roles: NDArray[np.int64], scores: Scores) -> Act | None:
    """The act of speech whose cue holds the token at `cue`; None if nothing is said in it.

    `roles`, shape (tokens read,), and `scores`, shape (tokens read, 4), are the model's labels and
    their log-probabilities. Of several sources the surest is taken; "that" before the content is
    left out.
    """
    content = tuple(
        run
        for start, end in _runs(roles, Role.CONTENT)
        if (run := trimmed_run(tokens, _without_that(tokens, start), end)) is not None
    )
    content = tuple(run for run in content if _says_something(tokens, run))
    if not content or _asks_for_silence(tokens, content[0]):
        return None
    return Act(_source(tokens, roles, scores), _cue(tokens, roles, cue), content)


def _runs(roles: NDArray[np.int64], role: Role) -> list[Run]:
    inside = np.concatenate(([False], roles == role, [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _without_that(tokens: Sequence[Token], start: int) -> int:
    return start + 1 if tokens[start].low == "that" else start


def _says_something(tokens: Sequence[Token], run: Run) -> bool:
    said = [
        token for token in tokens[run[0] : run[1]] if token.is_word or token.quotation is not None
    ]
    return bool(said) and (len(said) > 1 or said[0].low not in _NOTHING_SAID)


def _asks_for_silence(tokens: Sequence[Token], run: Run) -> bool:
    """Whether the content is only a wish such as "not to be named"."""
    return tuple(token.low for token in tokens[run[0] : run[0] + 3]) in _ASKS_FOR_SILENCE


def _cue(tokens: Sequence[Token], roles: NDArray[np.int64], cue: int) -> Run:
    """The cue without the listener and the place: "told", not "told the Harbor Times"."""
    start, end = next(
        (run for run in _runs(roles, Role.CUE) if run[0] <= cue < run[1]), (cue, cue + 1)
    )
    listeners = (i for i in range(cue + 1, end) if _begins_a_listener(tokens[i]))
    cut = next(listeners, end)
    while cut > cue + 1 and (
        not tokens[cut - 1].is_word or (cut < end and tokens[cut - 1].low in PREPOSITIONS)
    ):
        cut -= 1
    return start, cut


def _begins_a_listener(token: Token) -> bool:
    return token.is_capitalised or token.low in DETERMINERS or token.quotation is not None


def _source(tokens: Sequence[Token], roles: NDArray[np.int64], scores: Scores) -> Run | None:
    runs = _trimmed(tokens, _runs(roles, Role.SOURCE))
    if not runs:
        likely = (scores[:, Role.SOURCE] >= _LIKELY) & (roles == Role.OUTSIDE)
        runs = _trimmed(tokens, _runs(np.where(likely, Role.SOURCE, Role.OUTSIDE), Role.SOURCE))
    gains = scores[:, Role.SOURCE] - scores[:, Role.OUTSIDE]
    return max(runs, key=lambda run: float(gains[run[0] : run[1]].sum()), default=None)


def _trimmed(tokens: Sequence[Token], runs: Sequence[Run]) -> list[Run]:
    trimmed = (trimmed_run(tokens, start, end) for start, end in runs)
    return [run for run in trimmed if run is not None]
