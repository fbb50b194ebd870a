from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from plsp_audit.loading.rows import column_letter
from plsp_audit.loading.table import read_tables
from plsp_audit.model.problem import InputError

HEADS = ["层级", "名称", "启用日期"]


def test_csv_with_mark_title_and_blank_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\ufeff某县名册,,\n层级,名称,启用日期\n工作站,甲站,2018-10-31\n,,\n工作室, 乙室 ,\n", encoding="utf-8"
    )
    (table,) = read_tables(path, HEADS)
    assert table.header == ("层级", "名称", "启用日期")
    assert table.rows == ((3, ("工作站", "甲站", "2018-10-31")), (5, ("工作室", "乙室", None)))
    assert table.place(5, 1).line == 5
    assert table.column(["启用日期", "建成日期"]) == 2
    assert table.column(["没有"]) is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_gb18030(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    rows = [["层级", "名称", "启用日期"], ["工作站", "甲县丙镇公共法律服务工作站", "2018.10.31"]]
    path.write_bytes("\r\n".join(delimiter.join(r) for r in rows).encode("gb18030"))
    (table,) = read_tables(path, HEADS)
    assert table.rows[0][1][1] == "甲县丙镇公共法律服务工作站"


def test_workbook_cells_as_people_see_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    sheet.append(["层级", "名称", "启用日期"])
    sheet.append(["工作站", 12.0, date(2018, 10, 31)])
    sheet.append(["工作室", True, 2.5])
    book.create_sheet("说明").append(["这一页没有表头"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    (table,) = read_tables(path, HEADS)
    assert table.sheet == "名册"
    assert [cells for _, cells in table.rows] == [("工作站", "12", "2018-10-31"), ("工作室", "是", "2.5")]
    assert table.place(2, 27).text().endswith("[名册!AB2]")


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"PK\x03\x04 nothing"), ("a.xlsx", b""), ("a.csv", b"a,b\n1,2\n")]
)
def test_what_is_no_table_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_tables(path, HEADS)
    assert caught.value.problems[0].message("zh")
    assert caught.value.problems[0].message("en")


def test_column_letters() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
