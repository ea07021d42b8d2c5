"""What the pipeline needs from the world, as protocols. Adapters never import one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from service.domain.access import Allowance, Key
from service.domain.article import (
    Article,
    Passage,
    StoredPassage,
    StoredQuote,
    StoredRevision,
    Submission,
)
from service.domain.claim import Filters, QuoteQuery
from service.domain.indexing import Change
from service.domain.quote import Quote
from service.domain.verdict import Coverage
from service.domain.window import Window
from service.english.speech.speeches import Act
from service.english.text.tokens import Token

ABSENT: Final = ""
"""As a revision that is expected: the article is not there yet."""


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def fingerprint(self) -> str:
        """Names model, precision and weights: an index made by another is refused."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, dim), rows of norm 1, row i for texts[i]; the same text, the same row."""


class ClaimSpotter(Protocol):
    """Says which sentences are worth a check. (Claim spotting: Hassan et al., KDD 2017.)"""

    @property
    def fingerprint(self) -> str:
        """Names model, precision and weights."""

    async def spot(self, sentences: Sequence[str], vectors: NDArray[np.float32]) -> Sequence[bool]:
        """Whether each sentence states what an archive could bear out or refute, and somebody
        could want to know; the same sentence, the same answer. `vectors`, shape (n, dim), are the
        embedder's for the sentences."""


class StanceModel(Protocol):
    """Says what sentences do to a claim."""

    @property
    def fingerprint(self) -> str:
        """Names the model, its precision and its weights."""

    async def stances(self, claim: str, windows: Sequence[Window]) -> Sequence[NDArray[np.float32]]:
        """For each window shape (sentences, 3): probabilities of supports, conflicts, neutral for
        each of its sentences as read in the window; rows sum to 1."""


class Tagger(Protocol):
    """Finds reported speech that rules miss."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its weights."""

    async def acts(self, statements: Sequence[Sequence[Token]]) -> Sequence[Sequence[Act]]:
        """The acts of speech in each statement, given as its tokens, from left to right."""


class Reader(Protocol):
    """Turns what was handed in into an article, fetching where an address is all there is."""

    async def read(self, submission: Submission) -> Article:
        """Raises InvalidArticle, UnreadableDocument, TooLarge, FetchRefused or FetchFailed."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """This moment, with a time zone."""


class Cache(Protocol):
    """Keeps bytes for a while, within its limits; what it was given may be gone at any time."""

    async def get(self, key: str) -> bytes | None:
        """The value last put under this key, None where it is gone. Raises StoreFailed."""

    async def put(self, key: str, value: bytes) -> None:
        """Keeps the value, unless it is too large to be kept. Raises StoreFailed."""

    async def close(self) -> None:
        """Gives back connections; what only this process knew is forgotten."""


class Keys(Protocol):
    """Keeps API keys; several processes may change and read them at the same time."""

    async def all(self) -> Sequence[Key]:
        """Every key ever made, revoked and expired ones too, in the order they were made. A change
        is seen within a second. Raises StoreFailed where they cannot be read: then nobody may be
        let in."""

    async def add(self, key: Key) -> None:
        """Keeps a new key. Raises InvalidInput where a valid one has the same name."""

    async def revoke(self, name_or_id: str, at: datetime) -> Key:
        """Makes a key invalid for good and gives it back. Raises InvalidInput where no valid key is
        called so."""


class Limiter(Protocol):
    """Counts what each caller asks for."""

    async def take(self, caller: str, cost: int = 1) -> Allowance:
        """Counts `cost` for `caller`, or nothing where that is more than is left."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be stored: row i of `vectors`, shape (n, dim), is passage i's.

    `recorded_at`, with a time zone, is when it was taken in. A revision that replaces another
    stands from then, or from its own `published_at` where that is newer than the other's; until
    then the other stood. Without it the new revision counts as if there had been no other.

    An export states both times: `stood_from`, and `stood_until` of a revision that has been
    replaced, which then takes its place in the article's history and not as its current revision.
    """

    article: Article
    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]
    vectors: NDArray[np.float32]
    recorded_at: datetime | None = None
    stood_from: datetime | None = None
    stood_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is the cosine from `nearest`; from `matching` only the order
    counts."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some articles, and the cursor of the next page, None on the last."""

    articles: tuple[Article, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class QuotePage:
    """Some quotes, and the cursor of the next page, None on the last."""

    quotes: tuple[StoredQuote, ...]
    cursor: str | None


class Store(Protocol):
    """Holds the archive and finds passages in it.

    What `put` or `delete` acknowledged survives a crash and is seen by every later call. A question
    is answered from the whole archive or not at all.
    """

    @property
    def embedder(self) -> str:
        """Fingerprint of the embedder that made the vectors."""

    async def put(
        self, entries: Sequence[Entry], *, expected_revision: str | None = None
    ) -> Sequence[Change]:
        """In order, each as if it came alone. A changed article replaces its older revision, which
        is found from then on only `as_of` when it stood.

        Each article is changed whole or not at all, and a batch that can be refused, for its
        vectors or a revision, changes nothing: ValueError, RevisionConflict. Where the store itself
        fails in the middle, the embedded store has nothing of the batch; Redis, whose shards know
        nothing of one another, may have some of its articles, and StoreFailed says how many. To put
        a batch again is safe: what is there is unchanged.

        With `expected_revision` every entry's article must be at that revision, ABSENT meaning
        that there must be none. In Redis another writer may change an article of the batch after
        all were looked at; then those before it are stored.
        """

    async def delete(self, article_id: str, *, expected_revision: str | None = None) -> bool:
        """Removes every trace, older revisions too; whether there was anything to remove. Raises
        RevisionConflict as `put` does. An error means that nothing was removed, unless it says that
        this is not known; to delete again is safe."""

    async def article(self, article_id: str) -> Article | None:
        """The current revision."""

    async def history(self, article_id: str) -> Sequence[StoredRevision]:
        """The current revision, then those that it replaced, newest first."""

    async def revisions(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The current revision of each id that is known and needs no indexing again."""

    async def unread(self, *, limit: int) -> Sequence[Article]:
        """Articles that the store has without their passages, as an older version has left them.
        They are in every list and count, and found once they are put again."""

    async def articles(
        self, filters: Filters, *, url: str | None = None, limit: int, cursor: str | None = None
    ) -> ArticlePage:
        """Newest published first, undated last; with `url` those at that address alone. Stable
        under inserts. Raises InvalidCursor."""

    async def quotes(self, article_id: str) -> tuple[Quote, ...]:
        """The quotes of an article's current revision, in the order of its text."""

    async def said(self, query: QuoteQuery, *, limit: int, cursor: str | None = None) -> QuotePage:
        """Quotes of all articles, newest published first, undated last, then by article id and in
        the order of its text. Stable under inserts. Raises InvalidCursor."""

    async def nearest(
        self, vector: NDArray[np.float32], filters: Filters, *, limit: int
    ) -> Sequence[Hit]:
        """Passages by cosine to `vector`, shape (dim,); highest first, equal ones by id."""

    async def matching(self, words: str, filters: Filters, *, limit: int) -> Sequence[Hit]:
        """Passages by BM25 for any of `words`, plain text without a query language."""

    async def passages(self, passage_ids: Sequence[str]) -> Sequence[StoredPassage]:
        """In the order asked for; ids that are gone are left out."""

    async def coverage(self, filters: Filters) -> Coverage:
        """What the index holds for these filters."""

    async def snapshot(self) -> str:
        """A digest of the content: the same articles with the same history give the same, in
        whatever order they came."""

    async def version(self) -> str:
        """The same as before where nothing has changed meanwhile. Unlike the snapshot it is another
        one after changes that lead back to the same content, and while one is under way."""

    async def health(self) -> None:
        """Returns while questions can be answered, though changes may be refused, as on a full
        disk. Raises StoreFailed that says why they cannot."""

    async def close(self) -> None:
        """Gives back files and threads; nothing acknowledged is lost."""
