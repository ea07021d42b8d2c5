"""A derived index that is damaged is made anew; no answer ever rests on it."""

import asyncio
import logging
import shutil
from pathlib import Path

import pytest

from benchmarks.damage import ask, damage, make
from service.domain.claim import Filters
from service.domain.errors import StoreFailed
from service.stores.embedded import words
from service.stores.embedded.derived import Derived
from tests.stores.archive import entry, unit
from tests.stores.contract_questions import answers, opened

TIMES = 60


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a past, closed."""
    folder = tmp_path_factory.mktemp("damage") / "whole"
    asyncio.run(make(folder, articles=20))
    return folder


@pytest.fixture(scope="module")
def expected(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Its answers."""
    copy = tmp_path_factory.mktemp("expected") / "copy"
    shutil.copytree(whole, copy)
    return asyncio.run(ask(copy))


@pytest.mark.parametrize("number", range(TIMES))
def test_whatever_is_damaged_the_answers_stay_the_same(
    whole: Path, expected: str, tmp_path: Path, number: int
) -> None:
    """Bits and bytes turned over, files cut short, pieces copied elsewhere, in every file of both
    indexes. `python -m benchmarks.damage` does it hundreds of times."""
    copy = tmp_path / "copy"
    shutil.copytree(whole, copy)
    what = damage(copy, number)
    assert asyncio.run(ask(copy)) == expected, what


async def test_what_was_changed_after_the_last_checkpoint_is_no_damage(
    filled: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A crash after deletions and updates leaves rows that were overwritten since: the indexes
    catch up, and nothing is made anew."""
    store = await opened(filled)
    await store.put([entry("a1", "zivok gekk"), entry("new", "mekk")])
    await store.delete("a2")
    before = await answers(store)
    shutil.copytree(filled, tmp_path / "crashed")
    await store.close()
    caplog.set_level(logging.WARNING)
    store = await opened(tmp_path / "crashed")
    assert await answers(store) == before
    assert (await store.consistency()).agrees
    assert not caplog.text
    await store.close()


@pytest.mark.parametrize("leg", ["words", "vectors"])
@pytest.mark.parametrize("error", [ValueError("corrupt block"), RuntimeError("bad graph"), OSError])
async def test_an_index_that_fails_while_it_answers_is_made_anew_at_once(
    filled: Path, leg: str, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """The question that met it is answered, and so is every other."""
    store = await opened(filled)
    before = await answers(store)

    def fails(*_: object) -> None:
        raise error

    name = {"words": "matching", "vectors": "nearest"}[leg]
    setattr(getattr(store._derived, leg), name, fails)
    assert await answers(store) == before
    assert "Rebuilding" in caplog.text
    await store.put([entry("late", "zekk")])
    assert len(await store.matching("zekk", Filters(), limit=3)) == 1
    assert (await store.consistency()).agrees
    await store.health()
    await store.close()


async def test_a_store_that_cannot_be_mended_is_not_ready(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so to whoever asks, and is well again once an index answers."""
    store = await opened(filled)

    def fails(*_: object) -> None:
        raise ValueError("corrupt block")

    with monkeypatch.context() as patch:
        patch.setattr(words.WordIndex, "matching", fails)
        with pytest.raises(StoreFailed, match="made anew and still cannot be used"):
            await store.matching("buxk", Filters(), limit=3)
        with pytest.raises(StoreFailed, match="corrupt block"):
            await store.health()
    assert await store.matching("buxk", Filters(), limit=3)
    await store.health()
    await store.close()


async def test_a_change_that_an_index_stumbles_over_is_taken_in_after_all(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The indexes are opened again, as after a crash, and the caller notices nothing."""
    store = await opened(filled)
    change, called = Derived._change, []

    def stumbles(derived: Derived, difference: object) -> None:
        called.append(difference)
        derived.vectors.add(10_000, unit(1)[None].astype("<f2"))
        raise RuntimeError("a thread died")

    monkeypatch.setattr(Derived, "_change", stumbles)
    await store.put([entry("late", "zekk"), entry("a1", "mekk")])
    monkeypatch.setattr(Derived, "_change", change)
    assert len(called) == 1
    assert len(await store.matching("zekk", Filters(), limit=3)) == 1
    assert (await store.consistency()).agrees
    await store.close()
