"""An inspection file held against one standard: typed facts, rule ids that exist, judgements of the wanted kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from plsp_audit.loading.keys import near_facts
from plsp_audit.loading.observer import Observer
from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.problem import enumerated
from plsp_audit.model.site import Inspection, Judgement, SiteFile
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded, nearest
from plsp_audit.model.values import Fault, shown

Path = tuple[str | int, ...]
#: Beyond so many faults nobody is helped by hints, and each takes its time.
MAX_HINTS = 20


@dataclass(frozen=True, slots=True)
class RuleNames:
    """What the rules of a tier allow a file to say of them.

    Attributes:
        rules: Rule ids of the tier.
        parts: By rule id, how many parts it has (0: none).
        judged: Keys (`id`, or `id/2` for a part) of judged rules -> points, deduct, or deduct_each.
        may_be_na: Keys that may be declared not applicable.
        elsewhere: Rule ids of other tiers only -> the title of such a tier.
        folded: Rule ids by their folded form.
    """

    rules: frozenset[str]
    parts: Mapping[str, int]
    judged: Mapping[str, str]
    may_be_na: frozenset[str]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    folded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bound:
    """An inspection bound to a standard, what is wrong with it, and what only the file's own standard knows."""

    inspection: Inspection
    aside: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Binder:
    """Holds one file against the rules of its tier, collecting faults and what is set aside."""

    file: SiteFile
    names: RuleNames
    facts: FactDictionary
    own: ResolvedStandard | None
    foreign_rules: frozenset[str]
    faults: list[Fault] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    open_notes: dict[str, str] = field(default_factory=dict)

    def fault(self, code: str, place: Path, /, **params: str) -> None:
        self.faults.append(Fault(code, params, place))

    def rule_of(self, name: str) -> str | None:
        """Give the rule of the tier that is written so, in whatever width and case."""
        return name if name in self.names.rules else self.names.folded.get(folded(name)) if len(name) < 100 else None

    def rule_key(self, key: str, path: Path, part: bool = True) -> str | None:
        """Give the rule key if the tier has it; else note the fault, or set it aside."""
        name, _, number = key.replace("／", "/").partition("/")
        rule = self.rule_of(name)
        if rule is None:
            if name.strip() in self.foreign_rules:
                self.aside.append(key)
            else:
                self._unknown_rule(key, name.strip(), path)
            return None
        count = self.names.parts.get(rule, 0)
        if not number:
            return rule
        if not part:
            self.fault("whole_rule_wanted", path, key=shown(key), rule=rule)
        elif not count:
            self.fault("no_parts", path, key=shown(key), rule=rule)
        elif number not in {str(n) for n in range(1, count + 1)}:
            self.fault("not_a_part", path, key=shown(key), count=str(count), rule=rule)
        else:
            return f"{rule}/{number}"
        return None

    def _unknown_rule(self, key: str, name: str, path: Path) -> None:
        if name in self.names.elsewhere:
            self.fault("rule_of_another_tier", path, key=shown(key), tier=self.names.elsewhere[name])
            return
        near = nearest(name, sorted(self.names.rules)) if len(self.faults) < MAX_HINTS else []
        code = "unknown_rule_near" if near else "unknown_rule"
        self.fault(code, path, key=shown(key), near=enumerated(near), known=enumerated(sorted(self.names.rules)[:3]))

    def keyed(self, block: str, values: Mapping[str, Any], part: bool = True) -> list[tuple[str, Any, Path]]:
        """Give the entries of a block whose rules the tier has, each rule once, with their places."""
        found: dict[str, tuple[str, Any, Path]] = {}
        for key, value in values.items():
            path = (block, key)
            name = self.rule_key(key, path, part)
            if name in found:
                self.fault("key_twice", path, key=shown(key), name=shown(found[name][2][-1]))
            elif name is not None:
                found[name] = (name, value, path)
        return list(found.values())

    def judgements(self) -> dict[str, Judgement | tuple[Judgement, ...]]:
        found: dict[str, Judgement | tuple[Judgement, ...]] = {}
        for name, value, path in self.keyed("judgements", self.file.judgements):
            kind = self.names.judged.get(name)
            if isinstance(value, list) and value:
                # Without the rows that nobody filled in; an empty list says that no fault was found.
                value = [one for one in value if _decided(one) or one.note] or None
            if value is None:
                continue
            if kind is None:
                self._not_judged(name, path)
            elif isinstance(value, list) and kind != "deduct_each":
                self.fault("one_judgement_wanted", path, key=name)
            elif not self._of_wrong_kind(name, kind, value, path) and not self._left_open(name, value):
                found[name] = tuple(value) if isinstance(value, list) else value
        return found

    def _left_open(self, name: str, value: Judgement | list[Judgement]) -> bool:
        """Tell whether nothing was decided yet, as on a form that is only begun; what is noted beside it is kept."""
        given = value if isinstance(value, list) else [value]
        if all(map(_decided, given)):
            return False
        said = "；".join(one.note for one in given if one.note)
        if said:
            self.open_notes[name] = said
        return True

    def _of_wrong_kind(self, name: str, kind: str, value: Any, path: Path) -> bool:
        before = len(self.faults)
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            place = (*path, number) if isinstance(value, list) else path
            if item.points is not None and item.deduct is not None:
                self.fault("both_given", place, key=name)
            elif kind == "points" and item.deduct is not None:
                self.fault("points_wanted", place, key=name)
            elif kind != "points" and item.points is not None:
                self.fault("deduct_wanted", place, key=name)
        return len(self.faults) > before

    def _not_judged(self, name: str, path: Path) -> None:
        parts = [k for k in self.names.judged if k.startswith(name + "/")]
        self.fault("judge_the_part" if parts else "not_judged", path, key=name, parts=enumerated(parts))

    def self_scores(self) -> dict[str, Any]:
        scores = self.keyed("self_scores", self.file.self_scores, part=False)
        return {name: value for name, value, _ in scores if value is not None}

    def not_applicable(self) -> dict[str, str]:
        found = {}
        for name, reason, path in self.keyed("not_applicable", self.file.not_applicable):
            if name not in self.names.may_be_na:
                self.fault("na_not_allowed", path, key=name)
            elif reason is None:
                self.fault("reason_wanted", path, key=name)
            else:
                found[name] = reason
        return found

    def waivers(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for i, waiver in enumerate(self.file.waivers):
            if waiver is None:
                continue
            name = self.rule_key(waiver.rule, ("waivers", i, "rule"), part=False)
            if name in found:
                self.fault("waived_twice", ("waivers", i, "rule"), key=waiver.rule)
            elif name is not None:
                found[name] = waiver
        return found

    def by_fact_or_rule(self, block: str, values: Mapping[str, Any]) -> list[tuple[str, Any, Path]]:
        """Give the entries of a block by fact id or rule key; one thing under two names is a fault."""
        found: dict[str, tuple[str, Any, Path]] = {}
        for key, value in values.items():
            path = (block, key)
            name = self.facts.find(key)
            if name is None and self.rule_of(key.replace("／", "/").partition("/")[0]) is not None:
                name = self.rule_key(key, path)
            elif name is None:
                self._neither(key, path)
            if name in found:
                self.fault("key_twice", path, key=shown(key), name=shown(found[name][2][-1]))
            elif name is not None and value:
                found[name] = (name, value, path)
        return list(found.values())

    def _neither(self, key: str, path: Path) -> None:
        rule = key.replace("／", "/").partition("/")[0].strip()
        if rule in self.foreign_rules or self.own is not None and self.own.facts.find(key) is not None:
            self.aside.append(key)
        elif rule in self.names.elsewhere:
            self.fault("rule_of_another_tier", path, key=shown(key), tier=self.names.elsewhere[rule])
        else:
            near = near_facts(key, self.facts, sorted(self.names.rules)) if len(self.faults) < MAX_HINTS else ""
            code = "unknown_fact_or_rule_near" if near else "unknown_fact_or_rule"
            self.fault(code, path, key=shown(key), near=near)

    def evidence(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for name, paths, path in self.by_fact_or_rule("evidence", self.file.evidence):
            for number, one in enumerate(paths):
                if not inside(one):
                    self.fault("evidence_outside", (*path, number), path=shown(one))
            found[name] = tuple(paths)
        return found


def _decided(one: Judgement) -> bool:
    return one.points is not None or one.deduct is not None


def inside(path: str) -> bool:
    """Tell whether a path, written for whatever system, stays below the folder it starts from."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return bool(parts) and not path.startswith(("/", "\\")) and ".." not in parts and ":" not in parts[0]


def bind(file: SiteFile, raw: Any, standard: ResolvedStandard, tier: str, names: RuleNames, observer: Observer,
         own: ResolvedStandard | None = None) -> Bound:
    """Hold a site file against a standard.

    Args:
        file: The file's fixed part.
        raw: The file as it was written, for its digest.
        standard: The standard that scores it.
        tier: The standard's tier id for the site.
        names: What the tier's rules allow the file to say.
        observer: Reads facts under the standard's dictionary.
        own: The file's own standard, where another one scores it; what only it knows is set aside.

    Returns:
        The inspection and everything that is wrong with it.
    """
    foreign = frozenset(rule.id for rules in (own.rules if own is not None else {}).values() for rule in rules)
    binder = _Binder(file, names, standard.facts, own, foreign)
    faults, aside = binder.faults, binder.aside
    facts = observer.read(file.facts, ("facts",), faults, aside, own.facts if own is not None else None)
    judgements = binder.judgements()
    notes = {name: note for name, note, _ in binder.by_fact_or_rule("notes", file.notes)}
    for name, note in binder.open_notes.items():
        notes[name] = f"{notes[name]}；{note}" if name in notes else note
    inspection = Inspection(
        site=file.site if file.site.tier == tier else file.site.model_copy(update={"tier": tier}),
        info=file.inspection,
        raw=raw,
        on=date.fromisoformat(file.inspection.date),
        not_rated=file.not_rated,
        facts=facts,
        judgements=judgements,
        self_scores=binder.self_scores(),
        not_applicable=binder.not_applicable(),
        waivers=binder.waivers(),
        evidence=binder.evidence(),
        notes=notes,
    )
    return Bound(inspection, tuple(dict.fromkeys(aside)), tuple(faults))


def fact_faults(file: SiteFile, observer: Observer, own: ResolvedStandard | None = None) -> list[Fault]:
    """Give what is wrong with the facts of a file whose tier is not known."""
    faults: list[Fault] = []
    observer.read(file.facts, ("facts",), faults, [], own.facts if own is not None else None)
    return faults


def likely_tier(file: SiteFile, standard: ResolvedStandard) -> str | None:
    """Give the tier that a file whose tier is not known is most likely for: it has most of the rules that are named."""
    blocks = (file.judgements, file.self_scores, file.not_applicable)
    named = {key.partition("/")[0] for block in blocks for key in block}
    held = {tier: len(named & {rule.id for rule in rules}) for tier, rules in standard.rules.items()}
    best = max(held, key=lambda tier: held[tier])
    return best if held[best] and 2 * held[best] >= len(named) else None
