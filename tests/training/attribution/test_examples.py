"""Annotated articles become statements with the roles of their tokens."""

import gzip
import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from service.english.text.tokens import Token
from service.models.attribution.pieces import PieceReader
from tests.training.attribution.made import SENTENCES, article
from training.attribution.examples import Example, examples, read_examples, standing_for
from training.embedder.source import source_folder

LETTERS = "-SKC"


@pytest.fixture(scope="module")
def reader() -> PieceReader:
    return PieceReader(Tokenizer.from_file(str(source_folder() / "tokenizer.json")))


def shown(example: Example) -> list[tuple[int, str]]:
    return [(each.cue, "".join(LETTERS[role] for role in each.roles)) for each in example.asked]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (SENTENCES[0], [(1, "SKCCCC-")]),
        (SENTENCES[1], [(6, "CCCC-SK-")]),
        (SENTENCES[2], [(1, "CKSSS-")]),
        (SENTENCES[4], []),
        (SENTENCES[6], [(2, "SKKCC-")]),
        (SENTENCES[7], [(1, "SKC-------"), (6, "-----SKCC-")]),
    ],
)
def test_tokens_have_their_roles(
    reader: PieceReader, sentence: str, expected: list[tuple[int, str]]
) -> None:
    """A quotation is one token; each cue of a statement has roles of its own, and "has" does not
    stand for "has denied"."""
    (example,) = examples(article(sentence), reader)
    assert shown(example) == expected


def test_all_statements_of_all_articles(reader: PieceReader, tmp_path: Path) -> None:
    """In order, and those without speech too."""
    file = tmp_path / "articles.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(article(*some)) + "\n" for some in (SENTENCES, SENTENCES[:2]))
    read = read_examples(file, reader)
    assert [len(example.asked) for example in read] == [1, 1, 1, 1, 0, 1, 1, 2, 0, 1, 1]


def test_a_cue_that_is_weak_alone() -> None:
    """Where nothing stronger is there, the first token stands for the cue."""
    tokens = [Token(word, word, 0, 1) for word in ("to", "him", ":")]
    assert standing_for(tokens, [0]) == 0
    assert standing_for(tokens, [2]) == 2
    assert standing_for(tokens, [0, 1]) == 1
