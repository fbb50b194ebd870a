"""A standard as it is written and as it is resolved (spec section 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from plsp_audit.model.base import Exact, Strict, YesNo
from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.rules import NaPolicy, Rule

Model = Literal["normalised", "weighted", "sum"]
RoundingMode = Literal["half_up", "half_even", "floor", "ceil"]


class OutlineEntry(Strict):
    """One clause of a document: has rules, or says why no site can be checked against it."""

    at: str
    about: str
    tiers: tuple[str, ...] | None = None
    partly: str | None = None
    not_checked: str | None = None


class Source(Strict):
    """An official document and its clauses."""

    id: str
    title: str
    issuer: str | None = None
    issued: str | None = None
    number: str | None = None
    note: str | None = None
    outline: tuple[OutlineEntry, ...] = ()


class Parameter(Strict):
    """A threshold that tailoring may change; `value` is a literal, a list, or an operand."""

    value: Any
    unit: str | None = None
    title: str | None = None


def _by_tier(value: Any) -> str:
    return "~tiers" if isinstance(value, Mapping) else "~total"


Printed = Annotated[
    Annotated[Exact, Tag("~total")] | Annotated[dict[str, Exact], Tag("~tiers")], Discriminator(_by_tier)
]


class Dimension(Strict):
    """A dimension; `points` is the total that the source prints, `pass_mark` a percentage.

    A child that restates one writes what it changes; the rest, the title too, stays its parents'.
    """

    id: str
    title: str = ""
    weight: Exact = Field(default=1, validate_default=True)
    pass_mark: Exact | None = None
    points: Printed | None = None
    reason: str | None = None


class Rounding(Strict):
    """How the score is rounded before it is graded."""

    places: Annotated[int, Field(ge=0, le=4)] = 0
    mode: RoundingMode = "half_up"


def _no_rounding(value: Any) -> Any:
    return None if value == "none" else value


class Scoring(Strict):
    """How points become a score. `full_marks`, `base` and `max_total` are in points of the total."""

    model: Model = "normalised"
    full_marks: Exact = Field(default=100, validate_default=True)
    base: Exact = Field(default=0, validate_default=True)
    not_applicable: NaPolicy = "exclude"
    not_checked: Literal["zero", "exclude"] = "zero"
    rounding: Annotated[Rounding | None, BeforeValidator(_no_rounding)] = Rounding()
    max_total: Exact | None = Field(default=100, validate_default=True)
    bonus_cap: Exact | None = None
    below_pass_mark: str | None = None
    assumed: tuple[str, ...] = ()
    reason: str | None = None


class Grade(Strict):
    """A grade, reached from `from_` (written `from`) on, inclusive."""

    id: str
    title: str
    from_: Exact = Field(alias="from")
    assumed: YesNo = False
    reason: str | None = None


class Tier(Strict):
    """A tier and its rules file."""

    id: str
    title: str
    rules: str


def _filled(value: Any) -> Any:
    if value is None or isinstance(value, str) and not value.strip():
        raise PydanticCustomError("not_filled", "not filled")
    return value


Reason = Annotated[str, BeforeValidator(_filled)]


class ParameterChange(Strict):
    """A parameter's new value, with the reason."""

    value: Any
    reason: Reason


class RuleRemoval(Strict):
    """A rule that a child standard does without; without `tier`, in every tier."""

    rule: str
    tier: str | None = None
    reason: Reason


class RuleChange(Strict):
    """Keys of a rule that a child standard sets anew; without `tier`, in every tier."""

    rule: str
    tier: str | None = None
    set: dict[str, Any]
    reason: Reason


class Tailoring(Strict):
    """What a child standard changes. `reason` speaks for grades, scoring and dimensions restated beside it."""

    reason: str | None = None
    parameters: dict[str, ParameterChange] = Field(default_factory=dict)
    remove: tuple[RuleRemoval, ...] = ()
    alter: tuple[RuleChange, ...] = ()


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class StandardFile(Strict):
    """A `standard.yaml`. What a child leaves out it has from its parents."""

    plsp: Literal["standard/1"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    title: str
    issuer: str | None = None
    issued: str | None = None
    province: str | None = None
    points_basis: Literal["source", "assigned"] | None = None
    notes: str | None = None
    extends: Annotated[list[str] | None, BeforeValidator(_listed)] = None
    tailoring: Tailoring | None = None
    sources: tuple[Source, ...] = ()
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    dimensions: tuple[Dimension, ...] = ()
    scoring: Scoring = Scoring()
    grades: tuple[Grade, ...] = ()
    tiers: tuple[Tier, ...] = ()


class Change(Strict):
    """One thing a child standard changed, for the report: what, from what, to what, by which standard, why."""

    standard: str
    kind: Literal["parameter", "remove", "alter", "grades", "scoring", "dimension"]
    target: str
    tier: str | None = None
    before: Any = None
    after: Any = None
    reason: str


class ResolvedStandard(Strict):
    """A standard after extends and tailoring: everything scoring and reports need.

    Attributes:
        rules: By tier id, in the order of the files; parameters are filled in.
        facts: The shared dictionary with the standard's own facts in front.
        digest: SHA-256 over the canonical JSON of everything else here but the facts that no rule uses.
        lineage: Ids of the standards it was made from, ancestors first, itself last.
    """

    id: str
    title: str
    issuer: str | None
    issued: str | None
    province: str | None
    points_basis: Literal["source", "assigned"]
    notes: str | None
    sources: tuple[Source, ...]
    parameters: dict[str, Parameter]
    dimensions: tuple[Dimension, ...]
    scoring: Scoring
    grades: tuple[Grade, ...]
    tiers: tuple[Tier, ...]
    rules: dict[str, tuple[Rule, ...]]
    facts: FactDictionary
    changes: tuple[Change, ...] = ()
    lineage: tuple[str, ...] = ()
    digest: str = ""

    def tier(self, tier_id: str) -> Tier | None:
        """Give the tier of that id, None when the standard has none."""
        return next((t for t in self.tiers if t.id == tier_id), None)

    def grade_rank(self, grade_id: str) -> int:
        """Give the place of a grade, 0 for the best."""
        return next(i for i, g in enumerate(self.grades) if g.id == grade_id)

    def source(self, source_id: str) -> Source | None:
        """Give the source document of that id."""
        return next((s for s in self.sources if s.id == source_id), None)
