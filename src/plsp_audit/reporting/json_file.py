"""A result as JSON: `plsp: result/1` (spec section 6)."""

from __future__ import annotations

import json
from typing import Any

from plsp_audit.model.recent import Recent
from plsp_audit.model.result import Result, RuleResult
from plsp_audit.reporting.json_rule import rectification_text, rule_text

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
    if not result.rules or result.rectification is None or result.status == "not_rated":
        return _dumps(as_json(result))
    head = _dumps(as_json(result.model_copy(update={"rules": [], "rectification": []}))).removesuffix(_NO_LISTS)
    rules, wanting = map(_rule_text, result.rules), map(rectification_text, result.rectification)
    return f'{head}"rules":[{",".join(rules)}],"rectification":[{",".join(wanting)}]}}'


_NO_LISTS = '"rules":[],"rectification":[]}'
_texts: Recent[str] = Recent(2048)


def _rule_text(rule: RuleResult) -> str:
    """Give a rule's result as JSON: the same object stands in the results of many sites, and is written once."""
    known = _texts.get(rule)
    return known if known is not None else _texts.put(rule, rule_text(rule))


def _dumps(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def render_json(result: Result) -> bytes:
    """Give the result as a JSON file for people and programs, indented, ending in a line feed."""
    return (json.dumps(as_json(result), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
