"""An improvement plan on screen: the outcome, the steps, what stands in the way, what was not checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plsp_audit.cli.grid import grid, heading, lines
from plsp_audit.cli.screen import Prose, Screen, show
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.plan import Plan
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.plan_view import PlanView, StepRow, gain_text
from plsp_audit.reporting.wording import clean, number

if TYPE_CHECKING:
    from rich.console import RenderableType

_STYLES = {"already": "green", "reached": "bold", "unreachable": "bold yellow"}


def show_plan(plan: Plan, standard: ResolvedStandard, lang: Lang) -> None:
    """Print a plan."""

    def draw(encoding: str) -> RenderableType:
        from rich.console import Group

        return Group(*_blocks(PlanView(plan, standard, lang), Screen(lang, encoding)))

    show(draw)


def _blocks(view: PlanView, screen: Screen) -> Iterator[RenderableType]:
    from rich.text import Text

    plan = view.plan
    yield heading(view.subject, screen)
    title = clean(plan.standard.title, screen.lang, 200)
    date = clean(plan.inspection.date, screen.lang, 20)
    yield Prose(screen.fit(view.say("about", tier=view.tier, date=date, standard=title)))
    mark = "：" if screen.lang == "zh" else ": "
    yield Prose(screen.fit(view.say("target.label") + mark + view.target))
    outcome = [text for text in view.outcome() if text]
    for place, text in enumerate(outcome):
        main = place == min(1, len(outcome) - 1)
        yield Prose(screen.fit(text), _STYLES.get(plan.status, "bold yellow") if main else "")
    if view.obstacles:
        yield Text()
        yield heading(view.say("heading.obstacles"), screen)
        rows = [(number(row.points), row.text) for row in view.obstacles]
        yield grid([(view.say("column.points"), "number"), (view.say("column.obstacle"), "text")], rows, screen)
    if text := view.instead():
        yield Text()
        yield Prose(screen.fit(text), "bold")
    if view.steps:
        yield Text()
        yield heading(view.say("heading.steps", count=len(view.steps)), screen)
        yield _steps(view, screen)
    if view.open and plan.unknowns:
        yield Text()
        yield heading(view.say("heading.open", count=len(view.open)), screen)
        yield _open(view, screen)
    notes = list(view.notes())
    if notes:
        yield Text()
        yield from lines(notes, screen)


def _steps(view: PlanView, screen: Screen) -> RenderableType:
    keys = (("no", "number"), ("rule", "word"), ("kind", "word"), ("effort", "number"), ("gain", "number"),
            ("score_after", "word"), ("text", "text"))  # fmt: skip
    rows = [
        (str(row.no), row.rule, row.kind, number(row.effort), gain_text(row), row.after, _text(row, view))
        for row in view.steps
    ]
    return grid([(view.say(f"column.{key}"), kind) for key, kind in keys], rows, screen)


def _text(row: StepRow, view: PlanView) -> str:
    remedy = view.say("step.remedy", text=row.remedy)
    if row.due:
        comma = say("report.text.comma", view.lang)
        remedy = remedy.rstrip("。.") + comma + view.say("step.due", day=row.due)
    problem = view.say("step.problem", text=row.problem) if row.problem else ""
    return "\n".join(filter(None, (row.title, problem, remedy)))


def _open(view: PlanView, screen: Screen) -> RenderableType:
    keys = (("rule", "word"), ("kind", "word"), ("could", "number"), ("counted", "word"), ("unknown", "text"))
    rows = [
        (row.rule, row.kind, number(row.gain), row.counted, "\n".join(filter(None, (row.title, row.unknown))))
        for row in view.open
    ]
    return grid([(view.say(f"column.{key}"), kind) for key, kind in keys], rows, screen)
