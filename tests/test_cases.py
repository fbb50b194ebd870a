"""Every rule of every shipped standard, tried on small inspections."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from plsp_audit.batch.cases import Outcome, run_cases
from plsp_audit.batch.desk import Desk, Opened
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import read_path
from plsp_audit.model.result import RuleResult
from plsp_audit.model.rules import Rule
from plsp_audit.standards.amounts import View
from plsp_audit.standards.cases import CasesFile, each_case, read_cases
from plsp_audit.standards.reach import reach

CASES = Path(__file__).resolve().parent / "cases"
FILES = sorted(CASES.rglob("*.yaml"))
SHIPPED = [pack.id for pack in Library().names()]
WANTED = {"info": ({"info"},)}
PASSING_AND_FAILING = ({"pass"}, {"fail", "partial"})


@cache
def desk() -> Desk:
    return Desk(Library())


def read(path: Path) -> CasesFile:
    return read_cases(read_path(path, str(path.relative_to(CASES))))


def out_of_reach(opened: Opened, outcome: RuleResult) -> Iterable[str]:
    """Hold what lint believes a rule can earn against what it did earn."""
    compiled = opened.prepared.compiled
    rule = next(r for r in compiled.standard.rules[compiled.tier] if r.id == outcome.id)
    if outcome.state in ("pass", "partial", "fail"):
        able = reach(rule, View(compiled.standard.facts, compiled.tier), rule.level == "penalty")
        earned = outcome.awarded + (rule.points if rule.level == "penalty" else 0)
        if not able.low <= earned <= able.high:
            yield f"earned {earned}, yet lint says {able.low} to {able.high}"


def said(outcome: Outcome) -> Iterable[str]:
    yield from (p.message() for p in outcome.problems)
    yield from (f"{d.key} {d.got}, wanted {d.wanted}" for d in outcome.differences)
    if outcome.opened is not None and outcome.result is not None:
        yield from out_of_reach(outcome.opened, outcome.result)


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_cases_hold(path: Path) -> None:
    run = run_cases(path, desk(), str(path.relative_to(CASES)))
    wrong = [f"{o.place.text()} {o.rule}｜{o.case.name}: {text}" for o in run.outcomes for text in said(o)]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_case_names_tell_apart(path: Path) -> None:
    file = read(path)
    twice = [r for r, cases in file.cases.items() if len({c.name for c in cases}) != len(cases)]
    assert twice == []


@cache
def expected() -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for path in FILES:
        file = read(path)
        for rule, _, case in each_case(file):
            found.setdefault((file.standard, file.tier, rule), set()).add(case.expect)
    return found


def lacks(standard: str, tier: str, rule: Rule) -> Iterable[str]:
    states = expected().get((standard, tier, rule.id), set())
    for wanted in WANTED.get(rule.level, PASSING_AND_FAILING):
        if not states & wanted:
            yield f"{tier} {rule.id}: no case that expects {' or '.join(sorted(wanted))}"


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_has_a_passing_and_a_failing_case(name: str) -> None:
    standard = desk().standard(name).standard
    missing = [text for tier, rules in standard.rules.items() for r in rules for text in lacks(name, tier, r)]
    assert missing == []
