"""The items of a Word report: each rule with what was asked and seen, its points and state, and its parts below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsp_audit.reporting.docx_paper import Paper, cell, plain
from plsp_audit.reporting.docx_parts import Cell, Line, Row
from plsp_audit.reporting.docx_styles import CELL, GREY, GROUP_FILL, HEAD, INK, STATE_FILLS, SUB
from plsp_audit.reporting.rows import PartRow, RuleGroup, RuleRow

_OUT_OF_PLAY = ("waived", "not_applicable")


def draw_rules(paper: Paper) -> None:
    """Draw the scored items by dimension, then bonus, penalty and information items."""
    view = paper.view
    if view.groups:
        paper.heading("rules")
        if view.sources:
            cited = paper.say("text.comma").join(source.label + source.value for source in view.sources)
            paper.write(paper.told(paper.label("rule.clause").capitalize(), cited), SUB, keep=True)
        _draw(paper, view.groups, scored=True)
    if view.extras:
        paper.heading("extras")
        _draw(paper, view.extras, scored=False)


def _draw(paper: Paper, groups: Sequence[RuleGroup], scored: bool) -> None:
    points = 15 if paper.view.lang == "en" else 13
    columns = [
        (paper.label("rule.id"), 17),
        (paper.say("rule.title"), 58),
        (paper.label("result.observed"), 0),
        (paper.label("score.points"), points),
        (paper.label("score.awarded"), points),
        (paper.say("rule.state"), 22),
    ]
    rows: list[Row] = []
    for group in groups:
        rows.append(_group(paper, group))
        for row in group.rows:
            rows.append(_rule(paper, row, scored))
            rows += (_part(paper, part, scored) for part in row.parts)
    paper.grid(columns, rows)


def _group(paper: Paper, group: RuleGroup) -> Row:
    words = {"title": group.title, "count": group.count}
    if group.points:
        text = paper.say("rule.group", **words, awarded=group.awarded, points=group.points)
    else:
        text = paper.say("rule.group_plain", **words)
    return Row((Cell((Line(text, HEAD, "left"),), span=6, fill=GROUP_FILL),), keep=True)


def _rule(paper: Paper, row: RuleRow, scored: bool) -> Row:
    own = paper.say("rule.self_score") + row.self_score if row.self_score else ""
    cells = (
        cell((row.id, SUB)),
        _asked(paper, row),
        cell(*_seen(paper, row)),
        plain(row.points, "right"),
        cell((row.awarded, CELL), (own, SUB), align="right"),
        _state(paper, row, f"{row.mark} {row.state_label}", scored),
    )
    return Row(cells, keep=bool(row.parts))


def _asked(paper: Paper, row: RuleRow) -> Cell:
    tag = paper.bracketed(row.tag) if row.tag else ""
    lines = [Line(row.title, tail=tag)]
    if row.required and not row.parts:
        lines.append(Line(paper.told(paper.say("rule.required"), row.required), INK))
    about = [
        (paper.say("rule.clause"), row.clause_ref),
        (paper.say("rule.method"), row.method),
        (paper.label("rule.scored_by"), row.scored_by),
        (paper.say("rule.guide"), row.guide),
    ]
    said = [paper.told(name, text) for name, text in about if text]
    return Cell((*lines, Line(paper.say("text.comma").join(said), SUB)))


def _seen(paper: Paper, row: RuleRow) -> Iterator[tuple[str, str]]:
    yield (paper.say("rule.see_parts"), SUB) if row.parts else (row.observed, CELL)
    in_parts = bool(row.parts) and row.state in ("pass", "partial", "fail")
    by_waiver = bool(row.waiver) and row.state == "waived"
    by_sight = bool(row.observed) and row.state == "not_checked"
    if row.reason and not (in_parts or by_waiver or by_sight):
        yield _why(paper, row)
    if row.waiver:
        yield paper.told(paper.label("site.waivers"), row.waiver), INK
    if row.evidence:
        yield paper.told(paper.say("rule.evidence"), row.evidence), SUB
    if row.evidence_missing:
        yield paper.say("rule.evidence_missing"), INK
    if row.note:
        yield paper.told(paper.say("rule.note"), row.note), SUB


def _why(paper: Paper, row: RuleRow | PartRow) -> tuple[str, str]:
    return paper.told(paper.say("rule.reason" if row.lost else "rule.reason_other"), row.reason), INK


def _state(paper: Paper, row: RuleRow | PartRow, text: str, scored: bool) -> Cell:
    lines = [Line(text, CELL, "center", color=GREY if row.state in _OUT_OF_PLAY else "")]
    if row.span:
        lines.append(Line(paper.say("rule.span", span=row.span), SUB, "center"))
    shaded = scored or row.state == "not_checked"
    return Cell(tuple(lines), fill=STATE_FILLS.get(row.state, "") if shaded else "")


def _part(paper: Paper, part: PartRow, scored: bool) -> Row:
    required = paper.told(paper.say("rule.required"), part.required) if part.required else ""
    return Row(
        (
            cell((paper.bracketed(part.no).strip(), SUB)),
            cell((part.title, CELL), (required, INK)),
            cell((part.observed, CELL), *([_why(paper, part)] if part.reason else [])),
            plain(part.points, "right"),
            plain(part.awarded, "right"),
            _state(paper, part, part.state_label, scored),
        )
    )
