"""A quotation is held against the archive: its words, and whose they are."""

from datetime import UTC, datetime

import pytest

from service.domain.article import Submission
from service.domain.claim import Filters
from service.domain.quotation import ChangeKind, QuotationQuery, QuotationResult, VerifiedQuotation
from service.pipeline.quotations import verify_asked
from service.wiring import Services

EXACT, ALTERED, MISATTRIBUTED, NOT_FOUND = QuotationResult


async def verified(
    services: Services, words: str, speaker: str = "", *, excluded: str = ""
) -> VerifiedQuotation:
    left_out = frozenset({excluded} if excluded else ())
    query = QuotationQuery(words, speaker, Filters(), left_out)
    return await verify_asked(query, services.checker)


def source(found: VerifiedQuotation) -> tuple[str, str | None]:
    """The words on record, and their speaker as fully as the article names them."""
    assert found.source is not None
    said = found.source.quote.attribution
    speaker = said.resolved or said.speaker
    words = found.source.quote.span.of(found.source.article.text)
    return words, speaker.text if speaker else None


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("We sold nine loaves", "Hap Winterbourne"),
        ("“On a Monday we sell ninety.”", "Winterbourne"),
        ("on a monday we sell ninety", ""),
        ("No such letter reached us - and no photograph either", "Minister Casimir Wendle"),
        ("I sent photographs … twice", "Lemuel Tarrant"),
        ("Nobody will cross [the Sallow Bridge] until I would let my own children cross it", ""),
        ("It is not what we asked for, but it is more than [the hospital] said they had", ""),
        ("a coalition of criminals", "President Zelensky"),
        # The article has the first words before its mark.
        ("go further without closing something", "Ms. Vole"),
        # Two quotations that a cue interrupts are one.
        ("I can promise you this autumn. I can’t promise you the weather.", "Larkspur"),
    ],
)
async def test_words_on_record_are_exact(samples: Services, words: str, speaker: str) -> None:
    """Whatever the typography, the form of the name, and an editor's brackets and ellipses."""
    found = await verified(samples, words, speaker)
    assert (found.result, found.changes) == (EXACT, ())
    assert found.source is not None


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        (
            "Nobody will cross this bridge until I would let the whole council cross it",
            [(ChangeKind.REPLACED, "the whole council", "my own children")],
        ),
        ("I sent photographs, and I sent twice", [(ChangeKind.LEFT_OUT, "", "them")]),
        (
            "There really is no such plan, and there was none in July",
            [(ChangeKind.ADDED, "really", "")],
        ),
    ],
)
async def test_an_altered_quotation_says_which_words_differ(
    samples: Services, words: str, changes: list[tuple[ChangeKind, str, str]]
) -> None:
    """Both sides point to where they stand."""
    found = await verified(samples, words)
    assert found.result is ALTERED
    assert [(each.kind, each.quoted.text, each.source.text) for each in found.changes] == changes
    assert found.source is not None
    for change in found.changes:
        assert change.quoted.span.of(found.quotation) == change.quoted.text
        assert change.source.span.of(found.source.article.text) == change.source.text


async def test_somebody_elses_words_are_misattributed(samples: Services) -> None:
    """With where they stand and who said them."""
    found = await verified(samples, "I sent photographs, and I sent them twice", "Casimir Wendle")
    assert found.result is MISATTRIBUTED
    assert source(found) == ("I sent photographs, and I sent them twice", "Lemuel Tarrant")


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("The ferry will sail before the frost", "Ottoline Brask"),
        ("We sold", "Ottoline Brask"),
        ("[…]", ""),
        ("The Sallow Bridge was closed to all traffic on Monday", "Ottoline Brask"),
    ],
)
async def test_what_nobody_is_quoted_with_is_not_found(
    samples: Services, words: str, speaker: str
) -> None:
    """Unknown words, two words that anybody may say, no words, and a reporter's own."""
    found = await verified(samples, words, speaker)
    assert (found.result, found.changes) == (NOT_FOUND, ())


async def test_an_article_that_is_left_out_has_no_words(samples: Services) -> None:
    """By its address as by its id, with a slash at the end as without."""
    words = "We sold nine loaves"
    found = await verified(samples, words)
    assert found.source is not None
    article = found.source.article
    assert article.url is not None
    for name in (article.id, article.url, f"{article.url}/#top"):
        assert (await verified(samples, words, excluded=name)).result is NOT_FOUND


async def test_of_two_who_said_the_same_the_one_asked_for_counts(services: Services) -> None:
    """Whoever was first."""
    for day, name in ((1, "Anna Poe"), (2, "Karl Lind")):
        text = f"“The mill in Orm will never be sold to anybody,” {name} told the council."
        submission = Submission(text=text, published_at=datetime(2025, 5, day, tzinfo=UTC))
        await services.indexer.put(submission)
    words = "The mill in Orm will never be sold to anybody"
    for name in ("Anna Poe", "Karl Lind"):
        found = await verified(services, words, name)
        assert (found.result, source(found)) == (EXACT, (words, name))
    assert (await verified(services, words, "Mary Hale")).result is MISATTRIBUTED
