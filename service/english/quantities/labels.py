"""Finds numbers that count nothing: times, and names with digits. `text/dates` finds dates."""

import re

from service.domain.text import Span

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june"
    r"|july|august|september|october|november|december)\.?"
)
_NAMES_A_MOMENT = re.compile(
    rf"""
    \b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d|,\d{{3}})(?:,?\s+\d{{4}})?\b   # Jan. 5, 2024
    |\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:\s+\d{{4}})?
    |\b{_MONTH}\s+\d{{4}}\b
    |\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b
    |\b\d{{1,2}}(?::\d{{2}})+\b|\b\d{{1,2}}\s?[ap]\.?m\b
    |\b(?:1[5-9]|20)\d\d[’']?s\b
    |\b\d+\s(?:BCE?|AD|CE)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAMES_A_THING = re.compile(
    r"""\b(?:no\.|number|route|highway|article|section|chapter|page|room|title|phase|act|season
       |episode|flight|boeing|airbus|psalm|verse|size|channel|amendment|proposition|part|volume
       |group|class|grade|level|stage|lane|gate|terminal|platform|district|ward|precinct
       |line|track|exit|pier|zone|sector|reactor|runway|interstate)\s+\d+"""
    r"|\b\d+(?:-\d+)+-\d+\b"
    r"|\b24/7\b|\b9/11\b|\b\d+/\d+\b",
    re.IGNORECASE | re.VERBOSE,
)


def labels(text: str) -> tuple[Span, ...]:
    """The spans of these numbers."""
    return tuple(
        Span(*match.span())
        for pattern in (_NAMES_A_MOMENT, _NAMES_A_THING)
        for match in pattern.finditer(text)
    )
