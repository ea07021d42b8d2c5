"""What a question as of a moment finds in revisions that have been replaced since."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Passage
from service.domain.claim import Filters
from service.domain.text import Span
from service.ports import Hit
from service.stores.context import texts_in_context
from service.stores.cosine import cosines, unit
from service.stores.embedded.conditions import passing, together
from service.stores.embedded.place import Place
from service.stores.times import FOREVER, to_microseconds

_DIGITS: Final = 12
"""Of a revision's digest in the id of a past passage: `ID:ORDINAL@DIGITS`."""
_PASSAGES: Final = (
    " FROM standing s JOIN past_passages p ON p.revision = s.revision"
    " JOIN revisions r ON r.key = s.revision"
)
_ID: Final = f"s.id || ':' || p.ordinal || '@' || substr(r.revision, 8, {_DIGITS})"

Scores = Callable[[Sequence[str]], NDArray[np.float64]]


def past_places(connection: sqlite3.Connection, filters: Filters) -> list[Place]:
    """The revisions that stood then and pass the filters; `first` says nothing."""
    rows = _rows(
        connection,
        "SELECT s.id, s.revision, s.published, s.publisher, 0, (SELECT count(*) FROM past_passages"
        " WHERE revision = s.revision), s.since FROM standing s",
        filters,
    )
    return [Place(*row) for row in rows]


def nearest_past(
    connection: sqlite3.Connection, vector: NDArray[np.float32], filters: Filters
) -> list[Hit]:
    """Every passage of theirs, by cosine to `vector`, shape (dim,)."""
    rows = _rows(connection, f"SELECT {_ID}, p.vector{_PASSAGES}", filters)
    if not rows:
        return []
    stored = np.frombuffer(b"".join(blob for _, blob in rows), "<f2").reshape(len(rows), -1)
    return _hits([passage_id for passage_id, _ in rows], cosines(unit(vector), stored))


def matching_past(connection: sqlite3.Connection, scores: Scores, filters: Filters) -> list[Hit]:
    """Every passage of theirs that has a score, 0 meaning none."""
    rows = _rows(
        connection,
        f'SELECT {_ID}, p.revision, r.title, r.text, p."start", p."end"{_PASSAGES}',
        filters,
        order="p.revision, p.ordinal",
    )
    if not rows:
        return []
    texts: list[str] = []
    for _, group in groupby(rows, key=itemgetter(1)):
        of_one = list(group)
        _, _, title, text, *_ = of_one[0]
        texts += texts_in_context(title, text, [Span(*row[4:]) for row in of_one])
    found = _hits([row[0] for row in rows], scores(texts))
    return [hit for hit in found if hit.score > 0]


def past_passage(connection: sqlite3.Connection, passage_id: str) -> tuple[int, Passage] | None:
    """The key of its revision, and the passage; None where there is none."""
    place, _, digits = passage_id.rpartition("@")
    article_id, _, ordinal = place.rpartition(":")
    if not (ordinal.isascii() and ordinal.isdecimal()) or len(ordinal) > _DIGITS:
        return None
    row = connection.execute(
        f'SELECT s.revision, p."start", p."end", p.sentences{_PASSAGES}'
        f" WHERE s.id = ? AND p.ordinal = ? AND substr(r.revision, 8, {_DIGITS}) = ?"
        " ORDER BY s.revision LIMIT 1",
        (article_id, int(ordinal), digits),
    ).fetchone()
    if row is None:
        return None
    revision, start, end, sentences = row
    spans = tuple(Span(first, last) for first, last in json.loads(sentences))
    return revision, Passage(Span(start, end), spans)


def _rows(
    connection: sqlite3.Connection, select: str, filters: Filters, *, order: str = "1"
) -> list[Any]:
    if filters.as_of is None:
        return []
    as_of = to_microseconds(filters.as_of)
    stood = ("s.until > ? AND s.until < ? AND s.since <= ?", [as_of, FOREVER, as_of])
    where, values = together([stood, *passing(filters)])
    return connection.execute(f"{select} WHERE {where} ORDER BY {order}", values).fetchall()


def _hits(passage_ids: Sequence[str], scores: NDArray[np.float64]) -> list[Hit]:
    return [Hit(*one) for one in zip(passage_ids, scores.tolist(), strict=True)]
