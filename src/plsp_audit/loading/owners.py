"""Who is to rectify what: a table of owners, by site, county or rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from plsp_audit.loading.table import Table, read_tables
from plsp_audit.model.problem import InputError, Problem, enumerated
from plsp_audit.model.result import SiteInfo
from plsp_audit.model.text import squeezed

HEADS: Final[dict[str, tuple[str, ...]]] = {
    "owner": ("责任人", "责任单位", "整改责任人", "owner", "responsible"),
    "site": ("场所编号", "编号", "场所", "场所名称", "单位", "site", "site id"),
    "county": ("县", "县区", "区县", "县(市、区)", "county"),
    "rule": ("条目", "条目编号", "rule"),
}
"""By column: the heads it may have."""


def read_owners(path: Path) -> Callable[[SiteInfo, str], str | None]:
    """Read a table of owners (CSV or XLSX): 责任人 beside 场所编号 (or its name), 县 and 条目, as many as are needed.

    Of the rows that fit a finding the one that says most counts, of equals the last.

    Raises:
        InputError: The table cannot be read, or lacks the column of owners.
    """
    rows: list[tuple[dict[str, str], str]] = []
    problems: list[Problem] = []
    for table in read_tables(path, [head for heads in HEADS.values() for head in heads]):
        columns = {key: table.column(heads) for key, heads in HEADS.items()}
        if columns["owner"] is None:
            place = table.place(table.head_row, 0)
            problems.append(Problem("input.no_column", {"heads": enumerated(HEADS["owner"][:3])}, place))
            continue
        rows += _rows(table, columns)
    if problems:
        raise InputError(problems)
    rows.sort(key=lambda row: len(row[0]))

    def owner(site: SiteInfo, rule: str) -> str | None:
        said = {"county": {squeezed(site.county or "")}, "rule": {squeezed(rule)},
                "site": {squeezed(site.id), squeezed(site.name)}}  # fmt: skip
        fits = [who for keys, who in rows if all(value in said[key] for key, value in keys.items())]
        return fits[-1] if fits else None

    return owner


def _rows(table: Table, columns: dict[str, int | None]) -> list[tuple[dict[str, str], str]]:
    found = []
    for _, cells in table.rows:
        said = {key: cells[at] for key, at in columns.items() if at is not None and at < len(cells) and cells[at]}
        who = said.pop("owner", None)
        if who:
            found.append(({key: squeezed(value or "") for key, value in said.items()}, who))
    return found
