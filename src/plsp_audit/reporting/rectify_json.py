"""Rectification lists for other programs: `plsp: rectify/1`, one document a site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from plsp_audit.analysis.rectify import ListGroup, SiteList
from plsp_audit.model.base import plain
from plsp_audit.model.ledger import Finding


def rectify_json(one: SiteList) -> dict[str, Any]:
    """Give a site's list as plain JSON values."""
    return {
        "plsp": "rectify/1",
        "site": one.site.model_dump(mode="json"),
        "inspection": one.inspection.model_dump(mode="json"),
        "standard": {"id": one.standard, "title": one.standard_title, "digest": one.digest},
        "status": one.status,
        "reason": one.reason,
        "rectification": [_finding(finding) for finding in one.findings],
        "unchecked": [
            {"rule": item.rule, "title": item.title, "clause": item.clause.model_dump(mode="json"),
             "method": item.method, "requirement": item.asked}
            for item in one.unchecked
        ],
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    entry = finding.entry
    return {
        "no": finding.no,
        "key": entry.key,
        "rule": entry.rule,
        "title": entry.title,
        "clause": finding.clause.model_dump(mode="json"),
        "problem": finding.wanting,
        "observed": finding.seen,
        "requirement": finding.asked,
        "remedy": finding.remedy,
        "points_lost": plain(finding.gain),
        "priority": entry.priority,
        "due": entry.due.isoformat() if entry.due is not None else None,
        "owner": entry.owner,
    }


def json_line(one: SiteList) -> str:
    """Give a site's list as one line of JSON."""
    return json.dumps(rectify_json(one), ensure_ascii=False, separators=(",", ":"))


def render_rectify_json(group: ListGroup) -> bytes:
    """Give a list as a file: a document for a site's own, else an array of them."""
    documents: Sequence[Any] = [rectify_json(site) for site in group.sites]
    content = documents[0] if group.by == "site" else documents
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
