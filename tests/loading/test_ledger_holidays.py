"""Lists of holidays and of owners."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from plsp_audit.loading.holidays import read_holidays
from plsp_audit.loading.owners import read_owners
from plsp_audit.model.problem import InputError
from plsp_audit.model.result import SiteInfo

LIST = """# 2018年国庆节
日期,类型,说明
2018-10-01 至 2018-10-03 放假 国庆节
2018/10/4,休
2018年10月5日（星期五） 放假调休
2018-10-06
2018.10.7;off
"2018-09-29","班"
2018-09-30 调休上班
"""


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_holidays_and_worked_weekends_in_every_form(tmp_path: Path) -> None:
    for name in ("a.txt", "a.csv"):
        found = dict(read_holidays(put(tmp_path / name, LIST)))
        assert [day for day, worked in found.items() if not worked] == [date(2018, 10, n) for n in range(1, 8)]
        assert [day for day, worked in found.items() if worked] == [date(2018, 9, 29), date(2018, 9, 30)]


def test_holidays_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["日期", "类型"], [date(2018, 10, 1), "休"], ["2018-09-29", "班"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read_holidays(tmp_path / "a.xlsx") == [(date(2018, 9, 29), True), (date(2018, 10, 1), False)]


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    path = put(
        tmp_path / "a.txt", "2018-10-01 休\n2018-02-30 休\n2018-10-01 班\n2018-10-07至2018-10-01 休\n2018-10-08 调休\n"
    )
    with pytest.raises(InputError) as caught:
        read_holidays(path)
    assert [(p.place.line, p.code) for p in caught.value.problems] == [
        (2, "ledger.holiday_line"),
        (3, "ledger.holiday_both"),
        (4, "ledger.holiday_span"),
        (5, "ledger.holiday_kind"),
    ]
    assert all(p.message(lang) for p in caught.value.problems for lang in ("zh", "en"))


def test_a_file_without_a_date_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有日期"):
        read_holidays(put(tmp_path / "a.txt", "国庆节放假\n"))


def test_owners_the_most_telling_row_counts(tmp_path: Path) -> None:
    rows = (
        "场所编号,县,条目,责任人",
        ",兴庆区,,王局",
        ",,NX-S-07,装备科",
        "xq-01,,,站长",
        "xq-01,,NX-S-07,采购员",
        "某某站,,,按名称",
    )
    owner = read_owners(put(tmp_path / "a.csv", "\n".join(rows)))

    def who(site: str, rule: str, county: str | None = "兴庆区", name: str = "甲站") -> str | None:
        return owner(SiteInfo(id=site, name=name, tier="station", county=county), rule)

    assert who("xq-01", "NX-S-07") == "采购员"
    assert who("xq-01", "NX-S-01") == "站长"
    assert who("xq-02", "NX-S-01") == "王局"
    assert who("xx-01", "NX-S-07", "西夏区") == "装备科"
    assert who("xx-01", "NX-S-01", "西夏区") is None
    assert who("xx-09", "NX-S-01", None, "某某站") == "按名称"


def test_a_table_without_owners_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="责任人"):
        read_owners(put(tmp_path / "a.csv", "场所编号,条目\nxq-01,NX-S-07\n"))
