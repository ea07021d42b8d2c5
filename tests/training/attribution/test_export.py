"""The weights that are written compute what was trained, and the service loads them."""

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray

from service.english.text.segment import segment
from service.models.attribution.tagger import load_tagger
from service.pipeline.attribute import find_speeches
from service.ports import Tagger
from tests.training.attribution.made import encoder
from training.attribution.export import write_weights
from training.attribution.model import TokenClassifier, save, start
from training.attribution.settings import read_settings
from training.bert.precision import Float32, RowwiseInt8

SETTINGS = replace(read_settings(), reading_layers=2, asking_layers=1)
DECODING = replace(SETTINGS.decoding, ask_from=0.01, sure_from=0.01)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TokenClassifier:
    """A small one, with random weights that are larger than its own first ones."""
    made = start(encoder(tmp_path_factory.mktemp("encoder")), SETTINGS)
    made.train(mode=False)
    with torch.no_grad():
        for weights in made.parameters():
            weights.add_(0.1 * torch.randn_like(weights))
    return made


@pytest.mark.parametrize(("precision", "part"), [(Float32(), 0.02), (RowwiseInt8(), 0.1)])
def test_the_graphs_agree_with_pytorch(
    model: TokenClassifier, tmp_path: Path, precision: Float32 | RowwiseInt8, part: float
) -> None:
    """Cues, hidden values and roles; int8 layers follow at a distance. The word embeddings are int8
    in both."""
    save(model, tmp_path / "model")
    write_weights(tmp_path / "model", tmp_path / "weights", DECODING, precision)
    reading, asking = (
        onnxruntime.InferenceSession(tmp_path / "weights" / name)
        for name in ("reading.onnx", "asking.onnx")
    )
    rng = np.random.default_rng(5)
    for tokens in (3, 8, 40):
        ids, types = rng.integers(0, 30_000, (4, tokens)), rng.integers(0, 4, (4, tokens))
        at = rng.integers(0, tokens, 4)
        unpadded = torch.ones((4, tokens))
        with torch.no_grad():
            hidden, cues = model.read(torch.tensor(ids), torch.tensor(types), unpadded)
            roles = model.ask(hidden, unpadded, torch.tensor(at))
        given = {"input_ids": ids, "token_type_ids": types}
        found_cues, found_hidden = reading.run(["cues", "hidden"], given)
        assert _distance(found_cues[:, :, 0], cues) < part
        assert _distance(found_hidden, hidden) < part
        cue = (np.arange(tokens) == at[:, None]).astype(np.int64)
        (found_roles,) = asking.run(["roles"], {"hidden": hidden.numpy(), "cue": cue})
        assert _distance(found_roles, roles) < part


def _distance(found: NDArray[np.float32], expected: torch.Tensor) -> float:
    """The largest difference, as a part of the spread."""
    values = expected.numpy()
    return float(np.abs(found - values).max() / (values.max() - values.min()))


def test_the_same_model_writes_the_same_bytes(model: TokenClassifier, tmp_path: Path) -> None:
    save(model, tmp_path / "model")
    for name in ("one", "other"):
        write_weights(tmp_path / "model", tmp_path / name, DECODING)
    one, other = ((tmp_path / name / "manifest.json").read_bytes() for name in ("one", "other"))
    assert one == other


async def test_the_service_loads_it(model: TokenClassifier, tmp_path: Path) -> None:
    """Even an untrained model gives spans of the article, in order, alone or in company."""
    save(model, tmp_path / "model")
    write_weights(tmp_path / "model", tmp_path / "weights", DECODING)
    tagger = load_tagger(tmp_path / "weights")
    port: Tagger = tagger
    text = "Novak said the bridge is safe. “It is,” she said. The dam, Ruiz told us, may break."
    sentences = segment(text).sentences
    speeches = await find_speeches(text, sentences, port)
    await asyncio.gather(*(find_speeches(text, sentences, tagger) for _ in range(3)))
    assert speeches
    assert list(speeches) == sorted(speeches, key=lambda speech: speech.content)
    assert all(0 <= p.start < p.end <= len(text) for each in speeches for p in each.content)
    assert port.fingerprint.startswith("attribution-MiniLM-L6/int8/sha256:")
    await tagger.close()
