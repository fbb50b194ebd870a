from __future__ import annotations

from typing import Any

from plsp_audit.standards.coverage import ClauseCoverage, coverage
from tests.standards.factory_packs import RULES, Packs, rule


def source(*entries: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": "doc", "title": "文件", "outline": [{"about": "内容", **entry} for entry in entries]}]


def clauses(packs: Packs, name: str = "s") -> dict[str, ClauseCoverage]:
    return {clause.at: clause for clause in coverage(packs.resolve(name))[0].clauses}


def test_a_clause_names_its_rules_by_tier(packs: Packs) -> None:
    outline = source(
        {"at": "一"}, {"at": "二", "partly": "半条"}, {"at": "三", "not_checked": "不针对场所"}, {"at": "四"}
    )
    rules = {"station": RULES, "room": [rule("B-1", check="access", clause=["一", "二"])]}
    packs.sound(rules=rules, sources=outline)
    found = clauses(packs)
    assert dict(found["一"].rules) == {"station": ("A-1",), "room": ("B-1",)}
    assert {at: clause.status for at, clause in found.items()} == {
        "一": "covered", "二": "covered", "三": "explained", "四": "missing",
    }  # fmt: skip
    assert found["二"].partly == "半条"
    assert [c.at for c in coverage(packs.resolve())[0].missing] == ["四"]


def test_a_rule_of_a_tier_that_is_not_bound_covers_nothing(packs: Packs) -> None:
    outline = source({"at": "一", "tiers": ["room"]}, {"at": "二", "tiers": ["station"]})
    packs.sound(rules={"station": RULES, "room": [rule("B-1", check="access", clause="二")]}, sources=outline)
    found = clauses(packs)
    assert (found["一"].status, found["二"].status) == ("missing", "covered")
    assert (found["一"].tiers, found["二"].tiers) == (("room",), ("station",))


def test_one_of_its_tiers_is_enough(packs: Packs) -> None:
    packs.sound(
        rules={"station": RULES, "room": [rule("B-1", check="access", clause="二")]},
        sources=source({"at": "一"}, {"at": "二"}),
    )
    assert {c.status for c in clauses(packs).values()} == {"covered"}


def test_clause_numbers_are_compared_as_people_read_them(packs: Packs) -> None:
    packs.sound(rules=[rule(check="access", clause="二(三)1")], sources=source({"at": "二（三）１"}))
    assert clauses(packs)["二（三）１"].status == "covered"


def test_clauses_outside_the_outline_are_strays(packs: Packs) -> None:
    packs.sound(rules=[*RULES, rule("A-3", check="access", clause=["一", "九"])])
    assert coverage(packs.resolve())[0].strays == (("station", "A-3", "九"),)


def test_each_source_has_clauses_of_its_own(packs: Packs) -> None:
    both = [{"id": i, "title": i, "outline": [{"at": "一", "about": "内容"}]} for i in ("one", "two")]
    packs.sound(rules=[rule(check="access", clause={"source": "two", "at": "一"})], sources=both)
    assert [[c.status for c in s.clauses] for s in coverage(packs.resolve())] == [["missing"], ["covered"]]


def test_a_removed_rule_leaves_its_reason(packs: Packs) -> None:
    packs.sound("base")
    packs.child("s", extends="base", tailoring={"remove": [{"rule": "A-2", "reason": "由市里承担"}]})
    clause = clauses(packs)["二"]
    assert (clause.status, clause.removed) == ("explained", ("A-2: 由市里承担",))
    assert clauses(packs, "base")["二"].status == "covered"
