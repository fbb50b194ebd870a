"""A line of JSON is written piece by piece, and is what a plain dump of the whole gives."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.model.result import (
    Clause,
    Evidence,
    PartResult,
    PartsCount,
    Rectification,
    Result,
    RuleResult,
    WaiverResult,
)
from plsp_audit.reporting.json_file import as_json, json_line
from plsp_audit.reporting.json_rule import rule_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBER = st.fractions() | st.integers(-(10**20), 10**20).map(Fraction)
STATE = st.sampled_from(["pass", "partial", "fail", "not_applicable", "not_checked", "waived", "info"])
COUNT = st.builds(PartsCount, asked=st.integers(), met=st.integers(), unknown=st.integers(), missing=st.lists(TEXT))
RULES: st.SearchStrategy[RuleResult] = st.builds(
    RuleResult,
    id=TEXT, title=TEXT, dimension=TEXT, level=st.sampled_from(["required", "penalty", "info"]), state=STATE,
    points=NUMBER, awarded=NUMBER, low=NUMBER, high=NUMBER, parts=COUNT, observed=TEXT, required=TEXT, reason=TEXT,
    clause=st.builds(Clause, source=TEXT, at=TEXT | st.lists(TEXT)), method=st.none() | TEXT,
    evidence=st.lists(st.builds(Evidence, path=TEXT, sha256=st.none() | TEXT, caption=st.none() | TEXT), max_size=2),
    evidence_missing=st.booleans(), note=st.none() | TEXT,
    waiver=st.none() | st.builds(WaiverResult, reason=TEXT, expired=st.booleans(), state=st.none() | STATE),
    self_score=st.none() | NUMBER,
    parts_detail=st.lists(
        st.builds(PartResult, no=st.integers(), title=TEXT, state=STATE, points=NUMBER, awarded=NUMBER, low=NUMBER,
                  high=NUMBER, parts=COUNT, observed=TEXT, required=TEXT, reason=TEXT), max_size=2),
)  # fmt: skip


LINES = st.builds(
    Rectification, no=st.integers(), rule=TEXT, problem=TEXT, requirement=TEXT, remedy=TEXT, points_lost=NUMBER,
    priority=st.sampled_from(["veto", "required"]), due=st.none() | TEXT, owner=st.none() | TEXT,
)  # fmt: skip


def plainly(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


@given(RULES)
def test_a_rule_is_what_a_plain_dump_gives(rule: RuleResult) -> None:
    assert rule_text(rule) == plainly(rule.model_dump(mode="json"))


@given(st.lists(RULES, max_size=3), st.lists(LINES, max_size=3) | st.none(), TEXT)
def test_a_line_is_what_a_plain_dump_gives(
    rules: list[RuleResult], lines: list[Rectification] | None, name: str
) -> None:
    result = Desk(Library()).score(EXAMPLES / "ningxia-station-not-rated.yaml").result
    reason = name + '"rules":[],"rectification":[]}'
    update = {"rules": rules, "rectification": lines, "reason": reason, "status": "rated"}
    made = Result.model_construct(**{**dict(result), **update})
    for _ in range(2):
        assert json_line(made) == plainly(as_json(made))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: str(path.stem))
def test_examples(path: Path) -> None:
    result = Desk(Library()).score(path).result
    assert json_line(result) == plainly(as_json(result))
