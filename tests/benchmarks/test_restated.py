"""Restated and changed sentences are drawn as said, and counted by what was changed."""

from pathlib import Path

from benchmarks.edits import CHANGING, KINDS
from benchmarks.restated import Edited, checked, draw, figures, held_out
from service.settings import Settings
from service.wiring import build
from training.archive import index
from training.rows import Row, read_rows

FERRY = "The ferry to Orm carries 3,000 passengers on June 5, Mayor Ted Poe of Vell was told."
SHARED = {"publisher": "Orm Post", "published_at": "2025-05-05", "title": "Ferries"}
ARTICLES: list[Row] = [
    {"id": name, "text": f"{FERRY} It is “full” of 40 people. He was told of 12 more.", **SHARED}
    for name in "dcba"
]


def row(edit: str, kind: str | None, *, failing: bool, supported: bool = False) -> Row:
    return {"edit": edit, "kind": kind, "failing": failing, "supported": supported}


def test_a_sentence_is_restated_once_and_changed_once_for_each_kind() -> None:
    """Only what stands alone is drawn, and of every other article."""
    drawn = draw(ARTICLES, "abcd", count=9, seed=1)
    assert {one.sentence for one in drawn} == {FERRY}
    assert {one.article for one in drawn} == {"b", "d"}
    assert [one.kind for one in drawn if one.article == "b"] == [None, *KINDS]
    assert len({one.edit for one in drawn if one.kind is None}) == 2
    assert all(one.text != FERRY for one in drawn)


def test_an_odd_and_an_even_draw_share_no_article() -> None:
    """So a draw can be looked at, and another one measured; no more is drawn than asked for."""
    drawn = draw(ARTICLES, "abcd", count=1, seed=2)
    assert len({one.article for one in drawn}) == 1
    assert drawn == draw(ARTICLES, "abcd", count=1, seed=2)
    assert {one.article for one in drawn} <= {"a", "c"}
    assert draw(ARTICLES, "", count=9, seed=1) == []


def test_what_a_model_was_trained_on_is_not_drawn_from() -> None:
    """Of the claims for training every eighth article is held out."""
    claims = [{"article": f"{place:02}"} for place in range(16)]
    suite = read_rows(Path("benchmarks/contrast.suite.jsonl"))[0]["article"]
    dev = [{"article": "dev"}, {"article": suite}]
    assert held_out(dev, [claims]) == {"dev", "00", "08"}


def test_every_changing_edit_has_a_kind() -> None:
    """None is made and not counted."""
    assert sorted(CHANGING) == sorted(edit for edits in KINDS.values() for edit in edits)


def test_what_fails_is_counted_by_kind_and_by_edit() -> None:
    """In per cent of the statements of each."""
    rows = [
        row("no title", None, failing=False, supported=True),
        row("no title", None, failing=True),
        row("not", "negation", failing=True),
    ]
    assert figures(rows) == {
        "changed: negation": {"statements": 1, "failing": 100.0, "supported": 0.0},
        "changed: negation: not": {"statements": 1, "failing": 100.0, "supported": 0.0},
        "restated": {"statements": 2, "failing": 50.0, "supported": 50.0},
        "restated: no title": {"statements": 2, "failing": 50.0, "supported": 50.0},
    }


async def test_each_is_checked_as_a_draft(tmp_path: Path) -> None:
    """Another number fails a build, the same in words does not."""
    same, other = FERRY.replace("3,000", "three thousand"), FERRY.replace("3,000", "6,001")
    drawn = [
        Edited("a", FERRY, same, "number in words", None),
        Edited("a", FERRY, other, "another count", "number"),
    ]
    async with build(Settings(store=str(tmp_path))) as services:
        await index(services, ARTICLES[:1])
        restated, changed = await checked(services, drawn)
    assert (restated["failing"], restated["supported"]) == (False, True)
    assert (changed["failing"], changed["supported"]) == (True, False)
    assert changed["findings"][0]["quotes"][0][0] == "conflicts"
