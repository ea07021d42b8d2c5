"""An archive of real articles to train on and to measure with."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path

from service.domain.article import Submission
from service.domain.indexing import Found
from service.wiring import Services
from training.rows import Row, read_rows


def read_articles(path: Path) -> list[Row]:
    """The articles of a file of rows; a `.txt` file is one article, with the id `seed`."""
    if path.suffix == ".txt":
        return [{"id": "seed", "text": path.read_text(encoding="utf-8")}]
    return read_rows(path)


async def index(services: Services, articles: Sequence[Row]) -> None:
    """Indexes articles, each under its id. Raises ValueError for one that cannot be."""
    async for outcome in services.indexer.index(_found(articles)):
        if outcome.problem is not None:
            raise ValueError(f"{outcome.origin}: {outcome.problem}")


async def _found(articles: Sequence[Row]) -> AsyncIterator[Found]:
    for row in articles:
        date = row.get("published_at")
        yield Found(
            row["id"],
            Submission(
                text=row["text"],
                id=row["id"],
                title=row.get("title") or "",
                publisher=row.get("publisher") or "",
                url=row.get("url"),
                published_at=datetime.fromisoformat(f"{date[:10]}T00:00:00Z") if date else None,
            ),
        )
