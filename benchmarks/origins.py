"""How well copies of a report are told from independent reports of the same event.

    python -m benchmarks.origins --data benchmarks/origins.jsonl --out JSON

A row has `event` and `text`. Two texts of one event are independent reports, written apart by hand;
the samples' articles join them, of which one is a copy. Copies are made of every text in four ways
(`EDITS`). For each threshold: precision and recall of "is a copy" over all pairs, per cent.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import frontmatter

from benchmarks.machine import report
from service.english.text.segment import segment
from service.pipeline.origins import COPIED_SHARE, containment
from training.rows import read_rows

SAMPLES = Path(__file__).parents[1] / "samples" / "articles"
EVENTS = {
    "soldiers": ("buryat-battalion", "twelve-thousand", "pentagon-count", "kursk-update"),
    "bridge": ("bridge-closed", "bridge-estimate", "bridge-reopened"),
    "strike": ("nurses-walk-out", "hospital-disputes-strike", "strike-ends"),
    "turnout": ("turnout", "turnout-revised"),
    "jobs": ("quillfeather-cuts", "quillfeather-denial"),
}
"""Which samples tell of one event, by the ends of their file names."""
COPY = "post-pentagon-count"
"""The sample that runs another's text."""
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8)

_HOUSE = {"crowns": "kr", "percent": "%", "kilometres": "km", "harbour": "harbor", "said": "says",
          "centimetres": "cm", "metres": "meters", "behaviour": "behavior"}  # fmt: skip
_SYNONYMS = {
    "said": "stated", "will": "is going to", "because": "since", "found": "discovered",
    "about": "some", "people": "persons", "asked": "requested", "needs": "requires",
    "until": "till", "only": "just", "closed": "shut", "shut": "closed", "began": "started",
    "after": "following", "before": "prior to", "thinks": "believes", "also": "too",
    "told": "informed", "cost": "came to", "still": "yet", "now": "at present",
    "house": "building", "money": "funds", "water": "floodwater", "week": "seven days",
    "according to": "in the words of", "more than": "over", "which": "that", "where": "in which",
    "would": "might", "every": "each", "has": "had", "have": "had",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and whether one is a copy of the other; `kind` says how the pair came about."""

    kind: str
    one: str
    other: str
    copy: bool


def main() -> None:
    """Reads the arguments, runs, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    figures = measure(list(pairs(arguments.data)))
    arguments.out.write_text(json.dumps(report(figures), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def pairs(path: Path) -> Iterator[Pair]:
    """Every pair of one event, and every text with its copies."""
    texts = [(row["event"], row["text"]) for row in read_rows(path)] + list(_samples())
    for (event, one), (its, other) in combinations(texts, 2):
        if event == its:
            yield Pair("independent", one, other, copy=False)
    (copied,) = (path for path in SAMPLES.glob(f"*{COPY}.md"))
    wire = next(path for path in SAMPLES.glob("*wire-pentagon-count.md"))
    yield Pair("sample", _text(wire), _text(copied), copy=True)
    for number, (_, text) in enumerate(texts):
        stranger = texts[number - 5][1]
        for kind, edit in EDITS.items():
            yield Pair(kind, text, edit(_sentences(text), _sentences(stranger)), copy=True)


def measure(found: Sequence[Pair]) -> dict[str, Any]:
    """Precision and recall at each threshold, and how far apart both kinds of pairs are."""
    scored = [(pair, containment(pair.one, pair.other)) for pair in found]
    kinds = dict.fromkeys(pair.kind for pair in found)
    return {
        "pairs": len(found),
        "copies": sum(pair.copy for pair in found),
        "shipped": {"threshold": COPIED_SHARE, **_quality(scored, COPIED_SHARE)},
        "thresholds": {str(one): _quality(scored, one) for one in THRESHOLDS},
        "containment": {kind: _spread([s for p, s in scored if p.kind == kind]) for kind in kinds},
    }


def _quality(scored: Sequence[tuple[Pair, float]], threshold: float) -> dict[str, float]:
    called = [pair for pair, share in scored if share >= threshold]
    right = sum(pair.copy for pair in called)
    copies = sum(pair.copy for pair, _ in scored)
    return {
        "precision": round(100 * right / len(called), 1) if called else 100.0,
        "recall": round(100 * right / copies, 1),
    }


def _spread(shares: Sequence[float]) -> dict[str, float]:
    ordered = sorted(shares)
    return {
        "pairs": len(ordered),
        "least": round(ordered[0], 3),
        "median": round(ordered[len(ordered) // 2], 3),
        "most": round(ordered[-1], 3),
    }


def _samples() -> Iterator[tuple[str, str]]:
    for event, names in EVENTS.items():
        for path in sorted(SAMPLES.glob("*.md")):
            if path.stem.endswith(names) and not path.stem.endswith(COPY):
                yield event, _text(path)


def _text(path: Path) -> str:
    return str(frontmatter.load(str(path)).content)


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in segment(text).sentences]


def _cut(own: Sequence[str], _: Sequence[str]) -> str:
    """The first half: papers cut from the end."""
    return " ".join(own[: (len(own) + 1) // 2])


def _embedded(own: Sequence[str], stranger: Sequence[str]) -> str:
    """Most of it, between sentences of the paper's own."""
    return " ".join([*stranger[:2], *own[1:-1], *stranger[2:4]])


def _house_style(own: Sequence[str], _: Sequence[str]) -> str:
    """Other spellings, units and quotation marks."""
    plain = " ".join(own).replace("“", '"').replace("”", '"').replace("’", "'")
    return _replaced(plain, _HOUSE)


def _reworded(own: Sequence[str], _: Sequence[str]) -> str:
    """Other words where there are any, and every second sentence before the one it followed."""
    swapped = [one for i in range(0, len(own), 2) for one in reversed(own[i : i + 2])]
    return _replaced(" ".join(swapped), _SYNONYMS)


def _replaced(text: str, words: dict[str, str]) -> str:
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")
    return pattern.sub(lambda match: words[match[0]], text)


EDITS: dict[str, Callable[[Sequence[str], Sequence[str]], str]] = {
    "cut": _cut,
    "embedded": _embedded,
    "house style": _house_style,
    "reworded": _reworded,
}

if __name__ == "__main__":
    main()
