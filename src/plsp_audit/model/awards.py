"""How parts become points (spec section 3.3, awards), as it is written."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from plsp_audit.model.base import Exact, Strict, YesNo
from plsp_audit.model.checks import Check, Measure, Operand


class ShareAward(Strict):
    """points × met ÷ asked."""

    share: Literal[True] = True


class EachMissingAward(Strict):
    """points − n × missing."""

    each_missing: Operand


class EachMetAward(Strict):
    """n × met."""

    each_met: Operand


class TimesValue(Strict):
    """A step that gives F × times."""

    times: Operand


def _step_tag(value: Any) -> str | None:
    # `{times: n}` alone goes by the measured number; beside `fact` it is an operand's factor.
    alone = isinstance(value, dict) and "times" in value and "fact" not in value
    return "~times" if alone or isinstance(value, TimesValue) else "~operand"


StepValue = Annotated[
    Union[Annotated[TimesValue, Tag("~times")], Annotated[Operand, Tag("~operand")]], Discriminator(_step_tag)
]


def _proportional(value: Any) -> Any:
    return None if value == "none" else value


class OverAward(Strict):
    """By a measured number: in `steps`, or so much off for each unit `below`."""

    over: Measure
    steps: list[tuple[Operand, StepValue]] | None = None
    per_unit: Operand | None = None
    below: Operand | None = None
    unit: Operand | None = None
    whole_units: Annotated[Literal["up", "down"] | None, BeforeValidator(_proportional)] = None

    @model_validator(mode="after")
    def _one(self) -> OverAward:
        by_unit = self.per_unit is not None and self.below is not None
        extra = any(v is not None for v in (self.per_unit, self.below, self.unit, self.whole_units))
        if self.steps is None and not by_unit or self.steps is not None and (extra or not self.steps):
            raise PydanticCustomError("over_forms", "steps | per_unit, below")
        return self


class WhenBranch(Strict):
    """Costs `points` when the condition holds."""

    when: Check
    points: Operand
    title: str | None = None


class PerBranch(Strict):
    """Costs `points` for each occurrence, `at_most` in all."""

    per: Measure
    points: Operand
    at_most: Operand | None = None
    title: str | None = None


class MissingBranch(Strict):
    """Costs `points` for each missing member, `at_most` in all."""

    missing_of: Check
    points: Operand
    at_most: Operand | None = None
    title: str | None = None


class JudgedBranch(Strict):
    """The inspector takes off 0 or a value in the range; with `each` a list of them, summed."""

    judged: Annotated[list[Operand], Field(min_length=2, max_length=2)]
    each: YesNo = False
    at_most: Operand | None = None
    title: str | None = None


_BRANCHES = {"when": WhenBranch, "per": PerBranch, "missing_of": MissingBranch, "judged": JudgedBranch}


def _branch_tag(value: Any) -> str | None:
    for name, model in _BRANCHES.items():
        if isinstance(value, model) or (isinstance(value, dict) and name in value):
            return f"~{name}"
    return None


Branch = Annotated[
    Union[
        Annotated[WhenBranch, Tag("~when")],
        Annotated[PerBranch, Tag("~per")],
        Annotated[MissingBranch, Tag("~missing_of")],
        Annotated[JudgedBranch, Tag("~judged")],
    ],
    Discriminator(_branch_tag, custom_error_type="bad_branch", custom_error_message="not a branch"),
]


class DeductAward(Strict):
    """points − Σ of the branches; `floor: none` lets it go below 0."""

    deduct: Annotated[list[Branch], Field(min_length=1)]
    floor: Literal["none"] | None = None


class PerAward(Strict):
    """`points` × F."""

    per: Measure
    points: Operand


class JudgedSpec(Strict):
    """In what steps, or among which values, the inspector awards."""

    step: Exact | None = None
    choices: list[Exact] | None = None

    @model_validator(mode="after")
    def _one(self) -> JudgedSpec:
        if (self.step is not None and self.choices is not None) or (self.step is not None and self.step <= 0):
            raise PydanticCustomError("judged_forms", "step | choices")
        return self


class JudgedAward(Strict):
    """0..points from the inspection file."""

    judged: JudgedSpec = JudgedSpec()


_AWARDS = {
    "share": ShareAward,
    "each_missing": EachMissingAward,
    "each_met": EachMetAward,
    "over": OverAward,
    "deduct": DeductAward,
    "per": PerAward,
    "judged": JudgedAward,
}


def _award_tag(value: Any) -> str | None:
    for name, model in _AWARDS.items():
        if isinstance(value, model) or (isinstance(value, dict) and name in value):
            return f"~{name}"
    return None


def _shorthand(value: Any) -> Any:
    if value in ("share", "judged"):
        return {"share": True} if value == "share" else {"judged": {}}
    return value


Award = Annotated[
    Union[
        Annotated[ShareAward, Tag("~share")],
        Annotated[EachMissingAward, Tag("~each_missing")],
        Annotated[EachMetAward, Tag("~each_met")],
        Annotated[OverAward, Tag("~over")],
        Annotated[DeductAward, Tag("~deduct")],
        Annotated[PerAward, Tag("~per")],
        Annotated[JudgedAward, Tag("~judged")],
    ],
    Discriminator(_award_tag, custom_error_type="bad_award", custom_error_message="not an award"),
    BeforeValidator(_shorthand),
]

BY_CHECK = (ShareAward, EachMissingAward, EachMetAward)
"""The awards that stand beside a check."""
