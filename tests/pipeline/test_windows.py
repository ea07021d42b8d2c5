"""What is read of an archive: what was found with what stands before it, as much as is paid for."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from service.domain.retrieval import Ranked, Retrieved
from service.pipeline.windows import MOST_CHARS, MOST_SENTENCES, Stretch, read_around
from service.ports import Store
from service.stores.embedded import open_embedded
from tests.stores.archive import DIM, entry

SENTENCES = ("Ada Ode came.", "She spoke.", "It rained.", "The ferry left.", "Nobody waved.")
PLENTY = 10_000


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Two articles of five sentences, each a passage."""
    store = await open_embedded(tmp_path / "store", embedder="none", dim=DIM)
    await store.put([entry(name, *SENTENCES, title=f"Ferry {name}") for name in "ab"])
    yield store
    await store.close()


async def found(store: Store, *names: str) -> list[Retrieved]:
    """These passages, as retrieval found them, the best first."""
    stored = await store.passages(names)
    return [
        Retrieved(one, Ranked(one.id, 1 / place, None, None, place))
        for place, one in enumerate(stored, start=1)
    ]


async def read(store: Store, *names: str, tokens: int = PLENTY, claim: str = "") -> list[Stretch]:
    return list(await read_around(claim, await found(store, *names), store, tokens=tokens))


def names(stretches: Sequence[Stretch]) -> list[list[str]]:
    return [[read.passage.id for read in stretch.passages] for stretch in stretches]


async def test_what_stands_before_a_passage_is_read_with_it(store: Store) -> None:
    """Most pronouns point there. It counts as found the way that the passage beside it was, and
    before the first there is none."""
    (stretch,) = await read(store, "a:3")
    assert stretch.window.head == "Ferry a (Monday 1 January 2024)"
    assert stretch.window.sentences == ("It rained.", "The ferry left.")
    assert [one.ranked.passage_id for one in stretch.passages] == ["a:3", "a:3"]
    assert names(await read(store, "a:0")) == [["a:0"]]


async def test_passages_of_one_article_share_a_window_in_the_order_of_its_text(
    store: Store,
) -> None:
    """With gaps between them, and none of them twice; another article has a window of its own."""
    assert names(await read(store, "a:4", "b:2", "a:1", "a:0")) == [
        ["a:0", "a:1", "a:3", "a:4"],
        ["b:1", "b:2"],
    ]


async def test_the_best_is_read_first(store: Store) -> None:
    """By the best passage of each window, wherever it stands in it."""
    assert names(await read(store, "b:0", "a:1")) == [["b:0"], ["a:0", "a:1"]]
    assert names(await read(store, "a:1", "b:0")) == [["a:0", "a:1"], ["b:0"]]


async def test_nothing_found_is_nothing_read(store: Store) -> None:
    """Nor where what was found is not there any more."""
    assert await read(store) == []
    assert await read(store, "gone:0") == []


@pytest.mark.parametrize(
    ("tokens", "windows"), [(1, 1), (19, 1), (20, 2), (57, 3), (58, 4), (PLENTY, 6)]
)
async def test_no_more_is_read_than_is_paid_for(store: Store, tokens: int, windows: int) -> None:
    """Six articles of one sentence of 45 characters: 10 tokens, one for its mark, and 8 for the
    frame of its window. The last is read whole."""
    texts = [f"{name:x<45}" for name in "cdefgh"]
    await store.put([entry(text[0], text) for text in texts])
    wanted = [f"{text[0]}:0" for text in texts]
    assert len(await read(store, *wanted, tokens=tokens)) == windows


async def test_the_claim_and_the_title_cost_in_every_window(store: Store) -> None:
    """A claim of 90 characters takes 20 tokens more each time it is read."""
    texts = [f"{name:x<45}" for name in "cdefgh"]
    await store.put([entry(text[0], text) for text in texts])
    wanted = [f"{text[0]}:0" for text in texts]
    assert len(await read(store, *wanted, tokens=78, claim="x" * 90)) == 2
    assert len(await read(store, *wanted, tokens=79, claim="x" * 90)) == 3


async def test_a_long_stretch_is_cut_between_passages(store: Store) -> None:
    """At the length that the models were trained on; every passage is in one window."""
    long = [f"{name:x<300}" for name in "12345"]
    await store.put([entry("c", *long)])
    stretches = await read(store, *[f"c:{place}" for place in range(5)])
    assert names(stretches) == [["c:0", "c:1"], ["c:2", "c:3"], ["c:4"]]
    assert all(len(" ".join(one.window.sentences)) <= MOST_CHARS + 1 for one in stretches)


async def test_a_long_list_is_cut_too(store: Store) -> None:
    """Of a hundred names in one window the model would have no tokens left to read any."""
    await store.put([entry("c", *[f"Ada Ode {place}" for place in range(MOST_SENTENCES + 1)])])
    stretches = await read(store, *[f"c:{place}" for place in range(MOST_SENTENCES + 1)])
    assert [len(one.window.sentences) for one in stretches] == [MOST_SENTENCES, 1]


async def test_white_space_within_a_sentence_is_folded(store: Store) -> None:
    """A sentence that runs over a line break is read as one."""
    await store.put([entry("c", "The ferry \u00a0 left\tat noon.")])
    (stretch,) = await read(store, "c:0")
    assert stretch.window.sentences == ("The ferry left at noon.",)
