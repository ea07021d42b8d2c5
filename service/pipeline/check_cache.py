"""Checks that were answered before. A check is a pure function of its claim and options, of the
archive's content, the models and the code: the same question need not be judged twice.

What is kept has no word of the claim: whoever reads the cache of a newsroom must not read what it
is about to publish. Its key is a digest; the words come back from the claim that is asked again,
and the articles from the store.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from service.domain.article import Article
from service.domain.claim import Claim
from service.domain.errors import OnrecordError
from service.domain.text import Mention, Span, mention
from service.domain.verdict import Check, Evidence, Notice, Provenance, Reason
from service.ports import Cache, Store

_NO_CLAIM = Claim("")
_QUOTED = re.compile("“([^“”]*)”")
_PLACE = re.compile("“\0([0-9]+):([0-9]+)”")

Revision = tuple[str, str]
"""An article's id and its revision."""


@dataclass(frozen=True, slots=True)
class CheckCache:
    """Finds answers in a cache and puts them there.

    `code` names everything that judges beside the models. `dump` and `load` turn a check into bytes
    and back; `load` raises ValueError for other bytes. `counted` is told of each hit and miss, and
    `failed` of each error: an answer that cannot be kept or found is made anew.
    """

    cache: Cache
    code: str
    dump: Callable[[Check], bytes]
    load: Callable[[bytes], Check]
    counted: Callable[[str], None]
    failed: Callable[[Exception], None]

    async def find(self, claim: Claim, provenance: Provenance, store: Store) -> Check | None:
        """The answer that was made from the same, with its articles as they are in the store."""
        try:
            value = await self.cache.get(self._key(claim, provenance))
            kept = self.load(value) if value else None
            found = await _with_words(kept, claim, provenance, store) if kept else None
        except (OnrecordError, ValueError) as error:
            self.failed(error)
            return None
        self.counted("hit" if found else "miss")
        return found

    async def keep(self, check: Check) -> None:
        """Keeps an answer for the next who asks the same."""
        try:
            value = self.dump(_without_words(check))
            await self.cache.put(self._key(check.claim, check.provenance), value)
        except OnrecordError as error:
            self.failed(error)

    def _key(self, claim: Claim, provenance: Provenance) -> str:
        asked = [self.code, asdict(claim), asdict(provenance)]
        canonical = json.dumps(asked, sort_keys=True, default=_plain)
        return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> object:
    """What JSON lacks, always written the same way."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no part of a claim: {value!r}")


def _without_words(check: Check) -> Check:
    """The check without the claim's words and without the articles' texts."""
    kept = _with_evidence(check, _bare)
    notices = tuple(_hidden(notice, check.claim.text) for notice in check.notices)
    return replace(kept, claim=_NO_CLAIM, notices=notices)


async def _with_words(
    kept: Check, claim: Claim, provenance: Provenance, store: Store
) -> Check | None:
    """The check as it was, None where an article is gone."""
    named = {revision for quote in _every_quote(kept) for revision in _revisions(quote)}
    found = await asyncio.gather(*(_article(revision, store) for revision in named))
    articles = {
        revision: article for revision, article in zip(named, found, strict=True) if article
    }
    if len(articles) < len(named):
        return None
    whole = _with_evidence(kept, lambda quote: _filled(quote, claim.text, articles))
    notices = tuple(_shown(notice, claim.text) for notice in kept.notices)
    return replace(whole, claim=claim, notices=notices, provenance=provenance)


def _with_evidence(check: Check, changed: Callable[[Evidence], Evidence]) -> Check:
    return replace(
        check,
        supporting=tuple(map(changed, check.supporting)),
        conflicting=tuple(map(changed, check.conflicting)),
        mentions=tuple(map(changed, check.mentions)),
    )


def _every_quote(check: Check) -> tuple[Evidence, ...]:
    return (*check.supporting, *check.conflicting, *check.mentions)


def _revisions(quote: Evidence) -> list[Revision]:
    articles = [quote.article, *([quote.superseded_by.article] if quote.superseded_by else ())]
    return [(article.id, article.revision) for article in articles]


def _bare(quote: Evidence) -> Evidence:
    newer = quote.superseded_by
    return replace(
        quote,
        article=_name(quote.article),
        reasons=tuple(_places(reason) for reason in quote.reasons),
        superseded_by=replace(newer, article=_name(newer.article)) if newer else None,
    )


def _places(reason: Reason) -> Reason:
    """The reason without the words; the archive's are close to the claim's."""
    return replace(
        reason, claim=Mention("", reason.claim.span), source=Mention("", reason.source.span)
    )


def _name(article: Article) -> Article:
    return Article(id=article.id, text="", revision=article.revision)


def _filled(quote: Evidence, claim: str, articles: Mapping[Revision, Article]) -> Evidence:
    def whole(name: Article) -> Article:
        return articles[name.id, name.revision]

    words = quote.span.of(whole(quote.article).text)
    newer = quote.superseded_by
    return replace(
        quote,
        article=whole(quote.article),
        reasons=tuple(
            replace(
                reason,
                claim=mention(claim, reason.claim.span),
                source=mention(words, reason.source.span),
            )
            for reason in quote.reasons
        ),
        superseded_by=replace(newer, article=whole(newer.article)) if newer else None,
    )


async def _article(revision: Revision, store: Store) -> Article | None:
    """The article at a revision that it has, or had."""
    article_id, wanted = revision
    current = await store.article(article_id)
    if current is not None and current.revision == wanted:
        return current
    past = [stored.article for stored in await store.history(article_id)]
    return next((article for article in past if article.revision == wanted), None)


def _hidden(notice: Notice, claim: str) -> Notice:
    """The notice with the places of the claim's words in their stead."""

    def place(quoted: re.Match[str]) -> str:
        start = claim.find(quoted[1])
        return quoted[0] if start < 0 else f"“\0{start}:{start + len(quoted[1])}”"

    return replace(notice, text=_QUOTED.sub(place, notice.text))


def _shown(notice: Notice, claim: str) -> Notice:
    def words(place: re.Match[str]) -> str:
        return f"“{Span(int(place[1]), int(place[2])).of(claim)}”"

    return replace(notice, text=_PLACE.sub(words, notice.text))
