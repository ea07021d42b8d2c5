"""The likeliest run of roles is the likeliest, and changes of role have their price."""

from itertools import pairwise, product

import numpy as np
import pytest

from service.models.attribution.roles import Role, Scores, likeliest, log_shares

CHANGE = 0.7


def drawn(tokens: int, seed: int) -> Scores:
    """Log-probabilities, shape (tokens, 4)."""
    logits = 2 * np.random.default_rng(seed).standard_normal((tokens, 4))
    return log_shares(logits.astype(np.float32))


def worth(scores: Scores, roles: tuple[int, ...]) -> float:
    changes = sum(one != other for one, other in pairwise(roles))
    return float(scores[range(len(roles)), roles].sum()) - CHANGE * changes


@pytest.mark.parametrize("tokens", [1, 2, 5, 6])
def test_no_other_run_is_likelier(tokens: int) -> None:
    """Against every run there is, whatever longer statement goes through beside it."""
    scores = drawn(tokens, seed=tokens)
    roles, _ = likeliest([scores, drawn(tokens + 9, seed=99)], CHANGE)
    best = max(product(range(4), repeat=tokens), key=lambda each: worth(scores, each))
    assert tuple(roles) == best


def test_a_lone_doubt_changes_nothing() -> None:
    """A token that is a little likelier outside, within the content, stays in it; a sure one
    does not."""
    content, doubt, sure = (np.full(4, np.log(0.02), np.float32) for _ in range(3))
    content[Role.CONTENT] = np.log(0.94)
    doubt[[Role.OUTSIDE, Role.CONTENT]] = np.log([0.55, 0.41])
    sure[[Role.OUTSIDE, Role.CONTENT]] = np.log([0.94, 0.02])
    (kept,) = likeliest([np.stack([content, doubt, content])], CHANGE)
    (cut,) = likeliest([np.stack([content, sure, content])], CHANGE)
    assert kept.tolist() == [Role.CONTENT] * 3
    assert cut.tolist() == [Role.CONTENT, Role.OUTSIDE, Role.CONTENT]


def test_nothing_asked_nothing_said() -> None:
    assert likeliest([], CHANGE) == []


def test_shares_add_up_to_one() -> None:
    """Large logits do not overflow."""
    shares = np.exp(log_shares(np.array([[900.0, 899.0, 0.0, -900.0]], np.float32)))
    assert shares.sum() == pytest.approx(1)
    assert shares[0, 0] == pytest.approx(1 / (1 + np.exp(-1)))
