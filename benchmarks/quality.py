"""The README's table of quality, out of the JSON that the benchmarks wrote.

    python -m benchmarks.quality

Prints Markdown; a test holds the README to it. It begins with the product's own work, whole checks
over articles. What is further from it, claims over a pool of single sentences and sets without a
third label, stands in docs/benchmarks.md alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
RESULTS = Path(__file__).with_name("results")

STANCE = (
    ("mnli_matched_dev", "three_way", "MNLI, three labels"),
    ("healthver_dev", "macro_f1", "HealthVer, three labels, macro-F1"),
    ("climate_fever", "macro_f1", "Climate-FEVER, three labels, macro-F1"),
    ("check_covid_dev", "macro_f1", "Check-COVID, three labels, macro-F1"),
)
"""File of the stance benchmark, measure, and what it is called."""


def table(results: Path = RESULTS) -> Iterator[str]:
    """The lines of the table, per cent. Raises FileNotFoundError where a result is missing."""
    yield "| what | measured on | % |"
    yield "|---|---|---|"
    yield from _newsroom(_figures(results, "newsroom"))
    yield from _drafts(_figures(results, "drafts"))
    yield from _stance(_figures(results, "stance"))
    yield from _attribution(_figures(results, "attribution")["builtin"]["scores"])
    yield from _resolution(_figures(results, "resolution")["scores"]["all"])
    yield from _origins(_figures(results, "origins"))


def _newsroom(figures: Figures) -> Iterator[str]:
    labels = figures["labels"]
    supports, conflicts, neutral = (labels[name] for name in ("supports", "conflicts", "neutral"))
    asked = f"{figures['claims']:,} claims that were written over news articles"
    yield _line("right verdict", asked, figures["right"])
    sides = f"the {supports['claims'] + conflicts['claims']:,} of these that an article decides"
    yield _line("right verdict, resting on a right quote", sides, figures["quote_right"])
    for verdict, precision in figures["precision"].items():
        yield _line(f"`{verdict}` is right", "all of these with that answer", precision)
    borne_out = f"{supports['claims']:,} claims that an article bears out"
    yield _line("called `contradicted`", borne_out, supports.get("contradicted", 0))
    refuted = f"{conflicts['claims']:,} claims that an article refutes"
    yield _line("called `supported`", refuted, conflicts.get("supported", 0))
    undecided = f"{neutral['claims']:,} claims that no article decides"
    yield _line("decided all the same", undecided, figures["decided"])


def _drafts(figures: Figures) -> Iterator[str]:
    errors, truths, drafts = figures["errors"], figures["truths"], figures["drafts"]
    asked = f"{errors['statements']} errors in restatements of articles"
    yield _line("`contradicted` or `disputed`", asked, errors["found"])
    yield _line("called `supported`", "the same", errors["supported"])
    asked = f"{truths['statements']} true restatements"
    yield _line("`supported`", asked, truths["confirmed"])
    yield _line("called `contradicted`", "the same", truths["flagged"])
    asked = (
        f"{drafts['statements']:,} statements of {drafts['stories']} printed stories, held against "
        "other articles"
    )
    yield _line("called `contradicted`", asked, drafts["contradicted_per_1000"] / 10)


def _stance(figures: Figures) -> Iterator[str]:
    if newsroom := figures.get("newsroom"):
        asked = f"{newsroom['rows']:,} claims over news articles, three labels"
        yield _line("stance of a given sentence in its place", asked, newsroom["three_way"])
    for name, measure, title in STANCE:
        if measured := figures.get(name):
            asked = f"{title}, {measured['rows']:,} pairs"
            yield _line("stance of a given sentence", asked, measured[measure])


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


def _line(what: str, asked: str, per_cent: float) -> str:
    return f"| {what} | {asked} | {per_cent:.1f} |"


def _figures(results: Path, name: str) -> Figures:
    figures: Figures = json.loads((results / f"{name}.json").read_text(encoding="utf-8"))["figures"]
    return figures


if __name__ == "__main__":
    print("\n".join(table()))
