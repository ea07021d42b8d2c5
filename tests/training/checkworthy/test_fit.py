"""The spotter's weights are fitted, held out and written as the service reads them."""

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from service.english.text.traits import TRAITS
from service.models.embedder import OnnxEmbedder, load_embedder
from service.models.spotter import load_spotter
from training.checkworthy.examples import Examples, Marked, claims, debates, marked_news
from training.checkworthy.export import write_weights
from training.checkworthy.fit import fit, held_out_shares, shares, worth_from

FACTS = tuple(
    Marked(f"The {name} {verb} {number} {what} in 19{number}.", worth=True, origin=name)
    for number, name in enumerate(("dam", "port", "mill", "quay", "school", "ferry"), 20)
    for verb in ("had", "sold")
    for what in ("boats", "houses")
)
WISHES = tuple(
    Marked(f"I {verb} that we {what} our {name}!", worth=False, origin=name)
    for name in ("children", "town", "friends", "river", "neighbours", "streets")
    for verb in ("hope", "wish")
    for what in ("love", "honour")
)


@pytest.fixture(scope="module")
async def embedder() -> AsyncIterator[OnnxEmbedder]:
    """The shipped one."""
    embedder = load_embedder(threads=1)
    yield embedder
    await embedder.close()


@pytest.fixture(scope="module")
async def examples(embedder: OnnxEmbedder) -> Examples:
    """Of two sorts that are easily told apart, over and over."""
    return await Examples.of([*FACTS, *WISHES] * 8, embedder, weight=1.0)


def test_each_is_judged_by_a_network_that_has_not_seen_its_text(examples: Examples) -> None:
    """And what is told apart elsewhere is told apart there too; a network knows no labels of the
    part that is held out."""
    (found,) = held_out_shares([examples])
    assert found[examples.worth].min() > found[~examples.worth].max()
    network, its = fit([examples.where(examples.part != 3)]), examples.part == 3
    assert np.array_equal(found[its], shares(network, examples.where(its)))


def test_the_threshold_lets_pass_what_is_to_be_kept() -> None:
    """Of every kind, and it is as high as that allows, to two places."""
    easy, hard = np.linspace(0.5, 1, 101), np.linspace(0.115, 1, 101)
    share = worth_from([easy.astype(np.float32), hard.astype(np.float32)])
    assert share == 0.13
    assert (hard >= share).mean() >= 0.98 > (hard >= share + 0.01).mean()


async def test_the_written_model_says_what_was_fitted(
    examples: Examples, embedder: OnnxEmbedder, tmp_path: Path
) -> None:
    """The service loads it and gives the same shares; the same network, the same bytes."""
    network = fit([examples])
    for folder in ("one", "other"):
        spotting = {"embedder": embedder.fingerprint, "from": 0.5}
        write_weights(network, spotting, tmp_path / folder)
    model = (tmp_path / "one" / "model.onnx").read_bytes()
    assert model == (tmp_path / "other" / "model.onnx").read_bytes()
    spotter = load_spotter(embedder.fingerprint, tmp_path / "one")
    sentences = [one.sentence for one in (*FACTS, *WISHES)]
    vectors = await embedder.embed(sentences)
    expected = shares(network, examples)[: len(sentences)]
    assert np.allclose(await spotter.shares(sentences, vectors), expected, atol=1e-5)
    assert await spotter.spot(sentences, vectors) == [one.worth for one in (*FACTS, *WISHES)]


async def test_sentences_of_one_text_are_held_out_together(examples: Examples) -> None:
    """Neighbours are alike: a network that saw one would know the other."""
    parts: dict[str, set[int]] = {}
    for one, part in zip([*FACTS, *WISHES] * 8, examples.part, strict=True):
        parts.setdefault(one.origin, set()).add(int(part))
    assert all(len(part) == 1 for part in parts.values())
    assert set(examples.part) == set(range(5))
    assert examples.read.shape == (384, 384 + len(TRAITS))


def test_rows_become_sentences(tmp_path: Path) -> None:
    """Debates by stretches of 500, claims by article, marked sentences as a draft has them."""
    spoken = debates(
        [{"id": "499", "text": "a", "label": True}, {"id": "500", "text": "b", "label": False}]
    )
    assert [(one.worth, one.origin) for one in spoken] == [(True, "000"), (False, "001")]
    assert claims([{"claim": "a", "article": "x"}]) == [Marked("a", worth=True, origin="x")]
    rows = tmp_path / "news.jsonl"
    rows.write_text('{"article": "x", "span": [4, 17], "worth": true}\n', encoding="utf-8")
    found = marked_news(rows, [{"id": "x", "text": "So. The dam\r\nheld. Yes."}])
    assert found == [Marked("The dam held.", worth=True, origin="x")]
