"""How a sentence is put, in numbers: whether it has figures and names, speaks of "I", asks, wishes.

A sentence that states a fact is put otherwise than one that gives an opinion, whatever it is about.
"""

import math
import re

_WORD = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?|\d[\d,.]*")
_I = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_CALLS_ITSELF_I = re.compile(r"I\b")
_COUNTED = {
    "figures": r"\d",
    "numerals": (
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
        r"|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?"
        r"|dozens?|half|third|quarter|twice|doubled?|tripled?)\b"
    ),
    "shares": r"%|\bper\s?cent\b|\bpercent(?:age)?\b",
    "money": r"[$£€]|\bdollars?\b|\bbucks?\b",
    "times": (
        r"\b(?:1[89]|20)\d\d\b|\b(?:last|this|past|first|next)\s(?:year|month|week|decade)s?\b"
        r"|\byears?\sago\b"
    ),
    "we": r"\b(?:we|us|our|ours)\b",
    "you": r"\b(?:you|your|yours)\b",
    "asked": r"\?",
    "exclaimed": r"!",
    "demanded": (
        r"\b(?:should|ought|must|needs?\sto|have\sto|has\sto|got\sto|gotta|let[’']?s|let\sus)\b"
    ),
    "future": r"\b(?:will|shall|won[’']t|going\sto|gonna)\b|[’']ll\b",
    "possible": (
        r"\b(?:would|could|might|may|can|can[’']t|cannot|wouldn[’']t|couldn[’']t)\b|[’']d\b"
    ),
    "thought": (
        r"\b(?:think|believe|feel|hope|guess|suppose|want|know|agree|love|like|care|wish"
        r"|understand)\b"
    ),
    "past": (
        r"\b(?:was|were|had|did|went|came|made|took|got|gave|ran|lost|won|cut|voted|passed|said"
        r"|told|\w{2,}ed)\b"
    ),
    "perfect": r"\b(?:have|has|had|[’']ve)\s+(?:\w+ly\s+|been\s+|not\s+)?\w+(?:ed|en|n)\b",
    "denied": r"\b(?:not|no|never|none|nobody|nothing)\b|n[’']t\b",
    "reported": (
        r"\b(?:said|says|told|according\sto|announced|reported|wrote|called|testified|added|denied"
        r"|warned)\b"
    ),
    "compared": (
        r"\b(?:more|less|fewer|most|least|highest|lowest|largest|biggest|worst|best|higher|lower"
        r"|than|ever|only|first|increased?|decreased?|rose|fell|record)\b"
    ),
    "valued": (
        r"\b(?:good|great|bad|right|wrong|important|better|terrible|wonderful|strong|tough|fair"
        r"|proud|sure|clear|honest|serious|tremendous)\b"
    ),
    "present": r"\b(?:is|are)\b|[’'](?:s|re)\b",
    "addressed": r"\b(?:senator|governor|mr\.?|president|thank|please|well|look|okay|yes|sir)\b",
    "points back": (
        r"^[\W\d]*(?:and\s|but\s|so\s|now\s)?(?:he|she|they|it|this|that|these|those)\b"
    ),
    "quoted": r"[“\"”]",
}
_PATTERNS = (_I, *(re.compile(pattern, re.IGNORECASE) for pattern in _COUNTED.values()))
TRAITS = ("words", "few words", "names", "I", *_COUNTED)
"""What the numbers of `traits` stand for, in their order."""
_FEW = 4
_ENOUGH = 2
"""A third figure or a third "I" says no more than a second."""


def traits(sentence: str) -> tuple[float, ...]:
    """A number from 0 up for each of `TRAITS`.

    Length and capitalised words count by their logarithm, all else by the square root of how often
    it is there, at most twice.
    """
    words = _WORD.findall(sentence)
    names = sum(word[0].isupper() and not _CALLS_ITSELF_I.match(word) for word in words[1:])
    counted = (min(_ENOUGH, len(pattern.findall(sentence))) for pattern in _PATTERNS)
    return (
        math.log1p(len(words)),
        min(len(words), _FEW) / _FEW,
        math.log1p(names),
        *(math.sqrt(count) for count in counted),
    )
