"""Cuts a statement into word pieces for the token classifier, in training and in service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from tokenizers import Tokenizer

from service.english.text.tokens import Token
from service.models.lengths import readable

MOST_PIECES = 128
"""Longer statements are cut here; hardly one in a thousand of PolNeAR's is longer."""
LOWER, CAPITALISED, CAPITALS, QUOTED = range(4)
"""How a piece is printed. The vocabulary has no capitals, so this tells the model which words are
names, and which stand between quotation marks."""
_FIRST_WORDS, _LAST_WORDS = 6, 4
_LONGEST_WORD_CHARS = 64
_CACHED_WORDS = 65_536


@dataclass(frozen=True, slots=True)
class Pieces:
    """A statement's pieces, with the special ones at its two ends."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    """How each piece is printed; as long as `ids`."""
    firsts: tuple[int, ...]
    """For each token the position of its first piece; tokens past the limit have none."""

    def __len__(self) -> int:
        return len(self.ids)


class PieceReader:
    """Cuts statements into pieces, and keeps the pieces of words that it has read."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._opening = self._special("[CLS]")
        self._closing = self._special("[SEP]")
        self._unknown = self._special("[UNK]")
        self._of_word: Callable[[str], tuple[int, ...]] = lru_cache(_CACHED_WORDS)(self._cut)

    def read(self, tokens: Sequence[Token]) -> Pieces:
        """The pieces of a statement's tokens, cut at `MOST_PIECES`."""
        ids, types, firsts = [self._opening], [LOWER], []
        for token in tokens:
            cut = self._pieces(token)
            if len(ids) + len(cut) >= MOST_PIECES:
                break
            firsts.append(len(ids))
            ids += cut
            types += [printing(token)] * len(cut)
        return Pieces((*ids, self._closing), (*types, LOWER), tuple(firsts))

    def _pieces(self, token: Token) -> tuple[int, ...]:
        if token.quotation is None:
            return self._of_word(token.text[:_LONGEST_WORD_CHARS])
        return tuple(chain.from_iterable(map(self._of_word, shortened(token.text))))

    def _cut(self, word: str) -> tuple[int, ...]:
        text = readable(word, _LONGEST_WORD_CHARS)
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        return tuple(ids) or (self._unknown,)

    def _special(self, name: str) -> int:
        known = self._tokenizer.token_to_id(name)
        if known is None:
            raise ValueError(f"the tokeniser has no {name}")
        return int(known)


def printing(token: Token) -> int:
    """`LOWER`, `CAPITALISED`, `CAPITALS` or `QUOTED`."""
    if token.quotation is not None:
        return QUOTED
    if not token.text[:1].isupper():
        return LOWER
    return CAPITALS if len(token.text) > 1 and token.text.isupper() else CAPITALISED


def shortened(quotation: str) -> list[str]:
    """The words of a quotation, without the middle of a long one; speaker and cue are outside."""
    words = [word[:_LONGEST_WORD_CHARS] for word in quotation.split()]
    if len(words) <= _FIRST_WORDS + _LAST_WORDS:
        return words
    return words[:_FIRST_WORDS] + words[-_LAST_WORDS:]
