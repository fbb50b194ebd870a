"""Ledgers that came back: whatever clerks do to them, every row is read or named."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plsp_audit.loading.ledger import ledger_files
from plsp_audit.loading.ledger_heads import HEADS
from plsp_audit.model.catalogue import say
from plsp_audit.model.ledger import COLUMNS, REGISTER
from plsp_audit.model.problem import InputError
from tests.analysis.factory_rectify import not_rated, open_item, site
from tests.loading.ledgers import changed, codes, fill, read, without_marks, written

Columns = dict[str, int]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return written(tmp_path / "a.xlsx")


def filled(sheet: Worksheet, head: int, at: Columns) -> None:
    fill(
        sheet, head, at, 1, progress="已整改", done=datetime(2018, 11, 2), reviewer="王某", opinion="通过", closed="是"
    )
    fill(sheet, head, at, 2, progress="整改中")
    fill(sheet, head, at, 4, done="2018年11月5日")


def test_an_untouched_ledger_gives_every_finding(ledger: Path) -> None:
    found = read(ledger)
    assert len(found.rows) == len(found.entries) == 6
    assert (found.strays, codes(found)) == ((), [])
    assert {row.state for row in found.rows} == {"open"}
    assert not any(any(row.filled) for row in found.rows)
    assert found.rows[0].entry == found.entries[found.rows[0].entry.key]
    assert found.rows[0].due == found.rows[0].entry.due


def test_what_is_filled_in_is_read(ledger: Path) -> None:
    rows = read(changed(ledger, filled)).rows
    first = rows[0]
    assert (first.progress, first.done, first.reviewer, first.opinion, first.closed) == (
        "done", date(2018, 11, 2), "王某", "passed", True,
    )  # fmt: skip
    assert [row.state for row in rows] == ["verified", "open", "open", "done", "open", "open"]
    assert rows[3].done == date(2018, 11, 5)
    assert first.place.cell is not None
    assert first.cells["done"].sheet == "整改清单"


@pytest.mark.parametrize("by", ["site", "county"])
def test_the_list_of_one_site_or_county_has_fewer_columns(tmp_path: Path, by: Any) -> None:
    path = written(tmp_path / "a.xlsx", [site(1)], by)
    rows = read(changed(path, filled if by == "county" else lambda s, h, a: fill(s, h, a, 1, progress="已整改"))).rows
    assert rows[0].state in ("verified", "done")
    assert rows[0].entry.county == "兴庆区"


def test_an_english_ledger_is_read_too(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", lang="en")

    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        without_marks(sheet, head, at)
        fill(sheet, head, at, 1, progress="done", done="2018-11-02", reviewer="Wang", opinion="passed", closed="yes")
        fill(sheet, head, at, 2, progress="in progress", opinion="not passed")

    found = read(changed(path, change, "Rectification"))
    assert (found.strays, codes(found)) == ((), [])
    assert found.rows[0].state == "verified"
    assert (found.rows[1].progress, found.rows[1].opinion) == ("started", "failed")


def test_rows_that_are_hidden_by_a_filter_count(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        filled(sheet, head, at)
        for row in range(head + 1, head + 5):
            sheet.row_dimensions[row].hidden = True

    assert len(read(changed(ledger, change)).rows) == 6


def test_values_merged_over_rows_apply_to_each(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        fill(sheet, head, at, 1, progress="已整改", done="2018-11-02", reviewer="王某")
        for column in ("county", "progress", "done", "reviewer"):
            for row in range(head + 2, head + 4):
                sheet.cell(row, at[column]).value = None
            sheet.merge_cells(start_row=head + 1, end_row=head + 3, start_column=at[column], end_column=at[column])

    rows = read(changed(ledger, change)).rows
    assert [row.state for row in rows] == ["done"] * 3 + ["open"] * 3
    assert {row.said["county"] for row in rows[:3]} == {rows[0].entry.county}


def test_identities_merged_over_rows_are_noticed(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        sheet.merge_cells(start_row=head + 1, end_row=head + 3, start_column=at["key"], end_column=at["key"])

    found = read(changed(ledger, change))
    assert [s.why for s in found.strays] == ["misplaced", "misplaced"]
    assert len(found.rows) == 4
    assert {s.meant for s in found.strays} == set(found.entries) - {row.entry.key for row in found.rows}


def test_inserted_headings_sums_and_blank_rows_are_passed_over(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        sheet.insert_rows(head + 4)
        sheet.insert_rows(head + 4)
        sheet.cell(head + 4, 1).value = "二、西夏区"
        sheet.cell(head + 10, 1).value = "合计"
        sheet.cell(head + 10, at["gain"]).value = 12

    found = read(changed(ledger, change))
    assert (len(found.rows), found.strays) == (6, ())


def test_a_finding_that_somebody_added_is_named_not_dropped(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        sheet.insert_rows(head + 3)
        sheet.cell(head + 3, at["problem"]).value = "另外发现：灭火器过期"

    [stray] = read(changed(ledger, change)).strays
    assert (stray.why, stray.meant, stray.said["problem"]) == ("blank", "", "另外发现：灭火器过期")


def test_columns_that_were_moved_renamed_or_added_are_told_apart(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        filled(sheet, head, at)
        rows = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=head - 1)]
        for cells in rows:
            cells.insert(0, None)
            cells.insert(3, None)
            cells[0], cells[3] = "备注", "整改照片"
            cells[1:] = reversed(cells[1:])
        rows[0][0] = None
        for offset, cells in enumerate(rows):
            for column, value in enumerate(cells, start=1):
                sheet.cell(head - 1 + offset, column).value = value

    found = read(changed(ledger, change))
    assert (found.strays, codes(found)) == ((), [])
    assert [row.state for row in found.rows] == ["verified", "open", "open", "done", "open", "open"]
    assert not any("备注" in row.said.values() for row in found.rows)


@pytest.mark.parametrize(
    "renamed",
    [
        {"progress": "整改完成情况", "done": "实际完成时间", "reviewer": "复核人员"},
        {"progress": "整改情况\n（单位填写）", "done": "完成日期(年月日)", "closed": "是否销号"},
        {"key": "编码（不要动）", "opinion": "县局复核意见"},
        {"due": "整改期限", "done": "完成时间", "key": "识别 码"},
    ],
)
def test_heads_without_marks_are_known_by_what_they_are_called(ledger: Path, renamed: dict[str, str]) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        without_marks(sheet, head, at)
        filled(sheet, head, at)
        for column, name in renamed.items():
            sheet.cell(head, at[column]).value = name

    found = read(changed(ledger, change))
    assert [row.state for row in found.rows] == ["verified", "open", "open", "done", "open", "open"]
    assert found.rows[0].due == found.rows[0].entry.due
    assert found.rows[0].done == date(2018, 11, 2)


def test_a_head_that_may_be_either_is_not_guessed(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        without_marks(sheet, head, at)
        fill(sheet, head, at, 1, reviewer="王某")
        sheet.cell(head, at["reviewer"]).value = "县复核人"
        sheet.cell(head, at["key"] + 1).value = "市复核人"

    found = read(changed(ledger, change))
    assert codes(found) == ["unsure"]
    assert found.rows[0].reviewer is None


def test_only_the_table_copied_into_another_workbook_is_read(ledger: Path, tmp_path: Path) -> None:
    changed(ledger, filled)
    source = load_workbook(ledger)["整改清单"]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in source.iter_rows(min_row=1, values_only=True):
        sheet.append(cells)
    book.save(tmp_path / "copy.xlsx")
    found = read(tmp_path / "copy.xlsx")
    assert codes(found) == ["no_register"]
    assert [row.state for row in found.rows] == ["verified", "open", "open", "done", "open", "open"]
    assert found.rows[0].entry.county == "西夏区"
    assert found.rows[0].entry.due == found.rows[0].due is not None
    assert found.rows[0].entry.rule == "NX-S-01"


def test_several_files_are_read_together(tmp_path: Path) -> None:
    one, two = written(tmp_path / "a.xlsx", [site(1)]), written(tmp_path / "b.xlsx", [site(2)])
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    assert ledger_files([tmp_path]) == [one, two]
    found = read(tmp_path)
    assert (len(found.entries), len(found.rows), found.strays) == (6, 6, ())


def test_a_long_ledger_goes_on_in_further_sheets(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [site(n, 6) for n in range(1, 8)], limit=20)
    names = load_workbook(path).sheetnames
    assert [n for n in names if n.startswith("整改清单")] == ["整改清单", "整改清单(2)", "整改清单(3)"]
    assert [n for n in names if n.startswith(REGISTER)] == [REGISTER, f"{REGISTER}2", f"{REGISTER}3"]
    found = read(path)
    assert len(found.rows) == len(found.entries) == 42
    assert (found.strays, codes(found)) == ((), [])


def test_other_sheets_are_not_taken_for_ledgers(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [site(1, unchecked=(open_item(),)), not_rated()])
    book = load_workbook(path)
    assert {"待查", "其他场所"} <= set(book.sheetnames)
    own = book.create_sheet("我的统计")
    own.append(["序号", "场所", "整改情况", "完成日期", "责任人"])
    own.append([1, "某站", "已整改", "2018-11-01", "张"])
    book.save(path)
    found = read(path)
    assert (len(found.rows), found.strays) == (3, ())
    assert codes(found) == ["sheet_passed_over"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("progress", "待定", "unclear_progress"),
        ("opinion", "已阅", "unclear_opinion"),
        ("closed", "再说", "unclear_closed"),
        ("done", "下周", "bad_date"),
        ("done", "2018-02-30", "bad_date"),
    ],
)
def test_what_cannot_be_understood_is_told_at_its_cell(ledger: Path, column: str, value: str, code: str) -> None:
    at: Columns = {}

    def change(sheet: Worksheet, head: int, columns: Columns) -> None:
        at.update(columns, head=head)
        fill(sheet, head, columns, 2, **{column: value})

    found = read(changed(ledger, change))
    assert codes(found) == [code]
    from plsp_audit.loading.rows import column_letter

    assert found.remarks[0].place.cell == f"{column_letter(at[column] - 1)}{at['head'] + 2}"
    assert value in found.remarks[0].message()
    assert found.rows[1].said[column] == value
    assert found.rows[1].state == "open"


def test_a_damaged_identity_is_named_with_its_cell_and_what_it_was(ledger: Path) -> None:
    keys: list[str] = []

    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        cell = sheet.cell(head + 2, at["key"])
        keys.append(str(cell.value))
        cell.value = str(cell.value)[:-1]

    found = read(changed(ledger, change))
    [stray] = found.strays
    assert (stray.why, stray.meant, stray.key) == ("damaged", keys[0], keys[0][:-1])
    assert len(found.rows) == 5


def test_identities_that_were_not_sorted_along_are_noticed(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        one, other = sheet.cell(head + 1, at["key"]), sheet.cell(head + 2, at["key"])
        one.value, other.value = other.value, one.value
        first, last = sheet.cell(head + 3, at["key"]), sheet.cell(head + 6, at["key"])
        first.value, last.value = last.value, first.value

    found = read(changed(ledger, change))
    assert [stray.why for stray in found.strays] == ["misplaced"] * 4
    assert len(found.rows) == 2


def test_a_whole_column_of_identities_deleted_leaves_every_row_named(ledger: Path) -> None:
    found = read(changed(ledger, lambda sheet, head, at: sheet.delete_cols(at["key"])))
    assert (len(found.rows), [s.why for s in found.strays]) == (0, ["blank"] * 6)
    assert codes(found) == ["no_key_column"]
    assert {s.meant for s in found.strays} == set(found.entries)


def test_a_damaged_line_of_the_register_is_named(ledger: Path) -> None:
    book = load_workbook(ledger)
    book[REGISTER].cell(3, 1).value = "x"
    book.save(ledger)
    found = read(ledger)
    assert codes(found) == ["register_row"]
    assert (len(found.entries), len(found.rows)) == (5, 6)


def test_identities_without_heads_are_refused(ledger: Path) -> None:
    def change(sheet: Worksheet, head: int, at: Columns) -> None:
        sheet.delete_rows(1, head)

    with pytest.raises(InputError, match="表头"):
        read(changed(ledger, change))


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "没有传完"), (b"PK\x03\x04 no archive", "损坏"), (b"plain text", "损坏"), (None, "找不到文件")],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes | None, word: str) -> None:
    path = tmp_path / "a.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=word):
        read(path)


def test_a_workbook_of_another_kind_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="不是整改台账"):
        read(tmp_path / "a.xlsx")


def test_a_ledger_of_a_newer_program_is_refused(ledger: Path) -> None:
    book = load_workbook(ledger)
    book[REGISTER].cell(1, 2).value = "ledger/2"
    book.save(ledger)
    with pytest.raises(InputError, match="ledger/2"):
        read(ledger)


def test_a_cell_far_out_is_named_before_it_fills_the_memory(ledger: Path) -> None:
    changed(ledger, lambda sheet, head, at: fill(sheet, 1_048_000, at, 100, closed="x"))
    with pytest.raises(InputError, match="12000000"):
        read(ledger)


def test_the_heads_that_are_written_are_known() -> None:
    for lang in ("zh", "en"):
        for column in COLUMNS:
            assert say(f"ledger.column.{column}", lang).lower() in {head.lower() for head in HEADS[column]}


def test_rows_pasted_from_another_ledger_count_and_are_told(tmp_path: Path, ledger: Path) -> None:
    other = written(tmp_path / "b.xlsx", [site(3, county="金凤区")])
    pasted = [[cell.value for cell in row] for row in load_workbook(other)["整改清单"].iter_rows()]

    def paste(sheet: Worksheet, head: int, at: Columns) -> None:
        for cells in pasted:
            sheet.append(cells)

    found = read(changed(ledger, paste))
    assert len(found.rows) == 9
    assert len(found.entries) == 6
    [told] = [problem for problem in found.remarks if problem.code == "ledger.foreign"]
    assert told.params["count"] == "3"
    assert told.place is not None
    assert told.place.cell is not None
    assert "foreign" not in codes(read(ledger, other))


@pytest.mark.parametrize("suffix", [".csv", ".xls", ".ods"])
def test_another_kind_of_file_is_told_as_what_it_is(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"台账{suffix}"
    path.write_text("序号,场所\n1,某站\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    [problem] = caught.value.problems
    assert (problem.code, problem.params) == ("ledger.not_xlsx", {"suffix": suffix})
