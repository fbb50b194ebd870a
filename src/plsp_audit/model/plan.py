"""What an improvement plan says: `plsp: plan/1`. Numbers are exact; JSON rounds them half up to 4 decimals."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plsp_audit.model.base import Exact, Strict
from plsp_audit.model.result import GradeRef, InspectionInfo, Level, SiteInfo, StandardRef

PlanStatus = Literal["already", "reached", "unreachable", "not_rated", "no_score"]
Kind = Literal["verify", "fix"]
ObstacleKind = Literal[
    "veto_open",
    "veto",
    "pass_mark",
    "max_total",
    "bonus_cap",
    "not_checked",
    "waived",
    "not_applicable",
    "never_full",
    "best",
]


class Target(Strict):
    """What is to be reached: a grade or better, or a rounded score; `given` are the user's words for it."""

    given: str
    grade: GradeRef | None = None
    score: Exact | None = None


class Standing(Strict):
    """Where a site stands: score, the same rounded for grading, grade, and what keeps the grade down."""

    score: Exact
    rounded: Exact
    grade: GradeRef
    capped_by: list[str]


class Step(Strict):
    """One step of a plan, and where it leads.

    Attributes:
        kind: `verify` looks at what was not checked and counts on it being in order; `fix` puts a rule right.
        veto: Whether the rule keeps the grade below the target until then.
        effort: In the standard's own unit; 0 for verifying.
        gain: Points of the rule; a penalty's are what it no longer costs.
        due: ISO date; None where nothing has to be put right.
        after: Where the site stands with this step and those before it.
    """

    no: int
    kind: Kind
    rule: str
    title: str
    level: Level
    veto: bool
    problem: str
    remedy: str
    effort: Exact
    gain: Exact
    due: str | None
    after: Standing | None


class OpenItem(Strict):
    """A rule that was not checked, or only in part: what it could still add, and whether the plan counts on it."""

    rule: str
    title: str
    level: Level
    gain: Exact
    veto: bool
    counted_on: bool
    unknown: str


class Obstacle(Strict):
    """What stands between a site and the target. `points` are lost to the score by it, as far as that is a number."""

    kind: ObstacleKind
    id: str
    title: str
    points: Exact | None = None
    text: str = ""


class Bound(Strict):
    """What the target costs under another assumption: None where it cannot be reached at all."""

    effort: Exact | None
    fixes: int | None


class Plan(Strict):
    """The cheapest way of one site to a target.

    Attributes:
        unknowns: Whether items that were not checked were counted on.
        proven: Whether no cheaper set of steps exists; `least_effort` is what any set takes at least.
        now: Where the site stands; None where it has no score.
        best: Where it would stand with everything put right that can be.
        aim: What the steps lead to: the target, or the most that can be reached where the target cannot.
        at_worst: With `unknowns`: what the target costs should every open item prove as bad as it can.
    """

    plsp: Literal["plan/1"] = "plan/1"
    tool: str
    standard: StandardRef
    site: SiteInfo
    inspection: InspectionInfo
    input_digest: str
    target: Target
    unknowns: bool
    status: PlanStatus
    reason: str | None = None
    proven: bool = True
    least_effort: Exact | None = None
    now: Standing | None = None
    after: Standing | None = None
    best: Standing | None = None
    aim: Target | None = None
    effort: Exact | None = None
    fixes: int = 0
    verifications: int = 0
    steps: list[Step] = Field(default_factory=list)
    open: list[OpenItem] = Field(default_factory=list)
    obstacles: list[Obstacle] = Field(default_factory=list)
    at_worst: Bound | None = None
