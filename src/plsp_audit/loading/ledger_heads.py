"""Which column of a ledger is which: by the hidden marks above the heads, by the heads, or by the nearest."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plsp_audit.loading.ledger_book import Sheet
from plsp_audit.model.ledger import COLUMNS, MARK, looks_like_key
from plsp_audit.model.problem import Problem, enumerated
from plsp_audit.model.text import squeezed

HEADS: Final[dict[str, tuple[str, ...]]] = {
    "no": ("序号", "编号", "no", "no."),
    "county": ("县(市、区)", "县区", "区县", "县", "所属县区", "county"),
    "site": ("场所", "场所名称", "单位", "单位名称", "整改单位", "被检查单位", "site", "site name"),
    "item": ("条目和条款", "条目", "检查条目", "条目编号", "检查项目", "item and clause", "item", "rule"),
    "problem": ("存在问题", "存在的问题", "问题", "问题描述", "发现的问题", "problem", "problem found"),
    "remedy": ("整改措施", "整改要求", "措施", "remedy", "what to do"),
    "gain": ("可得分", "可增分", "失分", "points to gain", "points"),
    "priority": ("优先级", "类别", "priority"),
    "owner": ("责任人", "责任单位", "整改责任人", "owner", "responsible"),
    "due": ("完成时限", "整改时限", "整改期限", "限期", "时限", "计划完成日期", "计划完成时间", "due", "deadline"),
    "progress": ("整改情况", "整改进展", "整改进度", "整改状态", "整改完成情况", "整改结果", "progress", "status"),
    "done": ("完成日期", "完成时间", "实际完成日期", "实际完成时间", "整改完成日期", "整改完成时间", "整改日期",
             "done on", "completed", "date done"),
    "reviewer": ("复核人", "复核人员", "复查人", "验收人", "核查人", "reviewer", "reviewed by"),
    "opinion": ("复核意见", "复核结果", "复核情况", "复查意见", "复查结果", "验收意见", "核查意见",
                "review", "opinion"),
    "closed": ("销号", "是否销号", "销号情况", "已销号", "closed", "closed?"),
    "key": ("识别码(勿改)", "识别码", "识别号", "row id (do not change)", "row id", "key"),
}  # fmt: skip
"""By column: the heads it may have."""

_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_LIKE = 0.6
_FIRST_ROWS = 60
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of a sheet.

    Attributes:
        row: The row of the heads, from 0.
        columns: Where each column is, from 0.
        renamed: Columns that were known by a head nearly like theirs: the column, the head.
        marked: Whether they are known by the hidden marks.
        unsure: Columns for which several heads are equally near.
    """

    row: int
    columns: Mapping[str, int]
    marked: bool = False
    renamed: tuple[tuple[str, str], ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()


def find_heads(sheet: Sheet) -> Heads | None:
    """Find the heads of a ledger's sheet; None where it has none."""
    marks = next((found for row in range(min(len(sheet.rows), _FIRST_ROWS)) if (found := _marks(sheet, row))), None)
    best = max(range(min(len(sheet.rows), _FIRST_ROWS)), key=lambda row: _known(sheet.rows[row]), default=None)
    if best is None:
        return None
    known = _known(sheet.rows[best])
    if marks is not None:
        row, columns = marks
        return Heads(best if known >= _LEAST and best > row else row + 1, columns, marked=True)
    if known < _LEAST:
        return None
    return _by_head(sheet, best)


def _marks(sheet: Sheet, row: int) -> tuple[int, dict[str, int]] | None:
    found: dict[str, int] = {}
    for column, value in enumerate(sheet.rows[row]):
        name = value.removeprefix(MARK) if value is not None and value.startswith(MARK) else ""
        if name in COLUMNS:
            found.setdefault(name, column)
    return (row, found) if len(found) >= _LEAST else None


def _forms(head: str) -> tuple[str, str]:
    """Give a head as it is compared: without white space, and also without what stands in brackets."""
    plain = squeezed(head)
    return plain, squeezed(_BRACKETS.sub("", head)) or plain


_KNOWN: Final = {form: column for column, heads in HEADS.items() for head in heads for form in (squeezed(head),)}


def _column_of(value: str | None) -> str | None:
    if value is None or len(value) > 60:
        return None
    return next((_KNOWN[form] for form in _forms(value) if form in _KNOWN), None)


def _known(row: Sequence[str | None]) -> int:
    return len({column for value in row if (column := _column_of(value)) is not None})


def _by_head(sheet: Sheet, row: int) -> Heads:
    columns: dict[str, int] = {}
    rest: dict[int, str] = {}
    for at, value in enumerate(sheet.rows[row]):
        column = _column_of(value)
        if column is not None and column not in columns:
            columns[column] = at
        elif column is None and value is not None and len(value) <= 60:
            rest[at] = _forms(value)[1]
    renamed, unsure = [], []
    for column in COLUMNS:
        if column in columns:
            continue
        likely = sorted(((_likeness(head, column), -at, at) for at, head in rest.items()), reverse=True)
        likely = [one for one in likely if one[0] >= _LIKE]
        if not likely:
            continue
        at = likely[0][2]
        head = sheet.rows[row][at] or ""
        if len(likely) > 1 and likely[1][0] == likely[0][0]:
            unsure.append((column, head))
            continue
        columns[column] = at
        renamed.append((column, head))
        del rest[at]
    if "key" not in columns and (found := _by_content(sheet, row, rest)) is not None:
        columns["key"] = found
    return Heads(row, columns, False, tuple(renamed), tuple(unsure))


def _likeness(head: str, column: str) -> float:
    return max(difflib.SequenceMatcher(None, head, squeezed(known)).ratio() for known in HEADS[column])


def _by_content(sheet: Sheet, row: int, rest: Mapping[int, str]) -> int | None:
    """Find the column of identities by what stands in it, whatever its head."""
    counts: dict[int, int] = {}
    for cells in sheet.rows[row + 1 :]:
        for at, value in enumerate(cells):
            if value is not None and looks_like_key(value):
                counts[at] = counts.get(at, 0) + 1
    return max(counts, key=lambda at: counts[at]) if counts else None


def head_problems(sheet: Sheet, heads: Heads) -> list[Problem]:
    """Say which columns were known only by a head nearly like theirs, and which are not there."""
    found = []
    for column, head in heads.renamed:
        place = sheet.place(heads.row, heads.columns[column])
        found.append(Problem("ledger.renamed", {"head": head, "column": HEADS[column][0]}, place, severity="warning"))
    for column, head in heads.unsure:
        place = sheet.place(heads.row, 0)
        found.append(Problem("ledger.unsure", {"head": head, "column": HEADS[column][0]}, place, severity="warning"))
    if "key" not in heads.columns:
        found.insert(0, Problem("ledger.no_key_column", {}, sheet.place(heads.row, 0), severity="warning"))
    missing = [c for c in ("progress", "done", "reviewer", "opinion", "closed") if c not in heads.columns]
    missing = [c for c in missing if c not in {column for column, _ in heads.unsure}]
    if missing:
        names = enumerated(HEADS[column][0] for column in missing)
        found.append(Problem("ledger.no_columns", {"columns": names}, sheet.place(heads.row, 0), severity="warning"))
    return found
