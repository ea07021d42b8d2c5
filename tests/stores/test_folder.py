"""What can be wrong with a store's folder, and what the operator is told."""

import asyncio
import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from service.domain.claim import Filters
from service.domain.errors import (
    IndexMismatch,
    InvalidSettings,
    StoreCorrupt,
    StoreFailed,
    StoreFull,
    StoreLocked,
)
from service.domain.text import Span
from service.stores import open_store
from service.stores.embedded import changes, open_embedded, rebuild, vectors, words
from service.stores.terms import ANALYZER
from tests.stores.archive import DIM, entry, unit
from tests.stores.contract_questions import answers, ids, opened, told

ROOT = Path(__file__).parents[2]


async def test_a_second_writer_is_told_who_the_first_is(filled: Path) -> None:
    """By process, machine and time, and what to do instead; after closing it may come in."""
    store = await opened(filled)
    with pytest.raises(StoreLocked, match=rf"pid {os.getpid()} on .* since 20.*--server"):
        await opened(filled)
    with pytest.raises(StoreLocked):
        await rebuild(filled)
    await store.close()
    await (await opened(filled)).close()


async def test_nobody_else_may_read_a_store(tmp_path: Path) -> None:
    """A new folder is 0700 and what the store names itself is private, whatever the umask."""
    before = os.umask(0)
    try:
        store = await opened(tmp_path / "store")
        await store.put([entry("a", "buxk")])
        assert open_to_others(tmp_path / "store") == []
        await store.close()
    finally:
        os.umask(before)
    assert (tmp_path / "store").stat().st_mode & 0o777 == 0o700
    assert open_to_others(tmp_path / "store") == []


async def test_a_store_from_before_is_closed_to_others(filled: Path) -> None:
    """Its folder is left as somebody made it."""
    filled.chmod(0o755)
    for path in filled.iterdir():
        path.chmod(0o755 if path.is_dir() else 0o644)
    await (await opened(filled)).close()
    assert open_to_others(filled) == []
    assert filled.stat().st_mode & 0o777 == 0o755


def open_to_others(folder: Path) -> list[str]:
    """What in the folder others could open, if they could enter it."""
    return [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077]


async def test_a_killed_process_leaves_no_lock(filled: Path) -> None:
    """The lock goes with the process, kill -9 included."""
    code = (
        "import asyncio, sys, pathlib, service.stores.embedded as s\n"
        f"asyncio.run(s.open_embedded(pathlib.Path(sys.argv[1]), embedder='made up', dim={DIM}))\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(filled),
        cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    assert await program.stdout.readline() == b"open\n"
    with pytest.raises(StoreLocked, match=f"pid {program.pid}"):
        await opened(filled)
    program.kill()
    await program.wait()
    await (await opened(filled)).close()


async def test_a_crash_before_the_first_checkpoint_is_no_damage(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The indexes catch up without a warning and without being made again."""
    store = await opened(tmp_path / "store")
    await store.put([entry("a", "buxk")])
    shutil.copytree(tmp_path / "store", tmp_path / "crashed")
    await store.close()
    with caplog.at_level(logging.WARNING):
        await told(tmp_path / "crashed")
    assert not caplog.text


@pytest.mark.parametrize(("embedder", "dim"), [("another", DIM), ("made up", DIM + 1)])
async def test_another_embedder_is_refused(filled: Path, embedder: str, dim: int) -> None:
    """Its vectors cannot be compared; the message names both. Nothing is changed."""
    before = await told(filled)
    with pytest.raises(IndexMismatch, match=rf"made up \({DIM}.*{embedder} \({dim}.*new folder"):
        await open_embedded(filled, embedder=embedder, dim=dim)
    assert await told(filled) == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"\0garbage" * 4096),
        lambda path: path.write_bytes(path.read_bytes()[:100] + os.urandom(60_000)),
        lambda path: path.write_bytes(b"x"),
    ],
)
async def test_a_corrupt_catalogue_says_what_to_do(
    filled: Path, damage: Callable[[Path], object]
) -> None:
    """And stays as it is: nothing is deleted."""
    path = filled / "archive.sqlite"
    damage(path)
    bytes_before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="Put back a backup"):
        await opened(filled)
    assert path.read_bytes() == bytes_before
    with pytest.raises(StoreCorrupt):
        await opened(filled)


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A SQLite file that is not ours is not written to."""
    with sqlite3.connect(tmp_path / "archive.sqlite") as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    with pytest.raises(StoreCorrupt, match="another program"):
        await opened(tmp_path)
    with sqlite3.connect(tmp_path / "archive.sqlite") as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema").fetchall()
    connection.close()
    assert tables == [("bookmarks",)]


async def test_a_newer_version_s_store_is_refused(filled: Path) -> None:
    """Rather than written to by code that does not know its shape."""
    with sqlite3.connect(filled / "archive.sqlite") as connection:
        connection.execute("INSERT INTO migrations VALUES ('0999_from_the_future')")
    connection.close()
    with pytest.raises(StoreFailed, match=r"newer version of Onrecord .*0999_from_the_future"):
        await opened(filled)


async def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """Says that it is not a folder."""
    (tmp_path / "store").write_text("hello")
    with pytest.raises(StoreFailed, match="Check that it is a folder"):
        await opened(tmp_path / "store")
    with pytest.raises(StoreFailed, match="no index"):
        await rebuild(tmp_path / "store")


async def test_a_place_that_cannot_be_written_to() -> None:
    """Says so, whoever runs this: not even root makes folders in /proc."""
    with pytest.raises(StoreFailed, match="may write to it"):
        await opened(Path("/proc/onrecord-store"))


def truncate(path: Path) -> None:
    os.truncate(path, 10)


def harm_all(folder: Path, pattern: str, harm: Callable[[Path], object]) -> None:
    for path in sorted(folder.glob(pattern)):
        harm(path)


def garble(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


@pytest.mark.parametrize(
    ("pattern", "harm"),
    [
        ("vectors", shutil.rmtree),
        ("words", shutil.rmtree),
        ("words/tantivy", shutil.rmtree),
        ("words/tantivy/meta.json", Path.unlink),
        ("words/tantivy/meta.json", garble),
        ("words/tantivy/*.term", Path.unlink),
        ("words/tantivy/*.store", truncate),
        ("*/saved-*/*", truncate),
        ("*/saved-*/*", garble),
        ("*/saved-*/*", Path.unlink),
        ("*/saved-*", shutil.rmtree),
        ("*/checkpoint.json", Path.unlink),
        ("*/checkpoint.json", truncate),
        ("*/checkpoint.json", lambda path: path.write_text("[1]")),
        ("vectors/rows.f16", Path.unlink),
        ("vectors/rows.f16", truncate),
        ("words/terms.u32", Path.unlink),
        ("words/terms.u32", truncate),
    ],
)
async def test_damaged_indexes_are_made_again(
    filled: Path, pattern: str, harm: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    """With a warning, and the same answers as before."""
    before = await told(filled)
    caplog.clear()
    caplog.set_level(logging.WARNING)
    harm_all(filled, pattern, harm)
    assert await told(filled) == before
    assert "Rebuilding" in caplog.text or pattern in {"vectors", "words"}
    caplog.clear()
    assert await told(filled) == before
    assert not caplog.text


async def test_an_index_of_the_older_shape_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One that knows passages by their own words alone: with a warning that names both shapes,
    once, and then they are found by title and by the passage before."""
    with monkeypatch.context() as older:
        older.setattr(words, "_SHAPE", f"{ANALYZER}, since")
        older.setattr(changes, "texts_in_context", own_words)
        store = await opened(tmp_path)
        await store.put([entry("a", "buxk", "dozk", title="Gekk")])
        assert ids(await store.matching("gekk buxk", Filters(), limit=5)) == ["a:0"]
        await store.close()
    caplog.set_level(logging.WARNING)
    for _ in range(2):
        store = await opened(tmp_path)
        assert ids(await store.matching("gekk buxk", Filters(), limit=5)) == ["a:0", "a:1"]
        assert (await store.consistency()).agrees
        await store.close()
    (warning,) = caplog.messages
    assert "Rebuilding" in warning
    assert f"made for {ANALYZER}, since, not {words._SHAPE}" in warning


def own_words(_title: str, text: str, passages: Sequence[Span]) -> tuple[str, ...]:
    return tuple(passage.of(text) for passage in passages)


async def test_rebuilding_gives_the_same_answers_and_leaves_nothing_deleted(filled: Path) -> None:
    """The word index forgets the words of a deleted text, which until then are only marked."""

    async def passages_with_b5() -> int:
        store = await opened(filled)
        found: int = store._derived.words._index.searcher().doc_freq("body", "b5")
        await store.close()
        return found

    before = await told(filled)
    assert await passages_with_b5() == 1
    await rebuild(filled)
    assert await told(filled) == before
    assert await passages_with_b5() == 0


def holds(folder: Path, words: bytes) -> bool:
    """Whether a file in the folder has these bytes in it."""
    return any(words in path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_deleting_overwrites_the_text(tmp_path: Path) -> None:
    """The catalogue holds none of it, not even in pages that are free now or in its log."""
    store = await opened(tmp_path)
    await store.put([entry("a", "confidential buxk"), entry("b", "dozk")])
    await store.put([entry("a", "confidential again")])
    assert holds(tmp_path, b"confidential")
    assert holds(tmp_path, b"w:confidenti")
    await store.delete("a")
    assert not holds(tmp_path, b"confidenti")
    await store.close()


async def test_a_full_disk_is_said_and_loses_nothing(filled: Path) -> None:
    """SQLite's own limit stands in for the disk: the batch is refused whole, the rest stays."""
    before = await told(filled)
    store = await opened(filled)
    (pages,) = store._catalogue._writer.execute("PRAGMA page_count").fetchone()
    store._catalogue._writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull, match="No space is left"):
        await store.put([entry(f"big-{i}", "zekk " * 2000) for i in range(100)])
    assert await answers(store) == before
    store._catalogue._writer.execute("PRAGMA max_page_count = 1000000")
    await store.put([entry("small", "zekk")])
    await store.close()


async def test_a_change_that_an_index_could_not_take_in_is_kept(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller hears of it, reading goes on, further changes are refused and not made; with space
    again the next one brings it all in."""
    store = await opened(filled)
    before = ids(await store.matching("buxk", Filters(), limit=50))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(vectors.VectorIndex, "add", full)
        for name in ("late", "later"):
            with pytest.raises(StoreFull, match="No space is left"):
                await store.put([entry(name, "zekk")])
        with pytest.raises(StoreFull, match="No space is left"):
            await store.delete("a0")
        assert await store.article("a0") is not None
        assert await store.article("later") is None
        assert ids(await store.matching("buxk", Filters(), limit=50)) == before
        assert len(await store.nearest(unit(1), Filters(), limit=50)) == 37
        await store.health()
    assert await store.delete("a0")
    assert ids(await store.matching("zekk", Filters(), limit=3)) == ["late:0"]
    assert (await store.consistency()).agrees
    await store.close()


async def test_what_an_index_could_not_take_in_is_there_after_opening_again(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator freed some space and restarted."""
    store = await opened(filled)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(words.WordIndex, "change", full)
        with pytest.raises(StoreFull, match="No space is left"):
            await store.put([entry("late", "zekk")])
        await store.close()
    store = await opened(filled)
    assert ids(await store.matching("zekk", Filters(), limit=3)) == ["late:0"]
    assert (await store.consistency()).agrees
    await store.close()


@pytest.mark.parametrize("index", [words.WordIndex, vectors.VectorIndex])
async def test_a_deletion_is_made_or_refused_and_never_both(
    filled: Path, monkeypatch: pytest.MonkeyPatch, index: type
) -> None:
    """Once the archive has forgotten the article it is deleted, though an index on a full disk
    still has it: nothing finds it any more, then or later."""
    store = await opened(filled)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        for method in ("change", "forget") if index is words.WordIndex else ("erase",):
            patch.setattr(index, method, full)
        assert await store.delete("a0")
        assert await store.article("a0") is None
        assert "a0:0" not in ids(await store.matching("buxk", Filters(), limit=50))
        assert "a0:0" not in ids(await store.nearest(unit(1), Filters(), limit=50))
        with pytest.raises(StoreFull, match="No space is left"):
            await store.delete("a1")
        assert await store.article("a1") is not None
        await store.close()
    store = await opened(filled)
    assert await store.article("a0") is None
    assert (await store.consistency()).agrees
    await store.close()


async def test_what_is_stored_is_readable_without_us(filled: Path) -> None:
    """Any SQLite shell shows articles, quotes as JSON, and which embedder made the vectors."""
    with sqlite3.connect(filled / "archive.sqlite") as connection:
        facts = dict(connection.execute("SELECT * FROM facts"))
        (line,) = connection.execute("SELECT quote FROM quotes LIMIT 1").fetchone()
    connection.close()
    assert (facts["embedder"], facts["dim"]) == ("made up", DIM)
    assert json.loads(line)["kind"] == "anonymous"


async def test_older_revisions_are_kept_until_the_article_is_deleted(filled: Path) -> None:
    """History is in the archive though it is not searched."""
    store = await opened(filled)
    rows = "SELECT text FROM revisions WHERE id = 'a3' ORDER BY key"
    reader = store._catalogue.reader
    assert [text for (text,) in reader.execute(rows)] == ["buxk dozk\ngekk mekk b3", "zivok"]
    await store.delete("a3")
    assert reader.execute(rows).fetchall() == []
    assert list(await store.nearest(unit(1), Filters(), limit=1))
    await store.close()


async def test_a_store_that_is_no_folder_is_refused() -> None:
    """An address of another engine is no name of a folder: nothing is made."""
    with pytest.raises(InvalidSettings, match=r"ONRECORD_STORE: mysql:// is not known; use redis"):
        await open_store("mysql://localhost", embedder="made up", dim=16)
