"""A target as people write it: a grade's id or title, or a score. Pure."""

from __future__ import annotations

from plsp_audit.model.base import exact
from plsp_audit.model.plan import Target
from plsp_audit.model.result import GradeRef
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded


def read_target(text: str, standard: ResolvedStandard) -> Target | None:
    """Read a target under a standard: `good`, `好`, `92`, `92分`; None where it is neither grade nor score."""
    given, wanted = text.strip(), folded(text)
    grade = next((g for g in standard.grades if wanted in (folded(g.id), folded(g.title))), None)
    if grade is not None:
        return Target(given=given, grade=GradeRef(id=grade.id, title=grade.title))
    try:
        return Target(given=given, score=exact(given.removesuffix("分").strip()))
    except ValueError:
        return None
