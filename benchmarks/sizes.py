"""Stores of several sizes, each grown out of the one before."""

import shutil
from pathlib import Path

from benchmarks.corpus import PASSAGES_AN_ARTICLE, Archive
from service.domain.claim import Filters
from service.models.embedder import load_embedder
from service.stores.embedded import open_embedded

ARTICLES_A_PUT = 50


async def build_store(folder: Path, archive: Archive, passages: int) -> Path:
    """The store with so many passages: as an earlier run left it, or grown from a smaller one."""
    store, growing = folder / f"{passages}-passages", folder / "growing"
    if not store.exists():
        _begin(growing, folder, passages)
        await _grow(growing, archive, passages // PASSAGES_AN_ARTICLE)
        growing.rename(store)
    return store


def _begin(growing: Path, folder: Path, passages: int) -> None:
    """With a copy of the largest store that is smaller, if there is one."""
    shutil.rmtree(growing, ignore_errors=True)
    sizes = [int(store.name.partition("-")[0]) for store in folder.glob("*-passages")]
    largest = max((size for size in sizes if size < passages), default=None)
    if largest is not None:
        shutil.copytree(folder / f"{largest}-passages", growing)


async def _grow(folder: Path, archive: Archive, articles: int) -> None:
    embedder = load_embedder()
    store = await open_embedded(folder, embedder=embedder.fingerprint, dim=embedder.dim)
    await embedder.close()
    first = (await store.coverage(Filters())).articles
    for start in range(first, articles, ARTICLES_A_PUT):
        numbers = range(start, min(start + ARTICLES_A_PUT, articles))
        await store.put([await archive.entry(number) for number in numbers])
    await store.close()
