"""The content of a store as one number, whatever the order in which it came.

It is the sum of the hashes of all that is asked for, modulo 2^256 (an additive multiset hash,
Clarke et al. 2003): each current revision by its article and its digest, each that stood before it
with its time too. Equal sets of articles with equal histories give equal sums.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Final

from service.stores.times import FOREVER, UNDATED

EMPTY: Final = f"{0:064x}"

_MODULUS: Final = 2**256

Stood = tuple[str, str, int, int]
"""An article's id, a revision, from when and until before when it stood."""


def digest_of(stood: Iterable[Stood]) -> str:
    """The digest of a whole store, 64 hexadecimal digits."""
    return change_digest(EMPTY, come=stood)


def change_digest(digest: str, *, gone: Iterable[Stood] = (), come: Iterable[Stood] = ()) -> str:
    """The digest after some revisions went or changed their times, and others came."""
    total = int(digest, 16) + sum(map(_hash, come)) - sum(map(_hash, gone))
    return f"{total % _MODULUS:064x}"


def _hash(stood: Stood) -> int:
    """0 for a replaced revision that stood at no moment: nobody can ask for it."""
    article_id, revision, since, until = stood
    if until != FOREVER and since == UNDATED:
        return 0
    identity = [article_id, revision] if until == FOREVER else [article_id, revision, since, until]
    return int.from_bytes(hashlib.sha256(json.dumps(identity).encode()).digest())
