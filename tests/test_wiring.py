"""The settings choose the parts, and a store that an older version made is taken over."""

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from service.domain.article import Submission
from service.domain.claim import Filters
from service.domain.errors import ModelUnavailable, WeightsMismatch
from service.domain.text import Span
from service.domain.verdict import Verdict
from service.models.stance import WEIGHTS
from service.pipeline.classifier import UNFITTED, load_classifier
from service.settings import Settings
from service.stores.embedded import changes, words
from service.stores.terms import ANALYZER
from service.wiring import Services, build
from tests.conftest import check, settings

FERRY = Submission(
    text="It carries 212 passengers, the harbour master told the Vell Herald.",
    title="More room on the ferry to Orm",
    publisher="Orm Post",
)
CLAIM = "The ferry to Orm carries 112 passengers."


def own_words(_title: str, text: str, passages: Sequence[Span]) -> tuple[str, ...]:
    """What a passage was found by before it was found in its context."""
    return tuple(passage.of(text) for passage in passages)


async def found_by_words(services: Services, word: str) -> bool:
    """Whether the word leg finds anything for it."""
    return bool(await services.store.matching(word, Filters(), limit=5))


def test_the_environment_chooses_the_stance_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ONRECORD_STANCE` is `builtin` unless it names another."""
    assert Settings(_env_file=None).stance == "builtin"
    for named in ("small", "/models/nli"):
        monkeypatch.setenv("ONRECORD_STANCE", named)
        assert Settings(_env_file=None).stance == named


def test_the_builtin_stance_model_is_the_larger(samples: Services) -> None:
    """With the classifier that was fitted to it."""
    stance = samples.models["stance"]
    assert stance.startswith("stance-mpnet-12/int8/sha256:")
    assert samples.checker.classifier == load_classifier(WEIGHTS / "stance/classifier.json", stance)


async def test_the_small_stance_model_answers(tmp_path: Path) -> None:
    """It is read from its own folder, with its own classifier, and judges a claim."""
    async with build(settings(tmp_path, stance="small")) as services:
        await services.indexer.put(FERRY)
        found = await check(services, CLAIM)
        stance = services.models["stance"]
        fitted = load_classifier(WEIGHTS / "stance-small/classifier.json", stance)
        assert services.checker.classifier == fitted
    assert stance.startswith("stance-minilm-6/int8/sha256:")
    assert found.verdict is Verdict.CONTRADICTED
    assert [one.quote for one in found.conflicting] == ["It carries 212 passengers"]
    assert dict(found.provenance.models)["stance"] == stance


@pytest.mark.torch
async def test_a_stance_model_of_ones_own_comes_from_a_folder(tmp_path: Path) -> None:
    """Nothing was fitted to it, so its own probabilities decide."""
    from tests.models.test_sentence_transformers import save_cross_encoder  # noqa: PLC0415

    folder = save_cross_encoder(tmp_path / "nli", "neutral", "contradiction", "entailment")
    async with build(settings(tmp_path / "store", stance=str(folder))) as services:
        assert services.models["stance"].startswith("nli/float32/sha256:")
        assert services.checker.classifier == UNFITTED


@pytest.mark.torch
async def test_a_folder_without_a_stance_model_is_refused(tmp_path: Path) -> None:
    """By its name, before a store is opened."""
    (tmp_path / "empty").mkdir()
    given = settings(tmp_path / "store", stance=str(tmp_path / "empty"))
    with pytest.raises(ModelUnavailable, match="empty"):
        async with build(given):
            pass
    assert not (tmp_path / "store").exists()


def test_a_classifier_for_another_model_is_refused(samples: Services) -> None:
    """What was fitted to one model says nothing of another's probabilities."""
    with pytest.raises(WeightsMismatch, match="was fitted to stance-minilm-6"):
        load_classifier(WEIGHTS / "stance-small/classifier.json", samples.models["stance"])


async def test_a_store_from_before_the_words_had_a_context_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its articles are all there, the operator is warned once, and a passage is found by its
    title from then on."""
    with monkeypatch.context() as older:
        older.setattr(words, "_SHAPE", f"{ANALYZER}, since")
        older.setattr(changes, "texts_in_context", own_words)
        async with build(settings(tmp_path)) as services:
            await services.indexer.put(FERRY)
            snapshot = await services.store.snapshot()
            assert not await found_by_words(services, "ferry")
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        async with build(settings(tmp_path)) as services:
            assert await services.store.snapshot() == snapshot
            assert await found_by_words(services, "ferry")
    (warning,) = caplog.messages
    assert warning.startswith(f"Rebuilding {tmp_path / 'words'} from the catalogue: ")
