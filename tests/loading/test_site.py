"""The fixed part of an inspection: what it may say, in which words, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plsp_audit.batch.desk import Opened
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.loading.site import read_site
from plsp_audit.model.problem import InputError
from tests.loading.conftest import HEAD, Told


def problems(text: str) -> list[Any]:
    document = read_bytes(text.encode(), "f")
    try:
        return list(read_site(document).problems)
    except InputError as error:
        return list(error.problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- a\n", "input.not_a_site"),
        ("plsp: standard/1\nid: x\n", "input.another_kind"),
        ("plsp: rules/1\nrules: []\n", "input.another_kind"),
        ("plsp: result/1\n", "input.another_kind"),
        ("rules: []\n", "input.another_kind"),
        ("tiers: []\n", "input.another_kind"),
        ("plsp: site/2\n", "input.newer_site"),
        ("plsp: sight/1\n", "input.not_site_1"),
    ],
)
def test_what_is_no_inspection(text: str, code: str) -> None:
    (problem,) = problems(text)
    assert problem.code == code
    assert "site" in problem.message("en")


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = """plsp: site/1
site: {id: CON, name: "", tier: station, hed: 某, date: 2018-10-23}
inspection: {date: 2018-02, kind: 检查, methods: {a: b}}
not_applicable: 3
waivers: [{rule: R1}, {rule: R2, reason: 甲, until: 2018-02-30}]
judgements: {R3: 5, R4: {points: x}}
fakts: {}
plan: 1
"""
    found = problems(text)
    assert sorted((p.place.line, p.code) for p in found) == [
        (2, "schema.device_site_id"), (2, "schema.misplaced_key"), (2, "schema.not_filled"),
        (2, "schema.unknown_key_near"), (3, "schema.list_wanted"), (3, "schema.month_only"),
        (3, "schema.one_of_wanted"), (4, "schema.mapping_wanted"), (5, "schema.missing_key"),
        (5, "schema.no_such_day"), (6, "schema.judgement_wanted"), (6, "schema.not_a_number"),
        (7, "schema.unknown_key_near"), (8, "schema.unknown_key"),
    ]  # fmt: skip
    assert all(p.place.column for p in found)


def test_fixed_words_may_be_chinese_and_stand_once(opened: Callable[..., Opened], told: Callable[..., Told]) -> None:
    text = "场所: {编号: a, 名称: 甲, 层级: 乡镇工作站}\n标准: 试验标准\n"
    text += "检查: {日期: 2018年10月23日, 类型: 抽查}\n备注: {R1: 甲}\n"
    inspection = opened(text, "plsp: site/1\n").inspection
    assert (inspection.info.date, inspection.info.kind, inspection.notes) == ("2018-10-23", "spot_check", {"R1": "甲"})
    assert told("备注: {R1: 甲}\nnotes: {R1: 乙}\n") == [("input.key_twice", 6, 1)]


def test_facts_that_are_not_indented_are_told_where_they_belong(told: Callable[..., Told]) -> None:
    assert told("facts:\n试验数: 3\n试验是否: 有\n") == [("input.fact_outside", 6, 1), ("input.fact_outside", 7, 1)]


def test_a_colon_without_a_blank_is_named_where_it_glues(told: Callable[..., Told]) -> None:
    head = HEAD.replace("inspection: {date: 2018-10-23}", "inspection:\n  date:2018-10-23")
    assert told("facts: {试验数: x}\n", head) == [("schema.glued", 5, 3), ("input.not_a_number", 6, 14)]


def test_what_a_form_leaves_blank_is_nothing(opened: Callable[..., Opened]) -> None:
    rest = "facts:\njudgements:\nself_scores: {R1: }\nnot_applicable: 无\n"
    rest += "waivers: [{rule: , reason: }]\nevidence: {R1: }\nnotes:\n"
    inspection = opened(rest).inspection
    assert (inspection.facts, inspection.judgements, inspection.waivers, inspection.evidence) == ({}, {}, {}, {})


@pytest.mark.parametrize(
    ("standard", "code"),
    [
        ("trail", "standard.unknown_standard_near"),
        ("完全不同", "standard.unknown_standard"),
        ("[a]", "schema.text_wanted"),
    ],
)
def test_a_standard_that_is_not_there(told: Callable[..., Told], standard: str, code: str) -> None:
    assert told("", HEAD.replace("standard: trial", f"standard: {standard}")) == [(code, 3, 11)]


def test_a_tier_that_is_not_there_hides_nothing_else(told: Callable[..., Told]) -> None:
    rest = "facts: {试验数: x}\njudgements: {R3: {points: 9}, R99: {points: 1}}\n"
    assert told(rest, HEAD.replace("station", "statoin")) == [
        ("input.unknown_tier", 2, 31), ("input.not_a_number", 5, 14),
        ("input.points_out_of_range", 6, 18), ("input.unknown_rule_near", 6, 31),
    ]  # fmt: skip


def test_a_key_that_begins_like_a_mark_of_ours_is_a_key(told: Callable[..., Told]) -> None:
    assert told("~x: 1\n") == [("schema.unknown_key", 5, 1)]
    assert told("judgements: {R3: {~one: 1}, ~many: {points: 1}}\n") == [
        ("schema.unknown_key", 5, 19), ("input.unknown_rule", 5, 29),
    ]  # fmt: skip
    assert told("facts: {~fact: 1}\nnotes: {~by: 2}\n") == [
        ("input.unknown_fact", 5, 9), ("input.unknown_fact_or_rule", 6, 9),
    ]  # fmt: skip
