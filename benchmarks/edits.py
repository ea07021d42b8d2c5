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
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_COUNTRIES = "Germany France Italy Spain Russia China Japan Mexico Iraq Iran Israel Canada".split()
_PLACES = """Arizona Atlanta Boston California Chicago Colorado Dallas Detroit Florida Georgia
Houston Illinois Indiana Iowa Miami Michigan Nevada Ohio Oregon Seattle Texas Utah Virginia
Wisconsin""".split()
_GIVEN = """Andrew Anthony Barack Ben Bernie Bill Brett Charles Chris Christine Chuck Dan Daniel
David Dick Donald Elizabeth Eric Frank George Gordon Harry Hillary James Janet Jeb Jeff Jim Joe
John Joseph Karen Kevin Larry Lindsey Lisa Marco Mark Mary Michael Mick Mike Mitch Mitt Nancy Neil
Newt Pat Paul Peter Rand Richard Rick Rob Robert Ron Roy Sarah Scott Sean Stephen Steve Steven
Susan Ted Thomas Tim Tom Tony William""".split()
_SURNAMES = "Castellano Drayford Hallowell Lindgren Pemberton Whitcombe".split()
_TITLES = {"Sen.": "Senator", "Rep.": "Representative", "Gov.": "Governor", "Gen.": "General"}
_SHORT_MONTHS = {month[:3]: month for month in _MONTHS} | {"Sept": "September"}
_AUXILIARY = "is|are|was|were|did|does|has|have|had|would|could|should"
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()

_YEAR = re.compile(r"\b(?:in|since|of) (?:19|20)\d\d\b(?![-–,]\d)")
_DAY = re.compile(rf"\b((?:{_MONTH})\.?) (\d{{1,2}})\b(?!:)")
_COUNT = re.compile(
    r"(?<![\w$€£.,:/’'-])(?<!and )(?<!of the )(?<!of its )(?<!in )(?<!\bto )"
    r"(\d{1,3}(?:,\d{3})+|[1-9]\d{0,2})(?= [a-z]{3,})"
    r"(?! (?:percent|per|million|billion|trillion|and|to|or|out|p\.m|a\.m|minutes? to))"
)
_PERCENT = re.compile(r"(?<![\w$.,–-])(\d{1,2}(?:\.\d)?)( percent\b(?! point)|%)")
_MONEY = re.compile(
    r"(?<!C)\$(\d{1,3}(?:\.\d)?)( (?:million|billion))?(?![\d,.]*\d)"
    r"(?!(?i: trillion| million| billion)|[-–MBTKmbk])"
)
_COUNTRY = re.compile(rf"\b(?:in|to|from|against|with) ({'|'.join(_COUNTRIES)})\b")
_VERB = re.compile(
    r"^(?!.*(?:\b(?:not|never|no|nor|neither|nobody)\b|n['’]t\b)).*?"
    r"\b(?:(?:was|were|is|are|will|would|could)\b(?= [a-z])|(?:has|have)(?= (?:been|[a-z]+ed)\b))"
)
"""Up to the first verb of a sentence without a negation."""
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b(?!['’s–-]| (?:[A-Z]|and\b|or\b|to\b))")
_SAID_ON = re.compile(rf"(?<=\bsaid )(?:{'|'.join(_WEEKDAYS)})\b(?!['’s–-])")
_SHORT_MONTH = re.compile(r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?= \d)")
_PLACE = re.compile(rf"\b(?:in|to|from) ({'|'.join(_PLACES)})\b(?! [A-Z])")
_PERSON = re.compile(rf"\b((?:{'|'.join(_GIVEN)}) )([A-Z][a-z]+(?:[A-Z][a-z]+)?)\b(?! [A-Z])")
_TITLE = re.compile(rf"\b(?:{'|'.join(map(re.escape, _TITLES))})(?= [A-Z])")
_TITLED = re.compile(
    rf"(^|\b[a-z]+,? )(?:{'|'.join(map(re.escape, _TITLES))}|President) (?=(?:{'|'.join(_GIVEN)}) )"
)
_OUR_COUNTRY = re.compile(r"\bthe U\.S\.(?= [a-z])")
_NOT = re.compile(rf"\b({_AUXILIARY}) not\b(?! only)")
_SHORT_NOT = re.compile(rf"\b({_AUXILIARY})n['’]t\b")
_LOSES_NOT = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|could|should|can)(?: not|not)\b(?! only)"
)
_MORE_THAN = re.compile(r"\bmore than (?=\$?\d)")
_SAID_LAST = re.compile(
    r"^(The|A|An) ([^:;]+), ((?:the |[A-Z])[\w.’' ]{2,50} said)( [A-Z]\w+day)?\.$"
)
_TIME_FIRST = re.compile(
    rf"^((?:On|In) (?:{'|'.join(_WEEKDAYS)}|(?:19|20)\d\d|(?:{_MONTH}|March|May)(?: \d{{1,2}})?)), "
    r"([^,;:]+)\.$"
)
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
    "over the number": (_MORE_THAN, lambda *_: "over "),
    "month in full": (_SHORT_MONTH, lambda match, _: _SHORT_MONTHS[match[1]]),
    "on the weekday": (_SAID_ON, lambda match, _: f"on {match[0]}"),
    "time last": (
        _TIME_FIRST,
        lambda match, _: f"{_capital(match[2])} {match[1][0].lower()}{match[1][1:]}.",
    ),
    "title in full": (_TITLE, lambda match, _: _TITLES[match[0]]),
    "no title": (_TITLED, lambda match, _: match[1]),
    "country in full": (_OUR_COUNTRY, lambda *_: "the United States"),
    "not in short": (_NOT, lambda match, _: f"{match[1]}n’t"),
    "not in full": (_SHORT_NOT, lambda match, _: f"{match[1]} not"),
    "speaker first": (
        _SAID_LAST,
        lambda match, _: (
            f"{_capital(match[3])}{match[4] or ''} that {match[1].lower()} {match[2]}."
        ),
    ),
}
"""Edits that leave a sentence true. The sentence is the source, except that a qualifier, or a
coarser date, is held against it both ways."""

CHANGING: dict[str, tuple[re.Pattern[str], Edit]] = {
    "another count": (_COUNT, lambda match, _: _doubled(match[1])),
    "another percentage": (
        _PERCENT,
        lambda match, _: f"{_another_percentage(float(match[1])):.4g}{match[2]}",
    ),
    "another sum": (_MONEY, lambda match, _: f"${float(match[1]) * 2:g}{match[2] or ''}"),
    "another year": (_YEAR, lambda match, _: match[0][:-1] + str((int(match[0][-1]) + 3) % 10)),
    "another day": (_DAY, lambda match, _: f"{match[1]} {int(match[2]) % 27 + 2}"),
    "another month": (
        _DAY,
        lambda match, random: f"{random.choice(_others(match[1], _MONTHS))} {match[2]}",
    ),
    "another weekday": (
        _WEEKDAY,
        lambda match, random: random.choice(_others(match[1], _WEEKDAYS)),
    ),
    "another person": (_PERSON, lambda match, random: match[1] + random.choice(_SURNAMES)),
    "another place": (
        _PLACE,
        lambda match, random: match[0].replace(match[1], random.choice(_others(match[1], _PLACES))),
    ),
    "another country": (
        _COUNTRY,
        lambda match, random: match[0].replace(
            match[1], random.choice(_others(match[1], _COUNTRIES))
        ),
    ),
    "not": (_VERB, lambda match, _: f"{match[0]} not"),
    "no not": (_LOSES_NOT, lambda match, _: match[1]),
}
"""Edits that make a sentence say another thing."""

KINDS = {
    "number": ("another count", "another percentage", "another sum"),
    "date": ("another year", "another day", "another month", "another weekday"),
    "name": ("another person", "another place", "another country"),
    "negation": ("not", "no not"),
}
"""The changing edits by what they change."""


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


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _doubled(number: str) -> str:
    return f"{int(number.replace(',', '')) * 2 + 1:,}"


def _another_percentage(value: float) -> float:
    return value * 1.5 + 3 if value < 60 else value / 2


def _others(name: str, names: list[str]) -> list[str]:
    return [other for other in names if not other.startswith(name.rstrip(".")[:3])]
