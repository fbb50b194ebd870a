"""Entries by rule and by fact: those that exist, once, of the wanted kind; what is only begun is not decided."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk, Opened
from plsp_audit.loading.bind import inside
from tests.loading.conftest import Told


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("judgements: {R98: {points: 1}}", "input.unknown_rule_near"),
        ("judgements: {甲乙丙丁: {points: 1}}", "input.unknown_rule"),
        ("judgements: {R1: {points: 1}}", "input.not_judged"),
        ("judgements: {RP: {points: 1}}", "input.judge_the_part"),
        ("judgements: {RP/9: {points: 1}}", "input.not_a_part"),
        ("judgements: {R3/1: {points: 1}}", "input.no_parts"),
        ("judgements: {R3: {deduct: 1}}", "input.points_wanted"),
        ("judgements: {R4: {points: 1}}", "input.deduct_wanted"),
        ("judgements: {R3: {points: 1, deduct: 1}}", "input.both_given"),
        ("judgements: {R3: [{points: 1}]}", "input.one_judgement_wanted"),
        ("judgements: {R3: {points: 5.5}}", "input.points_out_of_range"),
        ("judgements: {R3: {points: -1}}", "input.points_out_of_range"),
        ("judgements: {R3: {points: 1.2}}", "input.points_off_step"),
        ("judgements: {RA: {points: 3}}", "input.points_not_a_choice"),
        ("judgements: {R4: {deduct: 4}}", "input.deduct_out_of_range"),
        ("judgements: {R5: [{deduct: 1}, {deduct: 9}]}", "input.deduct_out_of_range"),
        ("judgements: {R3: {points: 1}, r3: {points: 1}}", "input.key_twice"),
        ("self_scores: {R1: 6}", "input.self_score_too_high"),
        ("self_scores: {RP/1: 1}", "input.whole_rule_wanted"),
        ("not_applicable: {R1: 理由}", "input.na_not_allowed"),
        ("not_applicable: {R3: }", "input.reason_wanted"),
        ("waivers: [{rule: R1, reason: a}, {rule: R1, reason: b}]", "input.waived_twice"),
        ("notes: {甲乙丙丁: x}", "input.unknown_fact_or_rule"),
        ("notes: {试验书: x}", "input.unknown_fact_or_rule_near"),
        ("evidence: {R1: [a.jpg, ../b.jpg]}", "input.evidence_outside"),
        ("evidence: {R1: a.jpg, r1: b.jpg}", "input.key_twice"),
    ],
)
def test_what_does_not_fit_the_standard(told: Callable[..., Told], rest: str, code: str) -> None:
    ((found, line, column),) = told(rest + "\n")
    assert (found, line) == (code, 5)
    assert column


@pytest.mark.parametrize(
    "given",
    ["{R3: {说明: 待评}}", "{R3: {得分: , 说明: 待评}}", "{R3: {得分: 未查}}", "{R3: {}}", "{R3: }",
     "{R4: {扣分: , 说明: 待评}}",
     "{R5: [{扣分: , 说明: 待评}]}", "{R5: [{扣分: 1}, {扣分: , 说明: 待评}]}",
     "{R5: [{扣分: , 说明: }]}", "{RP/2: {说明: 待评}}"],
)  # fmt: skip
def test_a_judgement_that_is_only_begun_is_not_checked(trial: Desk, opened: Callable[..., Opened], given: str) -> None:
    """A form that is filled in by hand may have a note before it has points."""
    rule = given[1:3]
    found = opened(f"facts: {{试验是否: 有}}\njudgements: {given}\n")
    assert found.inspection.judgements == {}
    result = {r.id: r for r in trial.score_opened(found, Path(__file__).parent).result.rules or ()}
    assert result[rule].state == "not_checked"
    assert result[rule].low < result[rule].high
    assert ("待评" in (result[rule].note or "")) == ("待评" in given)


def test_decided_rows_count_without_the_empty_ones(opened: Callable[..., Opened]) -> None:
    judged = opened("judgements: {R5: [{扣分: 1}, {扣分: , 说明: }, {扣分: 2.5}]}\n").inspection.judgements["R5"]
    assert isinstance(judged, tuple)
    assert [one.deduct for one in judged] == [Fraction(1), Fraction(5, 2)]
    assert opened("judgements: {R5: []}\n").inspection.judgements["R5"] == ()


def test_a_note_of_the_judgement_joins_the_note_of_the_rule(opened: Callable[..., Opened]) -> None:
    found = opened("judgements: {R3: {说明: 待评}}\nnotes: {R3: 见附件}\n").inspection
    assert found.notes == {"R3": "见附件；待评"}


@pytest.mark.parametrize(
    ("path", "kept"),
    [("a.jpg", True), ("a/b.jpg", True), ("a\\b.jpg", True), ("./a", True), ("../a", False), ("a/../../b", False),
     ("/a", False), ("\\a", False), ("C:\\a", False), ("C:a", False), ("", False), ("a..b", True)],
)  # fmt: skip
def test_evidence_stays_inside(path: str, kept: bool) -> None:
    assert inside(path) is kept
