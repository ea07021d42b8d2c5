"""Dates: another day, month, year or weekday; coarser, finer, or in another style."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, Label, excluded, same, stronger, weaker
from training.contrast.edit import Edit

KIND = "date"
MONTHS = (
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT = {f"{month[:3]}.": month for month in MONTHS} | {"Sept.": "September"}
_ABBREVIATED = ("Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_MONTH = rf"(?P<month>{'|'.join(re.escape(one) for one in (*MONTHS, *_SHORT))})"
_DAY = r"(?P<day>[12]?\d|3[01])"
_YEAR = r"(?P<year>1[5-9]\d\d|20[0-3]\d)"
_FORMS = (
    rf"\b{_MONTH} {_DAY}(?:, {_YEAR})?(?![\w–-])",
    rf"(?<![\w,.-]){_DAY} {_MONTH} {_YEAR}\b",
    rf"\b{_MONTH} {_YEAR}\b",
    rf"(?<![\w–$-]){_YEAR}\b(?![\w–,-]|\.\d| [A-Z]|s\b)",
)
_PREFIXES = ("a_", "b_", "c_", "d_")
"""A group's name may stand only once in a pattern: each form has its own."""
_DATE = re.compile(
    "|".join(
        form.replace("(?P<", f"(?P<{prefix}")
        for prefix, form in zip(_PREFIXES, _FORMS, strict=True)
    )
)
_WEEKDAY = re.compile(rf"\b(?P<on>on )?(?P<day>{'|'.join(WEEKDAYS)})\b(?! [A-Z]|s\b|’s|'s| the \d)")
_ENDS_A_DAY = re.compile(r"\.$| (?!morning|afternoon|evening|night)")
_ON = re.compile(r"\b[Oo]n $")
_IN = re.compile(r"\b[Ii]n $")
_OF_A_RANGE = re.compile(
    r"(?:\b(?i:from|between|and|to|until|since|through|by|before|after|the|or|early|late|mid|vs\."
    r"|of|fiscal|FY)|[–(—-]|[A-Z]\w+(?<!In)) ?$"
)


def changes(text: str, rng: Random) -> Iterator[Change]:
    """All dates of `text` changed, made coarser and restyled; weekdays changed and dropped."""
    for match in _DATE.finditer(text):
        yield from _of_date(text, match, rng)
    for match in _WEEKDAY.finditer(text):
        yield from _of_weekday(text, match, rng)


def _of_date(text: str, match: re.Match[str], rng: Random) -> Iterator[Change]:
    month, day, year = (_part(match, name) for name in ("month", "day", "year"))
    if not month:
        yield from _of_year(text, match, year, rng)
        return
    yield excluded(KIND, _other_part(match, rng))
    if day and _ON.search(text[: match.start()]):
        yield from _of_day(text, match, (month, day, year), rng)
    elif not day and _IN.search(text[: match.start()]):
        yield weaker(KIND, Edit(match.start(), match.end(), year))
        yield stronger(KIND, _with_in(text, match, f"on {month} {rng.randint(1, 28)}, {year}"))


def _of_day(
    text: str, match: re.Match[str], date: tuple[str, str, str], rng: Random
) -> Iterator[Change]:
    month, day, year = date
    full = _SHORT.get(month, month)
    turned = f"{day} {full} {year}".strip()
    if turned == match[0]:
        turned = f"{full} {day}, {year}"
    yield same(KIND, Edit(match.start(), match.end(), turned))
    if text[match.end() :].startswith(","):
        return
    capital = text[match.start() - 3].isupper()
    coarser = [f"in {full} {year}".strip()] + ([f"in {year}"] if year else [])
    chosen = rng.choice(coarser)
    yield weaker(KIND, _with_in(text, match, chosen[0].upper() + chosen[1:] if capital else chosen))


def _with_in(text: str, match: re.Match[str], replacement: str) -> Edit:
    """An edit that takes the "on" or "in" before the date along."""
    start = match.start() - 3
    if text[start].isupper():
        replacement = replacement[0].upper() + replacement[1:]
    return Edit(start, match.end(), replacement)


def _other_part(match: re.Match[str], rng: Random) -> Edit:
    """Another month, day or year for one that is there."""
    names = [one for one in ("month", "day", "year") if _part(match, one)]
    if int(_part(match, "day") or 1) > 28:
        names.remove("month")  # not every month has that day
    name = rng.choice(names)
    group = next(prefix + name for prefix in _PREFIXES if _has(match, prefix + name))
    was = match[group]
    if name == "month":
        pool = MONTHS if was in MONTHS else _ABBREVIATED
        other = rng.choice([one for one in pool if one[:3] != was[:3]])
    elif name == "day":
        other = str(rng.choice([one for one in range(1, 29) if one != int(was)]))
    else:
        other = other_year(was, rng)
    return Edit(match.start(group), match.end(group), other)


def other_year(year: str, rng: Random) -> str:
    """A year up to twelve away."""
    return str(int(year) + rng.choice([*range(-12, 0), *range(1, 8)]))


def _of_year(text: str, match: re.Match[str], year: str, rng: Random) -> Iterator[Change]:
    before = text[: match.start()]
    if _OF_A_RANGE.search(before):
        return
    yield excluded(KIND, Edit(match.start(), match.end(), other_year(year, rng)))
    if not _IN.search(before) or re.match(r" (?:and|or)\b", text[match.end() :]):
        return
    value = int(year)
    yield weaker(KIND, _with_in(text, match, f"in the {value // 10}0s"))
    yield weaker(KIND, _with_in(text, match, f"before {value + rng.randint(1, 9)}"))
    yield weaker(KIND, _with_in(text, match, f"after {value - rng.randint(1, 9)}"))
    yield excluded(KIND, _with_in(text, match, f"before {value - rng.randint(0, 9)}"))
    yield excluded(KIND, _with_in(text, match, f"after {value + rng.randint(0, 9)}"))
    yield stronger(KIND, _with_in(text, match, f"in {rng.choice(MONTHS)} {year}"))


def _of_weekday(text: str, match: re.Match[str], rng: Random) -> Iterator[Change]:
    other = rng.choice([day for day in WEEKDAYS if day != match["day"]])
    yield excluded(KIND, Edit(match.start("day"), match.end("day"), other))
    if match["on"] and text[: match.start()].endswith(" ") and _ENDS_A_DAY.match(text, match.end()):
        dropped = Edit(match.start() - 1, match.end(), "")
        yield Change((dropped,), KIND, Label.SUPPORTS, None)


def _has(match: re.Match[str], group: str) -> bool:
    return group in match.re.groupindex and bool(match[group])


def _part(match: re.Match[str], name: str) -> str:
    return next((match[prefix + name] for prefix in _PREFIXES if _has(match, prefix + name)), "")
