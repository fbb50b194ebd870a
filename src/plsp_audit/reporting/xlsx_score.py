"""The score sheet (评分表): every rule with its points, as inspectors and site sign it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.result import DimensionResult, PartResult, Result, RuleResult, State
from plsp_audit.reporting.rows import RuleGroup, RuleRow
from plsp_audit.reporting.view import SiteReportView
from plsp_audit.reporting.wording import clean, listed, percent
from plsp_audit.reporting.wording import number as printed
from plsp_audit.reporting.xlsx_style import GROUP, HEAD, MIDDLE, PLAIN, TEXT, TITLE, Box, Look, Pen, Value, grade_look

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from plsp_audit.model.standard import ResolvedStandard

COLUMNS = {
    "no": 6,
    "content": 27,
    "points": 7,
    "criteria": 37,
    "method": 11,
    "self_score": 8,
    "assessed": 10.5,
    "reason": 30,
    "basis": 13,
}
"""The columns in their order, with their widths: together one A4 page across."""

_FILLS: Mapping[State, str] = {"fail": "FBE3DF", "partial": "FFF4D6", "not_checked": "E7E6E6"}
_PART = Look(size=9, color="444444")
_SUM = Look(bold=True, across="center")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class ScoreData:
    """What the score sheet is drawn from.

    Attributes:
        criteria: By rule id, how the points are given, in words; the requirement alone where a rule is not in it.
    """

    view: SiteReportView
    result: Result
    standard: ResolvedStandard | None
    criteria: Mapping[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> Lang:
        """Give the language of the sheet's own words."""
        return self.view.lang

    def say(self, key: str, **params: object) -> str:
        """Give a sentence of the workbook's catalogue."""
        return say(f"workbook.{key}", self.lang, **params)


def draw_score(sheet: Worksheet, data: ScoreData) -> tuple[Pen, int]:
    """Draw the sheet; give the pen and the row of the column heads."""
    pen = Pen(sheet, list(COLUMNS.values()))
    _header(pen, data)
    head = pen.line(*(Box(data.say(f"column.{name}"), HEAD) for name in COLUMNS), height=24)
    rules = {rule.id: rule for rule in data.result.rules or ()}
    no = 0
    for index, group in enumerate((*data.view.groups, *data.view.extras)):
        title = data.say("score.group", number=_numeral(index, data.lang), title=group.title)
        pen.line(Box(title, GROUP, len(COLUMNS)), height=21)
        for row in group.rows:
            no += 1
            _rule(pen, data, no, row, rules[row.id])
        _subtotal(pen, data, group, [rules[row.id] for row in group.rows])
    with pen.block():
        _totals(pen, data)
        _footer(pen, data)
    return pen, head


def _numeral(index: int, lang: Lang) -> str:
    if lang == "en" or index >= 2 * len(_NUMERALS) - 1:
        return str(index + 1)
    return _NUMERALS[index] if index < len(_NUMERALS) else "十" + _NUMERALS[index - len(_NUMERALS)]


def _header(pen: Pen, data: ScoreData) -> None:
    given = data.result.inspection
    names = listed(given.inspectors, data.lang)
    team = data.say("head.team_names", team=given.team, names=names) if given.team and names else given.team or names
    values = {
        "site": data.view.site_name,
        "tier": next((e.value for e in data.view.site if e.label == say("report.site.tier", data.lang)), ""),
        "date": data.view.date,
        "team": clean(team, data.lang, 500),
        "kind": say(f"label.kind.{given.kind}", data.lang),
        "standard": clean(data.result.standard.title, data.lang, 200),
    }
    pen.line(Box(data.say("title.score"), TITLE, len(COLUMNS)), height=36)
    texts = [Box(data.say(f"head.{key}", value=value), PLAIN) for key, value in values.items()]
    for at in (0, 3):
        pen.line(*(replace(box, span=span) for box, span in zip(texts[at : at + 3], (4, 3, 2), strict=True)))
    pen.skip(4)


def _rule(pen: Pen, data: ScoreData, no: int, row: RuleRow, rule: RuleResult) -> None:
    fill = "" if rule.level == "bonus" else _FILLS.get(rule.state, "")
    score = replace(MIDDLE, fill=fill, bold=bool(fill))
    pen.line(
        Box(no, MIDDLE),
        Box(row.title + _tags(data, rule), TEXT),
        Box(None if rule.level == "info" else rule.points, MIDDLE),
        Box(data.criteria.get(rule.id) or row.required, TEXT),
        Box(row.method, MIDDLE),
        Box(rule.self_score, MIDDLE),
        Box(_assessed(rule, row.state_label), score),
        Box(_reason(data, row, rule), replace(TEXT, fill=fill)),
        Box(_basis(data, rule), replace(MIDDLE, size=9)),
        height=24,
    )
    for part in rule.parts_detail:
        _part(pen, data, part, said=rule.id in data.criteria)


def _part(pen: Pen, data: ScoreData, part: PartResult, said: bool) -> None:
    """Write a part below its rule; `said`: the rule's criteria already say what its parts ask."""
    label = say(f"label.state.{part.state}", data.lang)
    centred = replace(_PART, across="center")
    pen.line(
        Box(None, centred),
        Box(data.say("score.part", no=part.no, title=clean(part.title, data.lang)), _PART),
        Box(part.points, centred),
        Box("" if said else clean(part.required, data.lang), _PART),
        Box(None, centred),
        Box(None, centred),
        Box(_assessed(part, label), replace(centred, fill=_FILLS.get(part.state, ""))),
        Box(_with_state(data, part.state, clean(part.reason, data.lang)), _PART),
        Box(None, centred),
    )


def _tags(data: ScoreData, rule: RuleResult) -> str:
    tags = [data.say("score.recommended")] if rule.level == "recommended" else []
    specs = data.standard.rules.get(data.result.site.tier, ()) if data.standard else ()
    if any(spec.id == rule.id and spec.veto is not None for spec in specs):
        tags.append(data.say("score.veto"))
    return "".join(tags)


def _assessed(rule: RuleResult | PartResult, label: str) -> Value:
    """Give the points, or the state where there is nothing to add up: a 0 would read as a finding."""
    if rule.state in ("info", "not_applicable", "waived", "not_checked") and not rule.awarded:
        return label
    return rule.awarded


def _with_state(data: ScoreData, state: State, text: str) -> str:
    if state in ("pass", "partial", "fail"):
        return text
    return data.say("reason.state", state=say(f"label.state.{state}", data.lang), text=text).strip()


def _reason(data: ScoreData, row: RuleRow, rule: RuleResult) -> str:
    """Say why points were lost, and what else a reader of the line must know."""
    # The result's reason of a waived rule is a shorter form of its waiver.
    waived = rule.waiver is not None and not rule.waiver.expired
    said = [row.waiver] if waived else [row.reason, row.waiver]
    if not row.reason and rule.state in ("partial", "fail", "info") and row.observed:
        said.append(data.say("reason.observed", text=row.observed))
    if row.open and rule.low != rule.high:
        said.append(data.say("reason.span", low=printed(rule.low), high=printed(rule.high)))
    if rule.self_score is not None and rule.awarded != rule.self_score and isinstance(_assessed(rule, ""), Fraction):
        change = rule.awarded - rule.self_score
        word = data.say("reason.higher" if change > 0 else "reason.lower", number=printed(abs(change)))
        said.append(data.say("reason.difference", difference=word))
    if rule.evidence_missing:
        said.append(data.say("reason.evidence_missing"))
    if row.note:
        said.append(data.say("reason.note", text=row.note))
    return _with_state(data, rule.state, "\n".join(filter(None, said)))


def _basis(data: ScoreData, rule: RuleResult) -> str:
    places = [rule.clause.at] if isinstance(rule.clause.at, str) else rule.clause.at
    at = clean("\n".join(places), data.lang, 300)
    sources = [source.id for source in data.standard.sources] if data.standard else []
    if len(sources) > 1 and rule.clause.source in sources:
        at = data.say("score.clause", number=sources.index(rule.clause.source) + 1, at=at)
    return "\n".join(part for part in (at, clean(rule.id, data.lang, 60)) if part)


def _subtotal(pen: Pen, data: ScoreData, group: RuleGroup, rules: list[RuleResult]) -> None:
    level = group.rows[0].level
    if level == "info":
        return
    own = [rule.self_score for rule in rules if rule.self_score is not None]
    self_score = sum(own, Fraction(0)) if len(own) == len(rules) else None
    points: Value = None
    remark = bounds = ""
    awarded = data.result.bonus if level == "bonus" else -abs(data.result.penalty or Fraction(0))
    if level in ("required", "recommended"):
        found = next((d for d in data.result.dimensions or () if d.id == rules[0].dimension), None)
        if found is None:
            return
        points, awarded = found.points, found.awarded
        remark, bounds = _rate(data, found, rules), _bounds(data, found.low, found.high)
    else:
        cap = data.standard.scoring.bonus_cap if data.standard and level == "bonus" else None
        remark = data.say("score.bonus_cap", points=printed(cap)) if cap is not None else ""
    look = replace(_SUM, fill="F6F8FA")
    pen.line(
        Box(data.say("score.subtotal"), look, 2),
        Box(points, look),
        Box(remark, replace(look, bold=False), 2),
        Box(self_score, look),
        Box(awarded, look),
        Box(bounds, replace(look, bold=False, across="left"), 2),
        height=21,
    )


def _rate(data: ScoreData, found: DimensionResult, rules: list[RuleResult]) -> str:
    said = [data.say("score.rate", rate=percent(found.rate))] if found.rate is not None else []
    if sum((rule.points for rule in rules), Fraction(0)) != found.points:
        said.append(data.say("score.out_of_play", points=printed(found.points)))
    return say("report.text.comma", data.lang).join(said)


def _bounds(data: ScoreData, low: Fraction, high: Fraction) -> str:
    return data.say("score.bounds", low=printed(low), high=printed(high)) if low != high else ""


def _totals(pen: Pen, data: ScoreData) -> None:
    result, width = data.result, len(COLUMNS)
    if result.status != "rated" or result.score is None:
        text = "\n".join(filter(None, (data.view.status_label, data.view.reason)))
        pen.line(Box(data.say("summary.status"), _SUM, 2), Box(text, replace(TEXT, bold=True), width - 2), height=28)
        return
    score, scoring = result.score, data.standard.scoring if data.standard else None
    look = replace(_SUM, fill="D9E2EC", size=11)
    aside = replace(look, size=10, bold=False, across="left")
    total = data.view.total
    if total is not None:
        sums = [sum((getattr(d, name) for d in result.dimensions or ()), Fraction(0)) for name in ("points", "awarded")]
        plain = replace(look, size=10, fill="EEF2F6")
        rate = data.say("score.rate", rate=total.rate)
        boxes = (Box(total.title, plain, 2), Box(sums[0], plain), Box(rate, replace(plain, bold=False), 2))
        pen.line(*boxes, Box(None, plain), Box(sums[1], plain), Box(None, plain, 2), height=21)
    pen.line(
        Box(data.say("score.total"), look, 2),
        Box(scoring.full_marks if scoring else None, look),
        Box(
            say(f"label.scoring.model.{scoring.model}", data.lang) if scoring else None,
            replace(aside, across="center"),
            2,
        ),
        Box(None, look),
        Box(score.value, replace(look, format="0.00")),
        Box(_bounds(data, score.low, score.high), aside, 2),
        height=26,
    )
    grade = result.grade.title if result.grade else data.say("score.no_grade")
    coverage = data.view.headline.coverage_count if data.view.headline else ""
    aside_text = [data.say("score.rounded", value=printed(score.rounded)), coverage]
    pen.line(
        Box(data.say("score.grade"), look, 2),
        Box(clean(grade, data.lang, 60), grade_look(data.standard, result.grade, replace(look, size=12)), 5),
        Box(say("report.text.comma", data.lang).join(aside_text), aside, 2),
        height=26,
    )


def _footer(pen: Pen, data: ScoreData) -> None:
    width = len(COLUMNS)
    remarks = [s.text for s in data.view.statements if s.kind != "note"]
    sources = data.standard.sources if data.standard else ()
    rows = {"score.remarks": "\n".join(remarks)} if remarks else {}
    if sources:
        titles = [clean(source.title, data.lang, 300) for source in sources]
        if len(titles) > 1:
            titles = [data.say("score.source", number=no, title=title) for no, title in enumerate(titles, 1)]
        rows["score.sources"] = "\n".join(titles)
    for key, text in rows.items():
        pen.line(Box(data.say(key), replace(MIDDLE, fill="EEF2F6"), 2), Box(text, TEXT, width - 2), height=21)
    pen.skip(6)
    spans = {"inspectors": 3, "unit": 4, "date": 2}
    pen.line(*(Box(data.say(f"sign.{key}"), replace(PLAIN, size=11), span) for key, span in spans.items()), height=48)
    pen.line(Box(data.say("sign.copies"), replace(PLAIN, size=9, color="444444"), width))
