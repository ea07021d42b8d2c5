"""Whose report an article says it is: "first reported by the Meridian", "TARN VALLEY (CW) -"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.article import Article
from service.domain.quote import Attribution, SpeakerKind
from service.english.speakers.outlets import is_outlet, outlet_at, outlet_before
from service.english.text.words import content_words, stems

_FIRST = r"(?:first|earlier|previously|originally)"
_TOLD = r"(?:reported|published|revealed|disclosed)"
_BY = re.compile(
    rf"\b{_FIRST}\s+{_TOLD}(?:\s+(?:on\s+|late\s+|last\s+)?\w+day)?\s+(?:by|in)\s+", re.IGNORECASE
)
_FIRST_TO = re.compile(
    rf"(?<!\s)\s++(?:was\s+(?:the\s+)?first\s+to\s+report|(?:had\s+)?{_FIRST}\s+{_TOLD}"
    rf"|{_TOLD}\s+(?:it\s+|this\s+)?(?:first|earlier)|contributed\s+to\s+this)\b"
)
_DATELINE = re.compile(r"[^\n(]{0,60}\((?P<name>[A-Z][\w.&’' ]{1,30})\)\s*[-–—]")
_REPORTS = frozenset("reported reports reporting wrote revealed disclosed".split())


@dataclass(frozen=True, slots=True)
class Outlets:
    """The publishers at hand, so that "the Post" is told from the other Post."""

    publishers: tuple[str, ...]

    def called(self, name: str, own: str) -> str:
        """The publisher that an article of `own` means by a name, lower case: its own first, else
        the only one that goes by it. Where there is none, the name's words."""
        if _goes_by(own, name):
            return own.casefold()
        meant = {one.casefold() for one in self.publishers if _goes_by(one, name)}
        return meant.pop() if len(meant) == 1 else " ".join(sorted(_words(name)))

    def credited(self, article: Article) -> frozenset[str]:
        """The outlets whose report the article says it is, its own publisher left out."""
        found = {self.called(name, article.publisher) for name in self._named(article)}
        return frozenset(found - {article.publisher.casefold(), ""})

    def reporting(self, said: Attribution, own: str) -> str | None:
        """The outlet that is itself the source: "the Meridian reported"."""
        speaker = said.resolved or said.speaker
        if speaker is None or said.cue is None or said.kind is not SpeakerKind.INSTITUTION:
            return None
        name = speaker.text.removeprefix("The ").removeprefix("the ")
        outlet = self.called(name, own)
        return outlet if self._is_known(name) and said.cue.text.lower() in _REPORTS else None

    def _named(self, article: Article) -> Iterator[str]:
        yield from filter(is_outlet, article.authors)
        dateline = _DATELINE.match(article.text)
        if dateline and self._is_known(dateline["name"]):
            yield dateline["name"]
        for by in _BY.finditer(article.text):
            yield from self._at(article.text, by.end())
        for told in _FIRST_TO.finditer(article.text):
            yield from self._before(article.text, told.start())

    def _is_known(self, name: str) -> bool:
        return is_outlet(name) or any(_goes_by(one, name) for one in self.publishers)

    def _at(self, text: str, start: int) -> Iterator[str]:
        if outlet := outlet_at(text, start):
            yield outlet.text
        elif known := re.compile(rf"(?:the\s+)?({self._forms})\b").match(text, start):
            yield known[1]

    def _before(self, text: str, end: int) -> Iterator[str]:
        if outlet := outlet_before(text, end):
            yield outlet.text
        elif known := re.search(rf"\b({self._forms})\Z", text[:end]):
            yield known[1]

    @property
    def _forms(self) -> str:
        """Every publisher's name, and its last word: "Daily Meridian", "Meridian"."""
        names = [form for one in self.publishers if one for form in (one, one.split()[-1])]
        return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"


def _goes_by(publisher: str, name: str) -> bool:
    """Whether a publisher is called so: in full, by some of its words, or by its initials."""
    mine, theirs = _words(publisher), _words(name)
    if not mine or not theirs:
        return False
    initials = "".join(word[0] for word in publisher.split())
    return theirs <= mine or mine <= theirs or name == initials.upper()


def _words(name: str) -> frozenset[str]:
    return stems(content_words(name))
