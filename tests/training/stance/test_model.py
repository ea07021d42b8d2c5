"""The model in PyTorch, and what it is trained by."""

import json
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from tests.training.bert.published import WORDS, Published, bert, mpnet
from training.bert.checkpoint import read_checkpoint
from training.stance.model import Judge, loss, schedule, taught

CERTAIN, LIKELY = 8.0, 2.0


@pytest.fixture(params=[bert, mpnet])
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A published encoder of two layers."""
    publish: Callable[[Path], Published] = request.param
    publish(tmp_path / "start")
    return tmp_path / "start"


def logits(model: Judge) -> torch.Tensor:
    """At three marks of two texts, the second one shorter."""
    ids = torch.arange(24).reshape(2, 12) % (WORDS - 3) + 3
    model.eval()
    with torch.no_grad():
        found: torch.Tensor = model(
            ids, torch.tensor([12, 9]), torch.tensor([3, 3]), torch.tensor([0, 5, 20])
        )
    return found


def saved(model: Judge, start: Path, folder: Path) -> Path:
    model.save(folder, json.loads((start / "config.json").read_text(encoding="utf-8")))
    return folder


@pytest.mark.parametrize("layers", [[0, 1], [1]])
def test_what_is_saved_is_read_again(start: Path, tmp_path: Path, layers: Sequence[int]) -> None:
    """The same logits, with the layers that were kept and no others."""
    model = Judge(read_checkpoint(start), layers)
    with torch.no_grad():
        for weights in model.parameters():
            weights.add_(0.05 * torch.randn(weights.shape))
    checkpoint = read_checkpoint(saved(model, start, tmp_path / "run"))
    assert checkpoint.layers == len(layers)
    assert torch.equal(logits(Judge(checkpoint, range(checkpoint.layers))), logits(model))


def test_what_was_published_of_words_and_places_is_not_trained(start: Path, tmp_path: Path) -> None:
    """A claim's rare names are not to drift away from those that no pair has."""
    before = read_checkpoint(start)
    model = Judge(before, range(2))
    with torch.no_grad():
        for weights in model.parameters():
            weights.add_(1.0)
    after = read_checkpoint(saved(model, start, tmp_path / "run"))
    kept = {
        name
        for name, tensor in before.tensors.items()
        if name in after and (tensor == after[name]).all()
    }
    assert kept == {
        name
        for name in before.tensors
        if name.endswith("_embeddings.weight") or "relative_attention_bias" in name
    }


def cost(target: tuple[float, ...], row: Sequence[float], smoothing: float = 0.0) -> float:
    """Of one mark of weight 1."""
    one = torch.ones(1)
    return float(loss(torch.tensor([row]), torch.tensor([target]), one, smoothing))


def test_a_target_of_several_labels_is_content_with_any() -> None:
    """What rules out one label costs what that label takes; what rules out none costs nothing."""
    row = (LIKELY, 0.0, 0.0)
    share = math.exp(LIKELY) / (math.exp(LIKELY) + 2)
    assert cost((1, 0, 0), row) == pytest.approx(-math.log(share), abs=1e-5)
    assert cost((0, 1, 1), row) == pytest.approx(-math.log(1 - share), abs=1e-5)
    assert cost((1, 1, 1), row) == pytest.approx(0, abs=1e-5)


def test_only_a_target_of_one_label_is_smoothed() -> None:
    """Certainty costs a little there, and nothing where several labels would do."""
    row = (CERTAIN, 0.0, 0.0)
    assert cost((1, 0, 0), row, smoothing=0.1) > cost((1, 0, 0), row) + 0.1
    assert cost((1, 0, 1), row, smoothing=0.1) == cost((1, 0, 1), row)


def test_each_mark_counts_by_its_weight() -> None:
    """A mark of weight 0 counts for nothing, one of 3 as three of 1."""
    rows = torch.tensor([[LIKELY, 0.0, 0.0], [0.0, LIKELY, 0.0], [0.0, 0.0, LIKELY]])
    targets = torch.tensor([[1.0, 0.0, 0.0]] * 3)
    found = loss(rows, targets, torch.tensor([3.0, 1.0, 0.0]), 0.0)
    first, second, _ = (cost((1, 0, 0), row.tolist()) for row in rows)
    assert float(found) == pytest.approx((3 * first + second) / 4, abs=1e-5)


def test_a_student_who_says_the_same_has_nothing_to_learn() -> None:
    """Whatever number is added to all logits of a mark; another opinion costs its divergence."""
    teacher = torch.tensor([[LIKELY, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert float(taught(teacher + 3, teacher)) == pytest.approx(0, abs=1e-6)
    (one,) = taught(torch.zeros(1, 3), teacher[:1]).reshape(1)
    shares = teacher[0].softmax(-1)
    assert float(one) == pytest.approx(float((shares * (3 * shares).log()).sum()), abs=1e-5)


def test_the_rate_rises_evenly_and_falls_to_nothing() -> None:
    """Up to all of it in the first tenth, half in the middle of the rest, none at the end."""
    rates = [schedule(step, 110, 10 / 110) for step in range(111)]
    assert rates[:10] == pytest.approx([number / 10 for number in range(1, 11)])
    assert rates[60] == pytest.approx(0.5)
    assert rates[110] == pytest.approx(0)
    assert all(later < earlier for earlier, later in pairwise(rates[10:]))


def test_frozen_layers_stay_as_they_are(start: Path) -> None:
    """And what stands before them; the others learn."""
    model = Judge(read_checkpoint(start), [0, 1])
    model.freeze(1)
    learned = {name for name, one in model.named_parameters() if one.requires_grad}
    assert not any(name.startswith(("norm.", "layers.0.")) for name in learned)
    assert {name for name, _ in model.named_parameters() if name.startswith("layers.1.")} <= learned
