"""What the windows are made of, and what is known of each of their sentences."""

import gzip
import json
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from training.rows import Row
from training.stance.collect import (
    MOST_CHARS,
    Text,
    claim_of,
    collect,
    drafts,
    fitted_articles,
    made,
    newsroom,
    text_of,
    written,
)
from training.stance.windows import ANYTHING, TARGETS, Labelled

SENTENCES = (
    "A ferry left Vell on Sunday.",
    "It was late.",
    "It carried 212 passengers.",
    "Nobody was hurt.",
    "It rained on Monday.",
)
ARTICLE = {
    "id": "ferry",
    "title": "Ferry late",
    "published_at": "2017-09-05",
    "text": " ".join(SENTENCES),
}
OTHER = {"id": "other", "title": "", "text": "A bridge was opened. The mayor spoke. It was cold."}
ARTICLES = {row["id"]: text_of(row) for row in (ARTICLE, OTHER)}
HEAD = "Ferry late (Tuesday 5 September 2017)"


def spans(*numbers: int) -> list[list[int]]:
    text = ARTICLES["ferry"]
    return [[text.starts[number], text.ends[number]] for number in numbers]


def claim(label: str, *decisive: int) -> Row:
    return {
        "id": "c",
        "claim": "The ferry carried 212 people.",
        "label": label,
        "article": "ferry",
        "evidence": spans(*decisive),
    }


def of_source(source: str, found: Iterable[Labelled]) -> list[Labelled]:
    return [one for one in found if one.source == source]


def test_an_article_is_read_as_the_service_reads_it() -> None:
    """Title and day in front, its sentences with where they stand in the normalised text."""
    text = text_of(ARTICLE | {"text": "One  came.\r\nTwo went. "})
    assert text == Text(HEAD, ("One came.", "Two went."), (0, 11), (10, 20))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [([[30, 32]], {1}), ([[0, 28], [60, 70]], {0, 2, 3}), ([[28, 29]], set()), ([], set())],
)
def test_a_sentence_is_marked_where_it_shares_a_character(
    marked: list[list[int]], expected: set[int]
) -> None:
    assert ARTICLES["ferry"].touching(marked) == expected


@pytest.mark.parametrize(
    ("position", "before", "after", "expected"),
    [(2, 1, 1, [1, 2, 3]), (0, 2, 1, [0, 1]), (4, 1, 3, [3, 4]), (2, 0, 0, [2])],
)
def test_a_window_ends_with_the_article(
    position: int, before: int, after: int, expected: list[int]
) -> None:
    assert list(ARTICLES["ferry"].window(position, before, after)) == expected


def test_a_window_has_room_for_so_many_characters() -> None:
    """What does not fit is left out; the sentence in the middle never is."""
    long = "a" * (MOST_CHARS - 10)
    text = Text("", ("short", long, "short", "short"), (0, 0, 0, 0), (0, 0, 0, 0))
    assert list(text.window(1, 1, 2)) == [0, 1, 2]
    whole = Text("", ("short", "a" * 2 * MOST_CHARS, "short"), (0, 0, 0), (0, 0, 0))
    assert list(whole.window(1, 1, 1)) == [1]


@pytest.mark.parametrize("label", ["supports", "conflicts", "neutral"])
def test_what_decides_a_newsroom_claim_has_its_label(label: str) -> None:
    """In several windows, each with other neighbours; of these nobody read anything, and they are
    most likely neutral."""
    windows = list(newsroom([claim(label, 2)], ARTICLES, {}))
    assert len(windows) == 3
    for window in windows:
        assert (window.source, window.head) == ("newsroom", HEAD)
        by_sentence = dict(
            zip(window.sentences, zip(window.targets, window.weights, strict=True), strict=True)
        )
        assert by_sentence.pop(SENTENCES[2]) == (TARGETS[label], 1.0)
        for target, weight in by_sentence.values():
            assert target[2] == 1.0
            assert weight < 1
    assert len({window.sentences for window in windows}) > 1
    assert windows == list(newsroom([claim(label, 2)], ARTICLES, {}))


def test_two_sentences_that_decide_are_read_together_too() -> None:
    """Each counts for less where both stand in the window."""
    windows = list(newsroom([claim("supports", 1, 2)], ARTICLES, {}))
    (together,) = [one for one in windows if one.sentences == SENTENCES[1:3]][-1:]
    assert together.targets == (TARGETS["supports"],) * 2
    assert together.weights == pytest.approx((0.5**0.5,) * 2)


def test_what_retrieval_hands_over_does_not_decide() -> None:
    """Of the claim's article and of others; what is marked is left open there, and the best of an
    article that is not the claim's own stands for it."""
    found = {"c": [["ferry", 2], ["ferry", 4], ["other", 0], ["other", 2], ["ferry", 1]]}
    windows = list(newsroom([claim("supports", 2)], ARTICLES, found))
    own, other = of_source("own", windows), of_source("other", windows)
    assert len(own) == 2
    for window in own:
        assert window.head == HEAD
        for sentence, target in zip(window.sentences, window.targets, strict=True):
            assert target == (ANYTHING if sentence == SENTENCES[2] else (0.2, 0.0, 1.0))
    (window,) = other
    assert window.sentences[0] == "A bridge was opened."
    assert set(window.targets) == {(0.2, 0.0, 1.0)}


def test_a_sentence_of_an_article_hardly_conflicts_with_another() -> None:
    """With itself it agrees; of what else is found it is known only that it is no conflict."""
    found = {"ferry#2": [["ferry", 2], ["other", 1], ["other", 0]]}
    itself, other = drafts(found, ARTICLES)
    assert itself.claim == other.claim == SENTENCES[2]
    targets = dict(zip(itself.sentences, itself.targets, strict=True))
    assert targets.pop(SENTENCES[2]) == TARGETS["supports"]
    assert set(targets.values()) | set(other.targets) == {TARGETS["not_conflicts"]}


def passage(**more: Any) -> Row:
    return {
        "title": "Ferry late",
        "date": "2017-09-05",
        "before": [SENTENCES[1]],
        "sentence": SENTENCES[2],
        "after": "",
        "claims": [{"claim": f"Claim {number}.", "label": "conflicts"} for number in range(40)],
    } | more


def test_our_own_passages_are_judged_at_their_sentence(tmp_path: Path) -> None:
    """What stands around it is of no known stance; now and then the title is left out."""
    (tmp_path / "passages").mkdir()
    file = tmp_path / "passages" / "some.jsonl"
    file.write_text(json.dumps(passage(after=SENTENCES[3])) + "\n", encoding="utf-8")
    windows = list(written(tmp_path))
    assert len(windows) == 40
    assert {one.head for one in windows} == {HEAD, ""}
    assert {one.sentences for one in windows} == {SENTENCES[1:3], SENTENCES[1:4]}
    for one in windows:
        assert one.targets[:2] == (ANYTHING, TARGETS["conflicts"])
        assert one.weights[:2] == (0.0, 1.0)
        assert set(one.weights[2:]) <= {0.0}


def write(file: Path, rows: Iterable[Row]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return file


def test_changed_sentences_of_articles_that_are_measured_on_stay_out(tmp_path: Path) -> None:
    """With a title in front of them too."""
    evidence = ("It rained.", "Ferry late: It rained.", "It snowed.")
    pairs = [
        {"claim": "It snowed.", "evidence": text, "label": "conflicts", "source": "contrast"}
        for text in evidence
    ]
    file = write(tmp_path / "made.jsonl.gz", pairs)
    kept = list(made(file, frozenset({"It rained."})))
    assert [one.sentences for one in kept] == [("It snowed.",)]


def test_every_eighth_article_is_left_to_the_classifier() -> None:
    """Of those with claims, by id, whatever the order of the claims."""
    claims = [{"article": f"a{number:02}"} for number in range(20)]
    assert fitted_articles(claims) == {"a00", "a08", "a16"}
    assert fitted_articles(claims[::-1]) == fitted_articles(claims)


def test_no_window_is_made_of_what_is_fitted_or_measured(tmp_path: Path) -> None:
    """Neither claims nor changed sentences of those articles; everything else is collected."""
    text = {"title": "", "published_at": None}
    names = [f"a{number}" for number in range(3)]
    news = [
        text | {"id": name, "text": f"The {name} came late. Nobody was hurt."} for name in names
    ]
    news.append(text | {"id": "dev", "text": "The dev came late. It rained."})
    data = tmp_path / "data"
    claims = [
        {"id": name, "claim": f"The {name} was late.", "label": "supports", "article": name}
        | {"evidence": [[0, 10]]}
        for name in [*names, "dev"]
    ]
    write(data / "news" / "articles.jsonl.gz", news)
    write(data / "newsroom" / "articles.jsonl.gz", [])
    write(data / "newsroom" / "train" / "claims.jsonl.gz", claims[:3])
    write(data / "newsroom" / "dev" / "claims.jsonl.gz", claims[3:])
    public = {"claim": "It rained.", "evidence": "Rain fell.", "label": "supports"}
    write(data / "stance" / "train" / "public.jsonl.gz", [public])
    changed = [
        {
            "claim": "No.",
            "label": "conflicts",
            "source": "contrast",
            "evidence": f"The {name} came late.",
        }
        for name in [*names, "dev"]
    ]
    write(tmp_path / "made" / "contrast.jsonl.gz", changed)
    ours = tmp_path / "written"
    (ours / "passages").mkdir(parents=True)
    for name in ("claims", "paired", "contested"):
        (ours / f"{name}.jsonl").write_text("", encoding="utf-8")
    (ours / "passages" / "some.jsonl").write_text(json.dumps(passage()) + "\n", encoding="utf-8")
    given = Namespace(
        data=data,
        written=ours,
        made=tmp_path / "made",
        found=write(tmp_path / "found.jsonl.gz", []),
    )
    windows = list(collect(given))
    assert fitted_articles(claims[:3]) == {"a0"}
    assert {one.claim for one in of_source("newsroom", windows)} == {
        "The a1 was late.", "The a2 was late.",
    }  # fmt: skip
    assert {one.sentences for one in of_source("contrast", windows)} == {
        ("The a1 came late.",), ("The a2 came late.",),
    }  # fmt: skip
    assert len(of_source("written", windows)) == 40
    assert len(of_source("public", windows)) == 1


def test_a_claim_that_copies_an_article_is_made_of_its_edits() -> None:
    """Over the sentences that decide, joined; so none of its words are kept."""
    row = claim("supports", 0, 2) | {"edits": [[2, 7, "boat"], [27, 28, ". Then"], [28, 28, ""]]}
    del row["claim"]
    assert (
        claim_of(row, ARTICLES["ferry"])
        == "A boat left Vell on Sunday. Then It carried 212 passengers."
    )
    assert claim_of(claim("supports", 0), ARTICLES["ferry"]) == "The ferry carried 212 people."
