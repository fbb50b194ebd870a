"""Checks on rows of records, inside `where` and `meets`: what one says of a row is found once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from plsp_audit.model.facts import Fact
from plsp_audit.scoring.operands import Context
from plsp_audit.scoring.verdict import CheckFn, Scope
from plsp_audit.standards.uses import check_names

MEMO = 500
Row = Mapping[str, Any]
RowVerdict = Callable[[Scope, Row], int]
"""Gives the verdict on a row, for the scope around it."""


def compile_row_check(
    check: Any, records: Fact, ctx: Context, compile_check: Callable[[Any, Context], CheckFn]
) -> RowVerdict:
    """Compile a check on the rows of `records`.

    Rows that say the same are one object for thousands of inspections (`loading.observe`) and are never changed, so
    that a check which looks at the row alone need not be asked again.
    """
    inner = compile_check(check, ctx.inside(records))
    if any(records.field_id(name) is None for name, _ in check_names(check, ctx.facts, records)):
        return lambda scope, row: inner(Scope(scope.facts, scope.site, row)).verdict
    seen: dict[int, tuple[Row, int]] = {}

    def verdict(scope: Scope, row: Row) -> int:
        known = seen.get(id(row))
        if known is not None and known[0] is row:
            return known[1]
        found = inner(Scope(scope.facts, scope.site, row)).verdict
        if len(seen) < MEMO:
            seen[id(row)] = row, found
        return found

    return verdict
