"""What a result says: `plsp: result/1` (spec section 6). Numbers are exact; JSON rounds them half up to 4 decimals."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag

from plsp_audit.model.base import Exact, Strict

State = Literal["pass", "partial", "fail", "not_applicable", "not_checked", "waived", "info"]
Level = Literal["required", "recommended", "bonus", "penalty", "info"]
Status = Literal["rated", "not_rated", "no_score"]


class Told(Strict):
    """A part of a result that this program makes itself, by the dozen for every site."""

    @classmethod
    def told(cls, **values: Any) -> Self:
        """Give what `model_construct` gives, several times as quickly.

        Args:
            values: Every field, in the order of the class, already of its type.
        """
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        object.__setattr__(made, "__pydantic_fields_set__", set(values))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


def _how_many(value: Any) -> str:
    return "~many" if isinstance(value, list) else "~one"


Places = Annotated[Annotated[str, Tag("~one")] | Annotated[list[str], Tag("~many")], Discriminator(_how_many)]


class Clause(Strict):
    """Where the requirement stands: the source's id and the place in it."""

    source: str
    at: Places


class PartsCount(Told):
    """How many a check asks for, how many are met, how many are unknown, and the labels of what is missing."""

    asked: int
    met: int
    unknown: int
    missing: list[str]


class Evidence(Strict):
    """A photo or document: path relative to the inspection file, and the SHA-256 of its bytes (None: not there)."""

    path: str
    sha256: str | None = None
    caption: str | None = None


class WaiverResult(Strict):
    """A waiver, whether it has expired by the inspection date, and the state the rule would have without it."""

    reason: str
    approved_by: str | None = None
    until: str | None = None
    expired: bool = False
    state: State | None = None


class PartResult(Told):
    """One part (分项) of a rule: its number counts from 1."""

    no: int
    title: str
    state: State
    points: Exact
    awarded: Exact
    low: Exact
    high: Exact
    parts: PartsCount
    observed: str
    required: str
    reason: str


class RuleResult(Told):
    """What became of one rule. Points are in the standard's points; a penalty's are negative."""

    id: str
    title: str
    dimension: str
    level: Level
    state: State
    points: Exact
    awarded: Exact
    low: Exact
    high: Exact
    parts: PartsCount
    observed: str
    required: str
    reason: str
    clause: Clause
    method: str | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    evidence_missing: bool = False
    note: str | None = None
    waiver: WaiverResult | None = None
    self_score: Exact | None = None
    parts_detail: list[PartResult] = Field(default_factory=list)


class DimensionResult(Told):
    """A dimension's points in play and what was awarded; `rate` is awarded ÷ points, 0 to 1, None without points."""

    id: str
    title: str
    points: Exact
    awarded: Exact
    low: Exact
    high: Exact
    rate: Exact | None


class Rectification(Told):
    """One line of the rectification list. `priority`: 1 veto, 2 required, 3 recommended. `due`: an ISO date."""

    no: int
    rule: str
    problem: str
    requirement: str
    remedy: str
    points_lost: Exact
    priority: Literal["veto", "required", "recommended"]
    due: str | None
    owner: str | None


class Score(Strict):
    """The score, the same rounded for grading, and the bounds of the completed inspection."""

    value: Exact
    rounded: Exact
    low: Exact
    high: Exact


class GradeRef(Strict):
    """A grade by id and title."""

    id: str
    title: str


class Coverage(Strict):
    """How many rules apply and how many of them were checked."""

    applicable: int
    checked: int


class StandardRef(Strict):
    """Which standard, and the SHA-256 over the canonical JSON of its resolved form."""

    id: str
    title: str
    digest: str


class SiteInfo(Strict):
    """The site block of an inspection file (spec section 3.4). `tier` is the standard's tier id."""

    id: str
    name: str
    tier: str
    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None
    village: str | None = None
    head: str | None = None
    phone: str | None = None


class InspectionInfo(Strict):
    """When, how and by whom the site was inspected; `date` is ISO."""

    date: str
    kind: Literal["self", "acceptance", "recheck", "spot_check"] = "acceptance"
    team: str | None = None
    inspectors: list[str] = Field(default_factory=list)
    methods: list[str] = Field(default_factory=list)


class Result(Strict):
    """One site's result. A `not_rated` site has no rules, dimensions, coverage or bounds (None)."""

    plsp: Literal["result/1"] = "result/1"
    tool: str
    standard: StandardRef
    site: SiteInfo
    inspection: InspectionInfo
    input_digest: str
    status: Status
    reason: str | None = None
    complete: bool | None = None
    score: Score | None = None
    grade: GradeRef | None = None
    grade_low: str | None = None
    grade_high: str | None = None
    capped_by: list[str] | None = None
    coverage: Coverage | None = None
    bonus: Exact | None = None
    penalty: Exact | None = None
    dimensions: list[DimensionResult] | None = None
    rules: list[RuleResult] | None = None
    rectification: list[Rectification] | None = None
