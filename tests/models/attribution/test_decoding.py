"""Labels around a cue become one act of speech."""

import numpy as np
import pytest
from numpy.typing import NDArray

from service.english.text.quotation_marks import quotations
from service.english.text.segment import segment
from service.english.text.tokens import Token, statements
from service.models.attribution.decoding import act
from service.models.attribution.roles import Scores

ROLES = {"-": 0, "S": 1, "K": 2, "C": 3}


def tokens_of(text: str) -> tuple[Token, ...]:
    (statement,) = statements(text, segment(text).sentences, quotations(text))
    return statement.tokens


def labelled(roles: str) -> tuple[NDArray[np.int64], Scores]:
    """The roles, and scores that are sure of them."""
    path = np.array([ROLES[role] for role in roles.replace(" ", "")])
    return path, np.log(np.where(np.eye(4)[path] > 0, 0.97, 0.01)).astype(np.float32)


def read(text: str, roles: str, cue: str) -> tuple[str | None, str, list[str]] | None:
    tokens = tokens_of(text)
    path, scores = labelled(roles)
    assert len(path) == len(tokens)
    (at,) = [i for i, token in enumerate(tokens) if token.text == cue]
    found = act(tokens, at, path, scores)

    def words(run: tuple[int, int]) -> str:
        return text[tokens[run[0]].start : tokens[run[1] - 1].end]

    if found is None:
        return None
    source = words(found.source) if found.source else None
    return source, words(found.cue), [words(run) for run in found.content]


@pytest.mark.parametrize(
    ("text", "roles", "cue", "expected"),
    [
        ("Eva Novak has said that the bridge is safe.", "SSKK CCCCC -", "said",
         ("Eva Novak", "has said", ["the bridge is safe"])),
        ("The bridge, Novak said, is safe.", "CC-SK-CC-", "said",
         ("Novak", "said", ["The bridge", "is safe"])),
        ("It is seen as unsafe.", "C-KKC-", "seen",
         (None, "seen as", ["It", "unsafe"])),
        ("Novak told the Harbor Times on Friday it is safe.", "SKKKKKKCCC-", "told",
         ("Novak", "told", ["it is safe"])),
        ("Novak pointed out it is safe.", "SKKCCC-", "pointed",
         ("Novak", "pointed out", ["it is safe"])),
        ("Novak said, in a statement: it is safe.", "SKKKKKKCCC-", "said",
         ("Novak", "said", ["it is safe"])),
        ("The bridge is safe, Novak said.", "CCCC CSKC", "said",
         ("Novak", "said", ["The bridge is safe"])),
    ],
)  # fmt: skip
def test_labels_become_an_act(
    text: str, roles: str, cue: str, expected: tuple[str | None, str, list[str]]
) -> None:
    """A cue of several words, an interrupted content, nobody named; "that" and punctuation at the
    edges are no content."""
    assert read(text, roles, cue) == expected


@pytest.mark.parametrize("roles", ["SK-----", "SKC----", "SK----C"])
def test_nothing_said_is_no_act(roles: str) -> None:
    """A cue without content, or with "that" or a full stop for it."""
    assert read("Novak said that it is safe.", roles, "said") is None


def test_the_surest_of_two_sources() -> None:
    """One source an act: the one that the model is surest of, all its tokens together."""
    text = "He and Mayor Eva Novak said no."
    path, scores = labelled("S-SSSKC-")
    tokens = tokens_of(text)
    found = act(tokens, 5, path, scores)
    assert found is not None
    assert found.source == (2, 5)


def test_the_token_asked_about_is_a_cue_whatever_its_label() -> None:
    assert read("Novak said it is safe.", "S-CCC-", "said") == ("Novak", "said", ["it is safe"])


def test_a_likely_source_where_none_is_sure() -> None:
    """A token with a third of the odds is taken for the source if no other is."""
    path, scores = labelled("-KCCCC-")
    tokens = tokens_of("Novak said the bridge is safe.")
    scores[0] = np.log([0.55, 0.35, 0.05, 0.05])
    found = act(tokens, 1, path, scores)
    assert found is not None
    assert found.source == (0, 1)
    scores[0] = np.log([0.8, 0.1, 0.05, 0.05])
    unsure = act(tokens, 1, path, scores)
    assert unsure is not None
    assert unsure.source is None
