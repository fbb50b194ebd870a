"""An improvement plan as JSON: `plsp: plan/1`."""

from __future__ import annotations

import json
from typing import Any

from plsp_audit.model.plan import Plan


def as_json(plan: Plan) -> dict[str, Any]:
    """Give the plan as plain JSON values."""
    return plan.model_dump(mode="json")


def json_line(plan: Plan) -> str:
    """Give the plan as one line of JSON."""
    return json.dumps(as_json(plan), ensure_ascii=False, separators=(",", ":"))


def render_json(plan: Plan) -> bytes:
    """Give the plan as a JSON file for people and programs, indented, ending in a line feed."""
    return (json.dumps(as_json(plan), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
