"""The persons that an article names, and which of its mentions names each most fully."""

import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from service.domain.text import Mention, Span
from service.english.lexicon import FEMALE, HONORIFICS, MALE, ROLES
from service.english.text.persons import PersonName, names

# A surname printed alone so many times would have its full form printed more than once.
OFTEN = 4


@dataclass(frozen=True)
class People:
    """The persons of one article, in the order of their mentions.

    `unidentified` are single capitalised words that may be persons never named in full.
    """

    names: tuple[PersonName, ...]
    unidentified: tuple[PersonName, ...] = ()

    def fullest(self, name: PersonName, pronoun: str | None = None) -> Mention | None:
        """The fullest other mention of the same person, earlier ones first, None if `name` is it.

        `pronoun` is what the person is called, if that is known. None too where persons share the
        surname, and neither `name` nor how often they are named tells them apart.
        """
        same = self._same(name, pronoun)
        fuller = [
            other for other in same if _fullness(other) > _fullness(name) and self._is_likely(other)
        ]
        earlier = [o for o in fuller if o.mention.span.start < name.mention.span.start]
        if earlier:
            return max(earlier, key=_fullness).mention
        return min(fuller, key=lambda o: o.mention.span.start).mention if fuller else None

    def _same(self, name: PersonName, pronoun: str | None) -> list[PersonName]:
        """The mentions of whoever `name` is, none where it may be one of two.

        Of several who share a surname, the surname alone is that of the one whom the article names
        in full first and most often, unless another was named in full just before.
        """
        same = [
            other
            for other in self._alike(name)
            if pronoun is None or other.pronoun in {None, pronoun}
        ]
        by_surname = [other for other in same if other.surname == name.surname]
        if any(len(other.words) > 1 for other in by_surname):
            same = by_surname
        titles = {
            title for other in same if len(other.words) == 1 for title in other.titles & ROLES
        }
        full = [other for other in same if len(other.words) > 1]
        if titles and not self._may_be_titled(full, titles):
            return [other for other in same if len(other.words) == 1]
        named = Counter(other.words[0] for other in full)
        if len(named) <= 1:
            return same
        (main, most), (_, next_most) = named.most_common(2)
        before = [other for other in full if other.mention.span.end <= name.mention.span.start]
        just_before = before[-1].words[0] if before else main
        if full[0].words[0] != main or most == next_most or just_before != main:
            return []
        return [other for other in same if len(other.words) == 1 or other.words[0] == main]

    @staticmethod
    def _may_be_titled(full: Sequence[PersonName], titles: Collection[str]) -> bool:
        """Whether one of these may be "President Smith": "Ann Smith", but not "first lady Ann
        Smith"."""
        held: dict[str, set[str]] = defaultdict(set)
        for name in full:
            held[name.words[0]] |= name.titles & (ROLES | FEMALE | MALE)
        return not held or any(not own or own & set(titles) for own in held.values())

    def _is_likely(self, name: PersonName) -> bool:
        """Whether a long name is no chance row of capitals, like that of a caption: it has a title,
        or two words, or is printed twice."""
        initials = [word for word in name.words if len(word) <= 2]
        if name.titles - HONORIFICS or len(name.words) - len(initials) <= 2:
            return True
        alike = self._called[name.surname]
        again = [other for other in alike if other.words == name.words]
        short = [other for other in alike if other.words == name.words[-1:]]
        return len(again) > 1 or len(short) < OFTEN

    def within(self, span: Span) -> list[PersonName]:
        """The mentions that lie in `span`."""
        first = bisect.bisect_left(self.names, span.start, key=_start)
        end = bisect.bisect_left(self.names, span.end, key=_start)
        return [name for name in self.names[first:end] if span.contains(name.mention.span)]

    def beginning(self, position: int) -> PersonName | None:
        """The name that begins right there."""
        index = bisect.bisect_left(self.names, position, key=_start)
        found = self.names[index : index + 1]
        return found[0] if found and _start(found[0]) == position else None

    def before(self, position: int) -> PersonName | None:
        """The last name that begins before an offset."""
        index = bisect.bisect_left(self.names, position, key=_start)
        return self.names[index - 1] if index else None

    def pronoun(self, name: PersonName) -> str | None:
        """The pronoun of a person, learnt from any mention."""
        told = {other.pronoun for other in self._alike(name)} - {None}
        return told.pop() if len(told) == 1 else None

    def knows(self, name: PersonName) -> bool:
        """Whether anybody of that surname is named with a title or in full."""
        return any(other.surname == name.surname for other in self._called.get(name.surname, ()))

    def strange_within(self, span: Span) -> bool:
        """Whether `span` mentions somebody whom nothing is known of."""
        return any(span.contains(name.mention.span) for name in self.unidentified)

    def _alike(self, name: PersonName) -> Iterator[PersonName]:
        """The mentions that may be of the same person, in order."""
        called = {name.words[0], name.surname}
        found = {
            other.mention.span: other for word in called for other in self._called.get(word, ())
        }
        return (found[span] for span in sorted(found) if _may_be_same(name, found[span]))

    @cached_property
    def _called(self) -> dict[str, list[PersonName]]:
        """The mentions under the first and the last word of each."""
        called: dict[str, list[PersonName]] = defaultdict(list)
        for name in self.names:
            for word in {name.words[0], name.surname}:
                called[word].append(name)
        return dict(called)

    def titled(self, role: str, before: int) -> list[PersonName]:
        """The mentions before an offset that carry a title: whom "the president" may mean."""
        return [n for n in self.names if n.mention.span.start < before and role in n.titles]

    @property
    def words(self) -> frozenset[str]:
        """Every word of every name, lower case."""
        return frozenset(word for name in self.names for word in name.words)


def _start(name: PersonName) -> int:
    return name.mention.span.start


def _fullness(name: PersonName) -> tuple[int, int]:
    return len(name.words), len(name.titles - HONORIFICS)


def _may_be_same(name: PersonName, other: PersonName) -> bool:
    if name.pronoun and other.pronoun and name.pronoun != other.pronoun:
        return False
    if other.surname != name.surname:
        return _is_first_of(name, other) or _is_first_of(other, name)
    return set(name.words) <= set(other.words) or set(other.words) <= set(name.words)


def _is_first_of(short: PersonName, full: PersonName) -> bool:
    """Whether the one is the other's first word: "Moon" of "Moon Jae-in", "Jeb" of "Jeb Bush"."""
    return len(short.words) == 1 and len(full.words) > 1 and full.words[0] == short.surname


def people(text: str) -> People:
    """Everyone whom `text` names: with a title or in two words or more somewhere, and every shorter
    mention of them."""
    candidates = [name for name in names(text) if not _is_title(text, name)]
    known = {n.surname for n in candidates if n.titles or len(n.words) > 1}
    return People(
        names=tuple(name for name in candidates if name.surname in known),
        unidentified=tuple(
            name for name in candidates if name.surname not in known and name.surname[-1] != "s"
        ),
    )


def _is_title(text: str, name: PersonName) -> bool:
    """Whether a name alone stands between quotation marks: that of a book or a ship."""
    span = name.mention.span
    return text[span.start - 1 : span.start] in {"“", '"', "‘"} and (
        text[span.end : span.end + 1] in {"”", '"', "’", ",", "."}
    )
