"""Quotations are edited as the benchmark says, and results counted for each way."""

from benchmarks.quotations import WAYS, figures


def test_each_way_changes_what_it_says() -> None:
    """The middle word of five; the words under another name are those that are printed."""
    words = "we won’t sell the mill".split()
    edited = {way: edit(words, 2) for way, (edit, _) in WAYS.items()}
    assert edited == {
        "as printed": "we won’t sell the mill",
        "other type": "“WE WON'T SELL THE MILL”",
        "ellipsis": "we won’t … the mill",
        "brackets": "we won’t [the town hall] the mill",
        "a word replaced": "we won’t purple the mill",
        "a word left out": "we won’t the mill",
        "another name": "we won’t sell the mill",
        "article left out": "we won’t sell the mill",
    }


def test_shares_are_of_the_ways_own_results() -> None:
    """Three of four are 75 per cent."""
    rows = [
        {"way": "ellipsis", "expected": "exact", "result": result}
        for result in ("exact", "exact", "exact", "altered")
    ]
    rows.append({"way": "another name", "expected": "misattributed", "result": "exact"})
    assert figures(rows) == {
        "ellipsis": {"expected": 75.0, "results": {"exact": 3, "altered": 1}},
        "another name": {"expected": 0.0, "results": {"exact": 1}},
    }
