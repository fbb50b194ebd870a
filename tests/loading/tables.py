"""What the tests of tables share: the names of the shipped standards, and tables written in every form."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from plsp_audit.batch.desk import Desk, Scored, rule_names
from plsp_audit.loading.packs import Library
from plsp_audit.loading.site_names import TableNames, table_names
from plsp_audit.loading.site_tables import RowDocument, site_rows
from plsp_audit.model.problem import InputError, Problem

HEADS = ("编号", "名称", "层级", "标准", "日期")
SITE = ("s-1", "松坪镇公共法律服务工作站", "工作站", "gansu-2018", "2018-10-31")


@cache
def desk() -> Desk:
    return Desk(Library())


@cache
def names() -> TableNames:
    standards = [desk().standard(pack.id).standard for pack in desk().library.names()]
    rules = [rule_names(standard, tier.id) for standard in standards for tier in standard.tiers]
    return table_names([standard.facts for standard in standards], rules)


def rows_of(path: Path, told: list[Problem] | None = None) -> list[RowDocument]:
    return list(site_rows(path, path.name, names(), None if told is None else told.append))


def score(row: RowDocument, folder: Path = Path()) -> Scored:
    return desk().score_opened(desk().open_document(row), folder)


def faults(row: RowDocument) -> list[tuple[str, str]]:
    """Give place and code of everything that is wrong with a row."""
    try:
        desk().open_document(row)
    except InputError as error:
        return [(problem.place.text(), problem.code) for problem in error.problems]
    return []


def refused(path: Path) -> list[Problem]:
    """Give what is wrong with a table as a whole."""
    with pytest.raises(InputError) as caught:
        rows_of(path)
    found = list(caught.value.problems)
    assert all(problem.text(lang) for problem in found for lang in ("zh", "en"))
    return found


def write_csv(path: Path, rows: Iterable[Sequence[Any]], encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_book(path: Path, rows: Iterable[Sequence[Any]], title: str = "场所") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def write_lines(path: Path, sites: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(site, ensure_ascii=False) + "\n" for site in sites), encoding="utf-8")
    return path
