"""Facts as people write them: read by their type, and told at their place where they cannot be."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from plsp_audit.batch.desk import Opened
from plsp_audit.model.values import ABSENT, Counts, Members
from tests.loading.conftest import Told


@pytest.mark.parametrize(
    ("rest", "fact", "value"),
    [
        ("试验是否: 有", "p.yes", True),
        ("试验是否: no", "p.yes", False),
        ("试验数: 1,120.5平方米", "p.num", Fraction(2241, 2)),
        ("试验数: １２０㎡", "p.num", 120),
        ("试验数: 010", "p.num", 10),
        ("试验数: 无", "p.num", 0),
        ("试验数: 未查", "p.num", None),
        ("试验数: ' '", "p.num", None),
        ("试验率: 95％", "p.rate", 95),
        ("试验日期: 无", "p.date", ABSENT),
        ("试验单选: 甲", "p.choice", "a"),
        ("试验开放: 别的", "p.openc", "别的"),
        ("试验多选: 甲选、乙选", "p.many", Members(frozenset("ab"))),
        ("试验多选: [甲选、乙选]", "p.many", Members(frozenset("ab"))),
        ("试验多选: {有: [甲选，乙选, 丙选]}", "p.many", Members(frozenset("abc"))),
        ("试验多选: {无: 丙选}", "p.many", Members(absent=frozenset("c"), rest=True)),
        ("试验多选: {有: , 无: , 未查: }", "p.many", None),
        ("试验清单: {甲机: 2, 乙机: 未查}", "p.counts", Counts(a=2, b=None)),
        ("试验清单: 甲机、乙机", "p.counts", Counts(a=1, b=1)),
        ("试验清单: [甲机、乙机]", "p.counts", Counts(a=1, b=1)),
        ("试验明细: 无", "p.rows", []),
        ("试验明细: [{栏数: 3}, {}]", "p.rows", [{"n": 3}, {}]),
        ("p: {num: 3}", "p.num", 3),
    ],
)
def test_values(opened: Callable[..., Opened], rest: str, fact: str, value: Any) -> None:
    assert opened(f"facts:\n  {rest}\n").inspection.facts[fact] == value


@pytest.mark.parametrize(
    ("rest", "code", "column"),
    [
        ("试验是否: 或许", "not_yes_no", 9),
        ("试验是否: {a: b}", "mapping_for_yes_no", 9),
        ("试验数: 1,00", "not_a_number", 8),
        ("试验数: 1e999999999", "not_a_number", 8),
        ("试验数: .nan", "not_a_number", 8),
        ("试验数: 5亩", "wrong_unit", 8),
        ("试验裸数: 5台", "no_unit_here", 9),
        ("试验数: 1:30", "not_a_number", 8),
        ("试验数: [1]", "list_for_number", 8),
        ("试验整数: 1.5", "not_whole", 9),
        ("试验日期: 2018-02-30", "no_such_day", 9),
        ("试验日期: 0000-01-01", "no_such_day", 9),
        ("试验日期: 10000-01-01", "not_a_date", 9),
        ("试验单选: 丙", "not_offered", 9),
        ("试验单选: 甲先", "not_offered_near", 9),
        ("试验单选: 甲选、乙选", "one_option", 9),
        ("试验多选: [甲选, 无]", "word_as_member", 14),
        ("试验多选: [乙选, 甲选、无]", "word_as_member", 14),
        ("试验多选: 甲选 乙选", "members_not_parted", 9),
        ("试验多选: {有: 甲选, 无: 甲选}", "member_twice", 20),
        ("试验多选: {或: 甲选}", "choices_keys", 10),
        ("试验清单: {甲机: -1}", "negative_count", 14),
        ("试验清单: {丙丁: 1}", "key_not_offered", 10),
        ("试验清单: {甲机：2}", "key_count_in_text", 10),
        ("试验清单: [甲机 2台]", "count_in_text", 10),
        ("试验清单: 甲机x2", "count_in_text", 9),
        ("试验明细: {栏数: 1}", "records_not_list", 9),
        ("试验明细: [3]", "row_not_mapping", 10),
        ("试验明细: [{栏日期: 3}]", "unknown_field_near", 11),
        ("试验明细: [{栏数: 3, n: 4}]", "fact_twice", 18),
        ("试验书: 3", "unknown_fact_near", 3),
        ("毫不相干之事: 3", "unknown_fact", 3),
    ],
)
def test_what_cannot_be_read(told: Callable[..., Told], rest: str, code: str, column: int) -> None:
    assert told(f"facts:\n  {rest}\n") == [(f"input.{code}", 6, column)]


def test_a_fact_under_two_names(told: Callable[..., Told]) -> None:
    assert told("facts:\n  试验数: 3\n  p.num: 4\n  p: {num: 5}\n") == [
        ("input.fact_twice", 7, 3), ("input.fact_twice", 8, 7),
    ]  # fmt: skip


def test_facts_that_are_no_mapping(told: Callable[..., Told]) -> None:
    assert told("facts: [试验数]\n") == [("input.facts_not_mapping", 5, 8)]


def test_every_bad_value_of_a_table_is_told(told: Callable[..., Told]) -> None:
    rows = "".join(f"    - {{栏数: x{n}, 栏选: 乙}}\n" for n in range(50))
    found = told("facts:\n  试验明细:\n" + rows)
    assert len(found) == 100
    assert [line for _, line, _ in found] == [line for line in range(7, 57) for _ in range(2)]
