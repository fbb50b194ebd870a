"""A rule, its parts, and a tier's rules file (spec section 3.2)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from plsp_audit.model.awards import BY_CHECK, Award, JudgedAward
from plsp_audit.model.base import Exact, Strict, YesNo
from plsp_audit.model.checks import Check, JudgedCheck
from plsp_audit.model.result import Clause, Level

NaPolicy = Literal["exclude", "full", "zero"]


def _check_and_award(check: Any, award: Any) -> None:
    """Hold check and award against each other (spec section 3.3, below the awards)."""
    judged = isinstance(check, JudgedCheck)
    if check is None and award is None:
        raise PydanticCustomError("no_check", "check")
    if check is None and isinstance(award, BY_CHECK):
        raise PydanticCustomError("award_needs_check", "award")
    if judged and award is not None and not isinstance(award, JudgedAward):
        raise PydanticCustomError("check_and_award", "award")
    if check is not None and not judged and award is not None and not isinstance(award, BY_CHECK):
        raise PydanticCustomError("check_and_award", "award")


class Part(Strict):
    """One part (分项) of a rule."""

    title: str
    points: Exact
    check: Check | None = None
    award: Award | None = None
    when: Check | None = None
    na_allowed: YesNo = False
    method: str | None = None
    evidence: Literal["required", "optional"] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Part:
        _check_and_award(self.check, self.award)
        return self


def _clause(value: Any) -> Any:
    return {"source": "", "at": value} if isinstance(value, str | list) else value


class Rule(Strict):
    """One rule.

    `points` are in the standard's points; `days` calendar days to rectify; `effort` in the standard's own unit.
    """

    id: str
    title: str
    dimension: str
    points: Exact = Field(default=None)  # type: ignore[assignment]
    level: Level = "required"
    clause: Annotated[Clause, BeforeValidator(_clause)]
    check: Check | None = None
    award: Award | None = None
    parts: Annotated[list[Part], Field(min_length=1)] | None = None
    when: Check | None = None
    not_applicable: NaPolicy | None = None
    na_allowed: YesNo = False
    veto: str | None = None
    veto_on: Literal["loss", "zero"] = "loss"
    method: str | None = None
    guide: str | None = None
    documents: tuple[str, ...] = ()
    scored_by: str | None = None
    evidence: Literal["required", "optional"] | None = None
    remedy: str | None = None
    days: Annotated[int, Field(ge=0, le=3650)] = 30
    effort: Exact = Field(default=1, validate_default=True)
    assumed: tuple[str, ...] = ()
    locked: YesNo = False

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        if self.effort < 0:
            raise PydanticCustomError("negative_effort", "effort")
        if self.parts is not None:
            if self.check is not None or self.award is not None:
                raise PydanticCustomError("parts_and_check", "parts")
            total = sum((p.points for p in self.parts), start=Fraction(0))
            if self.points is None:
                object.__setattr__(self, "points", total)
            elif self.points != total and "points" not in self.assumed:
                raise PydanticCustomError(
                    "parts_sum", "{points} {total}", {"points": str(self.points), "total": str(total)}
                )
            return self
        if self.points is None:
            if self.level != "info":
                raise PydanticCustomError("no_points", "points")
            object.__setattr__(self, "points", Fraction(0))
        if self.points < 0:
            raise PydanticCustomError("negative_points", "points")
        _check_and_award(self.check, self.award)
        return self


class RulesFile(Strict):
    """A tier's rules file; the rules stay raw, since tailoring changes them before they are read."""

    plsp: Literal["rules/1"] | None = None
    rules: list[dict[str, Any]] = Field(default_factory=list)
