"""Cases: small inspections by rule, each with what must come of it (`plsp: cases/1`).

A case names only what its rule looks at; the rest of the site file is made here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from plsp_audit.loading.read_file import RawDocument, read_bytes
from plsp_audit.loading.validation import validated
from plsp_audit.model.base import Exact, Strict
from plsp_audit.model.problem import Problem, enumerated
from plsp_audit.model.result import State
from plsp_audit.model.text import nearest
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.tiers import tier_names

DAY = "2018-10-31"
"""The day of a case's inspection where it says none."""


def _mapping(value: Any) -> Any:
    return {} if value is None else value


class Case(Strict):
    """One case of one rule.

    Attributes:
        judgements: The rule's judgement, or by the number of its parts.
        not_applicable: The reason for declaring the rule, or by number its parts, not applicable.
        waiver: A waiver of the rule, without naming it.
        site: Fields of the site block that differ from the file's.
        expect: The state that must come of it.
        missing: Labels of what must be reported missing, in any order.
    """

    name: str
    facts: Annotated[Any, BeforeValidator(_mapping)] = Field(default_factory=dict)
    judgements: Any = None
    not_applicable: str | dict[str, str] | None = None
    waiver: dict[str, Any] | None = None
    site: dict[str, Any] = Field(default_factory=dict)
    inspection: dict[str, Any] = Field(default_factory=dict)
    expect: State
    awarded: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    missing: list[str] | None = None


class CasesFile(Strict):
    """A file of cases for one tier of a standard."""

    plsp: Literal["cases/1"]
    standard: str
    tier: str
    site: dict[str, Any] = Field(default_factory=dict)
    inspection: dict[str, Any] = Field(default_factory=dict)
    cases: dict[str, list[Case]]


def read_cases(document: RawDocument) -> CasesFile:
    """Read a file of cases.

    Raises:
        InputError: Everything that is wrong with its form.
    """
    return validated(CasesFile, document.tree, document)


def each_case(file: CasesFile) -> Iterator[tuple[str, int, Case]]:
    """Give every case with its rule and its place in the rule's list."""
    for rule, cases in file.cases.items():
        for number, case in enumerate(cases):
            yield rule, number, case


def site_document(file: CasesFile, rule: str, case: Case, shown: str) -> RawDocument:
    """Make the inspection file of a case, as if somebody had written it; `shown` names it in problems."""
    site = {"id": "case", "name": case.name[:80], "tier": file.tier, **file.site, **case.site}
    body: dict[str, Any] = {
        "plsp": "site/1",
        "site": site,
        "standard": file.standard,
        "inspection": {"date": DAY, "kind": "acceptance", **file.inspection, **case.inspection},
        "facts": case.facts,
        "judgements": _by_key(rule, case.judgements),
        "not_applicable": _by_key(rule, case.not_applicable),
    }
    if case.waiver is not None:
        body["waivers"] = [{"rule": rule, **case.waiver}]
    return read_bytes(json.dumps(body, ensure_ascii=False).encode("utf-8"), shown, "json")


def _by_key(rule: str, given: Any) -> dict[str, Any]:
    """Give what a case says of its rule, or of the numbered parts of it, by the keys of a site file."""
    if given is None:
        return {}
    if isinstance(given, dict) and given and all(str(key).isdigit() for key in given):
        return {f"{rule}/{number}": value for number, value in given.items()}
    return {rule: given}


def unknown_rules(file: CasesFile, document: RawDocument, resolution: Resolution) -> list[Problem]:
    """Give the rules of a file of cases that the tier does not have."""
    standard = resolution.standard
    if standard.tier(file.tier) is None:
        params = {"tier": file.tier, "standard": standard.id, "known": tier_names(standard)}
        return [Problem("input.unknown_tier", params, document.place(("tier",)))]
    ids = [rule.id for rule in standard.rules.get(file.tier, ())]
    found = []
    for rule in file.cases:
        if rule not in ids:
            near = nearest(rule, ids, 1)
            code = "input.unknown_rule_near" if near else "input.unknown_rule"
            params = {"key": rule, "near": enumerated(near), "known": enumerated(ids[:3])}
            found.append(Problem(code, params, document.place(("cases", rule), key=True)))
    return found
