"""Trains a three-way cross-encoder on the shipped MiniLM, stage by stage."""

import functools
import math
from collections.abc import Sequence
from pathlib import Path

from datasets import Dataset
from sentence_transformers import CrossEncoder
from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments
from sentence_transformers.cross_encoder.losses import CrossEntropyLoss

from training.embedder.source import source_folder
from training.stance.average import average
from training.stance.batches import EquallyLong
from training.stance.pairs import LABELS, Pair, mixture
from training.stance.settings import Stage, TrainingSettings

SAVE_STEPS = 400
LOG_STEPS = 50


def train(folders: Sequence[Path], runs: Path, settings: TrainingSettings) -> Path:
    """Goes on where it was interrupted; returns the folder of the averaged model."""
    trained = source_folder()
    ends: dict[str, Path] = {}
    for stage in settings.stages:
        done = runs / stage.name / "final"
        if not done.exists():
            pairs = mixture(folders, stage, settings)
            model = _model(trained, settings)
            _run(model, pairs, stage, runs / stage.name, settings)
            model.save_pretrained(str(done))
        trained = ends[stage.name] = done
    return average(
        {ends[name]: share for name, share in settings.average.items()}, runs / "average"
    )


def _model(folder: Path, settings: TrainingSettings) -> CrossEncoder:
    """No dropout: there are more pairs than a model this small can learn by heart."""
    model: CrossEncoder = CrossEncoder(
        str(folder),
        num_labels=len(LABELS),
        max_length=settings.max_tokens,
        local_files_only=True,
        model_kwargs={"attn_implementation": "eager"},
        config_kwargs={"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0},
    )
    return model


def _run(
    model: CrossEncoder, pairs: Sequence[Pair], stage: Stage, out: Path, settings: TrainingSettings
) -> None:
    dataset = Dataset.from_dict(
        {
            "claim": [pair.claim for pair in pairs],
            "evidence": [pair.evidence for pair in pairs],
            "label": [LABELS.index(pair.label) for pair in pairs],
        }
    )
    lengths = _lengths(model, pairs, settings.max_tokens)
    steps = math.ceil(len(pairs) / settings.batch_pairs)
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(out),
        num_train_epochs=1,
        per_device_train_batch_size=settings.batch_pairs,
        learning_rate=settings.learning_rate,
        weight_decay=settings.weight_decay,
        lr_scheduler_type=stage.schedule,
        warmup_steps=round(stage.warmup_share * steps),
        optim="adamw_torch_fused",
        bf16=True,
        use_cpu=True,
        seed=settings.seed,
        batch_sampler=functools.partial(_batches, lengths=lengths, settings=settings),
        save_steps=SAVE_STEPS,
        save_total_limit=2,
        logging_steps=LOG_STEPS,
        report_to="none",
        disable_tqdm=True,
    )
    loss = CrossEntropyLoss(model, label_smoothing=settings.label_smoothing)
    trainer = CrossEncoderTrainer(model, arguments, train_dataset=dataset, loss=loss)
    trainer.train(resume_from_checkpoint=any(out.glob("checkpoint-*")))


def _batches(
    dataset: Dataset, *, lengths: Sequence[int], settings: TrainingSettings, **_: object
) -> EquallyLong:
    return EquallyLong(dataset, lengths, batch_pairs=settings.batch_pairs, seed=settings.seed)


def _lengths(model: CrossEncoder, pairs: Sequence[Pair], most: int) -> list[int]:
    """In tokens, of claim and evidence together."""
    encoded = model.tokenizer(
        [pair.claim for pair in pairs],
        [pair.evidence for pair in pairs],
        truncation=True,
        max_length=most,
    )
    return [len(ids) for ids in encoded["input_ids"]]
