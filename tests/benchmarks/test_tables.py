"""The published tables say what the results hold, the product's own work first."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.drafts import draft_figures, planted_figures
from benchmarks.newsroom import figures as newsroom_figures
from benchmarks.quality import RESULTS, table
from benchmarks.tables import TABLES, in_order, section
from training.rows import Row

ABOUT = {
    "machine": {"processor": "AMD EPYC (avx512_vnni)", "cores": 2, "python": "3.11.7"},
    "versions": {"numpy": "2.4.6"},
    "commit": "abc1234",
    "measured_at": "2026-11-26T18:00:00+00:00",
}


def answer(label: str, verdict: str, *, right: bool, read: bool = True) -> Row:
    return {"label": label, "kind": "number", "verdict": verdict, "right": right,
            "quote_right": right and label != "neutral", "article_read": True, "read": read,
            "model_right": read}  # fmt: skip


NEWSROOM = newsroom_figures(
    [
        *[answer("supports", "supported", right=True)] * 3,
        answer("supports", "contradicted", right=False),
        *[answer("conflicts", "contradicted", right=True)] * 1,
        answer("conflicts", "insufficient", right=False, read=False),
        answer("neutral", "insufficient", right=True),
        answer("neutral", "supported", right=False),
    ]
)
DRAFTS = {
    "drafts": draft_figures(
        [
            {
                "story": "s",
                "statement": f"{place}",
                "verdict": verdict,
                "rule": None,
                "severity": None,
            }
            for place, verdict in enumerate(["supported"] * 49 + ["contradicted"])
        ]
    ),
    **planted_figures(
        [
            {"label": "error", "verdict": "contradicted", "quote_right": True, "read": True},
            {"label": "error", "verdict": "supported", "quote_right": False, "read": True},
            {"label": "true", "verdict": "supported", "quote_right": True, "read": True},
        ]
    ),
}
STANCE = {
    "model": "stance-made/sha256:0",
    "fever_dev": {"rows": 10, "accuracy": 90.0, "three_way": 80.0, "macro_f1": 85.0,
                  "recall": {"supports": 90.0, "conflicts": 70.0}, "calibration": 4.0},
    "mnli_matched_dev": {"rows": 20, "accuracy": 72.0, "three_way": 72.0, "macro_f1": 71.0,
                         "recall": {"supports": 1.0, "conflicts": 1.0, "neutral": 1.0},
                         "calibration": 3.0, "against": {"three_way": 72.5}},
    "falke19": {"rows": 4, "accuracy": 56.0, "ranked": 75.0},
    "newsroom": {"rows": 1200, "accuracy": 78.0, "three_way": 78.0, "macro_f1": 77.0,
                 "recall": {"supports": 1.0, "conflicts": 1.0, "neutral": 1.0},
                 "calibration": 5.0},
}  # fmt: skip


BEGINS = """\
| right verdict | 8 claims that were written over news articles | 62.5 |
| right verdict, resting on a right quote | the 6 of these that an article decides | 66.7 |
| `supported` is right | all of these with that answer | 75.0 |
| `contradicted` is right | all of these with that answer | 50.0 |
| called `contradicted` | 4 claims that an article bears out | 25.0 |
| called `supported` | 2 claims that an article refutes | 0.0 |
| decided all the same | 2 claims that no article decides | 50.0 |
| `contradicted` or `disputed` | 2 errors in restatements of articles | 50.0 |
| called `supported` | the same | 50.0 |
| `supported` | 1 true restatements | 100.0 |
| called `contradicted` | the same | 0.0 |
| called `contradicted` | 50 statements of 1 printed stories, held against other articles | 2.0 |
| stance of a given sentence in its place | 1,200 claims over news articles, three labels | 78.0 |
| stance of a given sentence | MNLI, three labels, 20 pairs | 72.0 |"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with made-up results of judgement, and the published ones of the other parts."""
    for name in ("attribution", "resolution", "origins"):
        (tmp_path / f"{name}.json").write_bytes((RESULTS / f"{name}.json").read_bytes())
    for name, figures in (("newsroom", NEWSROOM), ("drafts", DRAFTS), ("stance", STANCE)):
        content = json.dumps({"figures": figures, **ABOUT})
        (tmp_path / f"{name}.json").write_text(content, encoding="utf-8")
    return tmp_path


def test_the_readme_s_table_begins_with_whole_checks(results: Path) -> None:
    """Then drafts, then given sentences in three labels; forced choices and pools of sentences have
    no place in it."""
    lines = list(table(results))
    assert "\n".join(lines[2:16]) == BEGINS
    assert not any("FEVER" in line or "pool" in line for line in lines)


def test_a_missing_result_is_no_shorter_table(results: Path) -> None:
    """Nobody can leave out what looks bad."""
    (results / "drafts.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"drafts\.json"):
        list(table(results))


def test_the_document_begins_with_the_product_s_work() -> None:
    """Whatever the order of the files; a second file of a kind stands beside the first."""
    names = ["checks", "contrast", "newsroom-seed", "drafts", "latency", "newsroom", "stance"]
    ordered = [path.stem for path in in_order([Path(f"{name}.json") for name in names])]
    assert ordered == [
        "newsroom", "newsroom-seed", "drafts", "stance", "contrast", "checks", "latency",
    ]  # fmt: skip


def printed(name: str, figures: dict[str, Any]) -> list[str]:
    return list(section(name, {"figures": figures, **ABOUT}))


def test_whole_checks_are_shown_by_label_and_kind() -> None:
    """With where the wrong ones were lost."""
    lines = printed("newsroom-seed", NEWSROOM)
    assert lines[0] == "## newsroom-seed: whole checks over news articles"
    assert "2 cores of AMD EPYC (avx512_vnni)" in lines[2]
    assert "| right verdict | 62.5 |" in lines
    assert "| not right: lost in retrieval | 16.7 |" in lines
    assert "| neutral number | 2 | 50.0 |" in lines
    (head,) = [line for line in lines if line.startswith("| label | claims")]
    (row,) = [line for line in lines if line.startswith("| conflicts | 2")]
    cells = dict(zip(head.split(" | "), row.split(" | "), strict=True))
    assert cells["right"] == cells["contradicted"] == "50.0"


def test_drafts_are_shown_with_what_was_planted() -> None:
    lines = printed("drafts", DRAFTS)
    assert any("of 1,000 statements 20 are contradicted" in line for line in lines)
    assert (
        "| supported | contradicted | disputed | insufficient | no_evidence | not_checkable |"
        in (lines)
    )
    assert "| 49 | 1 | 0 | 0 | 0 | 0 |" in lines
    assert "| 2 | 50.0 | 50.0 | 50.0 | 100.0 |" in lines


def test_restated_sentences_are_shown_by_what_was_changed() -> None:
    """A row for what says the same, and one for each kind of change."""
    kinds = {
        "changed: date": {"statements": 5, "failing": 80.0, "supported": 20.0},
        "restated": {"statements": 9, "failing": 0.0, "supported": 90.0},
    }
    lines = printed("restated", {"archive": 1200, "seed": 2, "kinds": kinds})
    assert lines[0] == "## restated: sentences restated, and with one thing changed"
    assert any("1,200 indexed articles" in line for line in lines)
    assert "| changed: date | 5 | 80.0 | 20.0 |" in lines
    assert "| restated | 9 | 0.0 | 90.0 |" in lines


def test_given_sentences_are_shown_by_what_is_asked() -> None:
    """A forced choice is named as one, and a set of two classes is no set of three."""
    lines = printed("stance", STANCE)
    titles = [place for place, line in enumerate(lines) if line.endswith(":")]
    three, forced, two = (
        lines[start:end] for start, end in zip(titles, [*titles[1:], None], strict=True)
    )
    assert three[0].startswith("Three labels")
    assert "| mnli_matched_dev | 20 | 72.00 (72.50) | 71.00 | 3.00 |" in three
    assert any(line.startswith("| newsroom |") for line in three)
    assert forced[0].startswith("Forced choice")
    assert "| fever_dev | 10 | 90.00 | 80.00 |" in forced
    assert "| falke19 | 4 | 56.00 | 75.00 |" in two


def test_reasons_are_shown_by_group() -> None:
    lines = printed(
        "reasons",
        {
            "newsroom": {
                "ms_a_pair": 1.25,
                "conflicts": {"pairs": 200, "hard": 30.0, "NUMBER_DIFFERS": 21.5},
                "supports": {"pairs": 300, "hard": 2.0},
            }
        },
    )
    assert "newsroom, per cent of the pairs; 1.25 ms a pair." in lines
    assert "| conflicts | 200 | 30.0 | 21.5 |" in lines
    assert "| supports | 300 | 2.0 | 0 |" in lines


def test_what_reading_less_saves_is_shown_where_it_was_measured() -> None:
    """And pools of sentences are named for what they are."""
    label = {"claims": 4, "verdict right": 0.5, "both right": 0.25, "supported": 0.5}
    figures = {"labels": {"supports": label}, "calibration": 0.05, "curve": []}
    lines = printed("checks", {**figures, "tokens": {}})
    assert lines[0] == "## checks: claims over a pool of single sentences"
    assert "| supports | 4 | 50.0 | 25.0 | 50.0 |" in lines
    assert not any("tokens read" in line for line in lines)
    cost = {"supports": 0.25, "check_ms": 450.0, "stance_ms": 400.0}
    lines = printed("checks", {**figures, "tokens": {"400": cost}})
    assert "| 400 | 25.0 | 450.0 | 400.0 |" in lines


def test_the_redis_store_has_bytes_and_processors_time_by_shards() -> None:
    """A column an index; what is no time of a question has no row among them."""
    index = {
        "shards": 16,
        "passages": 2000,
        "bytes_a_passage": 1844,
        "bytes_by_structure": {"vector set": 1140},
        "recall": {"@20": 1.0},
        "nearest": {"median_ms": 9.0, "server_cpu_ms": 13.43, "client_cpu_ms": 6.4},
    }
    lines = printed("redis_store", {"indexes": [index, index | {"shards": 1}]})
    assert "| question | 2,000 passages, 16 shards | 2,000 passages, 1 shards |" in lines
    assert "| all | 1844 | 1844 |" in lines
    assert "| nearest | 13.4, 6.4 | 13.4, 6.4 |" in lines
    assert not any("recall" in line for line in lines)


def test_words_in_redis_stand_beside_the_embedded_ones() -> None:
    """What both find, then the grown archives, whichever of them were measured."""
    rankings = {"words, embedded": {"hit@20": 91.5}, "words, redis": {"hit@20": 91.25}}
    found = {"passages": 40, "claims": 8, "same_answer": 87.5, "rankings": rankings}
    grown = {"passages": 1000, "shards": 3, "bytes": 120.5}
    lines = printed("redis_words", {"articles": found, "1,000 passages, 3 shards": grown})
    assert "| words, redis | 91.25 |" in lines
    assert "| 1000 | 3 | 120.5 |" in lines
    assert any("in the same order for 87.5" in line for line in lines)
    assert not any("(sentences)" in line for line in lines)


@pytest.mark.parametrize("file", sorted(RESULTS.glob("*.json")), ids=lambda file: file.stem)
def test_every_published_result_has_its_tables(file: Path) -> None:
    """What lies in the folder can be printed."""
    result = json.loads(file.read_text(encoding="utf-8"))
    assert file.stem.partition("-")[0] in TABLES
    assert any(line.startswith("| ") for line in section(file.stem, result))


def test_the_document_s_tables_are_those_of_the_published_results() -> None:
    """From its first heading on it is what `python -m benchmarks.tables` prints of them."""
    document = (RESULTS.parents[1] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    tables = "\n".join(
        line
        for file in in_order(RESULTS.glob("*.json"))
        for line in section(file.stem, json.loads(file.read_text(encoding="utf-8")))
    )
    assert document.partition("\n## ")[2] == f"{tables}\n".removeprefix("## ")


def test_checks_over_redis_are_shown_by_size_and_servers() -> None:
    """A part of a check a row; an index that nobody asked has its bytes alone."""
    times = {"p50": 12.34, "p95": 56.78}
    columns = dict.fromkeys(("waits", "asker", "servers", "busiest"), times)
    index = {"passages": 1_000_000, "servers": 6, "shards": 16, "bytes": 1_700,
             "server_ms_by_tenths": [0.25, 0.5, 1.5]}  # fmt: skip
    lines = printed(
        "redis_scale",
        {
            "one": index,
            "other": {**index, "passages": 10_000, "recall@50": 99.9, "ms": {"check": columns}},
        },
    )
    assert "| passages | servers | shards | server_ms_by_tenths | bytes | recall@50 |" in lines
    place = lines.index("| 10000 | 6 | 16 | 0.25, 1.5 | 1700 | 99.9 |")
    assert lines[place + 1] == "| 1000000 | 6 | 16 | 0.25, 1.5 | 1700 |  |"
    assert f"| 10000 | 6 | 16 | check |{' 12.3, 56.8 |' * 4}" in lines
