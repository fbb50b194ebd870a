"""What two standards say of themselves side by side: how they score, what grades they give, what their tiers hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import bracketed
from plsp_audit.model.result import Level
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.shares import total
from plsp_audit.standards.wording_words import squashed

_LEVELS: tuple[Level, ...] = ("required", "recommended", "bonus", "penalty", "info")
Tell = Callable[[ResolvedStandard], str]


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One thing that both standards say, in words; empty where one says nothing of it."""

    key: str
    label: str
    a: str
    b: str


def _join(items: list[str], lang: Lang) -> str:
    return say("wording.list.join", lang).join(items)


def _say(key: str, lang: Lang, **params: object) -> str:
    return say(f"compare.head.{key}", lang, **params)


def head_rows(a: ResolvedStandard, b: ResolvedStandard, lang: Lang) -> Iterator[HeadRow]:
    """Give what holds for the standards as a whole."""
    tells: dict[str, Tell] = {
        "title": lambda s: squashed(s.title),
        "issuer": lambda s: s.issuer or "",
        "issued": lambda s: s.issued or "",
        "province": lambda s: s.province or "",
        "sources": lambda s: _sources(s, lang),
        "basis": lambda s: say(f"label.scoring.points_basis.{s.points_basis}", lang),
        "model": lambda s: say(f"label.scoring.model.{s.scoring.model}", lang),
        "full_marks": lambda s: number_text(s.scoring.full_marks),
        "base": lambda s: number_text(s.scoring.base),
        "max_total": lambda s: "" if s.scoring.max_total is None else number_text(s.scoring.max_total),
        "bonus_cap": lambda s: "" if s.scoring.bonus_cap is None else number_text(s.scoring.bonus_cap),
        "not_applicable": lambda s: say(f"label.scoring.not_applicable.{s.scoring.not_applicable}", lang),
        "not_checked": lambda s: say(f"label.scoring.not_checked.{s.scoring.not_checked}", lang),
        "rounding": lambda s: rounding_text(s, lang),
        "below_pass_mark": lambda s: _grade(s, s.scoring.below_pass_mark),
        "grades": lambda s: _join([_grade_text(s, n, lang) for n in range(len(s.grades))], lang),
        "dimensions": lambda s: _join([_weight(s, n, lang) for n in range(len(s.dimensions))], lang),
        "tiers": lambda s: _join([bracketed(squashed(t.title), t.id).told(lang) for t in s.tiers], lang),
    }
    for key, tell in tells.items():
        yield HeadRow(key, _say(key, lang), tell(a), tell(b))


def _sources(standard: ResolvedStandard, lang: Lang) -> str:
    titles = [squashed(source.title) for source in standard.sources]
    if len(titles) > 1:
        titles = [f"{source.id} {title}" for source, title in zip(standard.sources, titles, strict=True)]
    return say("wording.list.separator", lang).join(titles)


def _grade(standard: ResolvedStandard, grade: str | None) -> str:
    return next((g.title for g in standard.grades if g.id == grade), grade or "")


def _grade_text(standard: ResolvedStandard, number: int, lang: Lang) -> str:
    grade = standard.grades[number]
    return _say("grade_text", lang, title=grade.title, start=number_text(grade.from_))


def _weight(standard: ResolvedStandard, number: int, lang: Lang) -> str:
    dimension = standard.dimensions[number]
    weighed = standard.scoring.model == "weighted"
    text = _say("weight_text", lang, title=dimension.title, weight=number_text(dimension.weight)) if weighed else ""
    text = text or dimension.title
    if dimension.pass_mark is None:
        return text
    return _say("pass_mark_text", lang, text=text, mark=number_text(dimension.pass_mark))


def rounding_text(standard: ResolvedStandard, lang: Lang) -> str:
    """Say how the score is rounded before it is graded."""
    rounding = standard.scoring.rounding
    if rounding is None:
        return _say("no_rounding", lang)
    mode = say(f"label.scoring.rounding.{rounding.mode}", lang)
    return _say("rounding_places" if rounding.places else "rounding_whole", lang, mode=mode, places=rounding.places)


def tier_rows(a: ResolvedStandard, b: ResolvedStandard, one: str, other: str, lang: Lang) -> Iterator[HeadRow]:
    """Give what holds for a tier of each."""
    tells: dict[str, Callable[[ResolvedStandard, str], str]] = {
        "tier": lambda s, t: next((squashed(tier.title) for tier in s.tiers if tier.id == t), t),
        "rules": lambda s, t: _rules(s, t, lang),
        "total": lambda s, t: number_text(total(s.rules.get(t, ()))),
        "by_dimension": lambda s, t: _by_dimension(s, t, lang),
        "extra": lambda s, t: _extra(s, t, lang),
        "vetoes": lambda s, t: _vetoes(s, t, lang),
    }
    for key, tell in tells.items():
        yield HeadRow(key, _say(key, lang), tell(a, one), tell(b, other))


def _rules(standard: ResolvedStandard, tier: str, lang: Lang) -> str:
    rules = standard.rules.get(tier, ())
    found = Counter(rule.level for rule in rules)
    items = [
        _say("level_text", lang, level=say(f"label.level.{level}", lang), count=found[level])
        for level in _LEVELS
        if found[level]
    ]
    return _say("rules_text", lang, count=len(rules), items=_join(items, lang))


def _by_dimension(standard: ResolvedStandard, tier: str, lang: Lang) -> str:
    rules = standard.rules.get(tier, ())
    points = {d.title: total(rules, d.id) for d in standard.dimensions}
    return _join([_say("points_text", lang, title=t, points=number_text(p)) for t, p in points.items() if p], lang)


def _extra(standard: ResolvedStandard, tier: str, lang: Lang) -> str:
    rules = standard.rules.get(tier, ())
    items = []
    for level in ("bonus", "penalty"):
        points = sum((rule.points for rule in rules if rule.level == level), Fraction(0))
        if points:
            title = say(f"label.level.{level}", lang)
            items.append(_say("points_text", lang, title=title, points=number_text(points)))
    return _join(items, lang)


def _vetoes(standard: ResolvedStandard, tier: str, lang: Lang) -> str:
    rules = [rule for rule in standard.rules.get(tier, ()) if rule.veto is not None]
    texts = [_say("veto_text", lang, rule=rule.id, grade=_grade(standard, rule.veto)) for rule in rules]
    return _join(texts, lang)
