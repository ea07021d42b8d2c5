"""Trains the token classifier, epoch by epoch, with a checkpoint after each."""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from training.attribution.batches import IGNORED, Batch, asked_roles, batches
from training.attribution.examples import Asked, Example
from training.attribution.model import TokenClassifier, save, start
from training.attribution.settings import TrainingSettings

LOG_STEPS = 100


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked in training: a statement's row, the piece marked, and its cue if it is one."""

    row: int
    piece: int
    asked: Asked | None


def train(
    examples: Sequence[Example], source: Path, runs: Path, settings: TrainingSettings
) -> Path:
    """Trains the published encoder at `source`; returns the folder of the trained model."""
    torch.manual_seed(settings.seed)
    return train_on(start(source, settings), examples, runs, settings)


def train_on(
    model: TokenClassifier, examples: Sequence[Example], runs: Path, settings: TrainingSettings
) -> Path:
    """Goes on after the last whole epoch; returns the folder of the trained model.

    The model of each epoch is kept, as `epoch-1` and so on: each can be exported.
    """
    trainer = _Trainer(model, len(examples), settings)
    for epoch in range(trainer.resume(runs), settings.epochs):
        torch.manual_seed(settings.seed + epoch)
        trainer.epoch(examples, epoch)
        save(model, runs / f"epoch-{epoch + 1}")
        trainer.checkpoint(runs, epoch)
    return runs / f"epoch-{settings.epochs}"


class _Trainer:
    def __init__(self, model: TokenClassifier, count: int, settings: TrainingSettings) -> None:
        self.model = model
        self.settings = settings
        self.optimizer = torch.optim.AdamW(
            _groups(model, settings.weight_decay), lr=settings.learning_rate, fused=True
        )
        steps = settings.epochs * math.ceil(count / settings.batch_statements)
        warmup = max(1, round(settings.warmup_share * steps))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: min((step + 1) / warmup, (steps - step) / (steps - warmup))
        )

    def epoch(self, examples: Sequence[Example], epoch: int) -> None:
        """Every statement once."""
        self.model.train()
        rng = random.Random(self.settings.seed + epoch)
        summed = torch.zeros(2)
        started = time.perf_counter()
        drawn = batches(examples, self.settings.batch_statements, self.settings.seed + epoch)
        for step, batch in enumerate(drawn, 1):
            summed += self._step(batch, rng)
            if step % LOG_STEPS == 0:
                cues, roles = (summed / LOG_STEPS).tolist()
                seconds = time.perf_counter() - started
                print(
                    f"{epoch} {step} cues {cues:.4f} roles {roles:.4f} {seconds:.0f} s", flush=True
                )
                summed.zero_()

    def _step(self, batch: Batch, rng: random.Random) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            found, roles = losses(self.model, batch, self.settings, rng)
        self.optimizer.zero_grad()
        loss: Tensor = self.settings.cue_weight * found + roles
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        return torch.stack([found.detach(), roles.detach()])

    def checkpoint(self, runs: Path, epoch: int) -> None:
        """Written beside and moved, so that a stop leaves the last one whole."""
        runs.mkdir(parents=True, exist_ok=True)
        written = runs / "checkpoint.new"
        state = {
            "epoch": epoch + 1,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
        }
        torch.save(state, written)
        written.replace(runs / "checkpoint.pt")

    def resume(self, runs: Path) -> int:
        """The epochs that are done."""
        if not (runs / "checkpoint.pt").exists():
            return 0
        state = torch.load(runs / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        return int(state["epoch"])


def losses(
    model: TokenClassifier, batch: Batch, settings: TrainingSettings, rng: random.Random
) -> tuple[Tensor, Tensor]:
    """Of finding the cues, and of the roles around them; each a mean over tokens."""
    hidden, logits = model.read(batch.ids, batch.types, batch.unpadded)
    counted = batch.cues != IGNORED
    logits = logits.float()
    found = binary_cross_entropy_with_logits(logits[counted], batch.cues[counted].float())
    questions = _questions(batch, logits.detach().sigmoid(), settings, rng)
    if not questions:
        return found, torch.zeros(())
    rows = torch.tensor([question.row for question in questions])
    pieces = torch.tensor([question.piece for question in questions])
    answered = model.ask(hidden[rows], batch.unpadded[rows], pieces)
    width = batch.ids.shape[1]
    expected = torch.stack([asked_roles(batch.examples[q.row], q.asked, width) for q in questions])
    roles = cross_entropy(answered.float().flatten(0, 1), expected.flatten(), ignore_index=IGNORED)
    return found, roles


def _questions(
    batch: Batch, chances: Tensor, settings: TrainingSettings, rng: random.Random
) -> list[_Question]:
    """All cues, and some of what the model takes for one."""
    right = [
        _Question(row, example.pieces.firsts[asked.cue], asked)
        for row, example in enumerate(batch.examples)
        for asked in example.asked
    ]
    taken = ((batch.cues == 0) & (chances >= settings.asked_from)).nonzero().tolist()
    most = min(len(taken), 1 + round(settings.most_wrong * len(right)))
    return right + [_Question(row, piece, None) for row, piece in rng.sample(taken, most)]


def _groups(model: TokenClassifier, weight_decay: float) -> list[dict[str, object]]:
    """Biases and normalisation are not decayed; what is frozen is left out."""
    trained = [weights for weights in model.parameters() if weights.requires_grad]
    decayed = [weights for weights in trained if weights.dim() > 1]
    others = [weights for weights in trained if weights.dim() <= 1]
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
