"""What the heads of a table may name at a desk: the facts and rules of every standard that may score its rows."""

from __future__ import annotations

from plsp_audit.batch.desk import Desk, rule_names
from plsp_audit.loading.site_names import TableNames, table_names
from plsp_audit.model.problem import InputError
from plsp_audit.model.standard import ResolvedStandard


def desk_names(desk: Desk, also: str | None = None) -> TableNames:
    """Give the names of all standards in the desk's library.

    Args:
        desk: Where standards are resolved.
        also: One more, by id or title: the standard asked for, should it be none of those in the library's list.

    Returns:
        What they know. A faulty standard is left out: its faults are told where it is to score.
    """
    wanted = [pack.id for pack in desk.library.names()]
    found: dict[str, ResolvedStandard] = {}
    for name in [*wanted, *([also] if also else [])]:
        try:
            standard = desk.standard(name).standard
        except InputError:
            continue
        found.setdefault(standard.id, standard)
    rules = [rule_names(standard, tier.id) for standard in found.values() for tier in standard.tiers]
    return table_names([standard.facts for standard in found.values()], rules)
