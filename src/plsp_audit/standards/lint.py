"""Defects of a standard: errors for which it is not scored, and warnings that its author should look at."""

from __future__ import annotations

from collections.abc import Iterable

from plsp_audit.loading.read_file import RawDocument
from plsp_audit.model.problem import Problem
from plsp_audit.standards import lint_clauses, lint_grades, lint_names, lint_points, lint_reach, lint_rules
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.ruletypes import errors

_FINDERS = (lint_points, lint_grades, lint_clauses, lint_names, lint_rules, lint_reach)


def lint(resolution: Resolution) -> list[Problem]:
    """Give every defect of a resolved standard, in the order of its files.

    Args:
        resolution: What `resolve` gave. Its errors are what `ruletypes.errors` finds; all the rest are warnings.
    """
    found = [*errors(resolution), *resolution.pack.document.warnings]
    for document in _documents(resolution):
        found += document.warnings
    for finder in _FINDERS:
        found += finder.find(resolution)
    return in_order(found)


def _documents(resolution: Resolution) -> list[RawDocument]:
    pack = resolution.pack
    documents = [document for document, _ in pack.rules.values()]
    return [*documents, *([pack.facts_document] if pack.facts_document is not None else [])]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Give each problem once, by file, line and column."""
    once = {(p.code, p.place, tuple(sorted(p.params.items()))): p for p in problems}
    return sorted(once.values(), key=lambda p: (p.place.file, p.place.line or 0, p.place.column or 0))
