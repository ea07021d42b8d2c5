"""Texts that a fuzzer makes up, by what they make the code do, until one cannot be read.

    python -m benchmarks.fuzz numbers --runs 200000

atheris (https://github.com/google/atheris) sees which code of `service` an input reaches, and goes
on from those that reach more. It is not among the pinned packages: `pip install atheris`. Every
second input is of words that mean something to the code at hand. An input that raises what is no
error of ours, or takes longer than two seconds, ends the run and is written to a file.

    numbers      figures, units and their bounds
    sentences    an article cut up
    claims       a claim and a passage, read whole and compared
    drafts       a draft's statements, in each format
    pages        HTML
    feeds        feeds and sitemaps
    markdown     a file with front matter
"""

import argparse
import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from time import process_time
from typing import Any, Final

import atheris

HANGS_AFTER_S: Final = 2.0
"""Of processor time: on a busy machine the clock says nothing."""
STUCK_AFTER_S: Final = 60
MOST_CHARS: Final = 2_000

with atheris.instrument_imports(include=["service"]):
    from service.domain.draft import Draft, DraftFormat
    from service.domain.errors import OnrecordError
    from service.domain.text import Span, normalise
    from service.english.quantities.quantities import quantities
    from service.english.reading import Reading
    from service.english.text.segment import segment
    from service.ingest.extract import extract
    from service.ingest.feeds import feed_articles
    from service.ingest.fetch import Document
    from service.ingest.markdown import read_markdown
    from service.ingest.sitemaps import read_sitemap
    from service.pipeline.compare.comparison import compare_texts
    from service.pipeline.statements import read_statements

from tests.pipeline.test_fuzz import POOLS  # noqa: E402 - what is above has to be imported first

_WORDS: Final = [word for pool in POOLS for word in pool]
_TAGS: Final = """
<html> <body> <article> <p> </p> <div> </div> <h1> </h1> <table> <tr> <td> </table> <li>
<blockquote> <time datetime="2024-02-30T25:00"> <meta property="article:published_time"
content="2024"> <title> </title> <script type="application/ld+json">
{"@type":"NewsArticle","datePublished":"
"author":[ ]} "} </script> <style> <!-- --> <br> <a href="//x"> <base href="http://[::1]"> <link
rel="canonical" href="/x"> <span hidden> <sup> <s> <del> <math> <svg> <template> &lt;
&#0; &#x80; &nbsp;
<p""".split()
_FEED: Final = """
<?xml version="1.0"?> <rss> <channel> <item> </item> <title> </title> <link> </link> <pubDate>
</pubDate> Mon, 30 Feb 2024 25:61:00 +9999 GMT <feed xmlns="http://www.w3.org/2005/Atom"> <entry>
<updated> <id> <author> <name> <![CDATA[ ]]> <!DOCTYPE x [ <!ENTITY e "e"> ]> &e; <urlset> <url>
<loc> <lastmod> <news:news> <news:publication_date> 2024-13-01 </urlset> <dc:creator> xml:base="http://["
> https://example.org/a""".split()


def _numbers(text: str) -> None:
    quantities(text, ())


def _sentences(text: str) -> None:
    segment(normalise(text))


def _claims(text: str) -> None:
    claim, _, source = normalise(text).partition("\n")
    claimed, stated = Reading(claim), Reading(source)
    compare_texts(claimed, stated, [Reading(source[:40])])
    claimed.read_whole()
    stated.read_whole()


def _drafts(text: str) -> None:
    form = list(DraftFormat)[len(text) % len(DraftFormat)]
    draft = Draft(text, form, ignored_spans=(Span(0, 1),))
    for statement in asyncio.run(read_statements(draft, None)):
        assert 0 <= statement.span.start < statement.span.end <= len(text)


def _feeds(text: str) -> None:
    document = Document(
        "https://example.org/", "application/xml", None, text.encode("utf-8", "replace")
    )
    with suppress(OnrecordError):
        feed_articles(document)
    read_sitemap(document)


KINDS: Final[dict[str, tuple[Callable[[str], Any], list[str]]]] = {
    "numbers": (_numbers, _WORDS),
    "sentences": (_sentences, _WORDS),
    "claims": (_claims, [*_WORDS, "\n"]),
    "drafts": (_drafts, [*_WORDS, *_TAGS]),
    "pages": (extract, [*_WORDS, *_TAGS]),
    "feeds": (_feeds, [*_FEED, *_TAGS]),
    "markdown": (read_markdown, [*_WORDS, "---\n", "title: ", "published_at: ", "authors: ["]),
}


def _text(data: bytes, words: list[str]) -> str:
    """Characters as they are, or words: two bytes each."""
    given = atheris.FuzzedDataProvider(data)
    if given.ConsumeBool():
        return str(given.ConsumeUnicode(MOST_CHARS))
    parts: list[str] = []
    while given.remaining_bytes() and len(parts) < MOST_CHARS // 10:
        parts.append(words[given.ConsumeUInt(2) % len(words)])
    return " ".join(parts)[:MOST_CHARS]


def main() -> None:
    """Runs one kind; libFuzzer's own summary is the last thing printed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    read, words = KINDS[given.kind]

    def one(data: bytes) -> None:
        text = _text(data, words)
        started = process_time()
        with suppress(OnrecordError):
            read(text)
        assert process_time() - started < HANGS_AFTER_S, "too slow"

    print(f"{given.kind}, {datetime.now(UTC):%Y-%m-%d}", flush=True)
    options = [f"-runs={given.runs}", f"-seed={given.seed}", f"-timeout={STUCK_AFTER_S}"]
    atheris.Setup(
        [sys.argv[0], *options, "-max_len=600", "-len_control=0", "-print_final_stats=1"], one
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
