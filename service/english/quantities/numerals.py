"""Reads numerals, in digits or in words: their value and how exact they are."""

import re

_ONES = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "dozen": 12.0, "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip

_NARROW = "[\u00a0\u2009\u202f]"
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    rf"|\d{{1,3}}(?:{_NARROW}\d{{3}})+(?!\d)"
    r"|\d{1,3}(?:[ ]\d{3}){0,4}[ ]000(?![\d,.]\d|\d)"
    r"|\d+(?:\.\d+)?"
)
"""Thousands are separated by commas or spaces; by a plain space only if the number ends in 000."""
_SEPARATOR = re.compile(rf"(?<=\d)(?:,|{_NARROW}| )(?=\d{{3}})")
_SMALL = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))
_BIG = "hundred|thousand|million|billion|trillion"
_NUMBER_WORD = rf"(?:{_SMALL}|{_BIG}|dozen)\b"
_JOINT = r"(?:-|\s+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|(?<=million)\s+and\s+)"
_HALF_OF = rf"half\s+an?\s+(?=(?:{_BIG}|dozen)\b)(?:{_BIG}|dozen)\b"
_SPELLED = (
    rf"{_HALF_OF}"
    rf"|(?:(?:{_SMALL}|an?(?=\s+(?:{_BIG}|dozen)\b))\b(?:{_JOINT}{_NUMBER_WORD})*)"
)
_SCALE = r"(?:\s?-?(?:thousand|million|billion|trillion)\b|\s?(?:mln|mn|bn|tn)\b|[kmb]\b)"
NUMERAL = rf"(?:{_DIGITS}){_SCALE}?|{_SPELLED}"
"""A pattern for a numeral; it needs `re.IGNORECASE`."""

NUMBER_WORDS = frozenset({*_ONES, *_TENS, *_BIG.split("|"), "dozen"})
"""The words that numerals are spelled with."""


def value(numeral: str) -> float:
    """Its value: 3200000 for "3.2m" and 250 for "two hundred and fifty"."""
    words = _SEPARATOR.sub("", numeral).casefold().replace("-", " ").split()
    digits = re.match(_DIGITS, words[0])
    if digits:
        return float(digits[0]) * scale(numeral)
    if words[0] == "half":
        return 0.5 * _SCALES[words[-1]]
    total = current = 0.0
    for word in words:
        if word in _ONES or word in _TENS:
            current += _ONES.get(word, 0) + _TENS.get(word, 0)
        elif word in {"a", "an"}:
            current = 1.0
        elif word in {"hundred", "dozen"}:
            current = max(current, 1.0) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + max(current, 1.0) * _SCALES[word], 0.0
    return total + current


def scale(numeral: str) -> float:
    """The factor of the word or letter that it ends with: 1e6 for "3.2m"; 1 where there is none."""
    last = re.search(r"(?<![a-z])[a-z]++$", numeral.casefold())
    return _SCALES.get(last[0], 1.0) if last else 1.0


def rounding(numeral: str) -> float:
    """How far the numeral may be off: half a unit of its last significant digit.

    61 stands for 60.5 to 61.5, and 61.4 for 61.35 to 61.45. Trailing zeros may come from rounding,
    but the first two digits are taken as exact: 10,000 stands for 9,500 to 10,500.
    """
    digits = re.match(_DIGITS, _SEPARATOR.sub("", numeral))
    if not digits:
        written = value(numeral)
        return 0.0 if written < 100 else 0.005 * written
    plain = digits[0]
    if "." in plain:
        return 0.5 * 10.0 ** -len(plain.partition(".")[2]) * scale(numeral)
    zeros = len(plain) - len(plain.rstrip("0"))
    return 0.5 * 10.0 ** min(zeros, max(len(plain) - 2, 0)) * scale(numeral)
