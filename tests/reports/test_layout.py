from rich.cells import cell_len as cells

from service.reports.layout import labelled, underlined


def test_marks_stand_below_wide_and_combining_characters() -> None:
    """A terminal gives 北 two columns and an accent none; marks follow the columns."""
    line = "北京 cafe\u0301 costs 5."
    start = line.index("costs")
    shown, marks = underlined(line, start, start + 5, 40)
    assert shown == line
    assert marks == " " * cells("北京 café ") + "~~~~~"
    assert cells("北京 cafe\u0301 ") == 10


def test_a_long_line_is_cut_around_the_statement() -> None:
    """The start of the statement is always in sight, and what is cut off is marked."""
    line = "word " * 60 + "TARGET" + " more" * 60
    start = line.index("TARGET")
    shown, marks = underlined(line, start, start + 6, 60)
    assert cells(shown) == 60
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown[marks.index("~") : len(marks)] == "TARGET"


def test_a_statement_longer_than_the_window_is_marked_as_far_as_it_is_seen() -> None:
    """Marks end where the line does."""
    shown, marks = underlined("x" * 500, 0, 500, 50)
    assert shown == "x" * 49 + "…"
    assert marks == "~" * 50


def test_control_characters_are_shown_and_count_one() -> None:
    """An escape sequence in a draft does not reach the terminal, and positions stay."""
    shown, marks = underlined("a\x1b[31m\tb", 7, 8, 40)
    assert shown == "a\ufffd[31m b"
    assert marks == "       ~"


def test_an_address_is_never_broken() -> None:
    """A link stays whole, so that it can be opened."""
    url = "https://courier.example/" + "a-b" * 40
    assert list(labelled("x", [url], 50)) == ["x".ljust(11) + url]
