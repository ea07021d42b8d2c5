"""Keys in a file: private, replaced as a whole, read again when it changes."""

import json
import os
import stat
from pathlib import Path

import pytest

from service.domain.errors import StoreFailed
from service.stores import open_keys
from service.stores.key_file import KeyFile
from tests.stores.contract_keys import *  # noqa: F403 - the suite
from tests.stores.contract_keys import NOW, Places, made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "keys.json"


@pytest.fixture
def places(path: Path) -> Places:
    return KeyFile(path), KeyFile(path)


async def test_the_file_is_its_owners_alone(path: Path) -> None:
    """0600 in a folder of 0700, whatever the umask, and nothing is left beside it."""
    before = os.umask(0)
    try:
        await KeyFile(path).add(made())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["keys.json"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
async def test_root_makes_keys_for_whoever_has_the_store(path: Path) -> None:
    """Else the service could not read them, and would let nobody in."""
    path.parent.mkdir()
    os.chown(path.parent, 10_001, 10_002)
    await KeyFile(path).add(made())
    assert (path.stat().st_uid, path.stat().st_gid) == (10_001, 10_002)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"keys": {}}',
        '{"keys": [{}]}',
        '{"keys": [1]}',
        pytest.param("[" * 99_999, id="deep"),
        pytest.param("\ud800", id="surrogate"),
    ],
)
async def test_a_damaged_file_lets_nobody_in(path: Path, content: str) -> None:
    """An error, which is not the same as no keys; what is damaged is not written over either."""
    keys = KeyFile(path)
    await keys.add(made())
    assert len(await keys.all()) == 1
    damaged = content.encode("utf-8", "surrogatepass")
    path.write_bytes(damaged)
    with pytest.raises(StoreFailed, match="nobody is let in"):
        await keys.all()
    with pytest.raises(StoreFailed, match="nobody is let in"):
        await keys.add(made())
    assert path.read_bytes() == damaged


async def test_a_link_to_nothing_lets_nobody_in(path: Path) -> None:
    """What it leads to may not be mounted yet: that is not the same as no keys."""
    path.parent.mkdir()
    path.symlink_to(path.parent / "elsewhere.json")
    with pytest.raises(StoreFailed, match="nobody is let in"):
        await KeyFile(path).all()


async def test_a_digest_that_cannot_be_compared_is_damage(path: Path) -> None:
    """It would be an error at each request otherwise."""
    keys = KeyFile(path)
    await keys.add(made())
    content = json.loads(path.read_text())
    content["keys"][0]["sha256"] = "é"
    path.write_text(json.dumps(content))
    with pytest.raises(StoreFailed, match="ASCII"):
        await keys.all()


async def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    """A secret that is not mounted is no reason to let everybody in; `onrecord keys` makes it."""
    named = tmp_path / "secret" / "keys.json"
    async with open_keys(str(tmp_path / "store"), str(named)) as keys:
        with pytest.raises(StoreFailed, match="nobody is let in"):
            await keys.all()
        key = made()
        await keys.add(key)
        assert list(await keys.all()) == [key]
        named.unlink()
        with pytest.raises(StoreFailed, match="nobody is let in"):
            await keys.all()


async def test_a_mounted_secret_is_seen_when_it_is_exchanged(tmp_path: Path) -> None:
    """Kubernetes turns a link to another folder; the file's own path stays."""
    first, second = made("first"), made("second")
    for version, key in (("v1", first), ("v2", second)):
        await KeyFile(tmp_path / version / "keys.json").add(key)
    data, mounted = tmp_path / "..data", tmp_path / "keys.json"
    data.symlink_to("v1")
    mounted.symlink_to("..data/keys.json")
    keys = KeyFile(mounted, must_exist=True)
    assert list(await keys.all()) == [first]
    (tmp_path / "..next").symlink_to("v2")
    (tmp_path / "..next").replace(data)
    assert list(await keys.all()) == [second]


async def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    """And nothing was changed."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed, match=r"cannot be written.*Nothing was changed"):
        await KeyFile(tmp_path / "file" / "keys.json").add(made())


async def test_a_revoked_key_is_revoked_after_a_restart(path: Path) -> None:
    """It is on the disk when the command ends."""
    await KeyFile(path).add(made())
    await KeyFile(path).revoke("cms", NOW)
    (key,) = await KeyFile(path).all()
    assert key.revoked_at == NOW
