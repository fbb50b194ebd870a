from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from plsp_audit.reporting import summary_xlsx_book
from plsp_audit.reporting.summary_xlsx_book import book
from plsp_audit.reporting.xlsx_style import HEAD, MIDDLE, TEXT, TITLE, Box

DATED = replace(MIDDLE, format="yyyy-mm-dd")
ROWS = [
    [Box("编号", HEAD), Box("名称", HEAD), Box("分值", HEAD)],
    [Box("=1+1"), Box(" 前后有空格 "), Box(Fraction(1, 3), MIDDLE)],
    [Box("<r>甲</r>"), Box("a&b<c>\"'"), Box(Fraction(5), MIDDLE)],
    [Box("_x0041_"), Box("一行\n又一行\t完"), Box(date(2018, 10, 23), DATED)],
    [Box("\U0001f600"), Box("字" * 3000), Box(0.1, MIDDLE)],
    [Box(None), Box(""), Box(12345678901234567, MIDDLE)],
    [Box("=1+1"), Box(None, HEAD), Box(-0.5)],
    [Box("短")],
]


def sheet(draws: bool) -> dict[str, bytes]:
    target = io.BytesIO()
    with book(target, "试", "2018-10-23") as made:
        page = made.page("表", [10, 20, 8], draws)
        page.line(Box("题", TITLE, 3), height=34)
        for row in ROWS:
            page.line(*row, height=20)
        page.line(Box("两栏", TEXT, 2), Box(7, MIDDLE))
        page.skip()
        for row in ROWS:
            page.line(*row)
    archive = zipfile.ZipFile(target)
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("draws", [False, True])
def test_rows_written_at_once_are_what_the_library_writes(monkeypatch: pytest.MonkeyPatch, draws: bool) -> None:
    at_once = sheet(draws)
    monkeypatch.setattr(summary_xlsx_book, "_is_long", lambda value: True)
    assert sheet(draws) == at_once


def test_text_too_long_for_that_is_cut_by_the_library() -> None:
    target = io.BytesIO()
    with book(target, "试", "2018-10-23") as made:
        made.page("表", [10]).line(Box("\U0001f600" * 20_000))
    text = zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert 16_000 < text.count("\U0001f600") <= 32_767 // 2
