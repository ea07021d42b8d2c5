"""What every format prints: drafts with their findings, and which of these count."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.domain.verdict import Verdict
from service.reports.baseline import Baseline, Known
from service.reports.fingerprints import fingerprints, own_words
from service.reports.pragmas import Pragma
from service.reports.threshold import Threshold
from service.wire.drafts import DraftRequest, DraftResponse, FindingResponse

WIDTH_CHARS = 80


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding and whether it counts."""

    finding: FindingResponse
    fingerprint: str
    ignored: str | None = None
    """The reason why the draft says that it is to be ignored."""
    known: bool = False
    """Whether the baseline has it."""

    @property
    def is_open(self) -> bool:
        """Whether somebody should look at it."""
        return self.finding.rule is not None and self.ignored is None and not self.known


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft with its answer."""

    name: str
    file: str | None
    """Its path for programs, with `/` between folders; None if it came without one."""
    text: str
    answer: DraftResponse
    findings: tuple[Reported, ...]

    @property
    def key(self) -> str:
        """What the baseline calls it."""
        return self.file or self.name

    @classmethod
    def of(
        cls,
        asked: DraftRequest,
        answer: DraftResponse,
        *,
        name: str,
        file: str | None = None,
        pragmas: Iterable[Pragma] = (),
        baseline: Baseline | None = None,
    ) -> "CheckedDraft":
        """The answer with what its pragmas and the baseline say of each finding."""
        reported = tuple(
            Reported(
                finding,
                fingerprint,
                next(_reasons(finding, pragmas), None),
                known=baseline is not None and baseline.has(file or name, fingerprint),
            )
            for finding, fingerprint in zip(
                answer.findings, fingerprints(asked.text, answer.findings), strict=True
            )
        )
        return cls(name, file, asked.text, answer, reported)

    def to_baseline(self, threshold: Threshold) -> Iterator[Known]:
        """Its findings as entries of a baseline; what a pragma silences needs none."""
        for reported in self.findings:
            finding = reported.finding
            if finding.rule and reported.ignored is None and threshold.includes(finding):
                words = own_words(self.text, finding)
                yield Known(
                    file=self.key,
                    rule=finding.rule,
                    fingerprint=reported.fingerprint,
                    words=words,
                )


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A draft that could not be checked."""

    file: str
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """All drafts of a run, in order, and what the run was asked to do with their findings."""

    drafts: tuple[CheckedDraft, ...]
    unchecked: tuple[Unchecked, ...] = ()
    fail_on: Threshold = Threshold.CONTRADICTED
    show: Threshold | None = None
    """What is shown; None leaves it to the format."""
    has_baseline: bool = False
    has_job_summary: bool = False
    """Whether the run writes one, which has what finds no room elsewhere."""
    width_chars: int = WIDTH_CHARS
    """Of a line, in formats for a terminal."""

    @property
    def fails(self) -> bool:
        """Whether a finding fails the run."""
        return any(self.is_failing(found) for draft in self.drafts for found in draft.findings)

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many statements got which verdict."""
        counted: Counter[Verdict] = Counter()
        for draft in self.drafts:
            counted.update(draft.answer.verdicts)
        return counted

    def is_failing(self, reported: Reported) -> bool:
        """Whether it fails the run."""
        return reported.is_open and self.fail_on.includes(reported.finding)

    def baseline(self, before: Baseline) -> Baseline:
        """The baseline after this run: of its drafts, warnings, errors and what fails a run."""
        threshold = self.fail_on.or_milder(Threshold.DISPUTED)
        found = [known for draft in self.drafts for known in draft.to_baseline(threshold)]
        return before.updated((draft.key for draft in self.drafts), found)

    def shown(self, draft: CheckedDraft, *, least: Threshold | None = None) -> list[Reported]:
        """The findings of a draft that are shown, in its order: those from `show` up, else from
        `--fail-on` up, and from `least` up in any case; ignored and known ones only with `all`."""
        level = self.show or self.fail_on.or_milder(least or self.fail_on)
        return [
            reported
            for reported in draft.findings
            if level.includes(reported.finding) and (reported.is_open or level is Threshold.ALL)
        ]


def _reasons(finding: FindingResponse, pragmas: Iterable[Pragma]) -> Iterator[str]:
    for pragma in pragmas:
        if pragma.silences(finding.rule, finding.position.span):
            yield pragma.reason
