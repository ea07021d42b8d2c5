"""Everything that can go wrong, in one tree.

    OnrecordError
    ├── InvalidInput            what was handed in is at fault
    │   ├── InvalidArticle      no text in it, or a field that cannot be
    │   ├── InvalidClaim        empty, or too long
    │   ├── InvalidCursor       a page cursor that this index did not give out
    │   ├── UnreadableDocument  bytes that are not the document they should be
    │   ├── InvalidSettings     a setting that cannot be
    │   └── TooLarge            over a size limit
    ├── FetchRefused            an address that is not allowed to be fetched
    ├── FetchFailed             the other side did not answer with a document
    ├── ArticleNotFound
    ├── RevisionConflict        the article is no longer the revision named
    ├── NotAuthenticated        no key, or none that is valid
    ├── ScopeMissing            the key does not allow this
    ├── ReadOnly                the archive may not be changed through this service
    ├── RateLimited             this caller has asked too much; try again later
    ├── Overloaded              too much is waiting; try again later
    │   └── TimedOut            a request took longer than is allowed
    ├── StoreFailed             the store cannot do its work
    │   ├── StoreLocked         another process writes to the folder
    │   ├── StoreCorrupt        the folder does not hold what it should
    │   ├── StoreFull           no space is left for a change
    │   └── IndexMismatch       the index was made by another embedder
    ├── ModelFailed             a model cannot do its work
    │   ├── WeightsMismatch     a weights file is not the one described
    │   └── ModelUnavailable    the model or its engine is not installed
    └── ServerFailed            a running service, asked over HTTP, did not do its part

A message says what happened and what to do. Which status or exit code follows is the doors' matter.
"""


class OnrecordError(Exception):
    """The root: catch it to catch all that Onrecord raises on purpose."""


class InvalidInput(OnrecordError):
    """What was handed in is at fault."""


class InvalidArticle(InvalidInput):
    """An article without text, or with a field that cannot be."""


class InvalidClaim(InvalidInput):
    """A claim that is empty or too long."""


class InvalidCursor(InvalidInput):
    """A page cursor that this index did not give out."""


class UnreadableDocument(InvalidInput):
    """Bytes that are not the document they should be."""


class InvalidSettings(InvalidInput):
    """A setting that cannot be."""


class TooLarge(InvalidInput):
    """Something over a size limit; the message names the limit and its setting."""


class FetchRefused(OnrecordError):
    """An address that may not be fetched: private, local, or not HTTP."""


class FetchFailed(OnrecordError):
    """The other side did not answer with a document: unreachable, too slow, or an error status."""


class ArticleNotFound(OnrecordError):
    """No article has this id."""


class RevisionConflict(OnrecordError):
    """The article is not at the revision that the caller named but at `revision`, which is empty
    where there is none; with `wanted_none` the caller wanted no article to be there."""

    def __init__(self, revision: str, *, wanted_none: bool = False) -> None:
        if not revision:
            message = "There is no such article. Leave out If-Match to create it."
        elif wanted_none:
            message = (
                f"There is an article here already, at revision {revision}. "
                "Leave out If-None-Match to change it."
            )
        else:
            message = (
                f"The article is at revision {revision}. "
                "Read it again and repeat the change on that."
            )
        super().__init__(message)
        self.revision = revision


class NotAuthenticated(OnrecordError):
    """A key is needed. `offered` says whether something was sent that is no valid key."""

    def __init__(self, message: str, *, offered: bool = False) -> None:
        super().__init__(message)
        self.offered = offered


class ScopeMissing(OnrecordError):
    """The key is valid and does not allow this; `scope` would."""

    def __init__(self, message: str, *, scope: str) -> None:
        super().__init__(message)
        self.scope = scope


class ReadOnly(OnrecordError):
    """This service changes nothing in its archive."""


class RateLimited(OnrecordError):
    """One caller has asked for too much. `retry_after_s` is when there is room again."""

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Overloaded(OnrecordError):
    """Too much is waiting. `retry_after_s` is a fair guess of when to try again."""

    def __init__(self, message: str, *, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class TimedOut(Overloaded):
    """A request that took longer than is allowed, as happens when there is too much to do."""


class StoreFailed(OnrecordError):
    """The store cannot do its work."""


class StoreLocked(StoreFailed):
    """Another process has the store folder open for writing."""


class StoreCorrupt(StoreFailed):
    """The store folder does not hold what it should."""


class StoreFull(StoreFailed):
    """No space is left, on the disk or in a Redis: nothing can be changed, what is there can be
    read."""


class IndexMismatch(StoreFailed):
    """The index was made by another embedder than the one at hand."""


class ModelFailed(OnrecordError):
    """A model cannot do its work."""


class WeightsMismatch(ModelFailed):
    """A weights file is not the one that its manifest describes."""


class ModelUnavailable(ModelFailed):
    """The model, or the engine that runs it, is not installed."""


class ServerFailed(OnrecordError):
    """A running service, asked over HTTP, did not do its part."""


def told(error: Exception) -> str:
    """The error in words. One that is not of this tree is a fault of Onrecord, and says so."""
    if isinstance(error, OnrecordError):
        return str(error)
    return f"this should not have happened, please report it: {error!r}"
