"""One statement read: its acts of reported speech, from left to right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.english.lexicon import (
    BEFORE_MAIN,
    COORDINATORS,
    DASHES,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from service.english.speech import contents, openings, parentheticals, sources
from service.english.speech.cues import GRAMMAR, Cue, Grammar, cues
from service.english.speech.phrases import Phrase, phrase_after, without_openers
from service.english.speech.times import past_times
from service.english.text.tokens import Token

Run = tuple[int, int]

_SHORTEST_CLAUSE = 3
_MARKS = "”\"'’»`"


@dataclass(frozen=True, slots=True)
class Report:
    """One act of reported speech as runs of a statement's tokens."""

    source: Phrase | None
    cue: Cue
    content: tuple[Run, ...]


@dataclass(slots=True)
class _Reader:
    """Reads one statement; `floor` is where unread words begin, `speaker` who spoke last."""

    tokens: Sequence[Token]
    floor: int = 0
    speaker: Phrase | None = None

    def read(self) -> Iterator[Report]:
        for cue in cues(self.tokens):
            report = self._read(cue)
            if report is not None:
                self.speaker = report.source or self.speaker
                yield report

    def _read(self, cue: Cue) -> Report | None:
        if cue.grammar is Grammar.SOURCE:
            return self._according(cue)
        if cue.participle(self.tokens):
            return self._leading(cue, self._first_speaker(cue.start))
        report = self._inverted(cue) or self._opening(cue)
        if report is not None:
            return report
        source = sources.subject(self.tokens, cue.start)
        if source is None:
            shared = self._shared_subject(cue.start)
            return self._leading(cue, shared) if shared is not None else None
        return self._trailing(cue, source) or self._leading(cue, source)

    # "…," said X

    def _inverted(self, cue: Cue) -> Report | None:
        before = parentheticals.follows_quotation(self.tokens, cue.start)
        comma = self._text(cue.start - 1) == ","
        if not before and not (comma and cue.grammar is Grammar.CLAUSE):
            return None
        if self._low(cue.end) in SUBJECT_PRONOUNS | {"that"}:
            return None
        source = phrase_after(self.tokens, cue.end, loose=False)
        if source is None or self._low(cue.end) in OBJECT_PRONOUNS:
            return None
        if not before and (self._is_aside_of_subject(cue) or not self._ends_at(source.reach)):
            return None
        content = self._before(cue.start)
        if not content:
            return None
        self.floor = source.reach
        return Report(source, cue, (*content, *self._quoted_after(source.reach)))

    def _is_aside_of_subject(self, cue: Cue) -> bool:
        """Whether the comma before a verb ends an aside: "X, a former Y, said Z was late"."""
        subject = sources.subject(self.tokens, cue.start)
        if subject is None:
            return False
        return without_openers(self.tokens, self.floor, subject.start + 1) >= subject.start

    # Said X: "…"

    def _opening(self, cue: Cue) -> Report | None:
        if cue.start > 0:
            return None
        source = phrase_after(self.tokens, cue.end, loose=False)
        if source is None or self._text(source.reach) not in {":", ","}:
            return None
        content = self._quoted_after(source.reach + 1)
        return Report(source, cue, content) if content else None

    # "…," X said

    def _trailing(self, cue: Cue, source: Phrase) -> Report | None:
        parenthetical = self._text(source.start - 1) in {",", *DASHES} or (
            source.start > 0 and self.tokens[source.start - 1].quotation is not None
        )
        if not parenthetical or cue.grammar in {Grammar.OBJECT, Grammar.INFINITIVE}:
            return None
        quoted = parentheticals.follows_quotation(self.tokens, source.start)
        start, floor = source.start, self.floor
        if not quoted and not parentheticals.follows_clause(self.tokens, floor, cue, start):
            return None
        after = openings.after_cue(self.tokens, cue)
        if after is not None and (not quoted or self._opens_clause(cue, source, after)):
            return None
        content = self._before(start)
        rest = self._rest(cue.end)
        fronted = not quoted and parentheticals.is_fronted(self.tokens, floor, start)
        more = self._quoted_after(rest) if quoted else self._interrupted(rest, fronted=fronted)
        if not quoted and (fronted or not content):
            content = self._start_of(start) if more else ()
        if not content and not more:
            return None
        self.floor = max(rest, self.floor)
        return Report(source, cue, (*content, *more))

    def _start_of(self, end: int) -> tuple[Run, ...]:
        """The subject alone that an interruption cuts off: "The bridge, he said, is safe"."""
        run = contents.trimmed_run(self.tokens, self.floor, end)
        return () if run is None or past_times(self.tokens, run[0]) >= run[1] else (run,)

    def _opens_clause(self, cue: Cue, source: Phrase, after: int) -> bool:
        """Whether what follows is what was said, and the quotation before belongs elsewhere."""
        quotation = self.tokens[source.start - 1]
        if self.tokens[after].quotation is not None or cue.grammar is Grammar.QUOTED:
            return False
        return quotation.quotation is not None and quotation.text.rstrip(_MARKS)[-1:] not in ",?!—-"

    def _interrupted(self, comma: int, *, fronted: bool) -> tuple[Run, ...]:
        """What goes on after "…, he said, …": the verb, or all of the main clause."""
        if self._text(comma) != ",":
            return self._quoted_after(comma)
        start = comma + 1
        if start >= len(self.tokens):
            return ()
        if not parentheticals.goes_on(self.tokens, start, fronted=fronted):
            return ()
        run = contents.trimmed_run(self.tokens, start, contents.clause_end(self.tokens, start))
        return (run,) if run else ()

    # X said that …

    def _leading(self, cue: Cue, source: Phrase | None) -> Report | None:
        start = openings.after_cue(self.tokens, cue)
        if start is None:
            return None
        content = self._from(start, self._clause_limit(cue, source, start))
        if not content:
            return None
        return Report(source, cue, content)

    def _clause_limit(self, cue: Cue, source: Phrase | None, start: int) -> int:
        end = contents.clause_end(self.tokens, start)
        closing = parentheticals.closing_comma(self.tokens, start)
        end = end if closing is None else min(end, closing)
        if cue.grammar is Grammar.QUOTED:
            end = contents.deed_after_quotation(self.tokens, start, end)
        if source is not None and self._low(source.start - 1) in BEFORE_MAIN:
            return contents.comma_after(self.tokens, start, end)
        return end

    def _from(self, start: int, end: int) -> tuple[Run, ...]:
        if self.tokens[start].quotation is not None:
            quoted = self._quoted_run(start)
            if quoted is not None:
                self.floor = quoted[1]
                return (quoted,)
        run = contents.trimmed_run(self.tokens, start, end)
        if run is None or (run[1] - run[0] < 2 and self.tokens[run[0]].quotation is None):
            return ()
        return (run,)

    def _quoted_run(self, start: int) -> Run | None:
        """The quotations that begin at `start`, if nothing but punctuation stands around them."""
        end = start
        while end < len(self.tokens) and (
            self.tokens[end].quotation is not None or self.tokens[end].text in {",", ".", "..."}
        ):
            end += 1
        closes = self.tokens[end - 1].text in {",", "."} or (
            self.tokens[end - 1].text[-2:-1] in ",.?!"
        )
        return (start, end) if end == len(self.tokens) or closes else None

    # according to X

    def _according(self, cue: Cue) -> Report | None:
        source = phrase_after(self.tokens, cue.end, loose=True)
        if source is None:
            return None
        if cue.start in {0, self.floor}:
            return self._according_first(cue, source)
        content = self._before(cue.start, whole=True)
        more = self._interrupted(
            source.reach, fronted=parentheticals.is_fronted(self.tokens, self.floor, cue.start)
        )
        if not content and more:
            content = self._start_of(cue.start)
        self.floor = max(source.reach, self.floor)
        return Report(source, cue, (*content, *more)) if content else None

    def _according_first(self, cue: Cue, source: Phrase) -> Report | None:
        """According to X, …: an apposition to X is one only if a comma ends it too."""
        if source.aside is not None and self._text(source.aside) != ",":
            source = Phrase(source.start, source.end)
        start = source.reach + (self._text(source.reach) == ",")
        run = contents.trimmed_run(self.tokens, start, contents.clause_end(self.tokens, start))
        return Report(source, cue, (run,)) if run else None

    # What stands around

    def _before(self, end: int, *, whole: bool = False) -> tuple[Run, ...]:
        """The content to the left of a parenthetical: its quotations, else its clause."""
        run = contents.trimmed_run(self.tokens, self.floor, end)
        if run is None:
            return ()
        start, stop = run
        while start < stop and self.tokens[start].low in COORDINATORS:
            start += 1
        quoted = [i for i in range(start, stop) if self.tokens[i].quotation is not None]
        if not quoted or whole:
            return ((start, stop),) if stop - start >= _SHORTEST_CLAUSE or quoted else ()
        if self._all_quoted(start, stop):
            return ((quoted[0], stop),)
        last = quoted[-1]
        if last == stop - 1 and self._is_sentence(last) and self._text(last - 1) in {".", ":", ","}:
            return ((last, stop),)
        return ((start, stop),)

    def _all_quoted(self, start: int, stop: int) -> bool:
        return all(not self.tokens[i].is_word for i in range(start, stop))

    def _is_sentence(self, index: int) -> bool:
        words = self.tokens[index].text.strip("“”\"'‘’«»„` ")
        return words[:1].isupper() and len(words.split()) > 3

    def _quoted_after(self, position: int) -> tuple[Run, ...]:
        """Quotations that go on after the attribution: '…," he said, "…".'"""
        while position < len(self.tokens) and self.tokens[position].quotation is None:
            token = self.tokens[position]
            if token.text in {";", "."} or token.low in GRAMMAR or token.low in COORDINATORS:
                return ()
            position += 1
        if position >= len(self.tokens) or self._text(position - 1) not in {",", ":", *DASHES}:
            return ()
        run = self._quoted_run(position)
        if run is None:
            return ()
        self.floor = run[1]
        return (run,)

    def _ends_at(self, position: int) -> bool:
        """Whether the attribution is over at `position`, extras aside."""
        token = self.tokens[position] if position < len(self.tokens) else None
        if token is None or not token.is_word:
            return True
        return token.low in PREPOSITIONS or token.is_time or token.is_adverb

    def _rest(self, position: int) -> int:
        """Past the extras of an attribution to the punctuation that ends it."""
        while position < len(self.tokens) and self.tokens[position].is_word:
            position += 1
        return position

    def _shared_subject(self, cue: int) -> Phrase | None:
        """Whose verb this is after "and": "X opened the meeting and said that …"."""
        if self._low(cue - 1) not in {"and", "but"} and not (
            cue >= 2 and self.tokens[cue - 1].is_adverb and self._low(cue - 2) in {"and", "but"}
        ):
            return None
        return self._first_speaker(cue)

    def _first_speaker(self, cue: int) -> Phrase | None:
        """Whoever spoke before in the statement, else its subject."""
        return self.speaker or sources.first_subject(self.tokens, cue)

    def _low(self, index: int) -> str:
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def _text(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""


def reports(tokens: Sequence[Token]) -> tuple[Report, ...]:
    """The acts of speech that a statement reports."""
    return tuple(_Reader(tokens).read())
