"""Training learns, and goes on where it was stopped."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import SupportsIndex, overload

import pytest
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from service.models.attribution.pieces import PieceReader
from tests.training.attribution.made import SENTENCES, article, encoder
from training.attribution.batches import IGNORED, asked_roles, batch, batches
from training.attribution.examples import Example, examples
from training.attribution.model import TokenClassifier, narrowed, save, start
from training.attribution.settings import Narrowed, TrainingSettings, read_settings
from training.attribution.train import train, train_on
from training.embedder.source import source_folder

SETTINGS = replace(
    read_settings(),
    reading_layers=2,
    asking_layers=1,
    batch_statements=3,
    epochs=100,
    dropout=0.0,
    learning_rate=3e-3,
)


@pytest.fixture(scope="module")
def made() -> list[Example]:
    reader = PieceReader(Tokenizer.from_file(str(source_folder() / "tokenizer.json")))
    return list(examples(article(*SENTENCES), reader))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return encoder(tmp_path_factory.mktemp("encoder"))


def test_it_learns_what_it_is_shown(source: Path, made: Sequence[Example], tmp_path: Path) -> None:
    """A small encoder finds all cues of nine sentences, no others, and the roles around them."""
    folder = train(made, source, tmp_path, SETTINGS)
    model = start(source, SETTINGS)
    model.load_state_dict(load_file(folder / "model.safetensors"))
    model.train(mode=False)
    right = []
    with torch.no_grad():
        for example in made:
            given = batch([example])
            hidden, cues = model.read(given.ids, given.types, given.unpadded)
            counted = given.cues != IGNORED
            assert torch.equal(cues[counted] > 0, given.cues[counted] == 1)
            for asked in example.asked:
                piece = torch.tensor([example.pieces.firsts[asked.cue]])
                found = model.ask(hidden, given.unpadded, piece).argmax(-1)[0]
                expected = asked_roles(example, asked, given.ids.shape[1])
                right += (found == expected)[expected != IGNORED].tolist()
    assert sum(right) >= 0.95 * len(right) > 40


def test_a_stopped_training_goes_on(source: Path, made: Sequence[Example], tmp_path: Path) -> None:
    """Stopped after an epoch, it ends with the weights of one that was not."""
    short = replace(SETTINGS, epochs=2)
    whole = train(made, source, tmp_path / "whole", short)
    stopped = tmp_path / "stopped"
    with pytest.raises(KeyboardInterrupt):
        _train_and_stop(made, source, stopped, short)
    assert sorted(each.name for each in stopped.glob("epoch-*")) == ["epoch-1"]
    resumed = train(made, source, stopped, short)
    one, other = (load_file(each / "model.safetensors") for each in (whole, resumed))
    assert all(torch.equal(one[name], other[name]) for name in one)


def _train_and_stop(
    made: Sequence[Example], source: Path, runs: Path, settings: TrainingSettings
) -> None:
    """Stops when the second epoch asks for its first statement."""
    train(_StopsAfter(made), source, runs, settings)


class _StopsAfter(list[Example]):
    """Statements that can be read once each: to sort them by length, and to use them."""

    def __init__(self, examples: Sequence[Example]) -> None:
        super().__init__(examples)
        self._left = 2 * len(examples)

    @overload
    def __getitem__(self, key: SupportsIndex) -> Example: ...
    @overload
    def __getitem__(self, key: slice) -> list[Example]: ...
    def __getitem__(self, key: SupportsIndex | slice) -> Example | list[Example]:
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return super().__getitem__(key)


def test_the_words_stay_as_they_are(source: Path, made: Sequence[Example], tmp_path: Path) -> None:
    """Everything but the word embeddings is trained."""
    folder = train(made, source, tmp_path, replace(SETTINGS, epochs=1))
    before, after = (load_file(each / "model.safetensors") for each in (source, folder))
    words = "embeddings.word_embeddings.weight"
    assert torch.equal(before[words], after[words])
    other = "encoder.layer.2.output.dense.weight"
    assert not torch.equal(before[other], after[other])


def test_every_statement_comes_once(made: Sequence[Example]) -> None:
    """Padded to the longest of its batch; the same seed, the same batches."""
    drawn = list(batches(made, 2, seed=1))
    ids = sorted(id(example) for each in drawn for example in each.examples)
    assert ids == sorted(map(id, made))
    for each in drawn:
        assert each.unpadded.sum(1).tolist() == [len(one.pieces) for one in each.examples]
    again = list(batches(made, 2, seed=1))
    assert all(torch.equal(a.ids, b.ids) for a, b in zip(drawn, again, strict=True))


def test_a_narrowed_model_keeps_its_strongest_units(
    source: Path, made: Sequence[Example], tmp_path: Path
) -> None:
    """Units without weight are the first to go, and nothing else changes; it can be trained on."""
    wide = start(source, SETTINGS)
    width = wide.config.intermediate_size
    with torch.no_grad():
        for name, weights in wide.named_parameters():
            if ".intermediate." in name:
                weights[: width // 2] = 0
    save(wide, tmp_path / "wide")
    narrow = narrowed(tmp_path / "wide", width // 2)
    assert narrow.config.intermediate_size == width // 2
    assert torch.allclose(_read(narrow, made), _read(wide, made), atol=1e-5)
    settings = replace(SETTINGS, narrowed=Narrowed(epochs=1, learning_rate=1e-3)).after_narrowing
    folder = train_on(narrow, made, tmp_path / "runs", settings)
    trained = load_file(folder / "model.safetensors")
    assert {name: one.shape for name, one in trained.items()} == {
        name: one.shape for name, one in narrow.state_dict().items()
    }


def _read(model: TokenClassifier, made: Sequence[Example]) -> torch.Tensor:
    model.train(mode=False)
    given = batch(made[:1])
    with torch.no_grad():
        hidden, _ = model.read(given.ids, given.types, given.unpadded)
    return hidden
