"""Names of people: found in texts by their given name, and pooled to take one another's place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from service.english.lexicon import HE, SHE

TITLES = (
    "Mr. Mrs. Ms. Dr. Sen. Rep. Gov. Gen. Lt. Sgt. Capt. Col. Sir Lord Judge Justice President "
    "Senator Governor Mayor Secretary Chancellor Congressman Congresswoman Representative General "
    "Professor Attorney Speaker Sheriff Detective Minister King Queen Prince Princess"
).split()
_PARTICLE = r"(?:de |van |von |del |al-|bin |Mc|Mac|O[’'])?"
_PERSON = re.compile(
    rf"(?<![\w’'.-])(?:(?P<title>(?:(?:{'|'.join(map(re.escape, TITLES))}) ?)+)(?<= ))?"
    rf"(?P<given>[A-Z][a-zé]+) (?P<middle>[A-Z]\. )?(?P<family>{_PARTICLE}[A-Z][a-zéíóáü]+)"
    r"(?![\w-]| [A-Z])"
)


_GOES_BEFORE = re.compile(r"\b[A-Z][\w’'.-]* $")
"""A capitalised word before the given name: "San Francisco Chronicle" names nobody."""


@dataclass(frozen=True, slots=True)
class Person:
    """Where a person is named: `title` is empty or ends in a space."""

    start: int
    end: int
    title: str
    given: str
    family: str

    @property
    def is_he(self) -> bool:
        """Whether "he" goes with the given name; else "she" does."""
        return self.given.lower() in HE


def people(text: str) -> Iterator[Person]:
    """The people named in full, by given names that are known."""
    for match in _PERSON.finditer(text):
        named = match["title"] or not _GOES_BEFORE.search(text, 0, match.start())
        if named and match["given"].lower() in HE | SHE:
            yield Person(
                match.start(), match.end(), match["title"] or "", match["given"], match["family"]
            )


@dataclass(frozen=True, slots=True)
class Names:
    """Full names to choose from, in order, by the pronoun that goes with them."""

    he: tuple[str, ...]
    she: tuple[str, ...]

    @classmethod
    def gather(cls, texts: Iterable[str]) -> "Names":
        """Who is named more than once in `texts`: what is there once may be no name at all."""
        found = Counter(
            (f"{one.given} {one.family}", one.is_he) for text in texts for one in people(text)
        )
        known = sorted(one for one, count in found.items() if count > 1)
        return cls(
            tuple(name for name, is_he in known if is_he),
            tuple(name for name, is_he in known if not is_he),
        )

    def another(self, person: Person, rng: Random) -> str | None:
        """Somebody with no part of the name of `person`, for whom the same pronoun goes."""
        pool = self.he if person.is_he else self.she
        for _ in range(8 if pool else 0):
            name = rng.choice(pool)
            if not {person.given, person.family} & set(name.split()):
                return name
        return None
