"""Each defect is found, at its place, and a sound standard has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from plsp_audit.loading.packs import Library
from plsp_audit.model.problem import Problem
from plsp_audit.standards.lint import lint
from plsp_audit.standards.resolve import resolve
from plsp_audit.standards.ruletypes import errors
from tests.standards.factory_packs import RULES, STANDARD, Packs, line_of, rule

SUM = {"model": "sum", "assumed": ["waivers"]}


def only(packs: Packs, code: str, **params: str) -> str:
    """Assert that there is one finding, of that code and with these params; give the line it points at."""
    found = packs.lint()
    assert [p.code for p in found] == [f"lint.{code}"], [p.text() for p in found]
    assert found[0].severity == "warning"
    assert {key: found[0].params[key] for key in params} == params
    assert found[0].message("zh") != found[0].message("en")
    return line_of(found[0])


def test_a_sound_standard_has_no_findings(packs: Packs) -> None:
    packs.sound()
    assert packs.lint() == []


def test_errors_stand_beside_warnings(packs: Packs) -> None:
    packs.sound(
        rules=[
            rule(check="nothing", remedy=None),
            *RULES[1:],
            rule("A-3", check={"fact": "area", "at_least": "$least"}),
        ]
    )
    assert [(p.code, p.severity) for p in packs.lint()] == [
        ("lint.no_remedy", "warning"),
        ("rules.unknown_name", "error"),
    ]


ROOMS = {"fact": "rooms", "includes": ["talk", "mediate"]}
REACH: list[tuple[dict[str, Any], list[str]]] = [
    ({"check": ROOMS, "award": {"each_missing": 5}}, []),
    ({"check": ROOMS, "award": {"each_missing": 4}}, ["never_zero 2"]),
    ({"check": {**ROOMS, "need": 1}, "award": {"each_missing": 5}}, ["never_zero 5"]),
    ({"check": ROOMS, "award": {"each_met": 5}}, []),
    ({"check": ROOMS, "award": {"each_met": 4}}, ["never_full 8"]),
    ({"check": {"each": {"of": "windows", "meets": "sign"}}, "award": {"each_missing": 1}}, []),
    ({"check": {"each": {"of": "windows", "meets": "sign"}}, "award": {"each_met": 1}}, []),
    ({"check": {"all": ["access", ROOMS]}, "award": {"each_missing": 3}},
     ["never_zero 1"]),
    ({"check": {"all": ["access", {"count": {"of": "windows"}, "at_least": 0}]}, "award": "share"}, ["never_zero 5"]),
    ({"check": {"fact": "devices", "includes": {"chair": 4, "fax": 0}}, "award": "share"}, ["never_zero 5"]),
    ({"award": {"over": "rate", "steps": [[90, 10], [80, 5]]}}, []),
    ({"award": {"over": "rate", "steps": [[90, 9], [80, 5]]}}, ["never_full 9"]),
    ({"award": {"over": "rate", "steps": [[90, 10], [0, 5]]}}, ["never_zero 5"]),
    ({"award": {"over": "rate", "steps": [[100, 10], [96, {"times": 0.1}]]}}, []),
    ({"award": {"over": "rate", "steps": [[0, {"times": 0.1}]]}}, []),
    ({"award": {"over": "rate", "steps": [[80, 5], [90, 10]]}}, ["step_unreached 2"]),
    ({"award": {"over": "rate", "steps": [[90, 12], [80, 5]]}}, ["step_over 1"]),
    ({"award": {"over": "opened", "steps": [["2018-01-01", 5], ["2017-01-01", 10]]}}, []),
    ({"award": {"over": "rate", "per_unit": 1, "below": 95}}, []),
    ({"award": {"over": "faults", "per_unit": 2, "below": 3}}, ["never_zero 4"]),
    ({"award": {"over": "faults", "per_unit": 5, "below": 15, "unit": 10, "whole_units": "down"}}, ["never_zero 5"]),
    ({"award": {"over": "faults", "per_unit": 5, "below": 15, "unit": 10, "whole_units": "up"}}, []),
    ({"award": {"deduct": [{"per": "faults", "points": 1}]}}, []),
    ({"award": {"deduct": [{"per": "faults", "points": 1, "at_most": 4}]}}, ["never_zero 6"]),
    ({"award": {"deduct": [{"when": {"not": "access"}, "points": 4}, {"per": "access", "points": 2}]}},
     ["never_zero 4"]),
    ({"award": {"deduct": [{"missing_of": ROOMS, "points": 5}]}}, []),
    ({"award": {"deduct": [{"judged": [1, 3]}]}}, ["never_zero 7"]),
    ({"award": {"deduct": [{"judged": [1, 3], "each": True}]}}, []),
    ({"award": {"deduct": [{"per": "faults", "points": 2, "at_most": 14}], "floor": "none"}}, []),
    ({"award": {"deduct": [{"per": "faults", "points": 20, "at_most": 10}]}}, ["cap_below_one"]),
    ({"check": {"judged": {}}, "award": {"judged": {"choices": [0, 5, 10]}}}, []),
    ({"award": {"judged": {"choices": [2, 5, 8]}}}, ["never_zero 2", "never_full 8"]),
    ({"award": {"judged": {"choices": [0, 10, 12]}}}, ["choice_outside"]),
    ({"award": {"judged": {"step": 3}}}, ["never_full 9"]),
    ({"award": {"judged": {"step": 0.5}}}, []),
    ({"check": {"fact": "area", "between": [200, 100]}}, ["never_met"]),
    ({"check": {"all": [{"fact": "area", "at_least": 200}, {"fact": "area", "at_most": 100}]}}, ["never_met"]),
    ({"check": {"not": {"all": [{"fact": "area", "at_least": 9}, {"fact": "area", "at_most": 1}]}}}, ["always_met"]),
    ({"check": {"fact": "faults", "is": 2.5}}, ["never_met"]),
    ({"check": {"any": ["access", {"count": {"of": "windows"}, "at_least": 0}]}}, ["always_met"]),
    ({"check": "access", "when": {"fact": "area", "between": [2, 1]}}, ["never_met"]),
    ({"check": {"fact": "area", "at_least": {"by": "tier", "of": {"station": 80, "room": 10}}}}, []),
    ({"check": {"fact": "area", "at_least": {"by": "access", "of": {"是": 90, "否": 60}}}}, []),
    ({"check": {"fact": "area", "at_least": {"fact": "rate", "times": 2}}}, []),
    ({"check": {"fact": "filed", "within_days": 30, "of": "opened"}}, []),
]  # fmt: skip


def told(problem: Problem) -> str:
    """Give the code and the number that it is about."""
    numbers = [problem.params[key] for key in ("least", "most", "number") if key in problem.params]
    return " ".join([problem.code.removeprefix("lint."), *numbers])


@pytest.mark.parametrize(("keys", "wanted"), REACH)
def test_what_a_rule_can_reach(packs: Packs, keys: dict[str, Any], wanted: list[str]) -> None:
    packs.sound(rules=[*RULES, rule("A-3", **keys)])
    found = packs.lint()
    assert [told(p) for p in found] == wanted
    assert all(p.place.line for p in found)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ({"points": 8, "check": ROOMS, "award": {"each_missing": 4}}, []),
        ({"points": 9, "check": ROOMS, "award": {"each_missing": 4}},
         ["penalty_never_whole 8"]),
        ({"points": 50, "award": {"per": "faults", "points": 3}}, []),
        ({"points": 50, "award": {"per": "access", "points": 3}}, ["penalty_never_whole 3"]),
        ({"points": 5, "award": {"over": "rate", "steps": [[90, 4]]}}, ["penalty_never_free 1"]),
    ],
)  # fmt: skip
def test_what_a_penalty_can_cost(packs: Packs, keys: dict[str, Any], wanted: list[str]) -> None:
    packs.sound(rules=[*RULES, rule("A-3", level="penalty", **keys)])
    assert [told(p) for p in packs.lint()] == wanted


def test_a_part_is_named_by_its_number(packs: Packs) -> None:
    parts = [{"title": "甲", "points": 5, "check": "access"},
             {"title": "乙", "points": 5, "award": {"over": "rate", "steps": [[90, 4]]}}]  # fmt: skip
    packs.sound(rules=[*RULES, rule("A-3", points=None, parts=parts)])
    assert only(packs, "never_full", rule="A-3/2", most="4").startswith("over")


def test_parts_that_do_not_make_the_points(packs: Packs) -> None:
    parts = [{"title": "甲", "points": 5, "check": "access"}]
    packs.sound(rules=[*RULES, rule("A-3", points=8, assumed=["points"], parts=parts)])
    assert only(packs, "parts_below", most="5", points="8") == "8"


POINTS: list[tuple[dict[str, Any], str, str]] = [
    ({"dimensions": [{"id": "a", "title": "甲", "points": 90}]}, "dimension_points", "90"),
    ({"dimensions": [{"id": "a", "title": "甲", "points": {"station": 90}}]}, "dimension_points", "90"),
    ({"dimensions": [{"id": "a", "title": "甲", "points": {"station": 100, "room": 1}}]}, "no_such_tier", "1"),
    ({"dimensions": [{"id": "a", "title": "甲", "points": {}}]}, "dimension_tier_left_out", "{}"),
    ({"dimensions": [{"id": "a", "title": "甲"}, {"id": "b", "title": "乙"}]}, "dimension_unused", "id: b"),
    ({"scoring": {"bonus_cap": 5}}, "bonus_cap_unused", "5"),
    ({"scoring": {"max_total": 90}}, "max_below_full", "90"),
    ({"scoring": {**SUM, "full_marks": 120, "max_total": None}}, "sum_not_full", "id: station"),
    ({"scoring": {"model": "sum"}}, "lost_waived", "model: sum"),
    ({"scoring": {**SUM, "not_checked": "exclude"}}, "lost_not_checked", "not_checked"),
    ({"scoring": {"below_pass_mark": "poor"}}, "no_pass_mark", "poor"),
    ({"dimensions": [{"id": "a", "title": "甲", "pass_mark": 60}]}, "pass_mark_idle", "60"),
    ({"dimensions": [{"id": "a", "title": "甲", "pass_mark": 120}], "scoring": {"below_pass_mark": "poor"}},
     "pass_mark_outside", "120"),
    ({"dimensions": [{"id": "a", "title": "甲", "pass_mark": 60}], "scoring": {"below_pass_mark": "good"}},
     "cap_is_best", "good"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "code", "culprit"), POINTS, ids=lambda v: v if isinstance(v, str) else "")
def test_points_that_do_not_add_up(packs: Packs, keys: dict[str, Any], code: str, culprit: str) -> None:
    packs.sound(**keys)
    assert culprit in only(packs, code)


def test_a_weight_of_nothing(packs: Packs) -> None:
    packs.sound(dimensions=[{"id": "a", "title": "甲", "weight": 0}], scoring={"model": "weighted"})
    assert only(packs, "weight_zero") == "0"


def test_points_that_a_sum_loses(packs: Packs) -> None:
    rules = [RULES[0], rule("A-2", points=20, check="access", when={"fact": "host", "is": "office"}),
             rule("A-3", points=20, check={"percent": ["faults", "rate"], "at_least": 5}, not_applicable="full"),
             rule("A-4", level="bonus", points=1, check="access", when="access")]  # fmt: skip
    packs.sound(
        rules=rules, scoring=SUM, sources=[{"id": "doc", "title": "文件", "outline": [{"at": "一", "about": "全"}]}]
    )
    assert only(packs, "lost_not_applicable", rule="A-2", points="20").startswith("id: A-2")


def test_a_sheet_that_only_deducts_loses_nothing(packs: Packs) -> None:
    rules = [rule("A-1", level="penalty", points=60, check={"fact": "area", "at_least": "$least"}, when="access"),
             rule("A-2", level="penalty", points=40, check="access", clause="二")]  # fmt: skip
    packs.sound(
        rules=rules, scoring={"model": "sum", "base": 100}, dimensions=[{"id": "a", "title": "甲", "points": 100}]
    )
    assert packs.lint() == []


def grades(*bands: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"id": name, "title": name, "from": start} for name, start in bands]


@pytest.mark.parametrize(
    ("bands", "scoring", "wanted"),
    [
        ((("a", 85.5), ("b", 85.2), ("c", 0)), {}, "grade_rounded_away"),
        ((("a", 85.5), ("b", 85.2), ("c", 0)), {"rounding": {"places": 1}}, None),
        ((("a", 101), ("b", 60), ("c", 0)), {}, "grade_too_high"),
        ((("a", 100.4), ("b", 60), ("c", 0)), {"max_total": None}, "grade_too_high"),
        ((("a", 100), ("b", 60), ("c", 0)), {}, None),
        ((("a", 90), ("b", 40), ("c", 0)), {**SUM, "base": 50, "max_total": None, "full_marks": 150}, "grade_too_low"),
    ],
)
def test_grades_nobody_can_get(packs: Packs, bands: Any, scoring: dict[str, Any], wanted: str | None) -> None:
    packs.sound(grades=grades(*bands), scoring=scoring)
    assert packs.codes() == ([wanted] if wanted else [])


def test_a_grade_that_a_veto_leads_to_is_reached(packs: Packs) -> None:
    rules = [{**RULES[0], "veto": "b"}, RULES[1]]
    packs.sound(grades=grades(("a", 85.5), ("b", 85.2), ("c", 0)), rules=rules)
    assert packs.lint() == []


@pytest.mark.parametrize(
    ("keys", "code", "culprit"),
    [
        ({"level": "info", "points": None, "veto": "poor", "remedy": None}, "veto_on_info", "poor"),
        ({"level": "bonus", "veto": "poor"}, "veto_on_bonus", "poor"),
        ({"veto": "good"}, "veto_is_best", "good"),
        ({"veto_on": "zero"}, "veto_on_idle", "zero"),
        ({"remedy": None}, "no_remedy", "id: A-3"),
        ({"remedy": " "}, "no_remedy", "id: A-3"),
        ({"level": "recommended", "remedy": None}, "no_remedy", "id: A-3"),
        ({"level": "penalty", "remedy": None}, "no_remedy", "id: A-3"),
        ({"level": "info", "points": 3}, "info_points", "3"),
        ({"level": "info", "points": None, "award": "share"}, "info_award", "share"),
        ({"points": 0}, "no_worth", "0"),
        ({"level": "bonus", "not_applicable": "full"}, "policy_idle", "full"),
        ({"assumed": ["award", "point"]}, "assumed_unknown", "point"),
        ({"title": "面积"}, "title_twice", "面积"),
        ({"clause": "四"}, "clause_unknown", "四"),
        ({"clause": ["一", "四"]}, "clause_unknown", "四"),
        ({"clause": {"source": "doc", "at": ["一", "九"]}}, "clause_unknown", "九"),
        ({"check": {"fact": "area", "at_least": {"by": "place", "of": {"street": 90}}}}, "by_open", "by: place"),
        ({"check": {"fact": "area", "at_least": {"by": "access", "of": {"是": 90}}}}, "by_open", "by: access"),
        ({"check": {"fact": "area", "at_least": {"by": "county", "of": {"甲县": 90}}}}, "by_open", "by: county"),
        ({"check": {"fact": "area", "at_least": {"by": "tier", "of": {"room": 90}}}}, "by_tier", "by: tier"),
        ({"id": "a"}, "rule_is_dimension", "a"),
        ({"id": "area"}, "rule_is_fact", "area"),
    ],
)
def test_what_a_rule_lacks(packs: Packs, keys: dict[str, Any], code: str, culprit: str) -> None:
    packs.sound(rules=[*RULES, rule("A-3", **{"check": "access", **keys})])
    assert only(packs, code).startswith(culprit)


def test_a_clause_is_only_asked_for_where_one_is_like_it(packs: Packs) -> None:
    more = [rule("A-3", check="access", clause="九"), rule("A-4", check="access", clause="二(三)2")]
    packs.sound(rules=[*RULES, *more], sources=outline({"at": "二(三)1", "about": "丙", "not_checked": "不针对场所"}))
    said = [p.message() for p in packs.lint() if p.code.startswith("lint.clause_unknown")]
    assert said[0].endswith("没有 九")
    assert said[1].endswith("是不是：二(三)1")


def test_sums_that_a_child_changed_are_told_in_the_child(packs: Packs) -> None:
    packs.sound("base", dimensions=[{"id": "a", "title": "甲", "points": 100}])
    change = {"rule": "A-1", "set": {"points": 20}, "reason": "重点"}
    packs.child("s", extends="base", tailoring={"alter": [change]})
    [found] = [p for p in packs.lint() if p.code.startswith("lint.dimension_points")]
    assert Path(found.place.file).parent.name == "s"
    assert line_of(found).startswith("base")


def test_a_veto_whose_grade_a_child_dropped_is_told_in_the_child(packs: Packs) -> None:
    packs.sound("base", rules=[*RULES, rule("A-3", check="access", veto="poor")])
    grades = [{"id": "good", "title": "好", "from": 60}, {"id": "bad", "title": "差", "from": 0, "reason": "通知"}]
    packs.child("s", extends="base", grades=grades)
    [found] = [p for p in errors(packs.resolve()) if p.code == "rules.no_such_grade"]
    assert Path(found.place.file).parent.name == "s"
    assert "good（好）、bad（差）" in found.message()


def test_rows_are_told_their_own_forms_of_check(packs: Packs) -> None:
    packs.sound(rules=[*RULES, rule("A-3", check={"fact": "windows", "is": "甲"})])
    [found] = errors(packs.resolve())
    assert found.message().endswith("可用：filled、each、count、sum")


def test_bonus_and_info_need_no_remedy(packs: Packs) -> None:
    more = [rule("A-3", level="bonus", check="access", remedy=None),
            rule("A-4", level="info", check="access", remedy=None, points=None)]  # fmt: skip
    packs.sound(rules=[*RULES, *more])
    assert packs.lint() == []


def outline(*entries: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": "doc", "title": "文件", "outline": [{"at": "一", "about": "甲"}, {"at": "二", "about": "乙"}, *entries]}
    ]


@pytest.mark.parametrize(
    ("entry", "code", "culprit"),
    [
        ({"at": "四", "about": "丁"}, "clause_missing", "at: 四"),
        ({"at": "四", "about": "丁", "partly": "其余不查"}, "clause_partly_alone", "at: 四"),
        ({"at": "一", "about": "又一"}, "clause_twice", "一"),
        ({"at": "四", "about": "丁", "not_checked": "不查", "tiers": ["stasion"]}, "clause_tier", "stasion"),
        ({"at": "四", "about": "丁", "not_checked": "不查", "partly": "不查"}, "clause_both_reasons", "不查"),
    ],
)
def test_clauses_left_out(packs: Packs, entry: dict[str, Any], code: str, culprit: str) -> None:
    packs.sound(sources=outline(entry))
    assert only(packs, code).startswith(culprit)


def test_a_clause_not_checked_that_has_rules(packs: Packs) -> None:
    packs.sound(rules=[*RULES, rule("A-3", check="access", clause="三")])
    assert only(packs, "clause_not_checked_but", rules="A-3") == "不针对场所"


def test_a_clause_of_another_tier(packs: Packs) -> None:
    entry = {"at": "四", "about": "丁", "tiers": ["room"]}
    rules = {
        "station": [*RULES, rule("A-3", check="access", clause="四")],
        "room": [*RULES, rule("A-3", check="access", clause="四")],
    }
    packs.sound(rules=rules, sources=outline(entry))
    assert only(packs, "clause_other_tier", tier="station") == "四"


def test_a_source_without_an_outline(packs: Packs) -> None:
    packs.sound(sources=[{"id": "doc", "title": "文件"}])
    assert only(packs, "no_outline").startswith("id: doc")


def test_an_unused_parameter(packs: Packs) -> None:
    packs.sound(parameters={"least": {"value": 100}, "most": {"value": 900}})
    assert only(packs, "parameter_unused", name="most").startswith("most")


FACT = {"label": "新项", "type": "yes_no"}


@pytest.mark.parametrize(
    ("facts", "code", "culprit"),
    [
        ({"own": FACT, "other": {**FACT, "label": "别项"}}, "fact_unused", "other"),
        (
            {"own": FACT, "rooms": {"more_options": {"rest": "休息室"}}, "windows": {"more_options": {}}},
            "fact_unused",
            "windows",
        ),
        ({"own": {**FACT, "aliases": ["无障碍通道"]}}, "alias_taken", "own"),
        ({"own": {**FACT, "aliases": ["面积"]}}, "alias_misread", "own"),
        ({"own": {**FACT, "aliases": ["county"]}}, "site_field_taken", "own"),
        (
            {"own": FACT, "rooms": {"more_options": {"rest": {"label": "休息室", "aliases": ["谈话室"]}}}},
            "option_taken",
            "rest",
        ),
    ],
)
def test_names_of_own_facts(packs: Packs, facts: dict[str, Any], code: str, culprit: str) -> None:
    packs.sound(rules=[*RULES, rule("A-3", check="own")], facts=facts)
    assert only(packs, code).startswith(culprit)


def test_options_added_at_the_top_collide_too(packs: Packs) -> None:
    more = {"rooms": {"rest": {"label": "谈话室"}}}
    packs.sound(facts={"plsp": "facts/1", "facts": {}, "more_options": more})
    assert only(packs, "option_taken", option="rest", other="talk").startswith("rest")


def test_an_option_that_means_something_else(packs: Packs) -> None:
    fact = {"label": "新项", "type": "choices", "options": {"none": {"label": "无"}, "some": {"label": "若干"}}}
    packs.sound(rules=[*RULES, rule("A-3", check={"fact": "own", "includes": ["some"]})], facts={"own": fact})
    assert set(packs.codes()) == {"option_word"}


def test_a_choice_may_offer_none(packs: Packs) -> None:
    fact = {"label": "新项", "type": "choice", "options": {"no": {"label": "无"}, "some": {"label": "有"}}}
    packs.sound(rules=[*RULES, rule("A-3", check={"fact": "own", "is": "some"})], facts={"own": fact})
    assert packs.lint() == []


def test_a_shared_fact_may_be_replaced_or_extended(packs: Packs) -> None:
    packs.sound(facts={"area": {"label": "场所面积", "type": "number"}, "rooms": {"more_options": {"rest": "休息室"}}})
    assert packs.lint() == []


def test_ids_used_twice(packs: Packs) -> None:
    source = STANDARD["sources"][0]
    cited = [{**r, "clause": {"source": "doc", "at": r["clause"]}} for r in RULES]
    packs.sound(rules=cited, sources=[source, {**source, "title": "另一份"}])
    assert packs.codes() == ["source_twice"]
    same = [{**g, "title": "好"} for g in grades(("a", 80), ("b", 0))]
    packs.sound("u", grades=same)
    assert packs.codes("u") == ["grade_title_twice"]


def test_the_same_id_may_stand_in_several_tiers(packs: Packs) -> None:
    packs.sound(rules={"station": RULES, "room": RULES})
    assert packs.lint() == []


def test_a_child_is_told_of_its_own_changes_only(packs: Packs) -> None:
    packs.sound("base")
    tailoring = {"parameters": {"least": {"value": 100, "reason": "市局通知"}}}
    packs.child("s", extends="base", tailoring=tailoring)
    assert only(packs, "change_idle", target="least")
    source = {"id": "doc", "title": "市局补充通知", "outline": STANDARD["sources"][0]["outline"]}
    packs.child("t", extends="base", sources=[source])
    assert packs.codes("t") == ["source_replaced"]


def test_a_clause_whose_rule_the_child_removed_is_explained(packs: Packs) -> None:
    packs.sound(
        "base", rules=[*RULES, rule("A-3", check="access", clause="四")], sources=outline({"at": "四", "about": "丁"})
    )
    packs.child("s", extends="base", tailoring={"remove": [{"rule": "A-3", "reason": "由市里承担"}]})
    assert packs.lint() == []


CONTRACT = sorted(Path(__file__).parents[1].glob("acceptance/contract/*.yaml"))


@pytest.mark.parametrize("path", CONTRACT, ids=lambda p: p.stem)
def test_standards_that_can_be_scored_have_no_errors(packs: Packs, path: Path) -> None:
    doc = yaml.safe_load(path.read_text(encoding="utf-8"))
    keys = {k: v for k, v in doc["standard"].items() if k not in ("id", "plsp")}
    usual = {"dimension": keys.get("dimensions", [{"id": "a"}])[0]["id"], "clause": {"source": "doc", "at": "一"}}
    rules = {tier: [{"title": r["id"], **usual, **r} for r in items] for tier, items in doc["rules"].items()}
    packs.sound("s", rules=rules, facts=doc.get("facts"), **keys)
    found = lint(resolve(Library([packs.home]), "s"))
    assert [p.text() for p in found if p.severity == "error"] == []


@pytest.mark.parametrize(
    ("plate", "codes"),
    [
        ("[{county}]{town}站", []),
        ("[[{county}]{town}]站", []),
        ("［{county}］{town}站", []),
        ("[{county}{town}站", ["rules.bracket_alone"]),
        ("{county}]{town}站", ["rules.bracket_alone"]),
        ("{county{town}站", ["rules.bracket_alone"]),
        ("{county]站", ["rules.bracket_alone"]),
    ],
)
def test_brackets_of_a_name_come_in_pairs(packs: Packs, plate: str, codes: list[str]) -> None:
    packs.sound(rules=[*RULES, rule("A-3", check={"fact": "plate", "named": plate})])
    assert [p.code for p in packs.lint() if p.severity == "error"] == codes
