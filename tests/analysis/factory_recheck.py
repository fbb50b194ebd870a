"""Small standards and pairs of inspections for the tests of rechecks."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Any

from plsp_audit.analysis.recheck import recheck
from plsp_audit.model.recheck import Recheck, Seen
from plsp_audit.model.result import Clause, Level, PartResult, PartsCount, RuleResult, State
from tests.property.standards import Pack
from tests.property.standards import Seen as Fact

SCORING: dict[str, Any] = {
    "model": "normalised", "full_marks": Fraction(100), "base": Fraction(0), "not_applicable": "exclude",
    "not_checked": "zero", "max_total": Fraction(100), "bonus_cap": None,
}  # fmt: skip
YES, NO, UNSEEN = Fact("是", True), Fact("否", False), Fact("未查", None)


def asks(rid: str, fact: str, points: int = 10, **more: Any) -> dict[str, Any]:
    """Give a rule that asks for a fact."""
    return {"id": rid, "title": f"要有{fact}", "check": fact, "points": Fraction(points), "dimension": "x", **more}


def pack(*rules: dict[str, Any], **scoring: Any) -> Pack:
    return Pack(list(rules), SCORING | scoring)


def seen(of: Pack, declared: tuple[str, ...] = (), waived: tuple[str, ...] = (), **facts: Fact) -> Seen:
    """Score an inspection: `seen(pack, y1=YES)`."""
    blocks = {
        "not_applicable": dict.fromkeys(declared, "不涉及"),
        "waivers": [{"rule": rid, "reason": "改建"} for rid in waived],
    }
    digest = hashlib.sha256(repr((of.rules, of.scoring)).encode()).hexdigest()
    result = of.score(facts, **blocks)[0]
    named = result.standard.model_copy(update={"digest": digest})
    standard = of.standard.model_copy(update={"digest": digest})
    return Seen(result.model_copy(update={"standard": named}), standard, "site.yaml")


def pair(before: Seen, after: Seen, middle: Any = None) -> Recheck:
    return recheck(before, after, middle)


def moves(found: Recheck) -> dict[str, Fraction]:
    """Give the lines of the bridge, by rule or kind."""
    assert found.bridge is not None
    return {line.rule or line.kind: line.change for line in found.bridge.lines}


def count(missing: tuple[str, ...] = (), unknown: int = 0, asked: int = 0) -> PartsCount:
    total = asked or max(len(missing) + unknown, 1)
    return PartsCount(asked=total, met=total - len(missing) - unknown, unknown=unknown, missing=list(missing))


def told(
    state: State = "fail",
    awarded: float | Fraction = 0,
    *,
    level: Level = "required",
    parts: PartsCount | None = None,
    details: tuple[PartResult, ...] = (),
    points: int = 4,
) -> RuleResult:
    """Give a rule's result as scoring might have told it."""
    worth = Fraction(awarded)
    return RuleResult(
        id="R-1", title="一条", dimension="x", level=level, state=state, points=Fraction(points), awarded=worth,
        low=worth, high=worth, parts=parts or count(), observed="看到的", required="要求的", reason="原因",
        clause=Clause(source="doc", at="一"), parts_detail=list(details),
    )  # fmt: skip


def part(no: int, title: str, state: State, missing: tuple[str, ...] = ()) -> PartResult:
    worth = Fraction(2 if state == "pass" else 0)
    return PartResult(
        no=no, title=title, state=state, points=Fraction(2), awarded=worth, low=worth, high=worth,
        parts=count(missing), observed="", required="", reason="",
    )  # fmt: skip
