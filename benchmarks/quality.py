"""The README's table of quality, out of the JSON that the benchmarks wrote.

    python -m benchmarks.quality

Prints Markdown; a test holds the README to it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
RESULTS = Path(__file__).with_name("results")

STANCE = (
    ("fever_dev", "accuracy", "FEVER, supports or conflicts"),
    ("fever_symmetric_dev", "accuracy", "FEVER-Symmetric, supports or conflicts"),
    ("fm2_dev", "accuracy", "Fool Me Twice, supports or conflicts"),
    ("mnli_matched_dev", "three_way", "MNLI, three labels"),
    ("healthver_dev", "macro_f1", "HealthVer, three labels, macro-F1"),
    ("climate_fever", "macro_f1", "Climate-FEVER, three labels, macro-F1"),
    ("check_covid_dev", "macro_f1", "Check-COVID, three labels, macro-F1"),
)
"""File of the stance benchmark, measure, and what it is called."""


def table() -> Iterator[str]:
    """The lines of the table, per cent."""
    yield "| what | measured on | % |"
    yield "|---|---|---|"
    for name, measure, title in STANCE:
        figures = _figures("stance")[name]
        pairs = f"{title}, {figures['rows']:,} pairs"
        yield f"| stance of a given sentence | {pairs} | {figures[measure]:.1f} |"
    yield from _checks(_figures("checks")["labels"])
    yield from _attribution(_figures("attribution")["builtin"]["scores"])
    yield from _resolution(_figures("resolution")["scores"]["all"])
    yield from _origins(_figures("origins"))


def _attribution(kinds: Figures) -> Iterator[str]:
    for kind in ("direct", "mixed", "indirect"):
        contents = [kinds[kind][f"content@{overlap}"]["f1"] for overlap in (0.3, 0.8)]
        asked = f"{kinds[kind]['annotated']:,} in PolNeAR dev, F1 at an overlap of 0.3 and of 0.8"
        yield f"| {kind} speech found | {asked} | {contents[0]:.1f} and {contents[1]:.1f} |"
    source = kinds["all"]
    asked = "the speech that was found, words shared and exactly"
    right = f"{source['source_overlap']:.1f} and {source['source_exact']:.1f}"
    yield f"| who speaks | {asked} | {right} |"


def _resolution(figures: Figures) -> Iterator[str]:
    yield (
        f"| who “he”, “Smith” and “the minister” are | {figures['answered']} answers on "
        f"{figures['cases']} short mentions, {figures['unresolved']:.1f} % left open | "
        f"{figures['accuracy']:.1f} |"
    )


def _origins(figures: Figures) -> Iterator[str]:
    shipped = figures["shipped"]
    yield (
        f"| copies told from independent reports | {figures['pairs']} pairs, precision, recall | "
        f"{shipped['precision']:.1f} and {shipped['recall']:.1f} |"
    )


def _checks(labels: Figures) -> Iterator[str]:
    for label, title in (("supports", "supported"), ("conflicts", "refuted")):
        asked = f"{labels[label]['claims']:,} {title} claims over a pool of sentences"
        right = _percent(labels[label], "both right")
        yield f"| right verdict, resting on a right quote | {asked} | {right} |"
    contradicted = _percent(labels["supports"], "contradicted")
    yield f"| supported claims called contradicted | the same | {contradicted} |"
    supported = _percent(labels["conflicts"], "supported")
    yield f"| refuted claims called supported | the same | {supported} |"
    asked = (
        f"{labels['neutral']['claims']:,} claims that no sentence of the pool is known to decide"
    )
    decided = _percent(labels["neutral"], "supported", "contradicted")
    yield f"| claims decided all the same | {asked} | {decided} |"


def _percent(figures: Figures, *names: str) -> str:
    return f"{100 * sum(figures.get(name, 0.0) for name in names):.1f}"


def _figures(name: str) -> Figures:
    figures: Figures = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))["figures"]
    return figures


if __name__ == "__main__":
    print("\n".join(table()))
