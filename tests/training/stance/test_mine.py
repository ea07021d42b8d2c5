"""What is found in the archive for claims and sentences, with the real service."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from service.domain.text import normalise
from service.english.text.segment import segment
from service.pipeline.claims import states_something
from training.rows import Row, read_rows
from training.stance.collect import drafts
from training.stance.mine import (
    LEAST_CHARS,
    MOST_CHARS,
    Newsroom,
    read_newsroom,
    statements,
    write_found,
)

FERRY, MARKET, ORCHARD = "ferry", "market", "orchard"
TEXTS = {
    FERRY: "The Kestrel Bay ferry ran aground off Varrow Point on Saturday morning. "
    "All 212 passengers were taken ashore in small boats within two hours.\n\n"
    "Harbour master Ilse Brandt blamed a broken rudder for the accident.",
    MARKET: "Traders in Ostrelle have moved their weekly market indoors for the winter. "
    "Rents for a stall in the old tram depot are half of those on the square.",
    # Lines end as on another system, and an accent is written apart from its letter.
    ORCHARD: "Frost came early. One cold night killed a third of the apple blossom in the valley."
    "\r\n\r\n"
    "Growers in the Te\u0301lline valley lost a third of their apple blossom to frost in April. "
    "The cooperative will pay its 140 members an advance from a fund it set up in 2016. "
    "What will the next winter bring to the growers of the valley and to all their families?",
}
TITLES = {FERRY: "Ferry aground", MARKET: "Market moves indoors", ORCHARD: "Frost in the orchards"}


def claim(name: str, article: str, text: str) -> Row:
    row = {"id": name, "claim": text, "label": "supports", "article": article}
    return row | {"evidence": [[0, 20]], "title": False, "kind": "paraphrase"}


KNOWN = claim("known", FERRY, "A damaged rudder caused the ferry accident, Ilse Brandt says.")
OURS = claim("ours", ORCHARD, "Each member of the fruit growers' cooperative gets money early.")


def write(file: Path, rows: Iterable[Row]) -> None:
    """JSON Lines, gzip where the name says so."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    file.write_bytes(gzip.compress(lines) if file.suffix == ".gz" else lines)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Three articles in two files, one of them fitted on, one measured with."""
    folder = tmp_path_factory.mktemp("data")
    articles = [{"id": name, "title": TITLES[name], "text": TEXTS[name]} for name in TEXTS]
    write(folder / "news" / "articles.jsonl.gz", articles[:2])
    write(folder / "newsroom" / "articles.jsonl.gz", articles[2:])
    write(folder / "newsroom" / "train" / "claims.jsonl.gz", [KNOWN])
    dev = claim("dev", MARKET, "Stalls are cheaper in the tram depot.")
    write(folder / "newsroom" / "dev" / "claims.jsonl.gz", [dev])
    write(folder / "written" / "claims.jsonl", [OURS])
    write(folder / "written" / "paired.jsonl", [])
    return read_newsroom(folder, folder / "written")


@pytest.fixture(scope="module")
async def found(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """All rows as written, from the real service; places as pairs."""
    folder = tmp_path_factory.mktemp("found")
    await write_found(newsroom, 7, folder / "store", folder / "found.jsonl.gz")
    rows = read_rows(folder / "found.jsonl.gz")
    return [row | {"found": [tuple(place) for place in row["found"]]} for row in rows]


def sentences(article: str) -> list[str]:
    text = normalise(TEXTS[article])
    return [span.of(text) for span in segment(text).sentences]


def passages() -> Mapping[tuple[str, int], range]:
    """Positions of the sentences of each passage, by its article and first sentence."""
    places: dict[tuple[str, int], range] = {}
    for name, raw in TEXTS.items():
        first = 0
        for passage in segment(normalise(raw)).passages:
            places[name, first] = range(first, first + len(passage.sentences))
            first += len(passage.sentences)
    return places


def test_every_claim_is_searched_for(found: list[Row]) -> None:
    """Those of the training part and our own; what bears a claim out comes up first."""
    first = {row["id"]: row["found"][0] for row in found if row["kind"] == "claim"}
    assert first == {"known": (FERRY, 2), "ours": (ORCHARD, 3)}


def test_a_passage_counts_as_its_first_sentence(found: list[Row]) -> None:
    """All of so small an archive are found, each once; a short sentence takes in the next."""
    assert passages()[ORCHARD, 0] == range(2)
    for row in found:
        if row["kind"] == "claim":
            assert sorted(row["found"]) == sorted(passages())


def test_positions_count_the_sentences_of_the_normalised_text(newsroom: Newsroom) -> None:
    """As what collects the windows counts them."""
    read = {name: list(article.sentences) for name, article in newsroom.articles.items()}
    assert read == {name: sentences(name) for name in TEXTS}
    assert read[ORCHARD][2].startswith("Growers in the Télline valley")


def test_a_sentence_is_found_everywhere_but_in_itself(found: list[Row]) -> None:
    """Another sentence that says the same comes up first."""
    rows = {row["id"]: row["found"] for row in found if row["kind"] == "sentence"}
    assert rows[f"{ORCHARD}#1"][0] == (ORCHARD, 2)
    assert rows[f"{ORCHARD}#2"][0] == (ORCHARD, 0)
    for position, own in ((1, 0), (2, 2), (3, 3)):
        others = passages().keys() - {(ORCHARD, own)}
        assert sorted(rows[f"{ORCHARD}#{position}"]) == sorted(others)


def test_sentences_are_statements_of_articles_that_nothing_is_measured_with(
    found: list[Row],
) -> None:
    """Neither short ones, nor questions, nor any of the other two articles."""
    searched = {row["id"] for row in found if row["kind"] == "sentence"}
    assert searched == {f"{ORCHARD}#{position}" for position in (1, 2, 3)}
    assert len(sentences(ORCHARD)[0]) < LEAST_CHARS < len(sentences(ORCHARD)[4]) < MOST_CHARS
    assert not states_something(sentences(ORCHARD)[4])


def test_the_collection_reads_what_is_found(newsroom: Newsroom, found: list[Row]) -> None:
    """A sentence and, as the first window, what was found for it first."""
    rows = {row["id"]: row["found"] for row in found if row["kind"] == "sentence"}
    first = {one.claim: one for one in reversed(list(drafts(rows, newsroom.articles)))}
    growers, night = sentences(ORCHARD)[2], sentences(ORCHARD)[0]
    assert night in first[growers].sentences
    assert first[growers].head == TITLES[ORCHARD]


def test_the_same_articles_give_the_same_sentences(newsroom: Newsroom) -> None:
    """At most as many as asked for, in whatever order the articles come."""
    articles = newsroom.articles
    drawn = statements(articles, frozenset(), 5)
    assert len(set(drawn)) == 5
    assert statements(dict(sorted(articles.items(), reverse=True)), frozenset(), 5) == drawn
    assert statements(articles, frozenset(), 3) == drawn[:3]
    assert {name for name, _ in statements(articles, frozenset({FERRY}), 9)} == {MARKET, ORCHARD}
