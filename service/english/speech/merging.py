"""Acts of speech found by the rules and by the model, as one list."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from service.english.lexicon import DETERMINERS, SUBJECT_PRONOUNS
from service.english.speech.settling import settled
from service.english.speech.speeches import Act, Run
from service.english.text.tokens import Token

_MORE_WORDS = 2
_MINDS = frozenset(
    "think thinks thought believe believes believed hope hopes hoped expect expects expected feel"
    " feels felt doubt doubts doubted suspect suspects suspected know knows knew want wants".split()
)
_OPENERS = SUBJECT_PRONOUNS | DETERMINERS

Reader = Callable[[Sequence[Token]], Sequence[Act]]


def merged(
    tokens: Sequence[Token], by_rules: Sequence[Act], by_model: Sequence[Act]
) -> tuple[Act, ...]:
    """What the model finds, with the direct speech of the rules, from left to right.

    Of two acts with a cue in common, or with the same quotation for their content, one is kept. The
    rules know better how far direct speech reaches, the model whether it is direct and who speaks;
    where either names nobody, the other's source is taken. Where the model finds nobody at all who
    speaks, what the rules find is taken instead: "reportedly" alone is no act.
    """
    by_model = [settled(tokens, act) for act in by_model]
    kept = [
        _sourced(act, same)
        for act in by_rules
        if is_direct(tokens, act)
        and ((same := _same(act, by_model)) is None or is_direct(tokens, same))
    ]
    for act in _of_somebody(by_model) or _of_somebody(by_rules) or by_model:
        if not any(_rivals(act, taken) for taken in kept):
            same = _same(act, by_rules)
            kept.append(replace(act, source=act.source or (same.source if same else None)))
    return tuple(sorted(kept, key=lambda act: act.cue))


def _of_somebody(acts: Sequence[Act]) -> Sequence[Act]:
    """The acts, if any of them has a source."""
    return acts if any(act.source for act in acts) else ()


def nested(tokens: Sequence[Token], acts: Sequence[Act], read: Reader) -> tuple[Act, ...]:
    """The acts with those that their own contents report: what Poe promised, in "Smith said Poe had
    promised to go". `read` finds the acts of a run of tokens; those of somebody named are taken,
    and not what "she thinks" in "Smith said she thinks", which is Smith's."""
    inner = (
        _shifted(act, start)
        for outer in acts
        for start, end in outer.content
        for act in read(tokens[start:end])
    )
    new = [
        act
        for act in inner
        if _tells_of(tokens, act) and not any(_overlap(act.cue, known.cue) for known in acts)
    ]
    return tuple(sorted((*acts, *new), key=lambda act: act.cue))


def _tells_of(tokens: Sequence[Token], act: Act) -> bool:
    """Whether somebody else than who tells is named, and said something."""
    cue = tokens[act.cue[0]].low
    if act.source is None or cue in _MINDS or cue.endswith("ing"):
        return False
    return any(
        token.is_capitalised and token.low not in _OPENERS for token in tokens[slice(*act.source)]
    )


def _shifted(act: Act, by: int) -> Act:
    def moved(run: Run) -> Run:
        return run[0] + by, run[1] + by

    return Act(
        moved(act.source) if act.source else None, moved(act.cue), tuple(map(moved, act.content))
    )


def is_settled(tokens: Sequence[Token], by_rules: Sequence[Act]) -> bool:
    """Whether the rules leave nothing to find: quotations, who says them, and hardly a word more.

    So is a statement that has no words but quoted ones.
    """
    covered = {
        index
        for act in by_rules
        if is_direct(tokens, act)
        for start, end in (act.cue, *((act.source,) if act.source else ()))
        for index in range(start, end)
    }
    words = (index for index, token in enumerate(tokens) if token.is_word)
    return sum(index not in covered for index in words) <= (_MORE_WORDS if covered else 0)


def is_direct(tokens: Sequence[Token], act: Act) -> bool:
    """Whether the content is quotations alone."""
    said = [token for start, end in act.content for token in tokens[start:end]]
    return not any(token.is_word for token in said)


def _sourced(act: Act, same: Act | None) -> Act:
    return replace(act, source=same.source) if same and same.source else act


def _same(act: Act, acts: Sequence[Act]) -> Act | None:
    return next((found for found in acts if _overlap(act.cue, found.cue)), None)


def _rivals(act: Act, taken: Act) -> bool:
    return _overlap(act.cue, taken.cue) or bool(set(act.content) & set(taken.content))


def _overlap(run: Run, other: Run) -> bool:
    return run[0] < other[1] and other[0] < run[1]
