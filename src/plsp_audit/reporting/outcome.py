"""What a report says about score and grade: the headline, and what capped the grade or could change it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.result import Result, RuleResult
from plsp_audit.reporting.rows import Headline, Statement
from plsp_audit.reporting.wording import NOTHING, clean, number, percent, quoted, span

if TYPE_CHECKING:
    from plsp_audit.model.standard import ResolvedStandard


def is_open(rule: RuleResult) -> bool:
    """Tell whether checking further could still change what the rule is awarded."""
    return rule.state == "not_checked" or (rule.low != rule.high and rule.state != "waived")


def grade_title(standard: ResolvedStandard | None, grade: str | None, lang: Lang) -> str:
    """Give a grade's title in quotation marks; its id where the standard is not at hand."""
    titles = {g.id: g.title for g in standard.grades} if standard else {}
    return quoted(clean(titles.get(grade or "", grade), lang, 60), lang)


def headline(result: Result, standard: ResolvedStandard | None, lang: Lang) -> Headline | None:
    """Give the headline, or None for a site that is not rated."""
    coverage = result.coverage
    if result.status == "not_rated" or coverage is None:
        return None
    score = result.score
    full = standard.scoring.full_marks if standard else None
    open_grade = result.grade_low != result.grade_high
    grades = [clean(grade_title(standard, g, lang), lang) for g in (result.grade_low, result.grade_high)]
    return Headline(
        value=number(score.value) if score else "",
        rounded=number(score.rounded) if score and number(score.rounded) != number(score.value) else "",
        full_marks=number(full) if full is not None else "",
        span=span(score.low, score.high) if score else "",
        grade=clean(result.grade.title, lang, 60) if result.grade else "",
        grade_span=" ~ ".join(grades) if open_grade and score else "",
        coverage=percent(Fraction(coverage.checked, coverage.applicable)) if coverage.applicable else NOTHING,
        coverage_count=say("report.headline.count", lang, applicable=coverage.applicable, checked=coverage.checked),
        complete=say(f"report.headline.{'complete' if result.complete else 'incomplete'}", lang),
        bonus=number(result.bonus) if result.bonus else "",
        penalty=number(abs(result.penalty)) if result.penalty else "",
    )


def statements(result: Result, standard: ResolvedStandard | None, lang: Lang) -> tuple[Statement, ...]:
    """Say what capped the grade, what could change it, and what else a reader must know of the score."""
    if result.status != "rated" or result.score is None:
        return (Statement("note", say(f"report.outcome.{result.status}", lang)),)
    said = [*_caps(result, standard, lang), *_open(result, standard, lang), *_extras(result, lang)]
    if not said:
        said = [Statement("note", say("report.outcome.complete", lang))]
    return (*said, *_reminders(result, lang))


def _caps(result: Result, standard: ResolvedStandard | None, lang: Lang) -> Iterator[Statement]:
    if not result.capped_by or result.score is None:
        return
    items = say("report.text.comma", lang).join(_cap(result, standard, name, lang) for name in result.capped_by)
    rounded = result.score.rounded
    earned = next((g.title for g in standard.grades if rounded >= g.from_), None) if standard else None
    if earned is None or result.grade is None:
        yield Statement("cap", say("report.outcome.capped_plain", lang, items=items))
        return
    grade = quoted(clean(result.grade.title, lang, 60), lang)
    earned = quoted(clean(earned, lang, 60), lang)
    yield Statement("cap", say("report.outcome.capped", lang, earned=earned, grade=grade, items=items))


def _cap(result: Result, standard: ResolvedStandard | None, name: str, lang: Lang) -> str:
    rule = next((r for r in result.rules or () if r.id == name), None)
    if rule is not None:
        spec = next((r for r in standard.rules.get(result.site.tier, ()) if r.id == name), None) if standard else None
        words = {"rule": clean(f"{rule.id} {rule.title}", lang, 200), "state": say(f"label.state.{rule.state}", lang)}
        if spec is None or spec.veto is None:
            return say("report.outcome.cap_rule_plain", lang, **words)
        return say("report.outcome.cap_rule", lang, **words, cap=grade_title(standard, spec.veto, lang))
    dimension = next((d for d in result.dimensions or () if d.id == name), None)
    if dimension is None:
        return clean(name, lang, 200)
    words = {"title": quoted(clean(dimension.title, lang, 100), lang), "rate": percent(dimension.rate)}
    given = next((d for d in standard.dimensions if d.id == name), None) if standard else None
    if standard is None or given is None or given.pass_mark is None:
        return say("report.outcome.cap_dimension_plain", lang, **words)
    cap = grade_title(standard, standard.scoring.below_pass_mark, lang)
    return say("report.outcome.cap_dimension", lang, **words, pass_mark=percent(given.pass_mark / 100), cap=cap)


def _open(result: Result, standard: ResolvedStandard | None, lang: Lang) -> Iterator[Statement]:
    score = result.score
    count = sum(map(is_open, result.rules or ()))
    if score is None or not count:
        return
    words = {"count": count, "low": number(score.low), "high": number(score.high)}
    if result.grade_low is None:
        yield Statement("open", say("report.outcome.open_score_plain", lang, **words))
    elif result.grade_low == result.grade_high:
        yield Statement("open", say("report.outcome.open_score", lang, **words))
    else:
        low, high = (grade_title(standard, g, lang) for g in (result.grade_low, result.grade_high))
        yield Statement("open", say("report.outcome.open_grade", lang, **words, grade_low=low, grade_high=high))
    unchecked = any(r.state == "not_checked" for r in result.rules or ())
    if standard and unchecked:
        yield Statement("note", say(f"report.outcome.not_checked_{standard.scoring.not_checked}", lang))
    if not score.low <= score.value <= score.high:
        yield Statement("open", say("report.outcome.checked_only", lang))


def _extras(result: Result, lang: Lang) -> Iterator[Statement]:
    bonus, penalty = result.bonus or Fraction(0), abs(result.penalty or Fraction(0))
    if bonus:
        yield Statement("note", say("report.outcome.bonus", lang, points=number(bonus)))
    if penalty:
        yield Statement("note", say("report.outcome.penalty", lang, points=number(penalty)))
    earned = sum((r.awarded for r in result.rules or () if r.level == "bonus"), Fraction(0))
    if earned > bonus:
        yield Statement("note", say("report.outcome.bonus_capped", lang, sum=number(earned), bonus=number(bonus)))


def _reminders(result: Result, lang: Lang) -> Iterator[Statement]:
    rules = result.rules or ()
    counts = {
        "waived": sum(r.state == "waived" for r in rules),
        "expired": sum(r.waiver is not None and r.waiver.expired for r in rules),
        "evidence_missing": sum(r.evidence_missing for r in rules),
    }
    for key, count in counts.items():
        if count:
            yield Statement("note", say(f"report.outcome.{key}", lang, count=count))
