from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.analysis.plan import make_plan
from plsp_audit.analysis.plan_target import read_target
from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.plan import Plan
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.plan_xlsx import COLUMNS, render_plan_xlsx


def _plan(file: Path, target: str, unknowns: bool = False, lang: Lang = "zh") -> tuple[Plan, ResolvedStandard]:
    scored = Desk(Library(), None, lang).score(file)
    wanted = read_target(target, scored.standard)
    assert wanted is not None
    compiled = scored.opened.prepared.compiled
    return make_plan(compiled, scored.result, scored.assessment, wanted, unknowns), scored.standard


def _book(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_has_its_row(examples: Path, lang: Lang) -> None:
    plan, standard = _plan(examples / "ningxia-room-poor.yaml", "good", lang=lang)
    content = render_plan_xlsx(plan, standard, lang)
    assert content == render_plan_xlsx(plan, standard, lang)
    sheet = _book(content).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = rows.index([say(f"plan.column.{name}", lang) for name in COLUMNS])
    steps = rows[head + 1 : head + 1 + len(plan.steps)]
    assert [row[1] for row in steps] == [step.rule for step in plan.steps]
    assert [row[6] for row in steps] == [float(step.effort) for step in plan.steps]
    last = plan.steps[-1].after
    assert last is not None
    assert steps[-1][8] == pytest.approx(float(last.score), abs=0.005)
    assert [row[10].date().isoformat() if row[10] else None for row in steps] == [step.due for step in plan.steps]
    assert rows[head + 1 + len(plan.steps)][6] == plan.effort


def test_open_items_have_a_sheet_of_their_own(examples: Path) -> None:
    plan, standard = _plan(examples / "gansu-room-unchecked.yaml", "good", unknowns=True)
    book = _book(render_plan_xlsx(plan, standard))
    assert book.sheetnames == ["达标方案", "未查项"]
    rules = [row[1].value for row in book["未查项"].iter_rows(min_row=3)]
    assert rules == [item.rule for item in plan.open]


@pytest.mark.parametrize(
    ("file", "said"),
    [("gansu-room-unchecked", "达不到目标"), ("ningxia-station-not-rated", "暂不参评"),
     ("ningxia-station-good", "已经达到目标")],
)  # fmt: skip
def test_without_steps_the_workbook_says_why(examples: Path, file: str, said: str) -> None:
    plan, standard = _plan(examples / f"{file}.yaml", "good")
    cells = [str(c.value) for row in _book(render_plan_xlsx(plan, standard)).worksheets[0].iter_rows() for c in row]
    assert any(cell.startswith(said) for cell in cells)
    assert ("少得分" in cells) == bool(plan.obstacles)


def test_text_that_begins_like_a_formula_stays_text(examples: Path) -> None:
    plan, standard = _plan(examples / "gansu-station-medium.yaml", "good")
    step = plan.steps[0].model_copy(update={"problem": "=1+1", "remedy": "@SUM(A1)"})
    sheet = _book(render_plan_xlsx(plan.model_copy(update={"steps": [step]}), standard)).worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert cells["@SUM(A1)"].data_type == "s"
