"""Patterns of reported speech, each with what is to be found in it: `golden_attributions.txt`.

A pattern is a line at the margin; ¶ in it ends a paragraph. Indented below it stand the quotes, two
lines each: the one-line form, and how it is said, by what kind of source, and whatever else is
found, in the order of `FIELDS`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.domain.quote import Quote
from service.english.text.segment import segment
from service.models.attribution.tagger import OnnxTagger, load_tagger
from service.pipeline.attribute import attribute
from service.wire.line import attributed_line

GOLDEN = Path(__file__).with_name("golden_attributions.txt")
PUBLISHER = "Vell Herald"
FIELDS = ("role", "organisation", "cue")


def patterns() -> Iterator[tuple[str, list[str]]]:
    """The patterns, each with its indented lines; lines that begin with # are headings."""
    pattern, found = "", list[str]()
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            found.append(line.strip())
        elif line and not line.startswith("#"):
            if pattern:
                yield pattern, found
            pattern, found = line, []
    if pattern:
        yield pattern, found


PATTERNS = list(patterns())


@pytest.fixture(scope="module")
def tagger() -> OnnxTagger:
    """The built-in one."""
    return load_tagger()


@pytest.mark.parametrize(
    ("pattern", "expected"), PATTERNS, ids=[pattern[:60] for pattern, _ in PATTERNS]
)
async def test_a_pattern_is_read(pattern: str, expected: list[str], tagger: OnnxTagger) -> None:
    """Every quote of the pattern, who said it, through whom, and how; nothing else."""
    text = pattern.replace("¶", "\n")
    quotes = await attribute(text, segment(text).sentences, tagger)
    assert [line for quote in quotes for line in described(text, quote)] == expected


def described(text: str, quote: Quote) -> Iterator[str]:
    """The two lines of a quote."""
    said = quote.attribution
    words = " … ".join(piece.of(text) for piece in quote.content)
    yield attributed_line(words, said, PUBLISHER)
    parts = [said.speech.value, said.kind.value]
    mentions = ((name, getattr(said, name)) for name in FIELDS)
    parts += [f"{name}: {found.text}" for name, found in mentions if found]
    if said.resolved and said.speaker:
        parts.append(f"as: {said.speaker.text}")
    parts += [f"hedge: {hedge.text}" for hedge in said.hedges]
    yield "; ".join(parts)


def test_there_are_enough_patterns() -> None:
    """Each of them once."""
    assert len({pattern for pattern, _ in PATTERNS}) == len(PATTERNS) > 100


def _straight(text: str) -> str:
    return text.translate(str.maketrans("’‘“”", "''\"\""))


TYPED = {
    "straight marks": _straight,
    "the letter apostrophe": lambda text: re.sub(r"(?<=\w)['’](?=\w)", "ʼ", text),
    "the full-width apostrophe": lambda text: re.sub(r"(?<=\w)['’](?=\w)", "＇", text),
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
async def test_marks_are_one_however_they_are_typed(
    typed: Callable[[str], str], tagger: OnnxTagger
) -> None:
    """What a pattern says is the same in every typography."""
    changed = [(typed(p), found) for p, found in PATTERNS if typed(p) != p]
    assert len(changed) > 2
    for pattern, expected in changed:
        text = pattern.replace("¶", "\n")
        quotes = await attribute(text, segment(text).sentences, tagger)
        lines = [line for quote in quotes for line in described(text, quote)]
        assert [plain(line) for line in lines] == [plain(line) for line in expected]


def plain(text: str) -> str:
    """With straight marks."""
    return _straight(re.sub("[ʼ＇]", "'", text))
