"""An inspection file: from the raw tree to a model, and from there to an inspection bound to one standard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plsp_audit.loading.observer import Observer
from plsp_audit.loading.read_file import RawDocument
from plsp_audit.loading.validation import fault_problems, raw_path, validated
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.site import Inspection, SiteFile
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded, nearest
from plsp_audit.model.values import Fault, shown
from plsp_audit.model.vocabulary import KINDS, SITE_WORDS

_BY_BLOCK = {"site": "site", "inspection": "inspection"}


def _all_words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for table in SITE_WORDS.values():
        for word, key in table.items():
            words[key] = (*words.get(key, ()), word)
    return words


WORDS = _all_words()
"""By key of a site file: the Chinese words it may be written as."""


_ENGLISH = {block: {"plsp", *table.values()} for block, table in SITE_WORDS.items()}


def _renamed(node: Any, block: str, path: tuple[str | int, ...], faults: list[Fault]) -> Any:
    """Give a mapping with its fixed Chinese keys in English; a key given both ways is a fault."""
    if not isinstance(node, dict):
        return node
    words = SITE_WORDS[block]
    if node.keys() <= _ENGLISH[block]:
        return dict(node)
    plain: dict[str, Any] = {}
    for key, value in node.items():
        name = key if key in words.values() or key == "plsp" else words.get(folded(key), key)
        if name in plain:
            faults.append(Fault("key_twice", {"key": shown(key), "name": name}, (*path, key)))
        plain[name] = value
    return plain


def _in_english(tree: Any, faults: list[Fault]) -> Any:
    top = _renamed(tree, "top", (), faults)
    if not isinstance(top, dict):
        return top
    for block, words in _BY_BLOCK.items():
        top[block] = _renamed(top.get(block), words, (block,), faults) if block in top else None
        if top[block] is None:
            del top[block]
    kind = top.get("inspection")
    if isinstance(kind, dict) and isinstance(kind.get("kind"), str):
        kind["kind"] = KINDS.get(folded(kind["kind"]), kind["kind"])
    judged = top.get("judgements")
    if isinstance(judged, dict):
        top["judgements"] = {
            rule: [_renamed(v, "judgement", ("judgements", rule), faults) for v in value]
            if isinstance(value, list) else _renamed(value, "judgement", ("judgements", rule), faults)
            for rule, value in judged.items()
        }  # fmt: skip
    if isinstance(top.get("waivers"), list):
        top["waivers"] = [_renamed(w, "waiver", ("waivers", i), faults) for i, w in enumerate(top["waivers"])]
    return top


def read_site(document: RawDocument) -> SiteFile:
    """Read the fixed part of an inspection file; its facts stay raw until a standard is known.

    Raises:
        InputError: Everything that is wrong with the fixed part.
    """
    if not isinstance(document.tree, dict):
        raise InputError([Problem("input.not_a_site", {}, document.place(()))])
    faults: list[Fault] = []
    raw = _in_english(document.tree, faults)
    problems = fault_problems(faults, document, WORDS)
    try:
        site = validated(SiteFile, raw, document, WORDS)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return site


@dataclass(frozen=True, slots=True)
class RuleNames:
    """What the rules of a tier allow a file to say of them.

    Attributes:
        rules: Rule ids of the tier.
        parts: By rule id, how many parts it has (0: none).
        judged: Keys (`id`, or `id/2` for a part) of judged rules -> points, deduct, or deduct_each.
        may_be_na: Keys that may be declared not applicable.
    """

    rules: frozenset[str]
    parts: Mapping[str, int]
    judged: Mapping[str, str]
    may_be_na: frozenset[str]


@dataclass(slots=True)
class _Binder:
    """Holds one file against the rules of its tier, collecting problems and what is set aside."""

    file: SiteFile
    names: RuleNames
    facts_known: Callable[[str], str | None]
    foreign_rules: frozenset[str]
    foreign_fact: Callable[[str], bool]
    faults: list[Fault] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def rule_key(self, key: str, path: tuple[str | int, ...], part: bool = True) -> str | None:
        """Give the rule key if the tier has it; else note the fault, or set it aside."""
        rule, _, number = key.partition("/")
        if rule in self.names.rules:
            count = self.names.parts.get(rule, 0)
            if not number or (part and number.isdigit() and 1 <= int(number) <= count):
                return key
            self.faults.append(Fault("no_such_part", {"key": shown(key), "count": str(count)}, path))
        elif rule in self.foreign_rules:
            self.aside.append(key)
        else:
            near = nearest(rule, self.names.rules, 1)
            code = "unknown_rule_near" if near else "unknown_rule"
            self.faults.append(Fault(code, {"key": shown(key), "near": "、".join(near)}, path))
        return None

    def judgements(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in self.file.judgements.items():
            path = ("judgements", key)
            name = self.rule_key(key, path)
            if name is None:
                continue
            many = isinstance(value, list)
            kind = self.names.judged.get(name)
            if kind is None:
                self._not_judged(name, path)
                continue
            for item in value if isinstance(value, list) else [value]:
                given = "points" if item.points is not None else "deduct" if item.deduct is not None else None
                if item.points is not None and item.deduct is not None:
                    self.faults.append(Fault("both_given", {"key": name}, path))
                elif kind == "points" and given == "deduct":
                    self.faults.append(Fault("points_wanted", {"key": name}, path))
                elif kind != "points" and given == "points":
                    self.faults.append(Fault("deduct_wanted", {"key": name}, path))
            if many and kind != "deduct_each":
                self.faults.append(Fault("one_judgement_wanted", {"key": name}, path))
            found[name] = tuple(value) if isinstance(value, list) else value
        return found

    def _not_judged(self, name: str, path: tuple[str | int, ...]) -> None:
        parts = [k for k in self.names.judged if k.startswith(name + "/")]
        code = "judge_the_part" if parts else "not_judged"
        self.faults.append(Fault(code, {"key": name, "parts": "、".join(parts)}, path))

    def by_rule(self, block: str, values: Mapping[str, Any], part: bool = False) -> dict[str, Any]:
        found = {}
        for key, value in values.items():
            name = self.rule_key(key, (block, key), part)
            if name is not None and value is not None:
                found[name] = value
        return found

    def not_applicable(self) -> dict[str, str]:
        found = {}
        for key, reason in self.file.not_applicable.items():
            path = ("not_applicable", key)
            name = self.rule_key(key, path)
            if name is None:
                continue
            if name not in self.names.may_be_na:
                self.faults.append(Fault("na_not_allowed", {"key": name}, path))
            elif reason is None or not reason.strip():
                self.faults.append(Fault("reason_wanted", {"key": name}, path))
            else:
                found[name] = reason
        return found

    def waivers(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for i, waiver in enumerate(self.file.waivers):
            name = self.rule_key(waiver.rule, ("waivers", i, "rule"), part=False)
            if name in found:
                self.faults.append(Fault("waived_twice", {"key": waiver.rule}, ("waivers", i, "rule")))
            if name is not None:
                found[name] = waiver
        return found

    def by_fact_or_rule(self, block: str, values: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for key, value in values.items():
            fact = self.facts_known(key)
            rule = key.partition("/")[0]
            if fact is not None:
                found[fact] = value
            elif rule in self.names.rules:
                found[key] = value
            elif rule in self.foreign_rules or self.foreign_fact(key):
                self.aside.append(key)
            else:
                self.faults.append(Fault("unknown_fact_or_rule", {"key": shown(key)}, (block, key)))
        return {k: v for k, v in found.items() if v is not None}


@dataclass(frozen=True, slots=True)
class Bound:
    """An inspection bound to a standard, and the entries that only the file's own standard knows."""

    inspection: Inspection
    aside: tuple[str, ...]
    problems: tuple[Problem, ...]


def bind(
    file: SiteFile,
    document: RawDocument,
    standard: ResolvedStandard,
    tier: str,
    names: RuleNames,
    observer: Observer,
    own: ResolvedStandard | None = None,
) -> Bound:
    """Hold a site file against a standard: typed facts, rule ids that exist, judgements of the wanted kind.

    Args:
        file: The file's fixed part.
        document: The file, for places.
        standard: The standard that scores it.
        tier: The standard's tier id for the site.
        names: What the tier's rules allow the file to say.
        observer: Reads facts under the standard's dictionary.
        own: The file's own standard, where another one scores it; what only it knows is set aside.

    Returns:
        The inspection and everything that is wrong with it.
    """
    foreign_rules = frozenset(_rule_ids(own)) if own is not None else frozenset[str]()
    binder = _Binder(file, names, standard.facts.find, foreign_rules,
                     lambda key: own is not None and own.facts.find(key) is not None)  # fmt: skip
    faults, aside = binder.faults, binder.aside
    facts = observer.read(file.facts, ("facts",), faults, aside, own.facts if own is not None else None)
    inspection = Inspection(
        site=file.site if file.site.tier == tier else file.site.model_copy(update={"tier": tier}),
        info=file.inspection,
        raw=document.tree,
        on=date.fromisoformat(file.inspection.date),
        not_rated=file.not_rated,
        facts=facts,
        judgements=binder.judgements(),
        self_scores=binder.by_rule("self_scores", file.self_scores),
        not_applicable=binder.not_applicable(),
        waivers=binder.waivers(),
        evidence={k: tuple(v) for k, v in binder.by_fact_or_rule("evidence", file.evidence).items()},
        notes=binder.by_fact_or_rule("notes", file.notes),
    )
    return Bound(inspection, tuple(dict.fromkeys(aside)), tuple(fault_problems(faults, document, WORDS)))


def _rule_ids(standard: ResolvedStandard) -> Iterable[str]:
    return (rule.id for rules in standard.rules.values() for rule in rules)


def place_of(document: RawDocument, *path: str | int) -> Place:
    """Give the place of a key of a site file, however it is written."""
    return document.place(raw_path(document.tree, path, WORDS))
