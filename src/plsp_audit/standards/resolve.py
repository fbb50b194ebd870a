"""From packs to one resolved standard."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from plsp_audit.loading.facts import dictionary, unknown_extensions
from plsp_audit.loading.packs import Library, Pack
from plsp_audit.loading.validation import problems_of
from plsp_audit.model.facts import FactsFile
from plsp_audit.model.problem import InputError, Place, Problem, Worded, enumerated
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import ResolvedStandard, Scoring
from plsp_audit.standards.lineage import lineage
from plsp_audit.standards.merge import Draft, RawRule
from plsp_audit.standards.parameters import filled, names_in
from plsp_audit.standards.uses import facts_used


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolved standard and where its pieces stand, for messages.

    Attributes:
        rules: By tier and rule id, where the rule stands.
        parameters_used: Names of the parameters that rules use.
        own_facts: Ids that the standard's own facts.yaml files define.
        line: The packs it was made from, ancestors first, its own last.
        layers: The dictionaries laid over one another, the shared ones first; the pack's own, where it has one, last.
    """

    standard: ResolvedStandard
    pack: Pack
    rules: Mapping[tuple[str, str], RawRule] = field(default_factory=dict)
    parameters_used: frozenset[str] = frozenset()
    own_facts: frozenset[str] = frozenset()
    line: tuple[Pack, ...] = ()
    layers: tuple[FactsFile, ...] = ()

    def place(self, *path: str | int) -> Place:
        """Give a place in the standard's own standard.yaml."""
        return self.pack.document.place(path)

    def entry_place(self, block: str, name: str, *more: str | int) -> Place:
        """Give the place of an entry (by id or key) of a block of standard.yaml, where it was written last."""
        for pack in reversed(self.line):
            node: Any = pack.document.tree
            entries = node.get(block) if isinstance(node, dict) else None
            tailoring = node.get("tailoring") if isinstance(node, dict) else None
            changed = tailoring.get(block) if isinstance(tailoring, dict) else None
            if isinstance(changed, dict) and name in changed:
                return pack.document.place(("tailoring", block, name, *more), key=not more)
            if isinstance(entries, dict) and name in entries:
                return pack.document.place((block, name, *more), key=not more)
            for number, entry in enumerate(entries if isinstance(entries, list) else ()):
                if isinstance(entry, dict) and entry.get("id") == name:
                    return pack.document.place((block, number, *more))
        return self.place(block)

    def rule_place(self, tier: str, rule: str, *more: str | int) -> Place:
        """Give the place of a rule or of something in it."""
        found = self.rules.get((tier, rule))
        return found.place(*more) if found is not None else Place()


class UnresolvedError(InputError):
    """A standard whose files, ancestors or tailoring are faulty.

    Attributes:
        partial: What could be resolved all the same, to look for more; None where that would find nothing true.
    """

    def __init__(self, problems: Iterable[Problem], partial: Resolution | None) -> None:
        super().__init__(problems)
        self.partial = partial


def resolve(library: Library, name: str) -> Resolution:
    """Resolve the standard of that id or title.

    Raises:
        UnresolvedError: Everything that is wrong with its files, its ancestors and its tailoring.
        InputError: There is no such standard, or it cannot be read at all.
    """
    pack = library.load(name)
    line = lineage(pack, library.load)
    draft = Draft()
    for ancestor in line:
        draft.add(ancestor)
    layers = _layers(library, line, draft)
    rules = _rules(draft)
    _structure(draft, pack)
    draft.problems += _unusable_parents(line)
    draft.problems += (problem for ancestor in line for problem in ancestor.problems)
    facts_known = layers is not None and all(ancestor.facts_known for ancestor in line)
    layers = layers or []
    standard = _standard(draft, line, rules, layers)
    if not draft.problems:
        standard = standard.model_copy(update={"digest": digest(standard)})
    places = {(tier, rid): raw for tier, raws in draft.rules.items() for rid, raw in raws.items()}
    used = {n for raws in draft.rules.values() for r in raws.values() for n in names_in(r.raw)}
    own = frozenset(fid for p in line if p.facts is not None for fid in p.facts.facts)
    found = Resolution(standard, pack, places, frozenset(used), own, tuple(line), tuple(layers))
    if draft.problems:
        raise UnresolvedError(draft.problems, found if facts_known else None)
    return found


def _unusable_parents(line: list[Pack]) -> Iterable[Problem]:
    """Say in every child's file which of its parents has faults."""
    faulty = {ancestor.file.id for ancestor in line if ancestor.problems}
    for child in line:
        for number, parent in enumerate(child.file.extends or []):
            if parent in faulty:
                place = child.document.place(("extends", number))
                yield Problem("standard.parent_unusable", {"parent": parent}, place)


def _standard(
    draft: Draft, line: list[Pack], rules: dict[str, tuple[Rule, ...]], layers: list[FactsFile]
) -> ResolvedStandard:
    pack = line[-1]
    return ResolvedStandard(
        id=pack.file.id,
        title=pack.file.title,
        issuer=draft.about.get("issuer"),
        issued=draft.about.get("issued"),
        province=draft.about.get("province"),
        points_basis=draft.about.get("points_basis") or "assigned",
        notes=draft.about.get("notes"),
        sources=tuple(draft.sources.values()),
        parameters=draft.parameters,
        dimensions=tuple(draft.dimensions.values()),
        scoring=_scoring(draft.scoring),
        grades=draft.grades,
        tiers=tuple(draft.tiers.values()),
        rules=rules,
        facts=dictionary(layers),
        changes=tuple(draft.changes),
        lineage=tuple(p.file.id for p in line),
    )


def _scoring(scoring: Scoring) -> Scoring:
    """Let full marks be the highest total where nobody says another: a sheet of 120 points is not cut off at 100."""
    if "max_total" in scoring.model_fields_set:
        return scoring
    return scoring.model_copy(update={"max_total": scoring.full_marks})


def _layers(library: Library, line: list[Pack], draft: Draft) -> list[FactsFile] | None:
    """Give the dictionaries from the shared one up; None where the shared one cannot be read."""
    try:
        files = list(library.shared_facts())
    except InputError as error:
        draft.problems += error.problems
        return None
    for pack in line:
        if pack.facts is not None and pack.facts_document is not None:
            for fid in unknown_extensions(pack.facts, dictionary(files)):
                block = "facts" if fid in pack.facts.facts else "more_options"
                place = pack.facts_document.place((block, fid), key=True)
                draft.problems.append(Problem("standard.no_fact_to_extend", {"fact": fid}, place))
            files.append(pack.facts)
    return files


def _rules(draft: Draft) -> dict[str, tuple[Rule, ...]]:
    resolved: dict[str, tuple[Rule, ...]] = {}
    for tier, raws in draft.rules.items():
        rules = []
        for raw in raws.values():
            rule = _rule(raw, draft)
            if rule is not None:
                rules.append(rule)
        resolved[tier] = tuple(rules)
    return resolved


def _rule(raw: RawRule, draft: Draft) -> Rule | None:
    unknown: set[str] = set()
    whole = filled(raw.raw, draft.parameters, unknown)
    for name in sorted(unknown):
        known = enumerated(draft.parameters) or Worded("没有", "none")
        params = {"name": name, "rule": str(raw.raw.get("id")), "known": known}
        draft.problems.append(Problem("standard.unknown_parameter", params, raw.place(*_where(raw.raw, name))))
    if isinstance(whole.get("clause"), str | list):
        if len(raw.sources) != 1:
            params = {"rule": str(raw.raw.get("id")), "known": enumerated(raw.sources)}
            draft.problems.append(Problem("standard.clause_needs_source", params, raw.place("clause")))
            return None
        whole = {**whole, "clause": {"source": raw.sources[0], "at": whole["clause"]}}
    try:
        return Rule.model_validate(whole)
    except ValidationError as error:
        found = problems_of(error, Rule, raw.document, prefix=raw.path)
        for problem, detail in zip(found, error.errors(include_url=False, include_context=False), strict=False):
            if problem.params.get("value", "").removeprefix("$") in unknown:
                continue
            params = {"rule": str(raw.raw.get("id")), **problem.params}
            place = raw.place(*detail["loc"], key=detail["type"] == "extra_forbidden")
            draft.problems.append(Problem(problem.code, params, place))
        return None


def _where(node: Any, parameter: str) -> tuple[str | int, ...]:
    """Give the way to the first place in a raw rule that names a parameter."""
    if isinstance(node, dict | list):
        for step, child in node.items() if isinstance(node, dict) else enumerate(node):
            if parameter in names_in(child):
                return (step, *_where(child, parameter))
    return ()


def _structure(draft: Draft, pack: Pack) -> None:
    """Check what no rule can be scored without."""

    def fault(code: str, path: tuple[str | int, ...], **params: str) -> None:
        draft.problems.append(Problem(f"standard.{code}", params, pack.document.place(path)))

    if not draft.grades:
        fault("no_grades", ("grades",))
    elif draft.grades[-1].from_ > 0:
        fault("last_grade", ("grades",), grade=draft.grades[-1].title)
    for better, worse in zip(draft.grades, draft.grades[1:], strict=False):
        if better.from_ <= worse.from_:
            fault("grade_order", ("grades",), better=better.title, worse=worse.title)
    ids = [g.id for g in draft.grades]
    for gid in {i for i in ids if ids.count(i) > 1}:
        fault("id_twice", ("grades",), id=gid)
    if not draft.tiers:
        fault("no_tiers", ("tiers",))
    if not draft.dimensions:
        fault("no_dimensions", ("dimensions",))
    tiers = [t.id for t in pack.file.tiers]
    for tid in {i for i in tiers if tiers.count(i) > 1}:
        fault("id_twice", ("tiers",), id=tid)


def digest(standard: ResolvedStandard) -> str:
    """Give the SHA-256 over the canonical JSON of a resolved standard and of the facts that its rules use."""
    body: dict[str, Any] = standard.model_dump(mode="python", by_alias=True, exclude={"digest", "facts"})
    used = {fid for tier in standard.rules for fid in facts_used(standard, tier)}
    body["facts"] = {f: standard.facts.facts[f].model_dump(mode="python") for f in sorted(used)}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
