"""Clause numbers outside the outline, clauses that nobody has accounted for, and what an outline contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from plsp_audit.model.problem import Problem, enumerated
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import OutlineEntry, Source
from plsp_audit.model.text import folded, nearest
from plsp_audit.standards.coverage import ClauseCoverage, clauses_of, coverage
from plsp_audit.standards.lint_base import Path, at_rule, tiers_rules, warning
from plsp_audit.standards.resolve import Resolution


def find(resolution: Resolution) -> Iterator[Problem]:
    """Give the findings of sources, outlines and the clauses that rules cite."""
    for source, found in zip(resolution.standard.sources, coverage(resolution), strict=True):
        if not source.outline:
            yield warning("no_outline", resolution.entry_place("sources", source.id), source=source.id)
        seen: set[str] = set()
        for number, (entry, clause) in enumerate(zip(source.outline, found.clauses, strict=True)):
            yield from _entry(resolution, source, number, entry, clause, folded(entry.at) in seen)
            seen.add(folded(entry.at))
    for tier, rule in tiers_rules(resolution):
        yield from _cited(resolution, tier, rule)


def _entry(resolution: Resolution, source: Source, number: int, entry: OutlineEntry, clause: ClauseCoverage,
           again: bool) -> Iterator[Problem]:
    def fault(code: str, *path: str | int, **params: object) -> Problem:
        place = resolution.entry_place("sources", source.id, "outline", number, *path)
        return warning(code, place, source=source.id, at=entry.at, **params)

    tiers = [t.id for t in resolution.standard.tiers]
    if again:
        yield fault("clause_twice", "at")
    for i, tier in enumerate(entry.tiers or ()):
        if tier not in tiers:
            yield fault("clause_tier", "tiers", i, tier=tier, known=" ".join(tiers))
    if entry.not_checked and clause.rules:
        rules = enumerated(dict.fromkeys(r for ids in clause.rules.values() for r in ids))
        yield fault("clause_not_checked_but", "not_checked", rules=rules)
    if entry.not_checked and entry.partly:
        yield fault("clause_both_reasons", "partly")
    if clause.status == "missing" and not again and (clause.tiers or entry.tiers is None):
        yield fault("clause_partly_alone" if entry.partly else "clause_missing")


def _cited(resolution: Resolution, tier: str, rule: Rule) -> Iterator[Problem]:
    source = resolution.standard.source(rule.clause.source)
    if source is None or not source.outline:
        return
    known = {folded(entry.at): entry for entry in source.outline}
    listed = not isinstance(rule.clause.at, str)
    for number, at in enumerate(clauses_of(rule.clause.at)):
        path: Path = _clause_path(resolution, tier, rule, number if listed else None)
        entry = known.get(folded(at))
        if entry is None:
            near = enumerated(nearest(at, (e.at for e in source.outline), 3))
            code = "clause_unknown_near" if near else "clause_unknown"
            yield at_rule(resolution, tier, rule, path, code, at=at, source=source.id, near=near)
        elif entry.tiers is not None and tier not in entry.tiers:
            bound = " ".join(entry.tiers)
            yield at_rule(resolution, tier, rule, path, "clause_other_tier", at=at, tier=tier, bound=bound)


def _clause_path(resolution: Resolution, tier: str, rule: Rule, number: int | None) -> Path:
    """Give the path of a clause number, in whichever way the rule writes it."""
    raw = resolution.rules.get((tier, rule.id))
    long = raw is not None and isinstance(raw.raw.get("clause"), dict)
    path: Path = ("clause", "at") if long else ("clause",)
    return path if number is None else (*path, number)
