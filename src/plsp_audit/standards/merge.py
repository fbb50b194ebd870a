"""Extends and tailoring: many packs laid over one another, every change with its reason."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from plsp_audit.loading.packs import Pack
from plsp_audit.loading.read_file import RawDocument
from plsp_audit.loading.validation import raw_path
from plsp_audit.model.base import number_text
from plsp_audit.model.problem import Place, Problem, Worded, enumerated
from plsp_audit.model.standard import (
    Change,
    Dimension,
    Grade,
    Parameter,
    RuleChange,
    RuleRemoval,
    Scoring,
    Source,
    Tier,
)
from plsp_audit.model.text import nearest
from plsp_audit.standards.parameters import names_in

Path = tuple[str | int, ...]


@dataclass(slots=True)
class RawRule:
    """A rule before it is read: the mapping as written, and where.

    Attributes:
        tailored: Where the values of parameters stand that a child standard changed.
        changes: Which children altered it, where, and which of its keys; the last one last.
    """

    raw: dict[str, Any]
    document: RawDocument
    path: Path
    sources: tuple[str, ...]
    tailored: Mapping[str, Place] = field(default_factory=dict)
    changes: tuple[tuple[RawDocument, Path, frozenset[str]], ...] = ()

    def place(self, *more: str | int, key: bool = False) -> Place:
        """Give the place of the rule, or of something in it: where it was written last, be it in a child's tailoring.

        Args:
            more: The way from the rule to what is meant.
            key: The place of its key is wanted, not of its value.
        """
        more = tuple(step for step in more if not str(step).startswith("~"))
        for name in names_in(_at(self.raw, more)) & self.tailored.keys() if more else ():
            return self.tailored[name]
        document, path = self.document, self.path
        for changed, way, keys in self.changes:
            if not more or more[0] in keys:
                document, path = changed, (*way, "set") if more else way
        return document.place(raw_path(document.tree, (*path, *more)), key)


def _at(node: Any, path: Path) -> Any:
    for step in path:
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
    return node if isinstance(node, str) else None


@dataclass(slots=True)
class Draft:
    """A standard while it is being put together; `problems` takes what is wrong on the way."""

    sources: dict[str, Source] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    scoring: Scoring = field(default_factory=Scoring)
    grades: tuple[Grade, ...] = ()
    tiers: dict[str, Tier] = field(default_factory=dict)
    rules: dict[str, dict[str, RawRule]] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    tailored: dict[str, Place] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ancestors: dict[str, set[str]] = field(default_factory=dict)
    removed: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, pack: Pack) -> None:
        """Lay one pack over what is there."""
        file, child = pack.file, bool(pack.file.extends)
        self.ancestors[file.id] = {a for p in file.extends or () for a in (p, *self.ancestors.get(p, ()))}
        reason = _said(file.tailoring.reason) if file.tailoring else None
        for name in ("issuer", "issued", "province", "points_basis", "notes"):
            if getattr(file, name) is not None:
                self.about[name] = getattr(file, name)
        self.sources.update({s.id: s for s in file.sources})
        self.parameters.update(file.parameters)
        self._dimensions(pack, child, reason)
        self._scoring(pack, child, reason)
        self._grades(pack, child, reason)
        for tier in file.tiers:
            self.tiers[tier.id] = tier
        # A child changes what it was given before it adds its own, so that a rule removed may be written anew.
        for step in (self._tailor, self._rules) if child else (self._rules, self._tailor):
            step(pack)

    def _fault(self, pack: Pack, code: str, path: tuple[str | int, ...], **params: str) -> None:
        place = pack.document.place(raw_path(pack.document.tree, path))
        self.problems.append(Problem(f"standard.{code}", params, place))

    def _dimensions(self, pack: Pack, child: bool, reason: str | None) -> None:
        seen: set[str] = set()
        for i, dimension in enumerate(pack.file.dimensions):
            if dimension.id in seen:
                self._fault(pack, "id_twice", ("dimensions", i, "id"), id=dimension.id)
                continue
            seen.add(dimension.id)
            before = self.dimensions.get(dimension.id)
            if before is None or not child:
                if not dimension.title.strip():
                    place = pack.document.place(("dimensions", i))
                    self.problems.append(Problem("schema.missing_key", {"key": "title"}, place))
                self.dimensions[dimension.id] = dimension
                continue
            given = {k: getattr(dimension, k) for k in sorted(dimension.model_fields_set - {"reason"})}
            given = {k: value for k, value in given.items() if value != getattr(before, k)}
            if not given:
                continue
            if not (why := _said(dimension.reason) or reason):
                self._fault(pack, "reason_wanted", ("dimensions", i), what=dimension.id)
            self.dimensions[dimension.id] = before.model_copy(update={**given, "reason": dimension.reason})
            was, now = ({k: _recorded(getattr(one, k)) for k in given} for one in (before, dimension))
            self._changed(pack, "dimension", dimension.id, was, now, why or "")

    def _scoring(self, pack: Pack, child: bool, reason: str | None) -> None:
        given = pack.file.scoring
        if not child:
            self.scoring = given
            return
        keys = {k: getattr(given, k) for k in given.model_fields_set if k != "reason"}
        keys = {k: value for k, value in keys.items() if value != getattr(self.scoring, k)}
        why = _said(given.reason) or reason
        if keys and not why:
            self._fault(pack, "reason_wanted", ("scoring",), what="scoring")
        for key, value in keys.items():
            self._changed(pack, "scoring", key, _recorded(getattr(self.scoring, key)), _recorded(value), why or "")
        self.scoring = self.scoring.model_copy(update=keys)

    def _grades(self, pack: Pack, child: bool, reason: str | None) -> None:
        if not pack.file.grades or _without_reasons(pack.file.grades) == _without_reasons(self.grades):
            return
        why = next((g.reason for g in pack.file.grades if _said(g.reason)), None) or reason
        if self.grades and child:
            if not why:
                self._fault(pack, "reason_wanted", ("grades",), what="grades")
            self._changed(pack, "grades", "grades", _bands(self.grades), _bands(pack.file.grades), why or "")
        self.grades = pack.file.grades

    def _rules(self, pack: Pack) -> None:
        sources = tuple(s.id for s in pack.file.sources) or tuple(self.sources)
        for tier, (document, file) in pack.rules.items():
            rules = self.rules.setdefault(tier, {})
            for i, raw in enumerate(file.rules):
                path = ("rules", i)
                rid = raw.get("id")
                if not isinstance(rid, str) or not rid.strip() or "/" in rid:
                    self.problems.append(Problem("standard.rule_without_id", {}, document.place(path)))
                    continue
                rule = RawRule(raw, document, path, sources, self.tailored)
                if rid in rules:
                    params = {"rule": rid, "tier": tier, "other": rules[rid].place("id").text()}
                    self.problems.append(Problem("standard.rule_twice", params, rule.place("id")))
                    continue
                rules[rid] = rule

    def _tailor(self, pack: Pack) -> None:
        tailoring = pack.file.tailoring
        if tailoring is None:
            return
        for name, change in tailoring.parameters.items():
            path = ("tailoring", "parameters", name)
            before = self.parameters.get(name)
            if before is None:
                near = enumerated(nearest(name, self.parameters))
                self._fault(pack, "no_such_parameter_near" if near else "no_such_parameter", path, name=name, near=near)
            elif (locked := self._locked_by(name)) is not None:
                self._fault(pack, "locked_parameter", path, name=name, rule=locked)
            else:
                self.parameters[name] = before.model_copy(update={"value": change.value})
                self.tailored[name] = pack.document.place((*path, "value"))
                self._changed(pack, "parameter", name, before.value, change.value, change.reason)
        for i, removal in enumerate(tailoring.remove):
            for tier in self._targets(pack, ("tailoring", "remove", i), removal):
                rule = self.rules[tier].pop(removal.rule)
                self.removed[tier, removal.rule] = pack.file.id
                self._changed(pack, "remove", removal.rule, rule.raw.get("title"), None, removal.reason, tier)
        for i, alteration in enumerate(tailoring.alter):
            for tier in self._targets(pack, ("tailoring", "alter", i), alteration):
                self._alter(pack, i, alteration, tier)

    def _targets(self, pack: Pack, path: tuple[str | int, ...], target: RuleRemoval | RuleChange) -> Iterable[str]:
        tiers = [t for t, rules in self.rules.items() if target.rule in rules and target.tier in (None, t)]
        if not tiers and not self._gone(pack, target):
            known = [rid for t, rules in self.rules.items() if target.tier in (None, t) for rid in rules]
            near = enumerated(nearest(target.rule, known))
            tier = target.tier or Worded("任一层级", "any")
            code = "no_such_target_near" if near else "no_such_target"
            self._fault(pack, code, (*path, "rule"), rule=target.rule, tier=tier, near=near)
        for tier in tiers:
            locked = self.rules[tier][target.rule].raw.get("locked") in ("true", "yes", "是", "有", True)
            if locked and not (isinstance(target, RuleChange) and set(target.set) == {"points"}):
                self._fault(pack, "locked_rule", path, rule=target.rule)
            else:
                yield tier

    def _gone(self, pack: Pack, target: RuleRemoval | RuleChange) -> bool:
        """Tell whether the other arm of a diamond has removed the target, which this pack could not know."""
        own = self.ancestors[pack.file.id]
        return any(rule == target.rule and target.tier in (None, tier) and remover not in own
                   for (tier, rule), remover in self.removed.items())  # fmt: skip

    def _alter(self, pack: Pack, i: int, change: RuleChange, tier: str) -> None:
        rule = self.rules[tier][change.rule]
        path = ("tailoring", "alter", i, "set")
        if "id" in change.set:
            self._fault(pack, "id_is_fixed", (*path, "id"), rule=change.rule)
            return
        if rule.raw.get("locked") in ("true", "yes", "是", "有", True) and not _raised(rule.raw, change.set):
            self._fault(pack, "locked_points", (*path, "points"), rule=change.rule)
            return
        raw = {k: v for k, v in {**rule.raw, **copy.deepcopy(change.set)}.items() if v is not None}
        before = {k: rule.raw.get(k) for k in change.set}
        changes = (*rule.changes, (pack.document, path[:-1], frozenset(change.set)))
        self.rules[tier][change.rule] = replace(rule, raw=raw, changes=changes)
        self._changed(pack, "alter", change.rule, before, dict(change.set), change.reason, tier)

    def _locked_by(self, parameter: str) -> str | None:
        for rules in self.rules.values():
            for rid, rule in rules.items():
                if rule.raw.get("locked") in ("true", "yes", "是", "有", True) and parameter in names_in(rule.raw):
                    return rid
        return None

    def _changed(
        self, pack: Pack, kind: Any, target: str, before: Any, after: Any, reason: str, tier: str | None = None
    ) -> None:
        self.changes.append(Change(standard=pack.file.id, kind=kind, target=target, tier=tier, before=before,
                                   after=after, reason=reason))  # fmt: skip


def _recorded(value: Any) -> Any:
    """Give a value as a change records it: numbers as they are written, models as plain mappings."""
    if isinstance(value, Mapping):
        return {key: _recorded(inner) for key, inner in value.items()}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return number_text(value) if isinstance(value, Fraction) else value


def _bands(grades: Iterable[Grade]) -> list[dict[str, str]]:
    return [{"title": g.title, "from": number_text(g.from_)} for g in grades]


def _said(reason: str | None) -> str | None:
    return reason if reason and reason.strip() else None


def _without_reasons(grades: Iterable[Grade]) -> list[Grade]:
    return [g.model_copy(update={"reason": None}) for g in grades]


def _raised(raw: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    from plsp_audit.model.base import exact

    try:
        return exact(new["points"]) >= exact(raw["points"])
    except (KeyError, ValueError):
        return False
