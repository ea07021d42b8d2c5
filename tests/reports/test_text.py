from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from service.domain.article import Article
from service.domain.text import Span, mention
from service.domain.verdict import (
    Check,
    Coverage,
    Evidence,
    Notice,
    NoticeCode,
    Reason,
    ReasonCode,
    Stance,
    Status,
    Successor,
    Verdict,
)
from service.reports.text import check_note, drafts_summary, finding_note
from service.wire.checks import CheckResponse
from service.wire.drafts import FindingResponse

MakeCheck = Callable[..., Check]
MakeFinding = Callable[..., FindingResponse]

NOTE = """\
claim      The mill has 20 looms.
verdict    contradicted (confidence 0.90)
           1 independent origin conflicts with the claim; none supports it.

conflicts  The mill reportedly has about 14 looms — foreman Ada Kell via the
           Gazette
           NUMBER_DIFFERS: 20 looms (claim) / about 14 looms (source)
           hedged: reportedly
           Looms fall silent — Dale Courier, 4 March 2025 (origin o1)
           https://courier.example/looms

coverage   1 article by 1 publisher, 4 March 2025"""


def test_a_check_reads_like_a_newsroom_note(answer: CheckResponse) -> None:
    """Verdict, summary, the quote's line, reason, doubts, article, date, address, coverage."""
    assert check_note(answer) == NOTE


def test_a_note_keeps_to_its_width(answer: CheckResponse) -> None:
    """No line is wider than asked for, at any usual width."""
    for width in (40, 60, 80, 120):
        assert max(map(len, check_note(answer, width=width).splitlines())) <= width


def test_what_conflicts_comes_before_what_supports(
    make_check: MakeCheck, conflict: Evidence
) -> None:
    """The side that can embarrass is read first."""
    support = replace(conflict, stance=Stance.SUPPORTS, reasons=())
    note = check_note(CheckResponse.of(make_check(supporting=(support,))))
    assert note.index("\nconflicts") < note.index("\nsupports")


def test_notices_stand_below_the_verdict(make_check: MakeCheck) -> None:
    """A line each, wrapped beside the label `note`; without any there is no label."""
    notices = (
        Notice(NoticeCode.UNKNOWN_PUBLISHER, "The index has no publisher “Dale Currier”."),
        Notice(
            NoticeCode.SPELLED_OTHERWISE,
            "No article has “Dahle”. Articles near the claim have “Dale”.",
        ),
    )
    note = check_note(
        CheckResponse.of(
            make_check(
                verdict=Verdict.NO_EVIDENCE, confidence=None, conflicting=(), notices=notices
            )
        ),
        width=60,
    )
    assert note.startswith(
        """\
claim      The mill has 20 looms.
verdict    no evidence
           1 independent origin conflicts with the claim;
           none supports it.
note       The index has no publisher “Dale Currier”.
           No article has “Dahle”. Articles near the claim
           have “Dale”.

coverage   """
    )
    assert "\nnote" not in check_note(CheckResponse.of(make_check()))


def test_an_accusation_or_a_plan_is_shown_as_one(make_check: MakeCheck, conflict: Evidence) -> None:
    """A mention that is no statement of fact says what it is; what is one says nothing."""
    planned = replace(conflict, stance=Stance.MENTIONS, reasons=(), status=Status.PLANNED)
    note = check_note(CheckResponse.of(make_check(conflicting=(), mentions=(planned,))))
    assert "\n           hedged: reportedly\n           status: planned\n" in note
    assert "status" not in check_note(CheckResponse.of(make_check()))


def test_another_meaning_is_not_spelt_out(make_check: MakeCheck, conflict: Evidence) -> None:
    """Claim and quote differ as a whole, and both are printed already."""
    whole = Reason(
        ReasonCode.MEANING_DIFFERS,
        mention("The mill has 20 looms.", Span(0, 22)),
        mention(conflict.quote, Span(0, len(conflict.quote))),
    )
    meaning = replace(conflict, reasons=(whole,))
    note = check_note(CheckResponse.of(make_check(conflicting=(meaning,))))
    assert "\n           MEANING_DIFFERS: the whole claim / the whole quote\n" in note


def test_mentions_beyond_the_first_are_counted(make_check: MakeCheck, conflict: Evidence) -> None:
    """A long list of quotes that decide nothing does not push the verdict off the screen."""
    mentions = (replace(conflict, stance=Stance.MENTIONS, reasons=()),) * 5
    answer = CheckResponse.of(make_check(mentions=mentions))
    note = check_note(answer)
    assert note.count("\nmentions ") == 3
    assert "2 further quotes on the topic" in note
    assert check_note(answer, mentions=0).count("\nmentions ") == 0


def test_an_article_without_facts_leaves_no_holes(
    make_check: MakeCheck, article: Article, conflict: Evidence
) -> None:
    """What is not known of an article is left out or said to be missing."""
    bare = replace(conflict, article=Article(id="a", text=article.text), origin="")
    note = check_note(CheckResponse.of(make_check(conflicting=(bare,))))
    assert "\n           undated\n" in note
    assert "None" not in note


def test_a_guessed_date_is_shown_as_one(
    make_check: MakeCheck, article: Article, conflict: Evidence
) -> None:
    """And an evening's date is that of where it was evening."""
    evening = datetime(2025, 3, 9, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    dated = replace(article, published_at=evening, revision="")
    note = check_note(CheckResponse.of(make_check(conflicting=(replace(conflict, article=dated),))))
    assert "Dale Courier, 9 March 2025" in note
    guessed = replace(dated, published_at_guessed=True, revision="")
    shown = replace(conflict, article=guessed)
    note = check_note(CheckResponse.of(make_check(conflicting=(shown,))))
    assert "Dale Courier, perhaps 9 March 2025" in note


def test_what_is_superseded_says_by_what(make_check: MakeCheck, conflict: Evidence) -> None:
    """The newer quote and where it stands."""
    newer = replace(conflict.article, published_at=datetime(2025, 3, 9, tzinfo=UTC), revision="")
    late = replace(conflict, superseded_by=Successor(newer, conflict.span))
    note = check_note(CheckResponse.of(make_check(conflicting=(late,))), width=200)
    assert (
        "superseded by: The mill reportedly has about 14 looms, — Looms fall silent — Dale Courier,"
        " 9 March 2025\n"
    ) in note


def test_an_empty_archive_is_said_to_be_empty(make_check: MakeCheck) -> None:
    """Nothing found means something else where there was nothing to find."""
    nothing = Coverage(0, 0, 0, None, None)
    note = check_note(
        CheckResponse.of(make_check(verdict=Verdict.NO_EVIDENCE, conflicting=(), coverage=nothing))
    )
    assert note.endswith("coverage   no article in the archive could answer")
    assert "verdict    no evidence" in note


def test_the_moment_asked_for_is_part_of_the_coverage(make_check: MakeCheck) -> None:
    """An answer of the past says so."""
    as_of = datetime(2025, 3, 5, 6, 30, tzinfo=UTC)
    note = check_note(CheckResponse.of(make_check(as_of=as_of)), width=100)
    assert note.endswith("as of 06:30 UTC on 5 March 2025")


def test_an_answer_cannot_steer_the_terminal(
    make_check: MakeCheck, article: Article, conflict: Evidence
) -> None:
    """Control characters in a title, as an old service may send them, do nothing."""
    hostile = replace(conflict, article=replace(article, title="\x1b[2JGone\x07", revision=""))
    note = check_note(CheckResponse.of(make_check(conflicting=(hostile,))))
    assert "[2JGone — Dale Courier" in note
    assert not set(note) & {"\x1b", "\x07"}


def test_a_finding_reads_like_a_compilers(make_finding: MakeFinding) -> None:
    """Place, severity, message and rule on the first line; then the statement, marked, and the
    quote."""
    draft = "# Mill\n\nIt is old. The mill has 20 looms. It rains.\n"
    lines = finding_note("mill.md", draft, make_finding(draft, "The mill has 20 looms.")).split(
        "\n"
    )
    why = (
        "Number differs: “20 looms” here, “about 14 looms” in the archive (foreman Ada Kell, "
        "Dale Courier, 4 March 2025)."
    )
    assert lines[:3] == [
        f"mill.md:3:12: error: {why} [number-differs]",
        "    3 | It is old. The mill has 20 looms. It rains.",
        "      |            ~~~~~~~~~~~~~~~~~~~~~~",
    ]
    assert lines[3].startswith("    conflicts  The mill reportedly has about 14 looms — foreman")


def test_a_finding_has_its_notices(make_finding: MakeFinding) -> None:
    """Below the statement, before the quotes."""
    draft = "The mill has 20 looms."
    notice = Notice(NoticeCode.EMPTY_INDEX, "The index holds no article yet.")
    lines = finding_note("a.txt", draft, make_finding(draft, draft, notices=(notice,))).split("\n")
    assert lines[3] == "    note       The index holds no article yet."
    assert lines[4].startswith("    conflicts  ")


def test_a_statement_over_two_lines_is_marked_to_the_end_of_its_first(
    make_finding: MakeFinding,
) -> None:
    """The marks never run beyond the line that is shown."""
    draft = "Look: the mill\nhas 20 looms."
    lines = finding_note("a.txt", draft, make_finding(draft, "the mill\nhas 20 looms.")).split("\n")
    assert lines[1:3] == ["    1 | Look: the mill", "      |       ~~~~~~~~"]


def test_a_summary_counts_the_gravest_first() -> None:
    """Drafts, statements, and each verdict that was given."""
    verdicts = {Verdict.SUPPORTED: 7, Verdict.NO_EVIDENCE: 1, Verdict.CONTRADICTED: 1_002}
    assert drafts_summary(2, verdicts) == (
        "2 drafts, 1,010 statements: 1,002 contradicted, 1 no evidence, 7 supported"
    )
    assert drafts_summary(1, {}) == "1 draft, 0 statements"
