"""A result as JSON: `plsp: result/1` (spec section 6)."""

from __future__ import annotations

import json
from typing import Any

from plsp_audit.model.result import Result, RuleResult

_NOT_RATED_HAS_NO = frozenset(
    {"rules", "dimensions", "coverage", "complete", "grade_low", "grade_high", "capped_by", "bonus", "penalty",
     "rectification"}
)  # fmt: skip


def as_json(result: Result) -> dict[str, Any]:
    """Give the result as plain JSON values; a site that is not rated has no rules, dimensions, coverage or bounds."""
    left_out = _NOT_RATED_HAS_NO if result.status == "not_rated" else None
    return result.model_dump(mode="json", exclude=set(left_out) if left_out else None)


def json_line(result: Result) -> str:
    """Give the result as one line of JSON."""
    if not result.rules or result.status == "not_rated":
        return _dumps(as_json(result))
    before, after = _dumps(as_json(result.model_copy(update={"rules": []}))).split(_NO_RULES, 1)
    return f'{before}"rules":[{",".join(map(_rule_text, result.rules))}]{after}'


_NO_RULES = '"rules":[]'
_MEMO = 4096
_texts: dict[int, tuple[RuleResult, str]] = {}


def _rule_text(rule: RuleResult) -> str:
    """Give a rule's result as JSON: the same object stands in the results of many sites, and is written once."""
    known = _texts.get(id(rule))
    if known is not None and known[0] is rule:
        return known[1]
    text = _dumps(rule.model_dump(mode="json"))
    if len(_texts) >= _MEMO:
        _texts.clear()
    _texts[id(rule)] = (rule, text)
    return text


def _dumps(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def render_json(result: Result) -> bytes:
    """Give the result as a JSON file for people and programs, indented, ending in a line feed."""
    return (json.dumps(as_json(result), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
