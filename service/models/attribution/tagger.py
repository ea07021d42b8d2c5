"""The built-in tagger: a token classifier on MiniLM in int8 on ONNX Runtime."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from service.english.speech.speeches import Act
from service.english.text.tokens import Token
from service.models.attribution.decoding import act
from service.models.attribution.pieces import PieceReader, Pieces
from service.models.attribution.roles import Role, Scores, likeliest, log_shares
from service.models.batching import Batcher, Limits
from service.models.lengths import equally_long
from service.models.manifest import read_weights
from service.models.session import open_session

# Large enough for the statements of several articles: more of one length at once, fewer calls.
_BATCH_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Decoding:
    """How probabilities become acts; the fields of `decoding.json`."""

    ask_from: float
    """The probability in the first reading from which a token is asked about as a possible cue."""
    sure_from: float
    """The probability in the second reading from which it is a cue."""
    change: float
    """The cost of a change of role, in nats."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model finds for one cue: the token that stands for it, and each token's role.

    `roles` has shape (tokens read,), `scores` (tokens read, 4), log-probabilities.
    """

    cue: int
    roles: NDArray[np.int64]
    scores: Scores


def load_tagger(
    folder: Path | None = None,
    *,
    threads: int = 2,
    queue_tokens: int = 65_536,
    decoding: Decoding | None = None,
) -> "OnnxTagger":
    """Reads and checks the weights (about 0.2 s). Raises WeightsMismatch, ModelUnavailable.

    A `decoding` other than that of the folder is for tuning only: the fingerprint does not show it.

    `folder` holds `reading.onnx`, from `input_ids` and `token_type_ids`, int64 (batch, tokens), all
    equally long, to `cues`, float32 (batch, tokens, 1), and `hidden`, (batch, tokens, width);
    `asking.onnx`, from `hidden` and `cue`, int64 (batch, tokens), to `roles`, float32 (batch,
    tokens, 4); a `tokenizer.json`; and `decoding.json`.
    """
    weights = read_weights(folder or Path(__file__).parents[1] / "weights" / "attribution")
    return OnnxTagger(
        fingerprint=weights.fingerprint,
        model=TokenModel(
            reading=open_session(weights.files["reading.onnx"]),
            asking=open_session(weights.files["asking.onnx"]),
            decoding=decoding or Decoding(**json.loads(weights.files["decoding.json"])),
        ),
        tokenizer=Tokenizer.from_str(weights.files["tokenizer.json"].decode()),
        limits=Limits(batch_tokens=_BATCH_TOKENS, queue_tokens=queue_tokens, threads=threads),
    )


class OnnxTagger:
    """The `Tagger` port by a token classifier.

    The result for a statement is the same, bit for bit, whatever is read beside it: a batch holds
    statements of one length, so that none is padded, and each token is quantised by itself.
    """

    def __init__(
        self, *, fingerprint: str, model: "TokenModel", tokenizer: Tokenizer, limits: Limits
    ) -> None:
        self._fingerprint = fingerprint
        self._pieces = PieceReader(tokenizer)
        self._batcher: Batcher[Pieces, tuple[Answer, ...]] = Batcher(
            model.answers, tokens=len, limits=limits
        )

    @property
    def fingerprint(self) -> str:
        """The name of the weights and of their decoding."""
        return self._fingerprint

    async def acts(self, statements: Sequence[Sequence[Token]]) -> list[tuple[Act, ...]]:
        """The acts of speech in each statement, given as its tokens, from left to right.

        Raises Overloaded, ModelFailed.
        """
        pieces = await asyncio.to_thread(self._read, statements)
        by_length = sorted(range(len(statements)), key=lambda i: len(pieces[i]))
        answers = await self._batcher.run([pieces[i] for i in by_length])
        by_statement = dict(zip(by_length, answers, strict=True))
        return await asyncio.to_thread(
            lambda: [_acts(tokens, by_statement[i]) for i, tokens in enumerate(statements)]
        )

    async def close(self) -> None:
        """Ends the threads."""
        await self._batcher.close()

    def _read(self, statements: Sequence[Sequence[Token]]) -> list[Pieces]:
        return [self._pieces.read(tokens) for tokens in statements]


def _acts(statement: Sequence[Token], answers: Sequence[Answer]) -> tuple[Act, ...]:
    read = (act(statement, answer.cue, answer.roles, answer.scores) for answer in answers)
    return tuple(speech for speech in read if speech is not None)


@dataclass(frozen=True, slots=True)
class _Question:
    """The number of a statement in a batch, and a token of it that may stand for a cue."""

    statement: int
    token: int


class TokenModel:
    """The two parts of the classifier, one after the other, in a worker thread."""

    def __init__(
        self,
        *,
        reading: onnxruntime.InferenceSession,
        asking: onnxruntime.InferenceSession,
        decoding: Decoding,
    ) -> None:
        self._reading = reading
        self._asking = asking
        self._decoding = decoding

    def answers(self, statements: Sequence[Pieces]) -> list[tuple[Answer, ...]]:
        """For each statement its cues, each with the roles of all tokens."""
        hidden: list[Scores] = [np.empty(0, np.float32)] * len(statements)
        questions: list[_Question] = []
        for positions in equally_long([len(pieces) for pieces in statements]):
            cues, together = self._read([statements[i] for i in positions])
            for i, logits, values in zip(positions, cues, together, strict=True):
                hidden[i] = values
                questions += self._questions(i, statements[i], logits)
        scores = self._scores(statements, hidden, questions)
        return self._by_statement(len(statements), questions, scores)

    def _read(self, statements: Sequence[Pieces]) -> tuple[Scores, Scores]:
        given = {
            "input_ids": np.array([pieces.ids for pieces in statements], np.int64),
            "token_type_ids": np.array([pieces.types for pieces in statements], np.int64),
        }
        cues, hidden = self._reading.run(["cues", "hidden"], given)
        return cues[:, :, 0], hidden

    def _questions(self, statement: int, pieces: Pieces, logits: Scores) -> list[_Question]:
        shares = 1 / (1 + np.exp(-logits[list(pieces.firsts)]))
        tokens = np.flatnonzero(shares >= self._decoding.ask_from)
        return [_Question(statement, int(token)) for token in tokens]

    def _scores(
        self, statements: Sequence[Pieces], hidden: Sequence[Scores], questions: Sequence[_Question]
    ) -> list[Scores]:
        """Log-probabilities of the roles for each question, shape (tokens read, 4)."""
        scores: list[Scores] = [np.empty(0, np.float32)] * len(questions)
        for positions in equally_long([len(statements[each.statement]) for each in questions]):
            some = [questions[k] for k in positions]
            given = np.stack([hidden[each.statement] for each in some])
            cue = np.zeros(given.shape[:2], np.int64)
            for row, each in zip(cue, some, strict=True):
                row[statements[each.statement].firsts[each.token]] = 1
            (logits,) = self._asking.run(["roles"], {"hidden": given, "cue": cue})
            for k, each, row in zip(positions, some, logits, strict=True):
                scores[k] = log_shares(row[list(statements[each.statement].firsts)])
        return scores

    def _by_statement(
        self, count: int, questions: Sequence[_Question], scores: Sequence[Scores]
    ) -> list[tuple[Answer, ...]]:
        """For each statement the answers whose token is a cue in the second reading too."""
        least = np.log(self._decoding.sure_from)
        kept = [k for k, each in enumerate(questions) if scores[k][each.token, Role.CUE] >= least]
        paths = likeliest([scores[k] for k in kept], self._decoding.change)
        answers: list[list[Answer]] = [[] for _ in range(count)]
        for k, roles in zip(kept, paths, strict=True):
            answers[questions[k].statement].append(Answer(questions[k].token, roles, scores[k]))
        return [tuple(each) for each in answers]
