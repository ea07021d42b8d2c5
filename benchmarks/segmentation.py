"""How sentence splitters do on news: right paragraphs, disagreements, speed.

    python benchmarks/segmentation.py --data ARTICLES --out JSON [--show N]

`ARTICLES` is JSON Lines (gzip or not) with `text`. Splitters are compared that are installed: ours
always, and any of syntok, sentencex, pysbd, blingfire, spacy, phrasplit. All get one paragraph at a
time. Counted are
    - the hand-checked paragraphs of tests/english/text/gold_sentences.txt that come out right, and
      the boundaries that are false or missed in them (our rules were written with that file in
      view: for ours it is a regression test, not a comparison);
    - on a sample of articles, the boundaries at which a splitter and ours disagree (`--show` prints
      N of them for the eye), and characters a second of this process;
    - the sentences that come out the same when those articles are wrapped at 72 columns first.
"""

import argparse
import gzip
import json
import platform
import random
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from service.domain.text import Span, normalise
from service.english.text.paragraphs import paragraphs
from service.english.text.segment import segment
from service.english.text.sentences import sentences

GOLD = Path(__file__).parents[1] / "tests" / "english" / "text" / "gold_sentences.txt"
ARTICLES = 300
# A splitter slower than this many times the others gets a part of the text.
SECONDS = 20.0

# Text of one paragraph to the positions at which sentences start, 0 left out.
Splitter = Callable[[str], set[int]]


def _ours(text: str) -> set[int]:
    return {span.start for span in sentences(text, Span(0, len(text)))} - {0}


def _located(text: str, parts: Iterable[str]) -> set[int]:
    """Starts of `parts`, which stand in `text` in this order."""
    starts, position = set(), 0
    for part in map(str.strip, parts):
        start = text.find(part, position)
        if part and start >= 0:
            starts.add(start)
            position = start + len(part)
    return starts - {0}


def _syntok() -> Splitter:
    analyze = import_module("syntok.segmenter").analyze
    return lambda text: {s[0].offset for p in analyze(text) for s in p} - {0}


def _sentencex() -> Splitter:
    segment = import_module("sentencex").segment
    return lambda text: _located(text, segment("en", text))


def _pysbd() -> Splitter:
    segmenter = import_module("pysbd").Segmenter(language="en", clean=False)
    return lambda text: _located(text, segmenter.segment(text))


def _blingfire() -> Splitter:
    split = import_module("blingfire").text_to_sentences_and_offsets
    return lambda text: {start for start, _ in split(text)[1]} - {0}


def _spacy() -> Splitter:
    language = import_module("spacy").blank("en")
    language.add_pipe("sentencizer")
    return lambda text: {span.start_char for span in language(text).sents} - {0}


def _phrasplit() -> Splitter:
    split = import_module("phrasplit").split_sentences
    return lambda text: _located(text, split(text, use_spacy=False))


PEERS: dict[str, Callable[[], Splitter]] = {
    "sentencex": _sentencex,
    "syntok": _syntok,
    "blingfire": _blingfire,
    "pysbd": _pysbd,
    "spacy": _spacy,
    "phrasplit": _phrasplit,
}


def splitters() -> dict[str, tuple[str, Splitter]]:
    """Version and function of every splitter that is installed."""
    found: dict[str, tuple[str, Splitter]] = {"ours": (f"sentencex {version('sentencex')}", _ours)}
    for name, load in PEERS.items():
        try:
            found[name] = (version(name), load())
        except PackageNotFoundError:
            print(f"{name} is not installed: left out")
    return found


def on_gold(split: Splitter) -> dict[str, int]:
    """Paragraphs that come out right, false and missed boundaries."""
    gold = [block.split("\n") for block in GOLD.read_text("utf-8").strip().split("\n\n")]
    counts = {"paragraphs": len(gold), "right": 0, "false": 0, "missed": 0}
    for lines in gold:
        text = " ".join(lines)
        wanted, got = _located(text, lines), split(text)
        counts["right"] += wanted == got
        counts["false"] += len(got - wanted)
        counts["missed"] += len(wanted - got)
    return counts


def on_news(split: Splitter, texts: Sequence[str]) -> dict[str, Any]:
    """Boundaries, disagreements with ours as (text, position, whether it is ours), and speed."""
    characters = boundaries = 0
    contested = []
    seconds = 0.0
    for text in texts:
        started = time.process_time()
        got = split(text)
        seconds += time.process_time() - started
        characters += len(text)
        boundaries += len(got)
        mine = _ours(text)
        contested += [(text, position, position in mine) for position in got ^ mine]
        if seconds > SECONDS:
            break
    return {
        "characters": characters,
        "boundaries": boundaries,
        "only_ours": sum(ours for _, _, ours in contested),
        "only_theirs": sum(not ours for _, _, ours in contested),
        "characters_per_s": round(characters / seconds),
        "contested": contested,
    }


def on_wrapped(articles: Sequence[Sequence[str]]) -> dict[str, int]:
    """Sentences of articles with a paragraph a line, and how many survive hard wrapping."""
    counts = {"sentences": 0, "same": 0}
    for article in articles:
        whole = _words_of_sentences("\n\n".join(article))
        wrapped = _words_of_sentences(
            "\n\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in article)
        )
        counts["sentences"] += len(whole)
        counts["same"] += len(whole & wrapped)
    return counts


def _words_of_sentences(text: str) -> set[str]:
    return {" ".join(span.of(text).split()) for span in segment(text).sentences}


def read_articles(path: Path, rng: random.Random) -> list[list[str]]:
    """A sample of articles, each as its paragraphs on one line."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [normalise(row["text"]) for row in rng.sample(rows, min(ARTICLES, len(rows)))]
    return [[" ".join(span.of(text).split()) for span in paragraphs(text)] for text in texts]


def show(contested: Sequence[tuple[str, int, bool]]) -> None:
    """Contested boundaries with what stands around them."""
    for text, position, is_ours in contested:
        before, after = text[max(0, position - 60) : position], text[position : position + 50]
        print(f"    {'ours  ' if is_ours else 'theirs'} {before!r} || {after!r}")


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    rng = random.Random(1)  # noqa: S311
    articles = read_articles(arguments.data, rng)
    texts = [paragraph for article in articles for paragraph in article]
    figures = {}
    for name, (release, split) in splitters().items():
        gold, news = on_gold(split), on_news(split, texts)
        contested = news.pop("contested")
        figures[name] = {"version": release, "gold": gold, "news": news}
        print(
            f"{name:10} right {gold['right']}/{gold['paragraphs']}  false {gold['false']:3}"
            f"  missed {gold['missed']:3}  only ours {news['only_ours']:4}"
            f"  only theirs {news['only_theirs']:4}  {news['characters_per_s'] / 1e6:6.2f} M/s"
        )
        show(rng.sample(contested, min(arguments.show, len(contested))))
    wrapped = on_wrapped(articles)
    print(f"wrapped at 72 columns: {wrapped['same']} of {wrapped['sentences']} sentences the same")
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    report = {
        "splitters": figures,
        "wrapped": wrapped,
        "machine": platform.platform(),
        "python": platform.python_version(),
        "commit": commit.stdout.strip(),
    }
    arguments.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
