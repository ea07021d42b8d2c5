"""A line in the log for each change of the archive: who made it, and what it was."""

import asyncio
import logging
from collections.abc import Sequence

from service.domain.indexing import Change
from service.observe.logs import log_event
from service.observe.stages import count, instead
from service.ports import Entry, Store

_log = logging.getLogger(__name__)


def audited(store: Store) -> Store:
    """`store` with a line for each article that is created, updated or deleted, once it is. Who did
    it is what the log says of the request at hand. A change that is under way when its caller goes
    is made all the same, so it is told all the same."""

    async def put(
        entries: Sequence[Entry], *, expected_revision: str | None = None
    ) -> Sequence[Change]:
        return await asyncio.shield(put_and_tell(entries, expected_revision))

    async def put_and_tell(
        entries: Sequence[Entry], expected_revision: str | None
    ) -> Sequence[Change]:
        changes = await store.put(entries, expected_revision=expected_revision)
        for entry, change in zip(entries, changes, strict=True):
            if change is not Change.UNCHANGED:
                _changed(change.value, entry.article.id, revision=entry.article.revision)
        return changes

    async def delete(article_id: str, *, expected_revision: str | None = None) -> bool:
        return await asyncio.shield(delete_and_tell(article_id, expected_revision))

    async def delete_and_tell(article_id: str, expected_revision: str | None) -> bool:
        deleted = await store.delete(article_id, expected_revision=expected_revision)
        if deleted:
            _changed("deleted", article_id)
        return deleted

    return instead(store, {"put": put, "delete": delete})


def _changed(change: str, article_id: str, **more: str) -> None:
    count("change", change)
    log_event(_log, "audit", change=change, article=article_id, **more)
