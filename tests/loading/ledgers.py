"""Ledgers written for tests, and what clerks do to them: by openpyxl, as any other program would save them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plsp_audit.analysis.rectify import By, SiteList, grouped
from plsp_audit.loading.ledger import Ledgers, read_ledgers
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.ledger import COLUMNS, MARK
from plsp_audit.reporting.rectify_xlsx import write_ledger
from tests.analysis.factory_rectify import SOURCES, site


def written(path: Path, sites: Iterable[SiteList] = (), by: By = "all", lang: Lang = "zh", **more: Any) -> Path:
    [group] = grouped(list(sites) or [site(1), site(2, county="西夏区")], by)
    write_ledger(path, group, SOURCES, lang, **more)
    return path


def places(sheet: Any) -> tuple[int, dict[str, int]]:
    """Give the row of the heads and the column of each, by the hidden marks; both from 1."""
    for cells in sheet.iter_rows():
        found = {str(c.value)[len(MARK) :]: c.column for c in cells if str(c.value or "").startswith(MARK)}
        if found:
            return cells[0].row + 1, found
    raise AssertionError("no marks")


def changed(path: Path, change: Callable[[Worksheet, int, dict[str, int]], object], sheet: str = "整改清单") -> Path:
    """Do something to a ledger: `change` gets the sheet, the row of its heads and the place of each column."""
    book = load_workbook(path)
    change(book[sheet], *places(book[sheet]))
    book.save(path)
    return path


def fill(sheet: Worksheet, head: int, at: dict[str, int], row: int, **said: Any) -> None:
    """Fill cells of the row that is number `row` below the heads, from 1."""
    for column, value in said.items():
        sheet.cell(head + row, at[column]).value = value


def without_marks(sheet: Worksheet, head: int, at: dict[str, int]) -> None:
    for column in range(1, len(COLUMNS) + 5):
        sheet.cell(head - 1, column).value = None


def codes(read: Ledgers) -> list[str]:
    return [problem.code.removeprefix("ledger.") for problem in read.remarks]


def read(*paths: Path) -> Ledgers:
    return read_ledgers(paths)
