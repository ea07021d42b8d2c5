"""Windows as tokens: claim, head, and sentences; each sentence is judged at the mark before it.

    [CLS] claim [SEP] head [SEP] [MARK] sentence [MARK] sentence … [SEP]

Texts are tokenised separately, so that no words of an article can become a mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from tokenizers import Tokenizer

from service.domain.window import Window
from service.models.lengths import readable

_MAX_CHARS = 2_048
"""Prose never needs more characters for the tokens of a sentence or a claim that are read."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The special tokens of a model's input, and how many tokens each part may have."""

    first: str
    between: Sequence[str]
    """Between the claim and the rest."""
    last: str
    mark: str
    """Before each sentence."""
    max_tokens: int
    """Of the whole input; sentences share what claim and head leave."""
    claim_tokens: int
    """The most of a claim; the rest is cut off."""
    head_tokens: int
    """The most of a head; the rest is cut off."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Claim and window as token ids; `second` is where the window begins, `marks` are positions."""

    ids: tuple[int, ...]
    second: int
    marks: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


class WindowEncoder:
    """Frames claims and windows for one model."""

    def __init__(self, tokenizer: Tokenizer, layout: Layout) -> None:
        # Words of an article that look like a special token are read as ordinary text.
        tokenizer.encode_special_tokens = True
        self._tokenizer = tokenizer
        self._layout = layout
        self._first = self._id(layout.first)
        self._between = tuple(map(self._id, layout.between))
        self._last = self._id(layout.last)
        self._mark = self._id(layout.mark)

    def encode(self, claim: str, windows: Sequence[Window]) -> list[Encoded]:
        """One for each window, in order. If the sentences do not fit, the longest lose their ends;
        every sentence keeps its mark.

        Raises ValueError if a window has more sentences than tokens are left for.
        """
        texts = [
            claim,
            *chain.from_iterable((window.head, *window.sentences) for window in windows),
        ]
        tokens = self._tokens(texts)
        ends = _ends(windows)
        claimed = tokens[0][: self._layout.claim_tokens]
        return [
            self._framed(claimed, tokens[start], tokens[start + 1 : end])
            for start, end in pairwise(ends)
        ]

    def _framed(
        self, claim: Sequence[int], head: Sequence[int], sentences: Sequence[Sequence[int]]
    ) -> Encoded:
        ids = [self._first, *claim, *self._between]
        second = len(ids)
        if head:
            ids += [*head[: self._layout.head_tokens], self._last]
        room = self._layout.max_tokens - len(ids) - 1 - len(sentences)
        if room < sum(map(bool, sentences)):
            raise ValueError(
                f"A window of {len(sentences)} sentences does not fit into the "
                f"{self._layout.max_tokens} tokens that the model reads: give it fewer."
            )
        longest = _longest_that_fits([len(sentence) for sentence in sentences], room)
        marks = []
        for sentence in sentences:
            marks.append(len(ids))
            ids += [self._mark, *sentence[:longest]]
        return Encoded((*ids, self._last), second, tuple(marks))

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        clean = [readable(text, _MAX_CHARS) for text in texts]
        return [
            found.ids
            for found in self._tokenizer.encode_batch_fast(clean, add_special_tokens=False)
        ]

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the vocabulary has no {token}")
        return int(found)


def _ends(windows: Sequence[Window]) -> list[int]:
    ends = [1]
    for window in windows:
        ends.append(ends[-1] + 1 + len(window.sentences))
    return ends


def _longest_that_fits(lengths: Sequence[int], room: int) -> int:
    """The most tokens that a sentence may have, so that all sentences fit into `room`."""
    if sum(lengths) <= room:
        return max(lengths, default=0)
    left, longest = room, 0
    for number, length in enumerate(sorted(lengths)):
        longest = left // (len(lengths) - number)
        if length > longest:
            break
        left -= length
    return longest
