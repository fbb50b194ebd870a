"""The rows a site's report is made of: words only, ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plsp_audit.model.result import Level, State, Status


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about the outcome: what capped the grade, what is open, or a plain note."""

    kind: Literal["cap", "open", "note"]
    text: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The score, the grade and how much was checked. `value` is empty at a site without a score.

    `rounded` is what the grade was taken from; `span` and `grade_span` are empty where nothing is open.
    """

    value: str
    rounded: str
    full_marks: str
    span: str
    grade: str
    grade_span: str
    coverage: str
    coverage_count: str
    complete: str
    bonus: str
    penalty: str


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension's points. The shares, 0 to 1, are for the chart: now, at best, and the pass mark; None without."""

    id: str
    title: str
    weight: str
    pass_mark: str
    points: str
    awarded: str
    span: str
    rate: str
    share: float | None
    share_high: float | None
    share_pass: float | None
    below_pass_mark: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part (分项) of a rule. `lost` says that it lost points, so that its reason is why; a bonus only gains."""

    no: str
    title: str
    state: State
    state_label: str
    points: str
    awarded: str
    span: str
    observed: str
    required: str
    reason: str
    lost: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as it is printed.

    `lost` is as in `PartRow`; `tag` marks a recommended item (建议); `mark` is its state as a sign; `clause_ref` is the
    clause with the number of its source (`〔2〕三(一)`) where there are several, which `SiteReportView.sources` lists.
    """

    no: int
    id: str
    title: str
    dimension: str
    level: Level
    level_label: str
    tag: str
    state: State
    state_label: str
    mark: str
    points: str
    awarded: str
    span: str
    observed: str
    required: str
    reason: str
    lost: bool
    clause: str
    clause_ref: str
    method: str
    guide: str
    scored_by: str
    note: str
    waiver: str
    self_score: str
    difference: str
    evidence: str
    evidence_missing: bool
    open: bool
    parts: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules that stand together: a dimension's, or the bonus, penalty or information items."""

    title: str
    count: int
    points: str
    awarded: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """What the source leaves open and the standard decided: where, and what."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class RectifyRow:
    """One line of the rectification list. `gain` is what the fix would win back."""

    no: int
    rule: str
    title: str
    problem: str
    requirement: str
    remedy: str
    gain: str
    priority: str
    veto: bool
    due: str
    owner: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One photo or document. `key` is the path that the inspection file gives; `sha256` is empty where it is absent."""

    no: int
    key: str
    path: str
    photo: bool
    caption: str
    rules: str
    sha256: str


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """One waiver, used or expired, and the state the rule would have without it."""

    rule: str
    title: str
    reason: str
    approved_by: str
    until: str
    status: str
    expired: bool
    state: str


@dataclass(frozen=True, slots=True)
class SelfRow:
    """A rule's self-assessed points beside those awarded, and the difference."""

    rule: str
    title: str
    self_score: str
    assessed: str
    difference: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """An inspector's note and the rule it belongs to."""

    rule: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A field of the signature block: who signs, with which names printed, and whether a seal belongs there."""

    title: str
    names: tuple[str, ...]
    lines: tuple[str, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the report comes from: the status of its result and the fingerprints a reader can check it by."""

    status: Status
    tool: str
    standard: str
    digest: str
    input_digest: str
