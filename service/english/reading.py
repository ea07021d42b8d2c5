"""A text that is read once: each property is found at first use, and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from service.domain.text import Span
from service.domain.verdict import Status
from service.english.quantities.ordinals import ordinals
from service.english.quantities.quantities import Quantity, quantities
from service.english.text.dates import Period, periods
from service.english.text.names import Name, names
from service.english.text.negation import Negation, negations
from service.english.text.status import ends_something, is_no_report, statuses
from service.english.text.words import Word, content_words, stems

_INDEPENDENT_OF_NAMES = (
    "periods",
    "quantities",
    "ordinals",
    "negations",
    "statuses",
    "is_no_report",
    "ends_something",
)
"""The properties that do not depend on which words are names: `with_names` copies them."""


@dataclass(frozen=True)
class Reading:
    """A text and what it says; spans are into `text`."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The content words, in order."""
        return content_words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the content words."""
        return stems(self.words)

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of the words that belong to a name."""
        return stems(word for word in self.words if word.is_name)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Whole names, in order."""
        return tuple(names(self.text, self.words))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Dates and periods, in order."""
        return periods(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers with what they count, in order, without dates."""
        return quantities(self.text, [period.span for period in self.periods])

    @cached_property
    def ordinals(self) -> Mapping[str, Mapping[int, Span]]:
        """For each stem of a thing that is counted in an order its places, with their spans."""
        return ordinals(self.text, [period.span for period in self.periods])

    @cached_property
    def negations(self) -> tuple[Negation, ...]:
        """What is negated or denied, in order."""
        return negations(self.text)

    @cached_property
    def statuses(self) -> frozenset[Status]:
        """Every status for which the text has words."""
        return statuses(self.text)

    @cached_property
    def is_no_report(self) -> bool:
        """Whether it is a question, or about satire."""
        return is_no_report(self.text)

    @cached_property
    def ends_something(self) -> bool:
        """Whether it has words for the end of a state."""
        return ends_something(self.text)

    def read_whole(self) -> None:
        """Finds all properties now, so that any error is raised here."""
        for name in ("words", "names", *_INDEPENDENT_OF_NAMES):
            getattr(self, name)

    def with_names(self, known: frozenset[str]) -> "Reading":
        """The same text, in which capitalised words with these stems are names.

        A capital at the start of a sentence alone does not show a name: a name elsewhere does.
        """
        words = tuple(
            replace(word, is_name=True) if self._is_one_of(known, word) else word
            for word in self.words
        )
        if words == self.words:
            return self
        marked = Reading(self.text)
        vars(marked).update(
            {name: getattr(self, name) for name in _INDEPENDENT_OF_NAMES}, words=words
        )
        return marked

    def _is_one_of(self, known: frozenset[str], word: Word) -> bool:
        return not word.is_name and word.stem in known and self.text[word.span.start].isupper()
