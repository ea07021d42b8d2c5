"""The word leg: tantivy proposes candidates, exact BM25 puts them in order."""

import contextlib
import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Query

from service.domain.claim import Filters
from service.stores.bm25 import DECIMALS
from service.stores.embedded.checkpoint import Unusable, load_checkpoint, save_checkpoint
from service.stores.embedded.place import Indexed, Place
from service.stores.embedded.statistics import Statistics
from service.stores.embedded.term_table import TermTable, fingerprints
from service.stores.terms import ANALYZER, make_analyzer
from service.stores.times import UNDATED, to_microseconds

_SHAPE: Final = f"{ANALYZER}, in context, since"
_FOOTER_MAGIC: Final = 1337
_HEAP_BYTES: Final = 64 * 2**20
_CANDIDATES: Final = 50  # beyond twice as many as were asked for
_MOST_CANDIDATES: Final = 20_000
_AMBIGUOUS: Final = 0.97  # tantivy rounds lengths and counts the dead: its scores are off by less


class WordIndex:
    """Terms by passage key: tantivy to search them, and a table of them to score exactly.

    tantivy's scores count deleted passages until a merge happens to drop them, so they depend on
    history and change on their own. So it only proposes, more than are wanted and still more where
    scores are too close to tell, and the order comes from a BM25 of the living passages alone.
    Raises Unusable when what is in the folder cannot be trusted.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        checkpoint = load_checkpoint(folder, _SHAPE)
        self._end = self._saved_end = checkpoint.end if checkpoint else 0
        saved = folder / checkpoint.saved if checkpoint else None
        self._statistics = Statistics()
        if saved:
            self._statistics.load(saved / "statistics.npz")
        self._table = TermTable(folder, held=self._end, saved=saved)
        self._analyzer = make_analyzer(stop_words=True)
        self._telling = make_analyzer(stop_words=False)
        self._schema = _schema()
        self._index = _open_engine(folder / "tantivy", self._schema, self._analyzer)
        self._writer = self._index.writer(_HEAP_BYTES, 1)
        self._searchable_end = 1 + max(self.searchable_keys(1), default=-1)

    @property
    def end(self) -> int:
        """Every passage with a key below it has been taken in."""
        return self._end

    @property
    def unsaved(self) -> int:
        """How many keys would have to be taken in again after a crash."""
        return self._end - self._saved_end

    def change(self, removed: Sequence[Place], added: Sequence[Indexed]) -> None:
        """Takes out and in what one change did, and returns when it can be searched."""
        for place in removed:
            self._statistics.count(*self._table.of(_keys(place)), sign=-1)
            self._table.erase(place.first, place.end)
            self._writer.delete_documents_by_term("revision", place.revision)
        for item in added:
            self._add(item)
        self._writer.commit()
        self._index.reload()

    def verify(self, held: Iterable[range]) -> None:
        """Raises Unusable where the terms of these keys are not those that were taken in."""
        self._table.verify(held)

    def forget(self, revisions: Iterable[int]) -> None:
        """Takes out revisions that may have been left behind; call `recount` after it."""
        for revision in revisions:
            self._writer.delete_documents_by_term("revision", revision)
        self._writer.commit()
        self._index.reload()

    def recount(self, places: Iterable[Place]) -> None:
        """Counts again from the passages that are there."""
        self._statistics = Statistics()
        for place in places:
            self._statistics.count(*self._table.of(_keys(place)), sign=1)

    def matching(
        self, words: str, filters: Filters, limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Keys and BM25 scores of at least the `limit` best, more where the last place is
        shared.

        Words that every text has are scored but propose nothing: they move the best passage up in
        two claims of a hundred, and looking for them takes four times as long as for the others.
        """
        terms = sorted(set(self._analyzer.analyze(words)))
        if not terms or not limit:
            return np.zeros(0, np.int64), np.zeros(0)
        telling = sorted(set(self._telling.analyze(words))) or terms
        keys = self._candidates(self._query(telling, filters), limit)
        scores = self._statistics.bm25(fingerprints(terms), *self._table.of(keys))
        return keys, np.round(scores, DECIMALS)

    def scores(self, words: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """What passages of these texts would score in `matching`; 0 for those it would not find."""
        terms = sorted(set(self._analyzer.analyze(words)))
        telling = set(self._telling.analyze(words)) or set(terms)
        found = [self._analyzer.analyze(text) for text in texts]
        sizes = np.array([len(one) for one in found], np.int64)
        stored = fingerprints([term for one in found for term in one])
        scores = self._statistics.bm25(fingerprints(terms), stored, sizes)
        proposed = [not telling.isdisjoint(one) for one in found]
        return np.where(proposed, np.round(scores, DECIMALS), 0.0)

    @property
    def searchable(self) -> int:
        """How many passages the engine can find."""
        return int(self._index.searcher().num_docs)

    def searchable_keys(self, limit: int) -> list[int]:
        """The `limit` highest keys in the engine, for checking it against the catalogue."""
        found = self._index.searcher().search(
            Query.all_query(), limit, count=False, order_by_field="key"
        )
        return [key for key, _ in found.hits]

    def save(self) -> None:
        """Makes everything taken in so far survive a crash without the catalogue's help."""
        save_checkpoint(self._folder, _SHAPE, self._end, self._save_parts)
        self._saved_end = self._end

    def close(self) -> None:
        """Gives back files and threads."""
        with contextlib.suppress(
            RuntimeError, ValueError, OSError
        ):  # closed, or died of a full disk
            self._writer.wait_merging_threads()
        self._table.close()

    def _save_parts(self, folder: Path) -> None:
        self._table.save(folder, self._end)
        self._statistics.save(folder / "statistics.npz")

    def _add(self, item: Indexed) -> None:
        place = item.place
        terms = [fingerprints(self._analyzer.analyze(text)) for text in item.texts]
        self._table.add(place.first, self._end, terms)
        self._statistics.count(*self._table.of(_keys(place)), sign=1)
        self._end = place.end
        if place.first < self._searchable_end:  # a crash came between its commit and a checkpoint
            return
        for key, text in enumerate(item.texts, place.first):
            self._writer.add_document(_document(place, key, text))

    def _candidates(self, query: Query, limit: int) -> NDArray[np.int64]:
        searcher = self._index.searcher()
        count = 2 * limit + _CANDIDATES
        while True:
            hits = searcher.search(query, count, count=False).hits
            full = len(hits) == count
            if not full or count > _MOST_CANDIDATES or not _ambiguous(hits, limit):
                keys = searcher.fast_field_values("key", [address for _, address in hits])
                return np.array(keys, np.int64)
            count *= 4

    def _query(self, terms: Sequence[str], filters: Filters) -> Query:
        words = [
            (Occur.Should, Query.term_query(self._schema, "body", term, "freq")) for term in terms
        ]
        if filters.everything:
            return Query.boolean_query(words)
        return Query.boolean_query(
            [(Occur.Must, Query.boolean_query(words)), *self._conditions(filters)]
        )

    def _conditions(self, filters: Filters) -> list[tuple[Occur, Query]]:
        conditions = []
        if filters.as_of is not None:
            as_of = to_microseconds(filters.as_of)
            conditions.append((Occur.Must, self._between("since", UNDATED, as_of)))
        if filters.published_after is not None:
            after = to_microseconds(filters.published_after)
            conditions.append((Occur.Must, self._between("published", after, None)))
        if filters.include_publishers:
            conditions.append((Occur.Must, self._publishers(filters.include_publishers)))
        if filters.exclude_publishers:
            conditions.append((Occur.MustNot, self._publishers(filters.exclude_publishers)))
        return [(occur, Query.const_score_query(query, 0.0)) for occur, query in conditions]

    def _between(self, name: str, lower: int, upper: int | None) -> Query:
        return Query.range_query(
            self._schema, name, FieldType.Integer, lower, upper, include_lower=False
        )

    def _publishers(self, names: frozenset[str]) -> Query:
        folded = sorted({name.casefold() for name in names})
        return Query.term_set_query(self._schema, "publisher", folded)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", fast=True)
    builder.add_integer_field("revision", indexed=True)
    builder.add_integer_field("published", fast=True)
    builder.add_integer_field("since", fast=True)
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


def _open_engine(
    path: Path, schema: tantivy.Schema, analyzer: tantivy.TextAnalyzer
) -> tantivy.Index:
    path.mkdir(exist_ok=True)
    _verify_segments(path)
    index = tantivy.Index(schema, str(path))
    index.register_tokenizer(ANALYZER, analyzer)
    index.config_reader("manual")
    index.reload()
    return index


def _verify_segments(path: Path) -> None:
    """Raises Unusable where a file of a segment is not as tantivy wrote it: it does not look itself
    at the CRC-32 that it puts at the end of each. What no segment names is left from a crash."""
    try:
        segments = json.loads((path / "meta.json").read_bytes())["segments"]
    except FileNotFoundError:
        return
    for segment in segments:
        name = segment["segment_id"].replace("-", "")
        removed = segment["deletes"] and f"{name}.{segment['deletes']['opstamp']}.del"
        for file in path.glob(f"{name}.*"):
            if file.suffix != ".del" or file.name == removed:
                _verify_footer(file)


def _verify_footer(file: Path) -> None:
    """At the end are the length of a JSON footer and a magic number, each in four bytes."""
    content = file.read_bytes()
    size, magic = struct.unpack("<II", content[-8:])
    body, footer = content[: -8 - size], content[-8 - size : -8]
    if magic != _FOOTER_MAGIC or json.loads(footer)["crc"] != zlib.crc32(body):
        raise Unusable(f"{file.name} is not as it was written")


def _document(place: Place, key: int, text: str) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("key", key)
    document.add_integer("revision", place.revision)
    document.add_integer("published", place.published)
    document.add_integer("since", place.since)
    document.add_text("publisher", place.publisher)
    document.add_text("body", text)
    return document


def _ambiguous(hits: list[tuple[Any, tantivy.DocAddress]], limit: int) -> bool:
    """Whether one left out might belong among the `limit` best."""
    return bool(hits[-1][0] > hits[limit - 1][0] * _AMBIGUOUS)


def _keys(place: Place) -> NDArray[np.int64]:
    return np.arange(place.first, place.end)
