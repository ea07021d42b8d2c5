"""Vectors as twelve bits a number: eight in the vector set, which needs them, and four beside it.

A vector set keeps eight bits a number (Q8) and can hand them out. They order the nearest passages
nearly, not quite: the cosine errs by 0.0004 with 384 numbers. Four bits more, 192 bytes a passage,
make that 0.00002, and float16 rows, as the embedded store has them, would take 768. A revision
that was replaced is in no vector set; its twelve bits are together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.stores.redis.keys import Command, Keys

_COARSE: Final = 127
_STEPS: Final = 16
"""Of the fine part in one of the coarse."""
_HALF: Final = _STEPS // 2
LINKS: Final = 16
"""Of a node in the graph (M)."""
EFFORT: Final = 200
"""Candidates looked at to place a new node (EF)."""


@dataclass(frozen=True, slots=True)
class Twelve:
    """Some vectors: `coarse`, int8 of shape (n, dim), and `fine`, -8..7 of the same shape. Sixteen
    times the one and the other together are proportional to the vector."""

    coarse: NDArray[np.int8]
    fine: NDArray[np.int8]

    @property
    def whole(self) -> NDArray[np.int16]:
        """Shape (n, dim), proportional to the vectors."""
        return self.coarse.astype(np.int16) * _STEPS + self.fine

    def beside(self) -> bytes:
        """The fine parts, for while the coarse are in the vector set."""
        return _packed(self.fine).tobytes()

    def alone(self) -> bytes:
        """Both parts, for a revision that is in no vector set."""
        return np.hstack((self.coarse.view(np.uint8), _packed(self.fine))).tobytes()


def twelve_bits(vectors: NDArray[np.floating]) -> Twelve:
    """Rounds vectors, shape (n, dim)."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    scaled = vectors / np.where(largest, largest, 1) * (_COARSE * _STEPS)
    whole = np.rint(scaled).astype(np.int16)
    coarse = (whole + _HALF) // _STEPS
    return Twelve(coarse.astype(np.int8), (whole - coarse * _STEPS).astype(np.int8))


def read_alone(value: bytes, dim: int) -> Twelve:
    """What `alone` gave."""
    rows = np.frombuffer(value, np.uint8).reshape(-1, dim + fine_bytes(dim))
    return Twelve(rows[:, :dim].view(np.int8), _unpacked(rows[:, dim:], dim))


def fine_bytes(dim: int) -> int:
    """How many bytes the fine part of one vector takes."""
    return (dim + 1) // 2


def add_vectors(keys: Keys, number: int, vectors: Twelve, attributes: str) -> list[Command]:
    """Commands that make a revision's passages to be proposed."""
    return [
        (
            "VADD", keys.near, "FP32", row.astype("<f4").tobytes(), element(number, ordinal), "Q8",
            "EF", EFFORT, "SETATTR", attributes, "M", LINKS,
        )
        for ordinal, row in enumerate(vectors.coarse)
    ]  # fmt: skip


def remove_vectors(keys: Keys, number: int, passages: int) -> list[Command]:
    """Commands that undo `add_vectors`."""
    return [("VREM", keys.near, element(number, ordinal)) for ordinal in range(passages)]


def element(number: int, ordinal: int) -> str:
    """A passage's name in the vector set."""
    return f"{number}:{ordinal}"


def gather(keys: Keys, dim: int, wanted: Sequence[tuple[int, int]]) -> Command:
    """The command that reads vectors of current revisions, each by its revision's number and its
    place there; `gathered` reads the reply."""
    places = np.array(wanted, "<u4").tobytes()
    return ("EVAL_RO", _GATHER, 2, keys.near, keys.fine(""), places, dim, fine_bytes(dim))


def gathered(value: bytes, dim: int) -> tuple[NDArray[np.bool_], Twelve]:
    """Which of the passages were there, and the vectors of all; those of the others say nothing."""
    rows = np.frombuffer(value, np.uint8).reshape(-1, 1 + dim + fine_bytes(dim))
    vectors = Twelve(rows[:, 1 : dim + 1].view(np.int8), _unpacked(rows[:, dim + 1 :], dim))
    return rows[:, 0] > 0, vectors


_GATHER: Final = """
local dim, width, at, out = tonumber(ARGV[2]), tonumber(ARGV[3]), 1, {}
local missing = string.rep('\\0', 1 + dim + width)
while at < #ARGV[1] do
  local number, place
  number, place, at = struct.unpack('<I4I4', ARGV[1], at)
  local coarse = redis.call('VEMB', KEYS[1], number .. ':' .. place, 'RAW')
  local first = place * width
  local fine = redis.call('GETRANGE', KEYS[2] .. number, first, first + width - 1)
  if coarse and #fine == width then
    out[#out + 1] = '\\1' .. coarse[2] .. fine
  else
    out[#out + 1] = missing
  end
end
return table.concat(out)
"""
"""One argument and one reply for many passages: each of their own would take longer to write and to
read than all else together."""


def _packed(fine: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Two to a byte, the first in the upper half."""
    digits = (fine + _HALF).astype(np.uint8)
    if digits.shape[1] % 2:
        digits = np.pad(digits, ((0, 0), (0, 1)))
    packed: NDArray[np.uint8] = np.bitwise_or(digits[:, ::2] * np.uint8(_STEPS), digits[:, 1::2])
    return packed


def _unpacked(packed: NDArray[np.uint8], dim: int) -> NDArray[np.int8]:
    digits = np.stack((packed >> 4, packed & 15), axis=2).reshape(len(packed), -1)
    fine: NDArray[np.int8] = digits[:, :dim].astype(np.int8) - _HALF
    return fine
