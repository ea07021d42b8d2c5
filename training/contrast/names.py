"""Names: another person, place or nationality; titles and first names left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from training.contrast.change import Change, excluded, same, unrelated, weaker
from training.contrast.edit import Edit
from training.contrast.people import Names, Person, people
from training.contrast.places import ALIASES, CITY_OF, GROUPS

KIND = "name"
_EXCLUSIVE = re.compile(
    r"\b(?:born in|died in|capital of|located in|based in|directed by|written by|founded by"
    r"|created by|portrayed by|played by|married to|succeeded by|replaced by|defeated by|won by"
    r"|led by|headed by|killed by|president of|governor of|mayor of|arrested in|held in|killed in"
    r"|opened in|headquartered in|city in|city of|state of|village in|invented by|painted by"
    r"|composed by|wife|husband|ambassador to|appointed by|nominated by|signed by) $"
)
_UNIQUE = re.compile(
    r"(?:,| (?:is|was|became|remains|has been|will be|won|defeated|beat|succeeded|replaced|founded"
    r"|invented|discovered|directed|wrote|and)\b|[’']s\b)"
)
_MODIFIES = re.compile(r"\b(?:an?|the|was|is) $")
_EVENT = re.compile(
    r"\b(?:killed|died|arrested|born|shot|held|happened|took place|met|opened|crashed|based"
    r"|located|landed|arrived|lives?|lived|raised|filmed|set|attacked|signed|protested|gathered)\b"
)
_PLACE = {name: group for group in GROUPS for name in group}
_PLACE_NAME = re.compile(
    rf"\b(?:{'|'.join(sorted(_PLACE, key=len, reverse=True))})\b(?![’'-]| [A-Z])"
)


@dataclass(frozen=True, slots=True)
class NameChanges:
    """The operator: takes the people it puts in from `names`."""

    names: Names

    def __call__(self, text: str, rng: Random) -> Iterator[Change]:
        """Others in each exclusive slot and for the subject; shorter forms of the same names."""
        for person in people(text):
            yield from self._of_person(text, person, rng)
        for match in _PLACE_NAME.finditer(text):
            yield from _of_place(text, match, rng)
        for name, alias in ALIASES:
            found = re.search(rf"\b{re.escape(name)}(?= [a-z]|\.$|,)", text)
            if found and text[found.end()] == " ":
                yield same(KIND, Edit(found.start(), found.end(), alias))

    def _of_person(self, text: str, person: Person, rng: Random) -> Iterator[Change]:
        other = self.names.another(person, rng)
        before, after = text[: person.start], text[person.end :]
        family = len(re.findall(rf"\b{re.escape(person.family)}\b", text))
        if other and family == 1:
            edit = Edit(person.start + len(person.title), person.end, other)
            if _EXCLUSIVE.search(before):
                yield excluded(KIND, edit)
            elif person.start == 0 and not _UNIQUE.match(after):
                yield unrelated(KIND, edit)
        if person.title:
            named = person.start + len(person.title)
            yield same(KIND, Edit(person.start, named, ""))
        if person.start > 0 or person.title:
            yield weaker_name(person)


def weaker_name(person: Person) -> Change:
    """The family name alone."""
    named = person.start + len(person.title)
    start = person.start if not person.title else named
    return Change(
        (Edit(start, person.end, person.family),), KIND, weaker(KIND).as_claim, as_evidence=None
    )


def _of_place(text: str, match: re.Match[str], rng: Random) -> Iterator[Change]:
    before, after = text[: match.start()], text[match.end() :]
    if len(re.findall(rf"\b{re.escape(match[0])}\b", text)) > 1:
        return
    group = _PLACE[match[0]]
    other = rng.choice([name for name in group if name != match[0] and name not in text])
    edit = Edit(match.start(), match.end(), other)
    exclusive = _EXCLUSIVE.search(before)
    if group is GROUPS[0]:
        if _MODIFIES.search(before) and re.match(r" [a-z]|\.", after):
            yield excluded(KIND, _with_article(text, edit))
    elif exclusive or (before.endswith(" in ") and _EVENT.search(before)):
        yield excluded(KIND, edit)
    if match[0] in CITY_OF and before.endswith(" in ") and re.match(r" [a-z]|\.", after):
        comma = "" if after.startswith(".") else ","
        city = Edit(match.start(), match.end(), f"{CITY_OF[match[0]]}, {match[0]}{comma}")
        yield Change((city,), "scope", unrelated(KIND).as_claim, same(KIND).as_claim)


def _with_article(text: str, edit: Edit) -> Edit:
    """The edit with "a" or "an" before it as the new word needs it."""
    article = re.search(r"\b([Aa])n? $", text[: edit.start])
    if not article:
        return edit
    an = "n" if edit.text[0] in "AEIO" else ""
    return Edit(article.start(), edit.end, f"{article[1]}{an} {edit.text}")
