"""The tables of docs/benchmarks.md, out of the JSON that the benchmarks wrote.

    python -m benchmarks.tables benchmarks/results/*.json

Prints Markdown: for each file the machine, the versions and the commit, and its figures. The
product's own work comes first, then its parts, then speed, whatever the order of the files.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import judgement
from benchmarks.attribution import table as attribution_table
from benchmarks.checkworthy import table as checkworthy_table
from benchmarks.markdown import table

Figures = dict[str, Any]
MEASURES = ("recall@1", "recall@5", "recall@20", "recall@50", "hit@20", "nDCG@10")
SHARES = ("p50", "p95", "p99")


def retrieval(figures: Figures) -> Iterator[str]:
    """A row for each way of finding, an engine after the other."""
    yield f"{figures['claims']:,} claims over {figures['sentences']:,} sentences, per cent."
    yield from table(
        ["engine", "found by", *MEASURES],
        (
            [engine, name, *(f"{measured[measure]:.1f}" for measure in MEASURES)]
            for engine, rankings in figures["engines"].items()
            for name, measured in rankings.items()
        ),
    )


def ingest(figures: Figures) -> Iterator[str]:
    """Both sides' rates, then our stages."""
    median = figures["median"]
    repeats = len(figures["runs"]["ours"])
    yield (
        f"{figures['articles']:,} articles, {median['ours']['passages']:,.0f} passages, medians of "
        f"{repeats} runs a side; ours is {figures['times_the_peer']:.1f} times as fast."
    )
    yield from table(
        ["", "passages a second", "seconds", "peak memory, MiB"],
        (
            [
                side,
                f"{figures['passages_a_second'][side]:,.0f}",
                f"{median[side]['seconds']:.1f}",
                f"{median[side]['peak_mebibytes']:,.0f}",
            ]
            for side in ("ours", "silent", "peer")
        ),
    )
    share = 100 * figures["times_the_silent"]
    yield f"That is {share:.0f} % of its speed when nobody is found to have spoken (silent)."
    stages = {name: value for name, value in median["stages"].items() if "peak" not in name}
    yield from table(
        ["stage alone, seconds", *stages], [["", *(f"{value:.2f}" for value in stages.values())]]
    )


def redis_words(figures: Figures) -> Iterator[str]:
    """What both stores find, then the size and the times of the Redis store's leg."""
    for name in ("sentences", "articles"):
        if name in figures:
            one = figures[name]
            rankings = one["rankings"]
            cuts = list(next(iter(rankings.values())))
            yield (
                f"{one['claims']:,} claims over {one['passages']:,} passages ({name}), per cent; "
                f"the same 200 passages in the same order for {one['same_answer']:.1f}."
            )
            yield from table(
                ["found by", *cuts],
                ([name, *each.values()] for name, each in rankings.items()),
            )
    grown = [one for one in figures.values() if "shards" in one]
    if grown:
        yield "Grown archives: per cent, bytes a passage, kilobytes and milliseconds a question."
        measures = max(map(list, grown), key=len)
        yield from table(measures, ([one.get(name, "") for name in measures] for one in grown))


def redis_scale(figures: Figures) -> Iterator[str]:
    """What indexes of each size take and find, then what their questions cost."""
    rows = sorted(figures.values(), key=lambda one: [one[name] for name in _INDEX])
    measures = [name for name in _OF_AN_INDEX if any(name in one for one in rows)]
    yield (
        "Passages put a second; milliseconds of a server's processor for each, and in the first "
        "and the last tenth; seconds to copy an index; bytes a passage takes; per cent."
    )
    yield from table(
        [*_INDEX, *measures],
        ([_ends(one.get(name, "")) for name in (*_INDEX, *measures)] for one in rows),
    )
    yield (
        "Milliseconds of one question, p50 and p95: waited, and of processors the asker's, those "
        "of all servers together, and the busiest server's."
    )
    yield from table(
        [*_INDEX, "", "waits", "asker", "servers", "busiest"],
        (
            [
                *(one[name] for name in _INDEX),
                part,
                *(f"{each['p50']:.1f}, {each['p95']:.1f}" for each in columns.values()),
            ]
            for one in rows
            for part, columns in one.get("ms", {}).items()
        ),
    )


_INDEX = ("passages", "servers", "shards")
_OF_AN_INDEX = (
    "a_second", "server_ms", "server_ms_by_tenths", "bytes", "copied_in_s", "recall@20",
    "recall@50", "recall@200", "hit@40", "claims", "checks",
)  # fmt: skip


def _ends(value: Any) -> Any:  # noqa: ANN401 - a cell
    return f"{value[0]}, {value[-1]}" if isinstance(value, list) else value


def redis_store(figures: Figures) -> Iterator[str]:
    """Bytes by what they are for, and what questions cost, by shards."""
    indexes = figures["indexes"]
    heads = [f"{one['passages']:,} passages, {one['shards']} shards" for one in indexes]
    sizes = [one["bytes_by_structure"] | {"all": one["bytes_a_passage"]} for one in indexes]
    yield from table(
        ["bytes a passage", *heads],
        ([name, *(each[name] for each in sizes)] for name in sizes[0]),
    )
    yield "Processors' time, server and client, in milliseconds."
    asked = [
        name
        for name, value in indexes[0].items()
        if isinstance(value, dict) and "server_cpu_ms" in value
    ]
    yield from table(
        ["question", *heads],
        (
            [
                name,
                *(
                    f"{e[name]['server_cpu_ms']:.1f}, {e[name]['client_cpu_ms']:.1f}"
                    for e in indexes
                ),
            ]
            for name in asked
        ),
    )


def latency(figures: Figures) -> Iterator[str]:
    """Checks, retrieval and forward passes at each size."""
    yield f"{figures['claims']:,} claims, milliseconds."
    yield from table(
        ["passages", "callers", "a second", "capacity", "", *SHARES],
        (
            [
                f"{int(size):,}",
                load.removeprefix("callers="),
                checks["rate"],
                checks["capacity"],
                name,
                *_shares(each),
            ]
            for size, measured in figures["sizes"].items()
            for load, checks in measured["checks"].items()
            for name, each in {"**latency**": checks["latency"], **checks["stages"]}.items()
        ),
    )
    yield from table(
        ["passages", "retrieval", *SHARES, "p50, times ours"],
        (
            [f"{int(size):,}", name, *_shares(each), measured["times_ours"][name]]
            for size, measured in figures["sizes"].items()
            for name, each in measured["retrieval"].items()
        ),
    )
    yield from table(
        ["passages", "check, p50", "its forward passes", "p50", "check, times"],
        (
            [
                f"{int(size):,}",
                f"{measured['checks']['callers=1']['latency']['p50']:.1f}",
                name,
                f"{each['p50']:.1f}",
                measured["times_forward"][name],
            ]
            for size, measured in figures["sizes"].items()
            for name, each in measured["forward"].items()
        ),
    )


def draft_speed(figures: Figures) -> Iterator[str]:
    """Times and bytes of a draft's answer, medians, with what each is a part or a multiple of."""
    draft, long = figures["draft"], figures["long"]
    yield (
        f"Medians of {figures['drafts']} drafts of about 600 words over {figures['passages']:,} "
        f"passages: {draft['paragraphs']:.0f} paragraphs, {draft['findings']:.0f} findings. "
        "Ratios are medians of each draft's own."
    )
    yield from table(
        ["", "milliseconds", "of the processor"],
        [
            [name, f"{times['ms'][key]:,.0f}", f"{times['cpu_ms'][key]:,.0f}"]
            for name, times, key in (
                ("whole answer, nothing in the cache", draft, "cold"),
                ("its models alone", draft, "models"),
                ("one paragraph exchanged", draft, "edited"),
                ("the same once more", draft, "again"),
                (f"first finding of {long['characters']:,} characters", long, "first"),
                ("its statement as a claim", long, "check"),
            )
        ],
    )
    yield from table(
        ["", "by the clock", "of the processor"],
        [
            [name, each["ms"], each["cpu_ms"]]
            for name, each in (
                ("whole answer, times its models", draft["times_models"]),
                ("one paragraph exchanged, share of the whole answer", draft["edited_share"]),
                ("first finding, times its check", long["times_check"]),
            )
        ],
    )
    yield from table(
        ["the answer", "bytes", "share"],
        [
            ["a whole check in every finding", f"{draft['bytes']['whole']:,.0f}", 1],
            ["JSON", f"{draft['bytes']['json']:,.0f}", draft["json_share"]],
            ["as gzip", f"{draft['bytes']['sent']:,.0f}", draft["sent_share"]],
        ],
    )


def origins(figures: Figures) -> Iterator[str]:
    """Precision and recall by threshold, and how far apart copies and independent reports are."""
    shipped = str(figures["shipped"]["threshold"])
    yield (
        f"{figures['pairs']:,} pairs of texts of one event, {figures['copies']:,} of them copies, "
        f"per cent; {shipped} is shipped."
    )
    yield from table(
        ["shared runs of five words, from", "precision", "recall"],
        (
            [f"**{name}**" if name == shipped else name, one["precision"], one["recall"]]
            for name, one in figures["thresholds"].items()
        ),
    )
    yield from table(
        ["pairs", "", "least shared", "median", "most"],
        (
            [kind, one["pairs"], one["least"], one["median"], one["most"]]
            for kind, one in figures["containment"].items()
        ),
    )


def attribution(figures: Figures) -> Iterator[str]:
    """All that is marked and what is kept as quotes, for both taggers."""
    for name, measured in figures.items():
        milliseconds = measured["tagging_ms"]
        yield (
            f"**{name}**, `{measured['tagger']}`: {measured['articles']} articles, "
            f"{milliseconds['mean']:.0f} ms an article, median {milliseconds['median']:.0f}."
        )
        for what, said in (
            ("scores", "All that is annotated:"),
            ("quoted", "What is kept as quotes:"),
        ):
            yield from ("", said, "", *attribution_table(measured[what]), "")


def resolution(figures: Figures) -> Iterator[str]:
    """Who short mentions are, by kind."""
    yield from table(
        ["mentions", "cases", "answered", "right of those, %", "left unresolved, %"],
        ([kind, *one.values()] for kind, one in figures["scores"].items()),
    )


TABLES: dict[str, Callable[[Figures], Iterator[str]]] = {
    "newsroom": judgement.newsroom,
    "drafts": judgement.drafts,
    "restated": judgement.restated,
    "stance": judgement.stance,
    "contrast": judgement.contrast,
    "reasons": judgement.reasons,
    "checkworthy": checkworthy_table,
    "attribution": attribution,
    "resolution": resolution,
    "origins": origins,
    "retrieval": retrieval,
    "checks": judgement.checks,
    "ingest": ingest,
    "latency": latency,
    "draft_speed": draft_speed,
    "redis_store": redis_store,
    "redis_words": redis_words,
    "redis_scale": redis_scale,
}
"""By what a file's name begins with, in the order of the document."""
TITLES = {
    "newsroom": "whole checks over news articles",
    "drafts": "drafts, and errors planted in restatements",
    "restated": "sentences restated, and with one thing changed",
    "stance": "the stance of given sentences",
    "contrast": "one thing changed in a sentence",
    "reasons": "exact comparison alone",
    "checkworthy": "which sentences are worth a check",
    "checks": "claims over a pool of single sentences",
    "draft_speed": "how fast drafts are answered, and how long the answers are",
    "redis_store": "the Redis store",
    "redis_words": "the word leg of the Redis store",
    "redis_scale": "checks over Redis, from 10,000 passages to a million",
}


def _shares(each: dict[str, float]) -> list[str]:
    return [f"{each[share]:.1f}" for share in SHARES]


def about(result: dict[str, Any]) -> str:
    """Where, when and with what it was measured."""
    machine = result["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    return (
        f"Measured {result['measured_at']} at commit {result['commit']}: {machine['cores']} cores "
        f"of {machine['processor']}, Python {machine['python']}, {versions}."
    )


def main() -> None:
    """Prints the tables of each file named, by the kind that its name begins with."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("results", type=Path, nargs="+")
    for path in in_order(parser.parse_args().results):
        print("\n".join(section(path.stem, json.loads(path.read_text(encoding="utf-8")))))


def in_order(paths: Iterable[Path]) -> list[Path]:
    """As the document has them; raises ValueError for a file of no benchmark."""
    kinds = list(TABLES)
    return sorted(paths, key=lambda path: (kinds.index(_kind(path.stem)), path.stem))


def section(name: str, result: dict[str, Any]) -> Iterator[str]:
    """Heading, machine and tables of one file, whose name without its end is given."""
    title = TITLES.get(_kind(name))
    yield f"## {name}: {title}" if title else f"## {name}"
    yield from ("", about(result), "")
    yield from TABLES[_kind(name)](result["figures"])


def _kind(name: str) -> str:
    return name.partition("-")[0]


if __name__ == "__main__":
    main()
