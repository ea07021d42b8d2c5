"""The one place that knows every part: builds them for the settings, and closes them."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.domain.article import Submission
from service.domain.indexing import Found
from service.english.speech.acts import FINGERPRINT as RULES
from service.ingest.fetch import Fetcher, FetchLimits
from service.ingest.files import FileLimits
from service.ingest.reader import ArticleReader
from service.ingest.sources import find_articles
from service.models.attribution.tagger import load_tagger
from service.models.embedder import OnnxEmbedder, load_embedder
from service.models.sentence_transformers import (
    CrossEncoderStance,
    SentenceTransformerEmbedder,
    load_cross_encoder,
    load_sentence_transformer,
)
from service.models.spotter import load_spotter
from service.models.stance import WEIGHTS, OnnxStance, load_stance
from service.observe import (
    CACHE_STAGES,
    EMBEDDER_STAGES,
    STANCE_STAGES,
    STORE_STAGES,
    TAGGER_STAGES,
    cache_failed,
    cached,
    concluded,
    left_out,
    timed,
    waited,
)
from service.observe.audit import audited
from service.pipeline.check import Checker
from service.pipeline.check_cache import CheckCache
from service.pipeline.classifier import UNFITTED, Classifier, load_classifier
from service.pipeline.draft import DraftChecker
from service.pipeline.index import Indexer
from service.pipeline.turns import Turns
from service.ports import (
    ClaimSpotter,
    Embedder,
    Keys,
    Limiter,
    StanceModel,
    Store,
    Tagger,
)
from service.settings import Settings
from service.stores import backup as backup_store
from service.stores import (
    is_missing,
    name_keys,
    name_store,
    open_as_made,
    open_cache,
    open_keys,
    open_limiter,
    open_store,
)
from service.stores import rebuild as rebuild_store
from service.wire.check_cache import dump_check, load_check

_LOG = logging.getLogger(__name__)

TURNS_A_THREAD = 2
"""Pieces of work at once for each of the models' threads: while one is there, another reads."""

BUILTIN = "builtin"
STANCES = {"builtin": WEIGHTS / "stance", "small": WEIGHTS / "stance-small"}
"""The weights that ship, by the name of the setting."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a door needs, ready to use until `build` closes it."""

    settings: Settings
    fetcher: Fetcher
    store: Store
    embedder: Embedder
    stance: StanceModel
    tagger: Tagger | None
    indexer: Indexer
    checker: Checker
    drafts: DraftChecker
    keys: Keys
    limiter: Limiter | None
    turns: Turns

    @property
    def models(self) -> dict[str, str]:
        """The fingerprint of each model, by its role."""
        return dict(self.checker.models)

    def find(self, target: str, defaults: Submission | None = None) -> AsyncIterator[Found]:
        """The articles of a file, a folder, a page, a feed or a sitemap."""
        return find(target, self.settings, self.fetcher, defaults)


@dataclass(frozen=True, slots=True)
class Models:
    """What finds, judges and attributes; several services may share them."""

    embedder: Embedder
    stance: StanceModel
    tagger: Tagger | None


class SystemClock:
    """The machine's own."""

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)


def _untold(_doing: str) -> None:
    """Where nobody asks what takes so long."""


@asynccontextmanager
async def build(
    settings: Settings, *, doing: Callable[[str], None] = _untold
) -> AsyncIterator[Services]:
    """Opens models and store; on leaving, closes them, last opened first. `doing` is told what
    comes next.

    Raises what they raise: WeightsMismatch, ModelUnavailable, StoreLocked, StoreCorrupt,
    IndexMismatch.
    """
    doing("opening the models")
    async with (
        open_models(settings) as models,
        build_around(models, settings, doing=doing) as services,
    ):
        yield services


@asynccontextmanager
async def open_models(settings: Settings) -> AsyncIterator[Models]:
    """The models of the settings, which takes seconds. Raises WeightsMismatch, ModelUnavailable."""
    async with AsyncExitStack() as parts:
        embedder = await asyncio.to_thread(_load_embedder, settings)
        parts.push_async_callback(embedder.close)
        stance = await asyncio.to_thread(_load_stance, settings)
        parts.push_async_callback(stance.close)
        tagger = await parts.enter_async_context(_open_tagger(settings))
        yield Models(embedder, stance, tagger)


@asynccontextmanager
async def build_around(
    models: Models, settings: Settings, *, doing: Callable[[str], None] = _untold
) -> AsyncIterator[Services]:
    """Everything but the models, which stay the caller's to close and are those of `settings`.

    Raises WeightsMismatch, StoreLocked, StoreCorrupt, IndexMismatch.
    """
    doing("opening the store")
    classifier = _load_classifier(settings, models.stance.fingerprint)
    async with AsyncExitStack() as parts:
        embedder = models.embedder
        store = await open_store(
            settings.store,
            embedder=embedder.fingerprint,
            dim=embedder.dim,
            durability=settings.redis_durability,
        )
        parts.push_async_callback(store.close)
        fetcher = await parts.enter_async_context(build_fetcher(settings))
        cache = await parts.enter_async_context(_open_check_cache(settings))
        keys = await parts.enter_async_context(build_keys(settings))
        limiter = await parts.enter_async_context(open_limiter(settings.store, settings.rate_limit))
        services = _assembled(
            settings, models, classifier, store, fetcher, cache=cache, keys=keys, limiter=limiter
        )
        doing("reading the articles of an older store again")
        if count := await services.indexer.index_unread():
            _LOG.warning("Indexed %d articles of an older store that were kept as text only", count)
        yield services


def build_fetcher(settings: Settings) -> Fetcher:
    """What fetches pages and feeds; an async context manager that closes it."""
    limits = FetchLimits(timeout_s=settings.fetch_timeout_s, max_bytes=settings.max_html_bytes)
    return Fetcher(limits=limits, allow_private=settings.fetch_allow_private)


def find(
    target: str, settings: Settings, fetcher: Fetcher, defaults: Submission | None = None
) -> AsyncIterator[Found]:
    """The articles of a file, a folder, a page, a feed or a sitemap, within the limits that are
    set."""
    return find_articles(target, fetcher, defaults, limits=file_limits(settings))


def file_limits(settings: Settings) -> FileLimits:
    """What is read of one file or line."""
    return FileLimits(
        max_line_bytes=settings.max_line_bytes, max_file_bytes=settings.max_file_bytes
    )


def build_reader(settings: Settings, fetcher: Fetcher) -> ArticleReader:
    """What reads articles; it fetches with `fetcher`, which stays the caller's to close."""
    return ArticleReader(
        fetcher,
        max_article_chars=settings.max_article_chars,
        max_html_bytes=settings.max_html_bytes,
    )


@asynccontextmanager
async def open_archive(settings: Settings) -> AsyncIterator[Store]:
    """The store alone, whichever embedder made it: its articles can be read without a model.

    Raises StoreFailed where there is none, StoreLocked, StoreCorrupt.
    """
    store = await open_as_made(settings.store, durability=settings.redis_durability)
    try:
        yield store
    finally:
        await store.close()


def build_keys(settings: Settings) -> AbstractAsyncContextManager[Keys]:
    """The API keys, which may be read and changed while a service has the store open."""
    return open_keys(settings.store, settings.keys_file, durability=settings.redis_durability)


def keys_name(settings: Settings) -> str:
    """Where the API keys are, as it may be shown."""
    return name_keys(settings.store, settings.keys_file)


def store_is_missing(settings: Settings) -> bool:
    """Whether the embedded store is not there yet; a Redis says so itself when it is opened."""
    return is_missing(settings.store)


def store_name(settings: Settings) -> str:
    """The store as it may be shown: without a password."""
    return name_store(settings.store)


async def rebuild(settings: Settings) -> None:
    """Makes what the store derives from its articles anew. Raises StoreFailed, StoreLocked."""
    await rebuild_store(settings.store, durability=settings.redis_durability)


async def backup(settings: Settings, target: Path) -> int:
    """Copies the store, which a service may have open, into the new folder `target`; how many
    bytes that are. Raises StoreFailed, StoreCorrupt, InvalidInput where `target` is not new."""
    return await backup_store(settings.store, target)


def _assembled(  # noqa: PLR0913 - every part there is
    settings: Settings,
    models: Models,
    classifier: Classifier,
    store: Store,
    fetcher: Fetcher,
    *,
    cache: CheckCache | None,
    keys: Keys,
    limiter: Limiter | None,
) -> Services:
    store = audited(timed(store, STORE_STAGES))
    embedder = timed(models.embedder, EMBEDDER_STAGES)
    stance = timed(models.stance, STANCE_STAGES)
    tagger = timed(models.tagger, TAGGER_STAGES) if models.tagger else None
    reader = build_reader(settings, fetcher)
    turns = Turns(TURNS_A_THREAD * settings.threads, settings.max_wait_s, waited=waited)
    checker = Checker(
        embedder=embedder,
        store=store,
        stance=stance,
        classifier=classifier,
        passages=settings.check_passages,
        tokens=settings.check_tokens,
        models=(
            ("embedder", embedder.fingerprint),
            ("stance", stance.fingerprint),
            ("tagger", tagger.fingerprint if tagger else RULES),
        ),
        turns=turns,
        left_out=left_out,
        concluded=concluded,
        cache=cache,
    )
    return Services(
        settings=settings,
        fetcher=fetcher,
        store=store,
        embedder=embedder,
        stance=stance,
        tagger=tagger,
        indexer=Indexer(reader, tagger, embedder, store, SystemClock(), turns),
        checker=checker,
        keys=keys,
        limiter=limiter,
        drafts=DraftChecker(checker, tagger, _load_spotter(settings, embedder)),
        turns=turns,
    )


@asynccontextmanager
async def _open_check_cache(settings: Settings) -> AsyncIterator[CheckCache | None]:
    if not settings.cache_bytes:
        yield None
        return
    cache = open_cache(settings.store, max_bytes=settings.cache_bytes, lifetime_s=settings.cache_s)
    try:
        yield CheckCache(
            cache=timed(cache, CACHE_STAGES),
            code=await asyncio.to_thread(_code),
            dump=dump_check,
            load=load_check,
            counted=cached,
            failed=cache_failed,
        )
    finally:
        await cache.close()


def _code() -> str:
    """A digest of the code and the lists that it reads: replicas of two versions share a cache
    while one takes over from the other, and do not answer alike."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.txt"))):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _load_embedder(settings: Settings) -> OnnxEmbedder | SentenceTransformerEmbedder:
    if settings.embedder == BUILTIN:
        return load_embedder(threads=settings.threads, queue_tokens=settings.queue_tokens)
    return load_sentence_transformer(
        settings.embedder, threads=settings.threads, queue_tokens=settings.queue_tokens
    )


def _load_stance(settings: Settings) -> OnnxStance | CrossEncoderStance:
    limits = {"threads": settings.threads, "queue_tokens": settings.queue_tokens}
    if settings.stance in STANCES:
        return load_stance(STANCES[settings.stance], **limits)
    return load_cross_encoder(settings.stance, **limits)


def _load_classifier(settings: Settings, stance: str) -> Classifier:
    if settings.stance in STANCES:
        return load_classifier(STANCES[settings.stance] / "classifier.json", stance)
    return UNFITTED


def _load_spotter(settings: Settings, embedder: Embedder) -> ClaimSpotter | None:
    """It reads the built-in embedder's vectors; with another, rules alone say what is checked."""
    return load_spotter(embedder.fingerprint) if settings.embedder == BUILTIN else None


@asynccontextmanager
async def _open_tagger(settings: Settings) -> AsyncIterator[Tagger | None]:
    if settings.tagger == "rules":
        yield None
        return
    tagger = await asyncio.to_thread(
        load_tagger, threads=settings.threads, queue_tokens=settings.queue_tokens
    )
    try:
        yield tagger
    finally:
        await tagger.close()
