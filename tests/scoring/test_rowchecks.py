"""Checks on rows: asked once of a row that comes again, and always where more than the row is looked at."""

from __future__ import annotations

from typing import Any

from plsp_audit.model.checks import FactCheck
from plsp_audit.model.facts import Fact, FactDictionary
from plsp_audit.scoring.operands import Context
from plsp_audit.scoring.rowchecks import MEMO, compile_row_check
from plsp_audit.scoring.verdict import MET, CheckFn, Scope

ROWS = Fact.model_validate({
    "label": "窗口", "type": "records", "fields": {"sign": {"label": "标牌", "type": "yes_no"}},
})  # fmt: skip
OTHER = Fact.model_validate({"label": "大厅", "type": "yes_no"})
CONTEXT = Context(FactDictionary(facts={"windows": ROWS, "hall": OTHER}, names={"大厅": "hall"}), "station")


class Asked:
    """A compiler of checks that counts how often what it gives is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, check: Any, ctx: Context) -> CheckFn:
        def finding(scope: Scope) -> Any:
            self.times += 1
            return MET

        return finding


def asked(check: dict[str, Any], rows: list[dict[str, Any]]) -> int:
    compiled = Asked()
    verdict = compile_row_check(FactCheck.model_validate(check), ROWS, CONTEXT, compiled)
    assert {verdict(Scope({}, {}), row) for row in rows} == {MET.verdict}
    return compiled.times


def test_the_same_row_is_asked_once() -> None:
    row = {"sign": True}
    assert asked({"fact": "sign", "is": "是"}, [row, row, row]) == 1
    assert asked({"fact": "标牌", "is": "是"}, [row, {"sign": True}]) == 2


def test_what_looks_beyond_the_row_is_asked_every_time() -> None:
    row = {"sign": True}
    assert asked({"fact": "hall", "is": "是"}, [row, row]) == 2
    assert asked({"fact": "sign", "named": "{county}服务窗口"}, [row, row]) == 2


def test_what_is_kept_has_an_end() -> None:
    rows = [{"sign": True} for _ in range(MEMO + 3)]
    assert asked({"fact": "sign", "is": "是"}, [*rows, *rows]) == MEMO + 3 + 3
