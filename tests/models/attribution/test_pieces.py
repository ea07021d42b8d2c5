"""What the token classifier reads of a statement."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from service.english.text.quotation_marks import quotations
from service.english.text.segment import segment
from service.english.text.tokens import Token, statements
from service.models.attribution.pieces import (
    CAPITALISED,
    CAPITALS,
    LOWER,
    MOST_PIECES,
    QUOTED,
    PieceReader,
    shortened,
)

TOKENIZER = Path(__file__).parents[3] / "service/models/weights/all-MiniLM-L6-v2/tokenizer.json"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(TOKENIZER))


def tokens_of(text: str) -> tuple[Token, ...]:
    (statement,) = statements(text, segment(text).sentences, quotations(text))
    return statement.tokens


def test_every_token_has_its_first_piece(tokenizer: Tokenizer) -> None:
    """The pieces are those of the whole sentence, and each token knows where its own begin."""
    text = "Mayor Ekaterina Novak of Harborfield told reporters that the EU’s bridge isn’t safe."
    tokens = tokens_of(text)
    pieces = PieceReader(tokenizer).read(tokens)
    assert list(pieces.ids) == tokenizer.encode(text).ids
    words = [tokenizer.id_to_token(pieces.ids[first]) or "?" for first in pieces.firsts]
    assert len(words) == len(tokens)
    assert all(
        token.text.lower().startswith(word) for token, word in zip(tokens, words, strict=True)
    )


def test_how_words_are_printed(tokenizer: Tokenizer) -> None:
    """The vocabulary knows no capitals; the types do, and what is quoted."""
    tokens = tokens_of("Novak told NATO that “it is safe” here.")
    pieces = PieceReader(tokenizer).read(tokens)
    types = [pieces.types[first] for first in pieces.firsts]
    assert types == [CAPITALISED, LOWER, CAPITALS, LOWER, QUOTED, LOWER, LOWER]


def test_the_middle_of_a_long_quotation_is_left_out() -> None:
    """Its first six words and its last four stay, with the marks on them."""
    said = "“one two three four five six seven eight nine ten eleven twelve”"
    assert " ".join(shortened(said)) == "“one two three four five six nine ten eleven twelve”"
    assert shortened("“one two three”") == ["“one", "two", "three”"]


def test_a_long_statement_is_cut_between_tokens(tokenizer: Tokenizer) -> None:
    """No more pieces than the model reads; tokens past that have none."""
    tokens = tokens_of("The council met again.")[:-1] * 50
    pieces = PieceReader(tokenizer).read(tokens)
    assert len(pieces) <= MOST_PIECES
    assert len(pieces.ids) == len(pieces.types)
    assert 100 < len(pieces.firsts) < len(tokens)


@pytest.mark.parametrize("text", ["\u200b", "\ud800", "a" * 5_000, "👩\u200d🚒", "港口"])
def test_odd_tokens_have_a_piece_too(tokenizer: Tokenizer, text: str) -> None:
    """Zero-width characters, half of a surrogate pair, endless words, other scripts."""
    pieces = PieceReader(tokenizer).read([Token(text, text, 0, len(text))])
    assert pieces.firsts == (1,)
    assert len(pieces) > 2
