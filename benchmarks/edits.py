"""Edits of a news sentence: those that keep what it states, and those that change one thing.

They are made without the parsers under test, by patterns of their own.
"""

import re
from collections.abc import Callable, Iterator
from random import Random

Edit = Callable[[re.Match[str], Random], str]

_MONTHS = """January February March April May June July August September October November
December""".split()
_MONTH = "|".join(month for month in _MONTHS if month not in {"March", "May"})
_COUNTRIES = "Germany France Italy Spain Russia China Japan Mexico Iraq Iran Israel Canada".split()
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()

_YEAR = re.compile(r"\b(?:in|since|of) (?:19|20)\d\d\b(?![-–,]\d)")
_DAY = re.compile(rf"\b((?:{_MONTH})\.?) (\d{{1,2}})\b(?!:)")
_COUNT = re.compile(
    r"(?<![\w$€£.,:/’'-])(?<!and )(?<!of the )(?<!of its )(?<!in )"
    r"(\d{1,3}(?:,\d{3})+|[1-9]\d{0,2})(?= [a-z]{3,})"
    r"(?! (?:percent|per|million|billion|trillion|and|to|or|out|p\.m|a\.m|minutes? to))"
)
_PERCENT = re.compile(r"(?<![\w$.,–-])(\d{1,2}(?:\.\d)?)( percent\b(?! point)|%)")
_MONEY = re.compile(
    r"(?<!C)\$(\d{1,3}(?:\.\d)?)( (?:million|billion))?(?![\d,.]*\d)"
    r"(?!(?i: trillion| million| billion)|[-–MBTKmbk])"
)
_COUNTRY = re.compile(rf"\b(?:in|to|from|against|with) ({'|'.join(_COUNTRIES)})\b")
_VERB = re.compile(r"\b(?:was|were|is|are|will|would|has|have|could)\b(?= [a-z]+)(?! not\b)")
_AFTER_A_NAME = re.compile(r"[A-Z][\w.]*\s$")
"""What stands before a number that names: "August 17", "Section 215"."""
_QUALIFIED = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|than|least|most|to|by|many|roughly|of|first|last)$"
)

KEEPING: dict[str, tuple[re.Pattern[str], Edit]] = {
    "number in words": (_COUNT, lambda match, _: spelled(int(match[1].replace(",", "")))),
    "about the number": (_COUNT, lambda match, _: f"about {match[1]}"),
    "no thousands mark": (_COUNT, lambda match, _: match[1].replace(",", "")),
    "percent sign": (
        _PERCENT,
        lambda match, _: match[1] + ("%" if match[2] == " percent" else " percent"),
    ),
    "short million": (
        _MONEY,
        lambda match, _: (
            "$" + match[1] + {" million": "m", " billion": "bn"}.get(match[2] or "", "")
        ),
    ),
    "dollars in words": (
        _MONEY,
        lambda match, _: f"{match[1]}{match[2] or ''} dollars",
    ),
    "day before month": (_DAY, lambda match, _: f"{match[2]} {match[1]}"),
    "month only": (_DAY, lambda match, _: match[1]),
}
"""Edits that leave a sentence true. The sentence is the source, except that a qualifier, or a
coarser date, is held against it both ways."""

CHANGING: dict[str, tuple[re.Pattern[str], Edit]] = {
    "another count": (_COUNT, lambda match, _: _doubled(match[1])),
    "another percentage": (
        _PERCENT,
        lambda match, _: f"{float(match[1]) * 1.5 + 3:.4g}{match[2]}",
    ),
    "another sum": (_MONEY, lambda match, _: f"${float(match[1]) * 2:g}{match[2] or ''}"),
    "another year": (_YEAR, lambda match, _: match[0][:-1] + str((int(match[0][-1]) + 3) % 10)),
    "another day": (_DAY, lambda match, _: f"{match[1]} {int(match[2]) % 27 + 2}"),
    "another month": (
        _DAY,
        lambda match, random: f"{random.choice(_others(match[1], _MONTHS))} {match[2]}",
    ),
    "another country": (
        _COUNTRY,
        lambda match, random: match[0].replace(
            match[1], random.choice(_others(match[1], _COUNTRIES))
        ),
    ),
    "not": (_VERB, lambda match, _: f"{match[0]} not"),
}
"""Edits that make a sentence say another thing."""


def edited(
    sentence: str, edits: dict[str, tuple[re.Pattern[str], Edit]], random: Random
) -> Iterator[tuple[str, str]]:
    """The name of each edit that changes something, and the sentence after it."""
    for name, (pattern, edit) in edits.items():
        match = pattern.search(sentence)
        if not match or (pattern is _COUNT and _AFTER_A_NAME.search(sentence, 0, match.start())):
            continue
        if name == "about the number" and _qualified(sentence, match):
            continue
        after = sentence[: match.start()] + edit(match, random) + sentence[match.end() :]
        if after != sentence:
            yield name, after


def spelled(number: int) -> str:
    """The number in words where it is short, else as it is."""
    if number < len(_SMALL):
        return _SMALL[number]
    if number % 1000 == 0 and number < 20_000:
        return f"{_SMALL[number // 1000]} thousand"
    if number % 100 == 0 and number < 1000:
        return f"{_SMALL[number // 100]} hundred"
    return f"{number:,}"


def _qualified(sentence: str, match: re.Match[str]) -> bool:
    return bool(_QUALIFIED.search(sentence[: match.start()].rstrip().lower()))


def _doubled(number: str) -> str:
    return f"{int(number.replace(',', '')) * 2 + 1:,}"


def _others(name: str, names: list[str]) -> list[str]:
    return [other for other in names if not other.startswith(name.rstrip(".")[:3])]
