"""The tables of what is judged: whole checks, drafts, given sentences, changed ones, reasons.

Each takes the figures that the benchmark of its name wrote, and gives lines of Markdown.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from benchmarks.markdown import table

Figures = dict[str, Any]
RIGHT = ["verdict right", "both right"]
_STANCE = (
    (
        3,
        "Three labels, of which the likeliest is taken:",
        ("three_way", "macro_f1", "calibration"),
    ),
    (
        2,
        "Forced choice, no pair is neutral: `accuracy` is of two labels, `three_way` of three:",
        ("accuracy", "three_way"),
    ),
    (
        0,
        "Supports or not; `ranked` is how often of two sentences the right one supports more:",
        ("accuracy", "ranked"),
    ),
)
"""How many labels are told apart in a set, what is said of such sets, and the columns."""


def newsroom(figures: Figures) -> Iterator[str]:
    """The whole, then by label and by kind."""
    labels = figures["labels"]
    yield f"Whole checks of {figures['claims']:,} claims that were written over articles, per cent."
    yield from table(
        ["", "%"],
        [
            ["right verdict", figures["right"]],
            ["with a right quote, of those that an article decides", figures["quote_right"]],
            *([f"`{name}` is right", share] for name, share in figures["precision"].items()),
            ["decided, of those that no article decides", figures["decided"]],
            ["its article was read", figures["article"]],
            ["a sentence that decides was read", figures["read"]],
            *([f"not right: lost in {name}", share] for name, share in figures["lost"].items()),
        ],
    )
    columns = list(dict.fromkeys(chain.from_iterable(labels.values())))
    yield from table(
        ["label", *(column.replace("_", " ") for column in columns)],
        ([label, *(each.get(column, 0) for column in columns)] for label, each in labels.items()),
    )
    yield from table(
        ["label and kind", "claims", "right"],
        ([kind, each["claims"], each["right"]] for kind, each in figures["kinds"].items()),
    )


def drafts(figures: Figures) -> Iterator[str]:
    """What stories' statements were answered, and what became of planted errors and truths."""
    stories = figures["drafts"]
    yield (
        f"{stories['statements']:,} statements of {stories['stories']} printed stories, each held "
        "against other articles alone; of 1,000 statements "
        f"{stories['contradicted_per_1000']:g} are contradicted."
    )
    yield from table(
        list(stories["verdicts"]), [[f"{number:,}" for number in stories["verdicts"].values()]]
    )
    yield "Statements about articles in our own words, half of them with an error, per cent:"
    for name, measured in (("errors", figures["errors"]), ("truths", figures["truths"])):
        yield from table(
            [name, *(column.replace("_", " ") for column in measured if column != "statements")],
            [[measured["statements"], *(v for k, v in measured.items() if k != "statements")]],
        )


def restated(figures: Figures) -> Iterator[str]:
    """What fails a build of sentences that say the same, and of those that do not."""
    yield (
        f"Sentences of {figures['archive']:,} indexed articles, each checked as a draft of one "
        "sentence: restated, and with one thing changed; per cent."
    )
    yield from table(
        ["", "statements", "fails a build", "supported"],
        ([name, *each.values()] for name, each in figures["kinds"].items()),
    )


def stance(figures: Figures) -> Iterator[str]:
    """A table for each kind of set; in brackets what float32 gives, where it was measured too."""
    sets = {name: each for name, each in figures.items() if name != "model"}
    yield f"`{figures['model']}`"
    for labels, title, columns in _STANCE:
        rows = [
            [name, f"{each['rows']:,}", *(_beside_float32(each, column) for column in columns)]
            for name, each in sets.items()
            if len(each.get("recall", ())) == labels
        ]
        if rows:
            yield from ("", title)
            yield from table(["set", "rows", *columns], rows)


def _beside_float32(each: Figures, column: str) -> str:
    if each.get(column) is None:
        return "–"
    exact = each.get("against", {}).get(column)
    return f"{each[column]:.2f}" + (f" ({exact:.2f})" if exact is not None else "")


def contrast(figures: Figures) -> Iterator[str]:
    """A row for each kind of change, and one over all."""
    kinds = figures["kinds"]
    columns = list(next(iter(kinds.values())))
    yield from table(
        ["changed", *columns],
        (
            [name, *("–" if each.get(key) is None else f"{each[key]:g}" for key in columns)]
            for name, each in kinds.items()
        ),
    )


def reasons(figures: Figures) -> Iterator[str]:
    """For each file how often each reason is found, by group."""
    for name, measured in figures.items():
        groups = {group: each for group, each in measured.items() if group != "ms_a_pair"}
        found = dict.fromkeys(chain.from_iterable(groups.values()))
        codes = [code for code in found if code != "pairs"]
        yield f"{name}, per cent of the pairs; {measured['ms_a_pair']:.2f} ms a pair."
        yield from table(
            ["pairs", "", *codes],
            (
                [group, each["pairs"], *(each.get(code, 0) for code in codes)]
                for group, each in groups.items()
            ),
        )


def checks(figures: Figures) -> Iterator[str]:
    """What became of the claims of each label; other numbers of tokens where they were tried."""
    labels = figures["labels"]
    yield "Claims over a pool of single sentences, each indexed as an article, per cent."
    verdicts = sorted({key for each in labels.values() for key in each} - {"claims", *RIGHT})
    yield from table(
        ["label", "claims", *RIGHT, *verdicts],
        (
            [label, each["claims"], *(f"{100 * each.get(key, 0):.1f}" for key in RIGHT + verdicts)]
            for label, each in labels.items()
        ),
    )
    yield f"Calibration error of the verdicts' confidence: {figures['calibration']:.3f}."
    if not figures.get("tokens"):
        return
    yield from table(
        ["tokens read", *(f"both right: {label}" for label in labels), "check, ms", "model, ms"],
        (
            [tokens, *(f"{100 * each[label]:.1f}" for label in labels),
             f"{each['check_ms']:.1f}", f"{each['stance_ms']:.1f}"]
            for tokens, each in figures["tokens"].items()
        ),
    )  # fmt: skip
