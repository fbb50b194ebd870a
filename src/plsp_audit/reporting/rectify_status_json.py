"""Where rectification stands, for other programs: `plsp: rectify-status/1`."""

from __future__ import annotations

import json
from typing import Any

from plsp_audit.analysis.rectify_status import Case, Count, Status
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.ledger import Stray
from plsp_audit.model.problem import Place, Problem
from plsp_audit.reporting.rectify_status_view import stray_problem

_COUNTS = ("total", "open", "started", "overdue", "done", "verified", "late", "missing")


def status_json(found: Status, lang: Lang) -> dict[str, Any]:
    """Give the status as plain JSON values; messages are in `lang`."""
    return {
        "plsp": "rectify-status/1",
        "today": found.today.isoformat(),
        "counts": {**_counts(found.total), "unmatched": len(found.strays)},
        "counties": [{"city": row.city, "county": row.county, **_counts(row.count)} for row in found.counties],
        "rules": [
            {"standard": row.standard, "rule": row.rule, "title": row.title, "sites": row.sites, **_counts(row.count)}
            for row in found.rules
        ],
        "findings": [_case(case) for case in found.cases],
        "unmatched": [_stray(stray, lang) for stray in found.strays],
        "remarks": [_remark(problem, lang) for problem in found.remarks],
    }


def _counts(count: Count) -> dict[str, int]:
    return {name: getattr(count, name) for name in _COUNTS}


def _case(case: Case) -> dict[str, Any]:
    entry, row = case.entry, case.row
    return {
        "key": entry.key,
        "site": {"id": entry.site, "name": entry.site_name, "city": entry.city, "county": entry.county},
        "standard": entry.standard,
        "rule": entry.rule,
        "title": entry.title,
        "priority": entry.priority,
        "owner": entry.owner,
        "inspected": entry.inspected.isoformat(),
        "due": case.due.isoformat() if case.due is not None else None,
        "standing": case.standing,
        "overdue": case.overdue,
        "late": case.late,
        "done_on": row.done.isoformat() if row is not None and row.done is not None else None,
        "reviewer": row.reviewer if row is not None else None,
        "closed": row.closed if row is not None else None,
        "place": _place(row.place) if row is not None else None,
    }


def _place(place: Place) -> dict[str, str | None]:
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell}


def _stray(stray: Stray, lang: Lang) -> dict[str, Any]:
    message = stray_problem(stray).message(lang)
    return {**_place(stray.place), "why": stray.why, "key": stray.key, "meant": stray.meant or None,
            "said": dict(stray.said), "message": message}  # fmt: skip


def _remark(problem: Problem, lang: Lang) -> dict[str, Any]:
    return {**_place(problem.place), "code": problem.code, "message": problem.message(lang)}


def status_line(found: Status, lang: Lang) -> str:
    """Give the status as one line of JSON."""
    return json.dumps(status_json(found, lang), ensure_ascii=False, separators=(",", ":"))


def render_status_json(found: Status, lang: Lang) -> bytes:
    """Give the status as a JSON file."""
    return (json.dumps(status_json(found, lang), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
