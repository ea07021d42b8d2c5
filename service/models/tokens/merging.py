"""Acts of speech found by the rules and by the model, as one list."""

from collections.abc import Sequence

from service.models.rules.words import Token
from service.models.speeches import Act, Run


def merged(
    tokens: Sequence[Token], by_rules: Sequence[Act], by_model: Sequence[Act]
) -> tuple[Act, ...]:
    """The rules' direct speech, and what the model finds besides, from left to right.

    Of two acts with a cue in common, or with the same quotation for their content, the rules' one
    is kept.
    """
    kept = [one for one in by_rules if is_direct(tokens, one)]
    kept += [one for one in by_model if not any(_rivals(one, other) for other in kept)]
    return tuple(sorted(kept, key=lambda one: one.cue))


def is_direct(tokens: Sequence[Token], one: Act) -> bool:
    """Whether the content is quotations alone."""
    said = [token for start, end in one.content for token in tokens[start:end]]
    return not any(token.is_word for token in said)


def _rivals(one: Act, other: Act) -> bool:
    return _overlap(one.cue, other.cue) or bool(set(one.content) & set(other.content))


def _overlap(one: Run, other: Run) -> bool:
    return one[0] < other[1] and other[0] < one[1]
