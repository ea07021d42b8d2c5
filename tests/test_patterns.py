"""No pattern of the service takes longer than the text is long, whatever the text."""

import importlib
import pkgutil
import random
import re
from collections.abc import Iterator

import pytest

import service
from tests.growth import MOST, growth

_LITERALS = re.compile(r"(?<!\\)[^\W\d_]{2,}|[^\w\s\\()\[\]{}|?*+.^$]+|[^\w\s]")
"""What of a pattern stands for itself, and every sign in it."""
ALWAYS = (" ", "\n", "a", "A", "1", ".", "a ", "A ", "1 ", "111 ", "1,111,", "a.", "A.", "- ", "' ")
"""Of every alphabet: letters, digits and white space, alone and by turns."""
WORDS, PAIRS, STARTS = 16, 12, 1
"""How many words of a pattern are repeated, how many pairs, and after how many of them."""


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern that a module of the service holds, by its first name."""
    seen: set[re.Pattern[str]] = set()
    for module in pkgutil.walk_packages(service.__path__, "service."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            new = [pattern for pattern in _within(value) if pattern not in seen]
            seen.update(new)
            for number, pattern in enumerate(new, start=1):
                place = f"{module.name.removeprefix('service.')}.{name}"
                yield f"{place}-{number}" if len(new) > 1 else place, pattern


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _within(part)


PATTERNS = dict(_patterns())


def _fragments(pattern: re.Pattern[str]) -> list[str]:
    draw = random.Random(1)
    words = sorted(set(_LITERALS.findall(pattern.pattern)))
    spread = [form for word in words for form in (word, f"{word} ", f"{word} the ")]
    pairs = ["".join(draw.choices([*words, *ALWAYS], k=2)) for _ in range(PAIRS)]
    return [*ALWAYS, *draw.sample(spread, min(WORDS, len(spread))), *pairs]


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_reads_twice_the_text_in_twice_the_time(name: str) -> None:
    """Looked for everywhere in repeated pieces of what it is made of."""
    pattern = PATTERNS[name]

    def find(text: str) -> object:
        return [match.end() for match in pattern.finditer(text)]

    fragments = _fragments(pattern)
    starts = ("", *random.Random(2).sample(fragments, STARTS))
    slow = {
        (start, fragment): round(ratio, 1)
        for start in starts
        for fragment in fragments
        if (ratio := growth(find, fragment, start=start, most_chars=4_000)) > MOST
    }
    assert not slow
