from __future__ import annotations

from typing import Any

import pytest

from plsp_audit.loading.packs import Library
from plsp_audit.model.problem import InputError
from plsp_audit.standards.resolve import resolve
from tests.standards.factory_packs import RULES, Packs, line_of, rule


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"grades": [{"id": "a", "title": "好", "from": 60}]}, "last_grade"),
        ({"grades": [{"id": "a", "title": "好", "from": 60}, {"id": "b", "title": "中", "from": 60},
                     {"id": "c", "title": "差", "from": 0}]}, "grade_order"),
        ({"grades": [{"id": "a", "title": "好", "from": 60}, {"id": "a", "title": "差", "from": 0}]}, "id_twice"),
        ({"grades": None}, "no_grades"),
        ({"dimensions": None}, "no_dimensions"),
        ({"dimensions": [{"id": "a", "title": "甲"}, {"id": "a", "title": "乙"}]}, "id_twice"),
        ({"tiers": [{"id": "station", "title": "站", "rules": "none.yaml"}]}, "no_rules_file"),
        ({"tiers": [{"id": "station", "title": "站", "rules": "../s/station.yaml"}]}, "no_rules_file"),
        ({"rules": [rule("A/1", check="access")]}, "rule_without_id"),
        ({"rules": [*RULES, rule("A-1", check="access")]}, "rule_twice"),
        ({"rules": [rule(check="access", clause="一")], "sources": None}, "clause_needs_source"),
        ({"facts": {"rest": {"more_options": {"a": "甲"}}}}, "no_fact_to_extend"),
    ],
)  # fmt: skip
def test_what_no_site_can_be_scored_with(packs: Packs, keys: dict[str, Any], code: str) -> None:
    packs.sound(**keys)
    assert [p.code for p in packs.faults()] == [f"standard.{code}"]
    assert all(p.place.line for p in packs.faults())


def test_all_problems_are_told_at_once(packs: Packs) -> None:
    packs.sound(rules=[rule("A-1", check="access", points="six"), rule("A-2", check="access", titel="甲")],
                grades=[{"id": "a", "title": "好", "from": 60}])  # fmt: skip
    assert sorted(p.code for p in packs.faults()) == [
        "schema.not_a_number", "schema.unknown_key_near", "standard.last_grade",
    ]  # fmt: skip
    assert line_of(next(p for p in packs.faults() if p.code == "schema.not_a_number")) == "six"


def test_the_id_is_the_folder(packs: Packs) -> None:
    packs.sound("s")
    (packs.home / "s").rename(packs.home / "t")
    assert [p.code for p in packs.faults("t")] == ["standard.id_is_not_folder"]


def test_a_standard_is_found_by_title_too(packs: Packs) -> None:
    packs.sound("s", title="测试 标准")
    assert packs.resolve("测试 标准").standard.id == "s"
    with pytest.raises(InputError):
        packs.resolve("别的标准")


def test_the_first_folder_wins(packs: Packs, tmp_path: Any) -> None:
    packs.sound("s", title="先")
    other = tmp_path / "other"
    other.mkdir()
    packs.home, first = other, packs.home
    packs.sound("s", title="后")
    assert resolve(Library([first, other], packs.shipped), "s").standard.title == "先"
    assert resolve(Library([other, first], packs.shipped), "s").standard.title == "后"


def test_the_digest_is_of_what_scores(packs: Packs) -> None:
    packs.sound("s")
    first = packs.resolve().standard.digest
    assert packs.resolve().standard.digest == first
    packs.sound("s", facts={"own": {"label": "新项", "type": "yes_no"}})
    assert packs.resolve().standard.digest == first
    packs.sound("s", parameters={"least": {"value": 101, "unit": "㎡"}})
    assert packs.resolve().standard.digest != first


def test_own_facts_stand_before_shared_ones(packs: Packs) -> None:
    packs.sound(facts={"own": {"label": "场所面积", "type": "integer"}})
    facts = packs.resolve().standard.facts
    assert (facts.find("场所面积"), facts.find("area"), facts.find("面积")) == ("own", "area", "area")


def test_two_tiers_may_share_a_file(packs: Packs) -> None:
    tiers = [{"id": t, "title": t, "rules": "station.yaml"} for t in ("station", "room")]
    packs.sound(tiers=tiers)
    standard = packs.resolve().standard
    assert standard.rules["station"] == standard.rules["room"]
    assert packs.lint() == []


@pytest.mark.parametrize(
    ("scoring", "most"),
    [
        ({}, 100),
        ({"full_marks": 120}, 120),
        ({"full_marks": 120, "max_total": 100}, 100),
        ({"full_marks": 120, "max_total": None}, None),
    ],
)
def test_the_highest_total_is_full_marks_unless_said(packs: Packs, scoring: dict[str, Any], most: int | None) -> None:
    packs.sound("s", scoring=scoring)
    assert packs.resolve().standard.scoring.max_total == most


def test_a_child_with_other_full_marks_has_their_highest_total(packs: Packs) -> None:
    packs.sound("base", scoring={"model": "normalised"})
    packs.child("s", extends="base", scoring={"full_marks": 150, "reason": "市局表"})
    standard = packs.resolve().standard
    assert standard.scoring.max_total == 150
    assert [c.target for c in standard.changes] == ["full_marks"]
