"""What a draft's editor is told: findings, and the one table of the rules behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from service.domain.quotation import VerifiedQuotation
from service.domain.text import Span
from service.domain.verdict import Check, Evidence, Verdict


class Severity(StrEnum):
    """How grave a finding is: an error is wrong by the record, a warning wants a look, a note is
    good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """The gravest has the highest."""
        return _RANKS[self]


_RANKS = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class RuleId(StrEnum):
    """The stable name of each rule, which baselines, pragmas and reports refer to."""

    CLAIM_CONTRADICTED = "claim-contradicted"
    NUMBER_DIFFERS = "number-differs"
    DATE_DIFFERS = "date-differs"
    QUOTE_ALTERED = "quote-altered"
    QUOTE_MISATTRIBUTED = "quote-misattributed"
    CLAIM_DISPUTED = "claim-disputed"
    SUPERSEDED_FIGURE = "superseded-figure"
    ATTRIBUTION_DIFFERS = "attribution-differs"
    SINGLE_ORIGIN = "single-origin"
    QUOTE_NOT_FOUND = "quote-not-found"
    CLAIM_INSUFFICIENT = "claim-insufficient"
    CLAIM_NO_EVIDENCE = "claim-no-evidence"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for in a draft."""

    id: RuleId
    severity: Severity
    """Of its findings, but see `Finding.severity`."""
    name: str
    """A short title: "Number differs"."""
    help: str
    """What it means and what to do, for somebody who reads no manual."""


RULES: Mapping[RuleId, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            Rule(
                RuleId.CLAIM_CONTRADICTED,
                Severity.ERROR,
                "Contradicted",
                "The archive says otherwise, and nothing in it says the same. Read the quote, then "
                "correct the sentence or find a better source.",
            ),
            Rule(
                RuleId.NUMBER_DIFFERS,
                Severity.ERROR,
                "Number differs",
                "The archive reports the same with another number. Check which of the two is "
                "right, and whether both count the same thing at the same time.",
            ),
            Rule(
                RuleId.DATE_DIFFERS,
                Severity.ERROR,
                "Date differs",
                "The archive reports the same with another date. Check the day, the month and the "
                "year.",
            ),
            Rule(
                RuleId.QUOTE_ALTERED,
                Severity.ERROR,
                "Quotation altered",
                "The words between the quotation marks are nearly those on record, but not quite. "
                "Restore them, mark what you left out with an ellipsis and what you put in with "
                "square brackets, or take the quotation marks away.",
            ),
            Rule(
                RuleId.QUOTE_MISATTRIBUTED,
                Severity.WARNING,
                "Said by somebody else",
                "The archive has these words from another speaker. Correct the name, or check who "
                "said them first.",
            ),
            Rule(
                RuleId.CLAIM_DISPUTED,
                Severity.WARNING,
                "Disputed",
                "Sources in the archive disagree. Name both, or say whose account this is.",
            ),
            Rule(
                RuleId.SUPERSEDED_FIGURE,
                Severity.WARNING,
                "Figure superseded",
                "The archive has this figure, and a newer report has changed it. Use the newer "
                "one, or say of which day the figure is.",
            ),
            Rule(
                RuleId.ATTRIBUTION_DIFFERS,
                Severity.WARNING,
                "Another speaker",
                "What the archive has on this was said by another speaker than the one named here. "
                "Check who said it, and whether both said the same.",
            ),
            Rule(
                RuleId.SINGLE_ORIGIN,
                Severity.NOTE,
                "Supported by one source",
                "Everything in the archive that supports this goes back to one source, however "
                "many outlets printed it. A second source would make it safer.",
            ),
            Rule(
                RuleId.QUOTE_NOT_FOUND,
                Severity.NOTE,
                "Quotation not on record",
                "The archive does not have these words. They may well have been said: compare "
                "them with your notes or the recording.",
            ),
            Rule(
                RuleId.CLAIM_INSUFFICIENT,
                Severity.NOTE,
                "Not decided",
                "The archive has related reports, and none confirms or refutes this.",
            ),
            Rule(
                RuleId.CLAIM_NO_EVIDENCE,
                Severity.NOTE,
                "Not on record",
                "Nothing in the archive is about this.",
            ),
        )
    }
)
"""Every rule by its id, the gravest first. Reports, documents and SARIF read it here."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that could stand in the draft instead of those at `span`."""

    span: Span
    """Into the draft as it was handed in."""
    text: str
    """The newer figure as its source prints it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one place of a draft.

    A statement that the archive bears out, or that no archive could, has a finding without a rule,
    so that every statement with its check is among the findings.
    """

    span: Span
    """Into the draft as it was handed in."""
    rule: RuleId | None
    message: str
    """One or two sentences for an editor."""
    check: Check
    """Of the statement at the place, or around it; `check.claim` is the words that were checked."""
    evidence: tuple[Evidence, ...] = ()
    """The quotes behind the message, the most telling first. Those of a quotation are in
    `quotation`."""
    quotation: VerifiedQuotation | None = None
    """Set where the finding is about words between quotation marks."""
    suggestion: Suggestion | None = None

    @property
    def severity(self) -> Severity | None:
        """That of its rule; a superseded figure which the archive now contradicts is an error.
        None where there is no rule."""
        if self.rule is None:
            return None
        if self.rule is RuleId.SUPERSEDED_FIGURE and self.check.verdict is Verdict.CONTRADICTED:
            return Severity.ERROR
        return RULES[self.rule].severity
