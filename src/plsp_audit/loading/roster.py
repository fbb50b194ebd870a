"""A county's roster: one planned site a row, from CSV or XLSX."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from plsp_audit.loading.table import Table, read_tables
from plsp_audit.model.catalogue import say
from plsp_audit.model.problem import InputError, Problem, Worded, enumerated
from plsp_audit.model.roster import LEVELS, Planned
from plsp_audit.model.text import folded, squeezed
from plsp_audit.model.values import ABSENT_WORDS, UNKNOWN_WORDS, Span, ValueFault, read_date, shown

HEADS: Final[dict[str, tuple[str, ...]]] = {
    "tier": ("层级", "级别", "类型", "tier"),
    "name": ("名称", "场所名称", "场所", "name"),
    "province": ("省", "省份", "自治区", "province"),
    "city": ("市", "市州", "地市", "city"),
    "county": ("县", "县区", "县(市、区)", "区县", "county"),
    "town": ("乡镇", "街道", "乡镇(街道)", "town"),
    "village": ("村", "社区", "村(社区)", "village"),
    "planned": ("计划建成日期", "计划日期", "计划建成时间", "应建成日期", "planned", "planned date"),
    "opened": ("启用日期", "建成日期", "开放日期", "挂牌日期", "opened", "opened date"),
    "adviser": ("法律顾问", "顾问", "adviser"),
    "rated": ("评定等次", "等次", "grade", "rated"),
}
"""By column: the heads it may have."""

_TIERS: Final[dict[str, tuple[str, ...]]] = {
    "county_center": ("中心", "县级中心", "公共法律服务中心", "县(市、区)公共法律服务中心"),
    "station": ("工作站", "站", "公共法律服务工作站"),
    "room": ("工作室", "室", "公共法律服务工作室", "公共法律服务室", "法律顾问室"),
}


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of one county. `latest` is the last day that any row names."""

    province: str | None
    city: str | None
    county: str | None
    rows: tuple[Planned, ...]
    latest: Span | None


def _tier_of(text: str) -> str | None:
    wanted = folded(text)
    for tier, words in _TIERS.items():
        if wanted in (tier, folded(say(f"label.tier.{tier}")), *(folded(w) for w in words)):
            return tier
    return None


class _Reader:
    """Reads one table, collecting what is wrong with it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = {key: table.column(heads) for key, heads in HEADS.items()}
        self.problems: list[Problem] = []
        for key in ("tier", "opened"):
            if self.columns[key] is None:
                params = {"heads": enumerated(HEADS[key][:3])}
                self.problems.append(Problem("input.no_column", params, table.place(table.head_row, 0)))

    def cell(self, cells: tuple[str | None, ...], key: str) -> str | None:
        column = self.columns[key]
        return cells[column] if column is not None and column < len(cells) else None

    def fault(self, code: str, row: int, key: str, **params: str) -> None:
        place = self.table.place(row, self.columns[key] or 0)
        self.problems.append(Problem(f"input.{code}", params, place))

    def day(self, cells: tuple[str | None, ...], key: str, row: int) -> Span | None:
        text = self.cell(cells, key)
        if text is None or folded(text) in UNKNOWN_WORDS | ABSENT_WORDS:
            return None
        try:
            return read_date(text)
        except ValueFault as fault:
            params = {"label": self.table.header[self.columns[key] or 0], **fault.fault.params}
            self.fault(fault.fault.code, row, key, **params)
            return None

    def known(self, cells: tuple[str | None, ...], key: str) -> str | bool | None:
        """Give the text; False where the column is there and says none; None where it is not, or says not checked."""
        if self.columns[key] is None:
            return None
        text = self.cell(cells, key)
        if text is None or folded(text) in ABSENT_WORDS or text in ("否", "/", "—", "-"):
            return False
        return None if folded(text) in UNKNOWN_WORDS else text

    def row(self, number: int, cells: tuple[str | None, ...]) -> Planned | None:
        text = self.cell(cells, "tier")
        tier = _tier_of(text) if text is not None else None
        if tier is None:
            words = enumerated(Worded(say(f"label.tier.{t}"), say(f"label.tier.{t}", "en")) for t in LEVELS)
            self.fault("roster_tier", number, "tier", value=shown(text or ""), known=words)
            return None
        opened = self.known(cells, "opened")
        day = self.day(cells, "opened", number) if isinstance(opened, str) else None
        return Planned(
            tier,
            self.cell(cells, "name"),
            self.cell(cells, "town"),
            self.cell(cells, "village"),
            self.day(cells, "planned", number),
            day if isinstance(opened, str) else opened,
            self.known(cells, "adviser"),
            self.known(cells, "rated"),
        )


def read_rosters(path: Path, shown_as: str | None = None) -> list[Roster]:
    """Read a roster; rows of several counties give a roster each, in the order in which they come.

    A blank cell under 启用日期 or 法律顾问 says that the site has not opened, or has no adviser; 未查 leaves it
    unknown.

    Raises:
        InputError: Everything that is wrong with it, each with its row or cell.
    """
    problems: list[Problem] = []
    counties: dict[tuple[str | None, str | None, str | None], list[Planned]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for table in read_tables(path, [h for heads in HEADS.values() for h in heads], shown_as):
        reader = _Reader(table)
        for number, cells in table.rows:
            planned = reader.row(number, cells)
            if planned is None:
                continue
            province, city, county = (reader.cell(cells, key) for key in ("province", "city", "county"))
            counties.setdefault((province, city, county), []).append(planned)
            where = [county, planned.tier, planned.town, planned.village, planned.name]
            key = tuple(squeezed(w or "") for w in where)
            first = seen.setdefault(key, table.place(number, 0).text())
            if first != table.place(number, 0).text():
                reader.fault("roster_twice", number, "tier", first=first)
        problems += reader.problems
    if problems:
        raise InputError(problems)
    return [Roster(p, c, k, tuple(rows), _latest(rows)) for (p, c, k), rows in counties.items()]


def _latest(rows: list[Planned]) -> Span | None:
    days = [d for r in rows for d in (r.planned, r.opened) if isinstance(d, Span)]
    return max(days, key=lambda d: d.last, default=None)
