"""Which revision of an article stood when, so that a question as of a day gets that day's text."""

from datetime import datetime

from service.domain.article import Article
from service.stores.times import UNDATED, to_microseconds


def stands_from(
    article: Article,
    *,
    recorded_at: datetime | None,
    replaced: tuple[int, int] | None,
    stated: datetime | None = None,
) -> int:
    """From when a revision stands, in microseconds of UTC; UNDATED for one without a date.

    `replaced` is when the revision before it was published and from when that stood, both in
    microseconds. The first revision stands from its publication. A correction that states a newer
    date stands from that; one that does not, from when it was taken in: nobody can have read it
    here sooner. `stated` says it outright, as an export does.

    What stood stays: where a clock ran back, or a date lies before the time of the revision that is
    replaced, the correction stands from when it was taken in, or else from just after that.
    """
    published = to_microseconds(article.published_at)
    if published == UNDATED:
        return UNDATED
    wanted = published if stated is None else to_microseconds(stated)
    if replaced is None:
        return wanted
    published_before, since_before = replaced
    if stated is None and recorded_at is None:
        return published
    recorded = to_microseconds(recorded_at)
    newer = published > published_before != UNDATED and not article.published_at_guessed
    if stated is None and not newer:
        wanted = max(published, recorded)
    if since_before in {UNDATED, published_before}:
        # It stands from its own date: what replaces it before that is all that is ever read.
        return max(wanted, since_before)
    return wanted if wanted > since_before else max(recorded, since_before + 1)


def replaced_at(since: int, recorded_at: datetime | None) -> int:
    """Until when the older revision stood: an undated one, which stands at no moment, ends it
    too."""
    return to_microseconds(recorded_at) if since == UNDATED else since
