"""Clause by clause: which rules check it, why none can, and which clauses nobody has accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import Change, OutlineEntry, ResolvedStandard
from plsp_audit.model.text import folded
from plsp_audit.standards.resolve import Resolution

Status = Literal["covered", "explained", "missing"]


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """One clause of an outline.

    Attributes:
        tiers: Ids of the standard's tiers that it binds.
        rules: By tier, the ids of the rules that cite it there.
        partly: What of it no site can be checked for.
        not_checked: Why no site can be checked against it.
        removed: Reasons for which a child standard does without rules that cited it, as `rule: reason`.
    """

    at: str
    about: str
    tiers: tuple[str, ...]
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partly: str | None = None
    not_checked: str | None = None
    removed: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """Whether it has a rule in one of its tiers, else a reason, else neither."""
        if any(tier in self.tiers for tier in self.rules):
            return "covered"
        return "explained" if self.not_checked or self.removed else "missing"


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One source document.

    Attributes:
        clauses: Its outline, in order.
        strays: Clauses that rules cite though the outline has none of that number, as (tier, rule, clause).
    """

    id: str
    title: str
    clauses: tuple[ClauseCoverage, ...]
    strays: tuple[tuple[str, str, str], ...] = ()

    @property
    def missing(self) -> tuple[ClauseCoverage, ...]:
        """The clauses with neither a rule nor a reason."""
        return tuple(c for c in self.clauses if c.status == "missing")


def clauses_of(at: str | list[str] | tuple[str, ...]) -> list[str]:
    """Give the clause numbers of a rule as a list."""
    return [at] if isinstance(at, str) else list(at)


def short_clause(rule: Rule, standard: ResolvedStandard, lang: Lang = "zh") -> str:
    """Write where a rule's requirement stands; where there are several documents, after the document's id."""
    text = say("wording.list.join", lang).join(clauses_of(rule.clause.at))
    return text if len(standard.sources) < 2 else f"{rule.clause.source} {text}"


def coverage(resolution: Resolution) -> tuple[SourceCoverage, ...]:
    """Account for every clause of every source of a standard."""
    standard = resolution.standard
    cited = list(_citations(standard))
    removed = list(_removals(resolution))
    found = []
    for source in standard.sources:
        clauses = tuple(_clause(entry, source.id, standard, cited, removed) for entry in source.outline)
        known = {folded(entry.at) for entry in source.outline}
        strays = tuple((t, r, at) for t, r, s, at in cited if s == source.id and folded(at) not in known)
        found.append(SourceCoverage(source.id, source.title, clauses, strays))
    return tuple(found)


def _citations(standard: ResolvedStandard) -> Iterator[tuple[str, str, str, str]]:
    """Give every clause that a rule cites, as (tier, rule, source, clause)."""
    for tier, rules in standard.rules.items():
        for rule in rules:
            for at in clauses_of(rule.clause.at):
                yield tier, rule.id, rule.clause.source, at


def _removals(resolution: Resolution) -> Iterator[tuple[str, str, str]]:
    """Give what the rules cited that a child standard removed, as (source, clause, reason)."""
    for change in resolution.standard.changes:
        if change.kind == "remove":
            for source, at in _cited_before(resolution, change):
                yield source, at, f"{change.target}: {change.reason}"


def _cited_before(resolution: Resolution, change: Change) -> Iterator[tuple[str, str]]:
    for pack in resolution.line:
        raw = next((r for r in _raw_rules(pack.rules, change.tier) if r.get("id") == change.target), None)
        clause = raw.get("clause") if raw is not None else None
        sources = [s.id for s in pack.file.sources]
        source = clause.get("source") if isinstance(clause, dict) else sources[0] if len(sources) == 1 else None
        at = clause.get("at") if isinstance(clause, dict) else clause
        if source is not None and isinstance(at, str | list):
            yield from ((str(source), str(one)) for one in clauses_of(at))


def _raw_rules(rules: Mapping[str, tuple[Any, Any]], tier: str | None) -> list[dict[str, Any]]:
    return [raw for name, (_, file) in rules.items() if tier in (None, name) for raw in file.rules]


def _clause(entry: OutlineEntry, source: str, standard: ResolvedStandard, cited: list[tuple[str, str, str, str]],
            removed: list[tuple[str, str, str]]) -> ClauseCoverage:
    rules: dict[str, tuple[str, ...]] = {}
    for tier, rule, cited_source, at in cited:
        if cited_source == source and folded(at) == folded(entry.at):
            rules[tier] = (*rules.get(tier, ()), rule)
    tiers = tuple(t.id for t in standard.tiers if entry.tiers is None or t.id in entry.tiers)
    reasons = tuple(dict.fromkeys(why for s, at, why in removed if s == source and folded(at) == folded(entry.at)))
    return ClauseCoverage(entry.at, entry.about, tiers, rules, entry.partly, entry.not_checked, reasons)
