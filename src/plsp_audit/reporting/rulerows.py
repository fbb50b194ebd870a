"""The rules of a result as rows: grouped by dimension, with bonus, penalty and information items apart."""

from __future__ import annotations

from fractions import Fraction
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.result import Clause, Level, PartResult, Result, RuleResult, WaiverResult
from plsp_audit.reporting.outcome import is_open
from plsp_audit.reporting.rows import Entry, PartRow, RuleGroup, RuleRow
from plsp_audit.reporting.wording import NOTHING, clean, day, listed, number, signed, span

if TYPE_CHECKING:
    from plsp_audit.model.rules import Rule
    from plsp_audit.model.standard import ResolvedStandard

MARKS = {
    "pass": "✓",
    "partial": "◐",
    "fail": "✗",
    "not_applicable": "—",
    "not_checked": "○",
    "waived": "△",
    "info": "·",
}
"""The sign of a state, so that a page copied without colour still shows it."""

_APART = ("bonus", "penalty", "info")


def specs(result: Result, standard: ResolvedStandard | None) -> dict[str, Rule]:
    """Give the standard's rules for the site's tier by id; empty where the standard is not at hand."""
    return {rule.id: rule for rule in standard.rules.get(result.site.tier, ())} if standard else {}


def rule_rows(result: Result, standard: ResolvedStandard | None, lang: Lang) -> tuple[RuleRow, ...]:
    """Give every rule of the result in its order."""
    known = specs(result, standard)
    titles = {d.id: clean(d.title, lang, 100) for d in result.dimensions or ()}
    sources = {s.id: s.title for s in standard.sources} if standard else {}
    return tuple(
        _row(no, rule, known.get(rule.id), titles.get(rule.dimension, rule.dimension), sources, lang)
        for no, rule in enumerate(result.rules or (), 1)
    )


def rule_groups(result: Result, rows: tuple[RuleRow, ...], lang: Lang) -> tuple[RuleGroup, ...]:
    """Group the scored rows by dimension, in the order of the dimensions."""
    scored = [row for row in rows if row.level not in _APART]
    titles = dict.fromkeys([clean(d.title, lang, 100) for d in result.dimensions or ()] + [r.dimension for r in scored])
    totals = {clean(d.title, lang, 100): (number(d.points), number(d.awarded)) for d in result.dimensions or ()}
    groups = []
    for title in titles:
        own = tuple(row for row in scored if row.dimension == title)
        if own:
            points, awarded = totals.get(title, ("", ""))
            groups.append(RuleGroup(title, len(own), points, awarded, own))
    return tuple(groups)


def extra_groups(rows: tuple[RuleRow, ...], lang: Lang) -> tuple[RuleGroup, ...]:
    """Group the bonus, penalty and information items, which stand outside the dimensions' points."""
    found = ((level, tuple(row for row in rows if row.level == level)) for level in _APART)
    return tuple(RuleGroup(say(f"report.group.{level}", lang), len(own), "", "", own) for level, own in found if own)


def source_entries(result: Result, standard: ResolvedStandard | None, lang: Lang) -> tuple[Entry, ...]:
    """Number the sources that the rules cite; nothing to number where there is but one."""
    if standard is None or len(standard.sources) < 2:
        return ()
    cited = {rule.clause.source for rule in result.rules or ()}
    numbered = enumerate(standard.sources, 1)
    return tuple(Entry(f"〔{no}〕", clean(s.title, lang, 200)) for no, s in numbered if s.id in cited)


def _places(clause: Clause, lang: Lang) -> str:
    return clean(listed(clause.at if isinstance(clause.at, list) else [clause.at], lang), lang, 200)


def _clause_ref(clause: Clause, sources: dict[str, str], lang: Lang) -> str:
    if len(sources) < 2 or clause.source not in sources:
        return _places(clause, lang)
    return f"〔{list(sources).index(clause.source) + 1}〕{_places(clause, lang)}"


def clause_text(clause: Clause, sources: dict[str, str], lang: Lang) -> str:
    """Write a clause: the source's title where there are several, and the place in it."""
    at = _places(clause, lang)
    return f"{clean(sources.get(clause.source, clause.source), lang, 100)} {at}" if len(sources) > 1 else at


def _row(no: int, rule: RuleResult, spec: Rule | None, dimension: str, sources: dict[str, str], lang: Lang) -> RuleRow:
    out_of_play = rule.state in ("not_applicable", "waived", "info") and not rule.awarded
    difference = signed(rule.awarded - rule.self_score) if rule.self_score is not None else ""
    return RuleRow(
        no=no,
        id=clean(rule.id, lang, 60),
        title=clean(rule.title, lang, 400),
        dimension=dimension,
        level=rule.level,
        level_label=say(f"label.level.{rule.level}", lang),
        tag=say("report.rule.recommended", lang) if rule.level == "recommended" else "",
        state=rule.state,
        state_label=say(f"label.state.{rule.state}", lang),
        mark=MARKS[rule.state],
        points=NOTHING if rule.level == "info" else number(rule.points),
        awarded=NOTHING if out_of_play else number(rule.awarded),
        span=span(rule.low, rule.high) if is_open(rule) else "",
        observed=clean(rule.observed, lang),
        required=clean(rule.required, lang),
        reason=clean(rule.reason, lang) or _missing(rule, lang),
        lost=_lost(rule, rule.level),
        clause=clause_text(rule.clause, sources, lang),
        clause_ref=_clause_ref(rule.clause, sources, lang),
        method=clean(rule.method, lang, 200),
        guide=clean(spec.guide, lang) if spec else "",
        scored_by=clean(spec.scored_by, lang, 100) if spec else "",
        note=clean(rule.note, lang),
        waiver=waiver_text(rule.waiver, lang) if rule.waiver else "",
        self_score=number(rule.self_score) if rule.self_score is not None else "",
        difference=difference,
        evidence=clean(listed([PurePosixPath(e.path).name for e in rule.evidence], lang), lang, 400),
        evidence_missing=rule.evidence_missing,
        open=is_open(rule),
        parts=tuple(_part(part, rule.level, lang) for part in rule.parts_detail),
    )


def _missing(rule: RuleResult, lang: Lang) -> str:
    if rule.state not in ("partial", "fail") or not rule.parts.missing:
        return ""
    return say("report.rule.missing", lang, items=clean(listed(rule.parts.missing, lang), lang))


def _lost(one: RuleResult | PartResult, level: Level) -> bool:
    return one.state in ("partial", "fail") and level != "bonus"


def _part(part: PartResult, level: Level, lang: Lang) -> PartRow:
    return PartRow(
        no=str(part.no),
        title=clean(part.title, lang, 400),
        state=part.state,
        state_label=say(f"label.state.{part.state}", lang),
        points=number(part.points),
        awarded=NOTHING if part.state == "not_applicable" and part.awarded == Fraction(0) else number(part.awarded),
        span=span(part.low, part.high),
        observed=clean(part.observed, lang),
        required=clean(part.required, lang),
        reason=clean(part.reason, lang),
        lost=_lost(part, level),
    )


def waiver_text(waiver: WaiverResult, lang: Lang) -> str:
    """Say a rule's waiver in one sentence: expired, or its reason, who approved it and what it hides."""
    until = day(waiver.until, lang)
    if waiver.expired:
        return say("report.rule.expired", lang, until=until)
    words = {"reason": clean(waiver.reason, lang, 400), "approved_by": clean(waiver.approved_by, lang, 100)}
    said = [say("report.rule.waived" if waiver.approved_by else "report.rule.waived_plain", lang, **words)]
    if until:
        said.append(say("report.rule.until", lang, until=until))
    if waiver.state:
        said.append(say("report.rule.waived_if", lang, state=say(f"label.state.{waiver.state}", lang)))
    return say("report.text.comma", lang).join(said)
