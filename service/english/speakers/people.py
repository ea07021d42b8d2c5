"""The persons that an article names, and which of its mentions names each most fully.

What is asked about a name is worked out once for each way to print it: an article that has one ten
thousand times takes no longer than its length.
"""

import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, chain, combinations
from typing import TypeVar

from service.domain.text import Mention, Span
from service.english.lexicon import FEMALE, HONORIFICS, MALE, ROLES
from service.english.text.persons import PersonName, names

# A surname printed alone so many times would have its full form printed more than once.
OFTEN = 4
_WIVES = frozenset({"mrs", "mrs."})
"""Titles that share a surname with a husband's role."""

Words = tuple[str, ...]
Titles = frozenset[str]
_K = TypeVar("_K")
_Key = tuple[str, frozenset[str]]
"""The last word of a name, and all."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to print a name, with every mention that has it, in order."""

    words: Words
    titles: Titles
    pronoun: str | None
    mentions: list[PersonName]

    @property
    def fullness(self) -> tuple[int, int]:
        return len(self.words), len(self.titles - HONORIFICS)


@dataclass(frozen=True, slots=True)
class _Fuller:
    """Fuller mentions of whoever a name is, in order, and the fullest up to each.

    Where several share the surname they are those of the one with the `first` name, and `full` is
    every mention in full of any of them.
    """

    mentions: Sequence[PersonName] = ()
    fullest: Sequence[PersonName] = ()
    first: str = ""
    full: Sequence[PersonName] = ()

    def before(self, position: int) -> PersonName | None:
        """The fullest before an offset, else the first; none where another was just named."""
        named = bisect.bisect_right(self.full, position, key=_end)
        if named and self.full[named - 1].words[0] != self.first:
            return None
        earlier = bisect.bisect_left(self.mentions, position, key=_start)
        return self.fullest[earlier - 1] if earlier else next(iter(self.mentions), None)


@dataclass(frozen=True)
class People:
    """The persons of one article, in the order of their mentions.

    `unidentified` are single capitalised words that may be persons never named in full, `fathers`
    the surnames that somebody has without a suffix.
    """

    names: tuple[PersonName, ...]
    unidentified: tuple[PersonName, ...] = ()
    fathers: frozenset[str] = frozenset()
    _known: dict[tuple[Words, Titles, str | None], _Fuller] = field(default_factory=dict)

    def told_apart(self, name: PersonName) -> PersonName:
        """A name of the article as it is known here: "Poe Jr." has another surname than "Poe"."""
        return _told_apart(name, self.fathers)

    def fullest(self, name: PersonName, pronoun: str | None = None) -> Mention | None:
        """The fullest other mention of the same person, earlier ones first, None if `name` is it.

        `pronoun` is what the person is called, if that is known. None too where persons share the
        surname, and neither `name` nor how often they are named tells them apart.
        """
        asked = name.words, name.titles, pronoun
        if asked not in self._known:
            self._known[asked] = self._fuller(name, pronoun)
        found = self._known[asked].before(_start(name))
        return found.mention if found else None

    def _fuller(self, name: PersonName, pronoun: str | None) -> _Fuller:
        """The fuller mentions of whoever `name` is, none where it may be one of two.

        Of several who share a surname, the surname alone is that of the one whom the article names
        in full first and most often, unless another was named in full just before.
        """
        alike = [f for f in self._alike(name) if pronoun is None or f.pronoun in {None, pronoun}]
        by_surname = [form for form in alike if form.words[-1] == name.surname]
        if any(len(form.words) > 1 for form in by_surname):
            alike = by_surname
        short = [form for form in alike if len(form.words) == 1]
        full = _in_order(form for form in alike if len(form.words) > 1)
        titles = {title for form in short for title in form.titles & ROLES}
        if titles and not _may_be_titled(full, titles):
            return self._those_fuller(name, short)
        named = Counter(mention.words[0] for mention in full)
        if len(named) <= 1:
            return self._those_fuller(name, alike)
        (main, most), (_, next_most) = named.most_common(2)
        if full[0].words[0] != main or most == next_most:
            return _Fuller()
        own = [form for form in alike if len(form.words) == 1 or form.words[0] == main]
        return replace(self._those_fuller(name, own), first=main, full=full)

    def _those_fuller(self, name: PersonName, forms: Iterable[_Form]) -> _Fuller:
        """Those of likely forms. "Mrs. Poe" is not "President Poe", for all that is known."""
        least = _fullness(name)
        mentions = _in_order(
            form
            for form in forms
            if form.fullness > least
            and self._is_likely(form)
            and (len(form.words) > 1 or form.pronoun == "she" or not name.titles & _WIVES)
        )
        return _Fuller(mentions, tuple(accumulate(mentions, _fuller_of)))

    def _is_likely(self, form: _Form) -> bool:
        """Whether a long name is no chance row of capitals, like that of a caption: it has a title,
        or two words, or is printed twice."""
        initials = [word for word in form.words if len(word) <= 2]
        if form.titles - HONORIFICS or len(form.words) - len(initials) <= 2:
            return True
        return self._counts[form.words] > 1 or self._counts[form.words[-1:]] < OFTEN

    def within(self, span: Span) -> Sequence[PersonName]:
        """The mentions that lie in `span`."""
        return _within(self.names, span)

    def beginning(self, position: int) -> PersonName | None:
        """The name that begins right there, of somebody identified or not."""
        for some in (self.names, self.unidentified):
            index = bisect.bisect_left(some, position, key=_start)
            if index < len(some) and _start(some[index]) == position:
                return some[index]
        return None

    def before(self, position: int) -> PersonName | None:
        """The last name that begins before an offset."""
        index = bisect.bisect_left(self.names, position, key=_start)
        return self.names[index - 1] if index else None

    def pronoun(self, name: PersonName) -> str | None:
        """The pronoun of a person, learnt from any mention."""
        told = {form.pronoun for form in self._alike(name)} - {None}
        return told.pop() if len(told) == 1 else None

    def knows(self, name: PersonName) -> bool:
        """Whether anybody of that surname is named with a title or in full."""
        return name.surname in self._surnames

    def strange_within(self, span: Span) -> bool:
        """Whether `span` mentions somebody whom nothing is known of."""
        return bool(_within(self.unidentified, span))

    def titled(self, role: str, before: int) -> PersonName | None:
        """Whom "the president" means: the last with that title before an offset, None without one
        or where persons of two surnames had it."""
        mentions = self._titled.get(role, [])
        index = bisect.bisect_left(mentions, before, key=_start)
        alone = index and mentions[index - 1].surname == mentions[0].surname
        return mentions[index - 1] if alone else None

    @property
    def words(self) -> frozenset[str]:
        """Every word of every name, lower case."""
        return frozenset(word for name in self.names for word in name.words)

    def _alike(self, name: PersonName) -> Iterator[_Form]:
        """The forms that may be of the same person: of the surname and otherwise a part of the name
        or more than it; or its first word alone, "Moon" of "Moon Jae-in", and the other way
        round."""
        same = chain(
            self._holding.get(_key(name.words), ()),
            *(self._exact.get(part, ()) for part in _parts(name.words) if part != _key(name.words)),
            self._exact.get(_key(name.words[:1]), ()) if name.words[0] != name.surname else (),
            self._begun_by.get(name.surname, ()) if len(name.words) == 1 else (),
        )
        for form in same:
            if not (name.pronoun and form.pronoun and name.pronoun != form.pronoun):
                yield form

    @cached_property
    def _forms(self) -> list[_Form]:
        forms: dict[tuple[Words, Titles], _Form] = {}
        for name in self.names:
            form = _Form(name.words, name.titles, name.pronoun, [])
            forms.setdefault((name.words, name.titles), form).mentions.append(name)
        return list(forms.values())

    @cached_property
    def _exact(self) -> Mapping[_Key, Sequence[_Form]]:
        """The forms by their words."""
        return _grouped((_key(form.words), form) for form in self._forms)

    @cached_property
    def _holding(self) -> Mapping[_Key, Sequence[_Form]]:
        """The forms by every part of their words."""
        return _grouped((part, form) for form in self._forms for part in _parts(form.words))

    @cached_property
    def _begun_by(self) -> Mapping[str, Sequence[_Form]]:
        """The forms of several words by the first, unless the last is the same."""
        return _grouped(
            (form.words[0], form)
            for form in self._forms
            if len(form.words) > 1 and form.words[0] != form.words[-1]
        )

    @cached_property
    def _titled(self) -> Mapping[str, list[PersonName]]:
        """The mentions by title; up to the first of another surname, which no later one undoes."""
        titled: dict[str, list[PersonName]] = defaultdict(list)
        for name in self.names:
            for title in name.titles:
                mentions = titled[title]
                if not mentions or mentions[-1].surname == mentions[0].surname:
                    mentions.append(name)
        return titled

    @cached_property
    def _surnames(self) -> frozenset[str]:
        return frozenset(name.surname for name in self.names)

    @cached_property
    def _counts(self) -> Counter[Words]:
        return Counter(name.words for name in self.names)


def _key(words: Words) -> _Key:
    return words[-1], frozenset(words)


def _parts(words: Words) -> Iterator[_Key]:
    """Each name that a longer one may be cut to: its last word with any of the others."""
    others = sorted(set(words[:-1]))
    for count in range(len(others) + 1):
        for some in combinations(others, count):
            yield words[-1], frozenset((*some, words[-1]))


def _grouped(pairs: Iterable[tuple[_K, _Form]]) -> Mapping[_K, Sequence[_Form]]:
    groups: dict[_K, list[_Form]] = defaultdict(list)
    for key, form in pairs:
        groups[key].append(form)
    return groups


def _may_be_titled(full: Sequence[PersonName], titles: Collection[str]) -> bool:
    """Whether one of these may be "President Smith": "Ann Smith", but not "first lady Ann
    Smith"."""
    held: dict[str, set[str]] = defaultdict(set)
    for name in full:
        held[name.words[0]] |= name.titles & (ROLES | FEMALE | MALE)
    return not held or any(not own or own & set(titles) for own in held.values())


def _in_order(forms: Iterable[_Form]) -> list[PersonName]:
    return sorted((mention for form in forms for mention in form.mentions), key=_start)


def _within(mentions: Sequence[PersonName], span: Span) -> Sequence[PersonName]:
    """Those of `mentions`, which are in order, that lie in `span`."""
    first = bisect.bisect_left(mentions, span.start, key=_start)
    end = bisect.bisect_left(mentions, span.end, key=_start)
    return [name for name in mentions[first:end] if span.contains(name.mention.span)]


def _start(name: PersonName) -> int:
    return name.mention.span.start


def _end(name: PersonName) -> int:
    return name.mention.span.end


def _fullness(name: PersonName) -> tuple[int, int]:
    return len(name.words), len(name.titles - HONORIFICS)


def _fuller_of(name: PersonName, other: PersonName) -> PersonName:
    return other if _fullness(other) > _fullness(name) else name


def people(text: str) -> People:
    """Everyone whom `text` names: with a title or in two words or more somewhere, and every shorter
    mention of them. Where it names father and son, the suffix is a part of the son's surname."""
    named = [name for name in names(text) if not _is_title(text, name)]
    fathers = frozenset(n.surname for n in named if not n.suffix and (n.titles or len(n.words) > 1))
    candidates = [_told_apart(name, fathers) for name in named]
    known = {n.surname for n in candidates if n.titles or len(n.words) > 1}
    return People(
        names=tuple(name for name in candidates if name.surname in known),
        unidentified=tuple(
            name for name in candidates if name.surname not in known and name.surname[-1] != "s"
        ),
        fathers=fathers,
    )


def _told_apart(name: PersonName, fathers: Collection[str]) -> PersonName:
    if not name.suffix or name.surname not in fathers:
        return name
    return replace(name, words=(*name.words[:-1], f"{name.surname} {name.suffix}"))


def _is_title(text: str, name: PersonName) -> bool:
    """Whether a name alone stands between quotation marks: that of a book or a ship."""
    span = name.mention.span
    return text[span.start - 1 : span.start] in {"“", '"', "‘"} and (
        text[span.end : span.end + 1] in {"”", '"', "’", ",", "."}
    )
