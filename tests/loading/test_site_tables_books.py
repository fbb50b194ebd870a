"""Workbooks as people see them, and workbooks that nobody could have made in good faith."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plsp_audit.loading.rows import Row
from plsp_audit.loading.workbook import is_own_book, workbook_sheets
from plsp_audit.model.problem import InputError, Problem
from tests.loading.tables import HEADS, SITE, faults, refused, rows_of, score, write_book


def sheet_of(path: Path) -> list[Row]:
    return list(workbook_sheets(path, path.name)[0].rows)


def made(path: Path, fill: Callable[[Worksheet], None]) -> list[Row]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    book.save(path)
    return sheet_of(path)


@pytest.mark.parametrize(
    ("value", "shape", "seen"),
    [
        ("  文字 ", None, "文字"),
        ("", None, None),
        ("0931-0012", None, "0931-0012"),
        ("007", None, "007"),
        (120, None, "120"),
        (120.0, "0.00", "120"),
        (12.5, None, "12.5"),
        (0.1 + 0.2, None, "0.3"),
        (1e-7, None, "0.0000001"),
        (13912345678.0, None, "13912345678"),
        (-3, None, "-3"),
        (True, None, "是"),
        (False, None, "否"),
        (0.98, "0%", "98%"),
        (0.285, "0.00%", "28.5%"),
        (1, "0%", "100%"),
        (0.07, '0.0"个百分点"', "0.07"),
        (7, "000", "007"),
        (7, "0", "7"),
        (1234567, "000", "1234567"),
        (date(2018, 10, 31), None, "2018-10-31"),
        (datetime(2018, 10, 31, 9, 30), None, "2018-10-31"),
        (date(2018, 10, 31), 'yyyy"年"m"月"d"日"', "2018-10-31"),
        (date(2018, 5, 1), 'yyyy"年"m"月"', "2018-05"),
        (date(2018, 5, 1), "mmm-yy", "2018-05"),
        (date(2018, 5, 1), 'm"月"d"日"', "2018-05-01"),
        (time(9, 30), None, "09:30"),
        (timedelta(hours=30), None, "30:00"),
    ],
)
def test_cells_are_what_people_see(tmp_path: Path, value: Any, shape: str | None, seen: str | None) -> None:
    def fill(sheet: Worksheet) -> None:
        cell = sheet.cell(2, 3, value)
        if shape is not None:
            cell.number_format = shape
        sheet.cell(2, 4, "x")

    row = made(tmp_path / "a.xlsx", fill)[-1]
    assert row.number == 2
    assert row.cells[2] == seen
    assert row.faults == ()


def test_formulas_count_as_what_they_came_to(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    percent = book.add_format({"num_format": "0%"})
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_formula("B1", '="是"', None, "是")
    sheet.write_formula("D1", "=49/50", percent, 0.98)
    sheet.write_formula("E1", "=1/0", None, "#DIV/0!")
    sheet.write_string("F1", "=1+1")
    book.close()
    (row,) = sheet_of(path)
    assert row.cells == ["2", "是", None, "98%", "#DIV/0!", "=1+1"]
    assert row.faults == ((4, "error_cell", "#DIV/0!"),)


def test_a_formula_that_came_to_nothing_is_blank(tmp_path: Path) -> None:
    more = '<row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="B3"><v>1</v></c></row>'
    row = sheet_of(altered(tmp_path / "a.xlsx", SHEET, _more(more)))[-1]
    assert row.cells[:2] == [None, "1"]
    assert row.faults == ()


def test_cells_that_are_not_what_they_seem_are_told(tmp_path: Path) -> None:
    table = [(*HEADS, "场所面积", "标牌文字", "电话"), (*SITE, "=1/0", "#N/A", 1391234567890123456)]
    path = write_book(tmp_path / "a.xlsx", table)
    assert faults(rows_of(path)[0]) == [
        ("a.xlsx[场所!F2]", "site_table.formula_not_computed"),
        ("a.xlsx[场所!G2]", "site_table.error_cell"),
        ("a.xlsx[场所!H2]", "site_table.digits_lost"),
    ]


def test_a_percentage_is_read_as_one(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([*HEADS, "场所面积"])
        sheet.append([*SITE, 0.98])
        sheet["F2"].number_format = "0%"

    made(tmp_path / "a.xlsx", fill)
    assert faults(rows_of(tmp_path / "a.xlsx")[0]) == [("a.xlsx[场所!F2]".replace("场所", "Sheet"), "input.wrong_unit")]


def test_merged_cells_hold_in_every_row_and_hidden_rows_count(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["某市汇总表"])
        sheet.merge_cells("A1:F1")
        sheet.append([*HEADS, "县"])
        for number in range(3):
            sheet.append([f"s-{number}", *SITE[1:], "陇溪县" if number == 0 else None])
        sheet.append(["s-3", *SITE[1:], None])
        sheet.merge_cells("F3:F5")
        sheet.row_dimensions[4].hidden = True

    made(tmp_path / "a.xlsx", fill)
    rows = rows_of(tmp_path / "a.xlsx")
    assert [score(row).result.site.county for row in rows] == ["陇溪县", "陇溪县", "陇溪县", None]
    assert rows[1].place(("site", "county")).cell == "F4"


def test_an_empty_file_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        workbook_sheets(tmp_path / "a.xlsx", "a.xlsx")
    assert [problem.code for problem in caught.value.problems] == ["file_empty"]


@pytest.mark.parametrize("creator", ["plsp-audit", "openpyxl"])
def test_a_workbook_of_the_programs_own_is_told_as_one(tmp_path: Path, creator: str) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.properties.creator = creator
    book.active.append(["序号", "考核内容"])  # type: ignore[union-attr]
    book.save(path)
    own = creator == "plsp-audit"
    assert is_own_book(path) is own
    assert [p.code for p in refused(path)] == ["site_table.own_book" if own else "site_table.no_header"]


def test_sheets_with_heads_count_and_the_others_are_named(tmp_path: Path) -> None:
    book = Workbook()
    sheets: dict[str, list[Any]] = {
        "说明": [("怎样填",)],
        "甲县": [HEADS, SITE],
        "空": [],
        "乙县": [(None,), HEADS, SITE],
    }
    for title, written in sheets.items():
        sheet = book.create_sheet(title)
        for cells in written:
            sheet.append(list(cells))
    book["乙县"].sheet_state = "hidden"
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    told: list[Problem] = []
    rows = rows_of(tmp_path / "a.xlsx", told)
    assert [row.place(()).text() for row in rows] == ["a.xlsx[甲县!A2]", "a.xlsx[乙县!A3]"]
    assert [(problem.code, problem.params["sheet"]) for problem in told] == [("site_table.sheet_passed_over", "说明")]


def test_wrong_heads_of_any_sheet_refuse_the_whole(tmp_path: Path) -> None:
    book = Workbook()
    for title, heads in (("甲县", (*HEADS, "层高度")), ("乙县", (*HEADS, "层高度"))):
        sheet = book.create_sheet(title)
        sheet.append(list(heads))
        sheet.append(list(SITE))
    book.save(tmp_path / "a.xlsx")
    assert [problem.place.text() for problem in refused(tmp_path / "a.xlsx")] == ["a.xlsx[甲县!F1]", "a.xlsx[乙县!F1]"]


def altered(path: Path, part: str, alter: Callable[[bytes], bytes], rows: Any = ((*HEADS,), (*SITE,))) -> Path:
    """Write a workbook with one of its parts changed."""
    plain = write_book(path, rows).read_bytes()
    with ZipFile(io.BytesIO(plain)) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, alter(content) if name == part else content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def _more(cell: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", cell.encode() + b"</sheetData>")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "site_table.too_many_columns"),
        ('<row r="9"><c r="A4000000000"><v>1</v></c></row>', "site_table.too_many_cells"),
        ('<row r="4000000000"><c r="B4000000000" t="str"><v></v></c></row>', "site_table.too_many_cells"),
        ("<row r='9'><c r='XFD9'><v>1</v></c></row>", "site_table.too_many_columns"),
        ('<row a=">" r="9"><c a=">" r="ZZZZZ9"><v>1</v></c></row>', "site_table.too_many_columns"),
        ("<row>" + "<c><v>1</v></c>" * 2100 + "</row>", "site_table.too_many_columns"),
        ('<row r="9"><c r="9A"><v>1</v></c></row>', "input.bad_workbook"),
        ('<row r="9"><c r="A9"', "input.bad_workbook"),
    ],
)
def test_cells_far_away_do_not_fill_the_memory(tmp_path: Path, more: str, code: str) -> None:
    assert [problem.code for problem in refused(altered(tmp_path / "a.xlsx", SHEET, _more(more)))] == [code]


def test_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    path = altered(tmp_path / "a.xlsx", SHEET, _more('<row r="1048576"><c r="XFD1048576" s="0"/></row>'))
    assert [faults(row) for row in rows_of(path)] == [[]]


def test_a_text_that_many_cells_share_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row in range(200):
        sheet.write_row(row, 0, ["同一段", *HEADS])
    book.close()
    with ZipFile(io.BytesIO(path.read_bytes())) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("同一段".encode(), b"x" * 2_000_000))
    assert [problem.code for problem in refused(path)] == ["site_table.too_many_cells"]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = altered(tmp_path / "a.xlsx", "docProps/app.xml", lambda _: bytes(1 << 29))
    assert [problem.code for problem in refused(path)] == ["site_table.unpacks_to_too_much"]


@pytest.mark.parametrize(
    ("part", "alter"),
    [
        (SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "aa">]>' + xml[xml.index(b"<worksheet") :] + b"<!---->"),
        ("xl/workbook.xml", lambda xml: xml.replace(b"<sheets>", b"<sheets><sheet name='b' r:id='rId1'/>") + b"<"),
        ("xl/_rels/workbook.xml.rels", lambda xml: re.sub(rb'Id="[^"]*"', b'Id="rId1"', xml)),
        ("xl/_rels/workbook.xml.rels", lambda xml: b""),
        ("xl/workbook.xml", lambda xml: xml[:200]),
        ("xl/styles.xml", lambda xml: xml[: len(xml) // 2] + b"&&&"),
        ("[Content_Types].xml", lambda xml: b"\x00"),
    ],
)  # fmt: skip
def test_damaged_parts_are_told(tmp_path: Path, part: str, alter: Callable[[bytes], bytes]) -> None:
    path = altered(tmp_path / "a.xlsx", part, alter)
    with suppress(InputError):
        assert rows_of(path)
        return
    found = {problem.code for problem in refused(path)}
    assert found <= {"input.bad_workbook", "site_table.no_header"}


@pytest.mark.parametrize(
    "content", [b"PK", b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0" + bytes(600), b"a,b\n1,2\n"]
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert [problem.code for problem in refused(path)] == ["input.bad_workbook"]
