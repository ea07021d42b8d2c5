"""The token classifier in PyTorch: one reading of a statement, then one of each cue in it.

The first layers of the encoder read a statement and say which tokens are cues. The others read
what the first have made of it once for each cue, with that cue marked, and say what each token is
to it: as Shi and Lin 2019, "Simple BERT models for relation extraction and semantic role
labeling", ask about a predicate by marking it, but the lower layers are shared by all cues.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from service.models.attribution.roles import Role
from training.attribution.settings import TrainingSettings

PRINTINGS = 4
"""Rows of the type embeddings: how a piece is printed (`service.models.attribution.pieces`)."""


class TokenClassifier(nn.Module):
    """`read` and then `ask`; the layers from `reading_layers` on are those that answer."""

    def __init__(self, config: BertConfig, reading_layers: int) -> None:
        super().__init__()
        self.config = config
        self.reading_layers = reading_layers
        encoder = BertModel(config, add_pooling_layer=False)
        self.embeddings = encoder.embeddings
        self.encoder = encoder.encoder
        self.cues = nn.Linear(config.hidden_size, 1)
        self.mark = nn.Parameter(0.5 * torch.randn(config.hidden_size))
        self.dropout = nn.Dropout(config.hidden_dropout_prob)
        self.roles = nn.Linear(config.hidden_size, len(Role))

    def read(self, ids: Tensor, types: Tensor, unpadded: Tensor) -> tuple[Tensor, Tensor]:
        """Hidden values, shape (n, pieces, width), and the logit that a piece begins a cue, (n,
        pieces). `unpadded` is 1 where a piece is and 0 beyond."""
        hidden = self.embeddings(input_ids=ids, token_type_ids=types)
        hidden = self._layers(hidden, unpadded, range(self.reading_layers))
        return hidden, self.cues(self.dropout(hidden)).squeeze(-1)

    def ask(self, hidden: Tensor, unpadded: Tensor, cue: Tensor) -> Tensor:
        """Logits of the roles, shape (n, pieces, 4), to the piece at `cue`, shape (n,)."""
        marks = torch.zeros_like(hidden)
        marks[torch.arange(len(cue)), cue] = self.mark.to(hidden.dtype)
        layers = range(self.reading_layers, self.config.num_hidden_layers)
        logits: Tensor = self.roles(self.dropout(self._layers(hidden + marks, unpadded, layers)))
        return logits

    def _layers(self, hidden: Tensor, unpadded: Tensor, numbers: Sequence[int]) -> Tensor:
        seen = unpadded[:, None, None, :].bool()
        for number in numbers:
            hidden = self.encoder.layer[number](hidden, seen)
        return hidden


def start(source: Path, settings: TrainingSettings) -> TokenClassifier:
    """The published encoder with new heads; all printings begin as the published type 0.

    The words stay as they are, so that a cue which is not in the training data still lies beside
    those that are.
    """
    model = TokenClassifier(_config(source, settings), settings.reading_layers)
    saved = load_file(source / "model.safetensors")
    saved = {name.removeprefix("bert."): tensor for name, tensor in saved.items()}
    types = "embeddings.token_type_embeddings.weight"
    saved[types] = saved[types][:1].repeat(PRINTINGS, 1)
    known = set(model.state_dict())
    missing, _ = model.load_state_dict(
        {name: tensor for name, tensor in saved.items() if name in known}, strict=False
    )
    new = [name for name in missing if name.split(".")[0] not in {"cues", "mark", "roles"}]
    if new:
        raise ValueError(f"{source} lacks {', '.join(new)}")
    model.embeddings.word_embeddings.requires_grad_(requires_grad=False)
    return model


def narrowed(folder: Path, units: int) -> TokenClassifier:
    """A trained model with the strongest `units` of each feed-forward layer, to be trained on.

    A unit counts as the product of the lengths of its weights in and out: pruning by magnitude, as
    Li et al. 2017, "Pruning filters for efficient ConvNets", by whole units so that it saves time.
    """
    config = BertConfig.from_pretrained(folder, local_files_only=True)
    saved = load_file(folder / "model.safetensors")
    for number in range(config.num_hidden_layers):
        into = f"encoder.layer.{number}.intermediate.dense"
        out = f"encoder.layer.{number}.output.dense.weight"
        strength = saved[f"{into}.weight"].norm(dim=1) * saved[out].norm(dim=0)
        kept = strength.topk(units).indices.sort().values
        saved[f"{into}.weight"] = saved[f"{into}.weight"][kept]
        saved[f"{into}.bias"] = saved[f"{into}.bias"][kept]
        saved[out] = saved[out][:, kept]
    config.intermediate_size = units
    config._attn_implementation = "sdpa"  # noqa: SLF001 - what from_pretrained would set
    model = TokenClassifier(config, config.reading_layers)
    model.load_state_dict(saved)
    model.embeddings.word_embeddings.requires_grad_(requires_grad=False)
    return model


def save(model: TokenClassifier, folder: Path) -> None:
    """As `training.bert.checkpoint` reads it; the number of reading layers in the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(tensors, folder / "model.safetensors")
    model.config.reading_layers = model.reading_layers
    model.config.save_pretrained(folder)


def _config(source: Path, settings: TrainingSettings) -> BertConfig:
    config = BertConfig.from_pretrained(source, local_files_only=True)
    config.num_hidden_layers = settings.reading_layers + settings.asking_layers
    config.type_vocab_size = PRINTINGS
    config.hidden_dropout_prob = settings.dropout
    config.attention_probs_dropout_prob = settings.dropout
    config._attn_implementation = "sdpa"  # noqa: SLF001 - what from_pretrained would set
    return config
