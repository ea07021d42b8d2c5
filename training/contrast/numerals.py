"""Finds numbers in a text and writes them in other ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_SMALL = {word: value for value, word in enumerate(ONES) if value > 1} | {
    word: 10 * value for value, word in enumerate(TENS) if value > 1
}
_SPELLED = rf"(?:{'|'.join(TENS[2:])})-(?:{'|'.join(ONES[1:10])})|{'|'.join(_SMALL)}"
_NUMERAL = re.compile(
    rf"""(?<![\w.,$€£/:#–-])
    (?P<sign>[$€£])?
    (?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<words>{_SPELLED}))
    (?:\ (?P<scale>{"|".join(SCALES)}))?
    (?P<percent>%|\ percent\b(?!age)|\ per\ cent\b)?
    (?![\w/:–-]|[.,]\d|\ (?:hundred|thousand|[mb]illion|trillion))""",
    re.VERBOSE,
)
_OPENS_A_SENTENCE = (
    "Nearly|About|Almost|Some|The|In|More|Over|Only|These|All|Its|His|Her|Their|For|After|With|From"
)
_OF_A_NAME = re.compile(
    rf"(?:\b(?!(?:{_OPENS_A_SENTENCE})\b)[A-Z][\w’'.:]*|#|\bnumber|\bat|\bage|\bto|\bbetween|\band"
    r"|\bor|\btop|[–—]) $"
)
_NOT_COUNTED = re.compile(
    r"\s*(?:[ap]\.?m\b|o[’']clock|to |and (?:\d|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"|of |or |in (?:\d|three|four|five|six|seven|eight|nine|ten)|out of|–|percentage|feet \d|[A-Z]"
    r"|in the (?:morning|afternoon|evening)|who\b|other)"
)
_COUNTED = re.compile(
    r" (?!(?:is|was|were|are|has|have|had|will|in|on|at|for|from|with|by|and|but|as|while|after"
    r"|before|that|which|when|where|until|ago)\b)[a-z]{2,}"
)
_MEASURED = re.compile(r" [a-z]{2,}| ?[.,;](?: |$)|$")
_AGED = re.compile(r", \d\d,")
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: `value` without its percent sign, `sign` its currency or empty."""

    start: int
    end: int
    value: float
    sign: str
    digits: str
    scale: str
    percent: str

    @property
    def is_spelled(self) -> bool:
        """Whether it is written in words, a scale aside."""
        return not self.digits

    @property
    def is_round(self) -> bool:
        """Whether it may be rounded: ends in a zero, or has a scale."""
        return bool(self.scale) or (self.value >= 10 and self.value % 10 == 0)


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers that count or measure something, in order.

    Years, dates, times, scores, ranges, parts of names and "one" are left out.
    """
    for match in _NUMERAL.finditer(text):
        if _counts(text, match):
            yield Numeral(
                match.start(), match.end(), _value(match), match["sign"] or "",
                match["digits"] or "", match["scale"] or "", match["percent"] or "",
            )  # fmt: skip


def _counts(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if _OF_A_NAME.search(before):
        return False
    if match["percent"]:
        return bool(_MEASURED.match(after))
    if _NOT_COUNTED.match(after):
        return False
    if match["sign"] or match["scale"]:
        return bool(_MEASURED.match(after))
    if _AGED.match(text, match.start() - 2):
        return match.start() > 2
    return bool(_COUNTED.match(after)) and not _YEAR.fullmatch(match["digits"] or "")


def _value(match: re.Match[str]) -> float:
    if match["digits"]:
        number = float(match["digits"].replace(",", ""))
    else:
        number = sum(_SMALL.get(word, 1) for word in match["words"].split("-"))
    return number * SCALES.get(match["scale"] or "", 1.0)


def written(numeral: Numeral, value: float) -> str:
    """`value` in the style of `numeral`: spelled out, with a thousands mark, scaled."""
    number = value / SCALES.get(numeral.scale, 1.0)
    if numeral.is_spelled and number < 100 and number == int(number):
        digits = spelled(int(number))
    else:
        places = len(numeral.digits.partition(".")[2])
        marks = "," in numeral.digits or number >= (1000 if numeral.scale else 10_000)
        digits = f"{number:{',' if marks else ''}.{places}f}"
        if places:
            digits = digits.rstrip("0").rstrip(".")
    scale = f" {numeral.scale}" if numeral.scale else ""
    return f"{numeral.sign}{digits}{scale}{numeral.percent}"


def spelled(number: int) -> str:
    """A number from 0 to 999,999 in words; raises ValueError for others."""
    if not 0 <= number < 1_000_000:
        raise ValueError(f"no words for {number}")
    if number < 20:
        return ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS[ten] + (f"-{ONES[one]}" if one else "")
    name, size = ("hundred", 100) if number < 1000 else ("thousand", 1000)
    high, low = divmod(number, size)
    return f"{spelled(high)} {name}" + (f" {spelled(low)}" if low else "")
