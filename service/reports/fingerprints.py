"""A name for each finding that stays the same while the draft around it is edited."""

import hashlib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from service.wire.drafts import FindingResponse

_MARKUP = re.compile(r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*\)|<[^<>]*>")
"""Where a link leads, and tags: no words of the author's."""
_WORD = re.compile(r"\w+")


def fingerprints(draft: str, findings: Iterable[FindingResponse]) -> list[str]:
    """A fingerprint for each finding: `0b5c…:1`.

    It is made from the rule and the author's own words, without case, typography and markup: from
    nothing that stands elsewhere in the draft, so not from the names that pronouns were resolved
    to. The number tells apart findings of the same words, in the order of the draft.
    """
    seen: Counter[str] = Counter()
    named = []
    for finding in findings:
        digest = _digest(finding, own_words(draft, finding))
        seen[digest] += 1
        named.append(f"{digest}:{seen[digest]}")
    return named


def own_words(draft: str, finding: FindingResponse) -> str:
    """The author's words that the finding is about, in one line, as they are printed."""
    return " ".join(_read(draft[finding.position.start : finding.position.end]).split())


def _read(source: str) -> str:
    return html.unescape(_MARKUP.sub(" ", source))


def _digest(finding: FindingResponse, words: str) -> str:
    visible = "".join(
        character
        for character in unicodedata.normalize("NFKC", words)
        if unicodedata.category(character) != "Cf"
    )
    named = " ".join([finding.rule or "", *_WORD.findall(visible.casefold())])
    return hashlib.sha256(named.encode()).hexdigest()[:16]
