from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.analysis.rollup import RollUp
from plsp_audit.model.rollup import ErrorRow, Summary
from plsp_audit.reporting.summary_xlsx import write_summary
from plsp_audit.reporting.summary_xlsx_book import book as made_book
from plsp_audit.reporting.xlsx_style import Box
from tests.analysis.factory_rollup import STANDARDS, ningxia, result

SHEETS = ["总览", "排名", "维度得分率", "失分项排行", "整改清单", "未参评", "错误"]
ERRORS = [
    ErrorRow("银川/坏文件.yaml", 12, 3, fault="缩进有误", remedy="与上一行对齐"),
    ErrorRow("汇总.xlsx", sheet="一组", cell="C5", fault="分值应为数字", remedy="填写数字"),
]
HOSTILE = [
    '=HYPERLINK("http://x")', "+1", "-2", "@SUM(1)", "\t=1", "{=1}", "<r><t>x</t></r>", "<r>&</r>", "_x0041_",
    "http://example.test/", "internal:总览!A1", "a\x00b\x0bc\x1f", "\ud800", "</t></is></c>", "' OR 1", "x" * 40_000,
]  # fmt: skip


def summary_of(results: list[dict[str, Any]], **more: Any) -> Summary:
    roll = RollUp(STANDARDS, **more)
    for one in results:
        roll.add(one)
    return roll.finish()


def written(results: list[dict[str, Any]], errors: Any = (), summary: Summary | None = None, **more: Any) -> bytes:
    file = io.BytesIO()
    write_summary(file, summary or summary_of(results), lambda: iter(results), errors, **more)
    return file.getvalue()


def read(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def table(sheet: Any, first: str) -> list[dict[str, Any]]:
    """Give the rows below the heads, which begin with `first`, by their heads."""
    found = rows(sheet)
    head = next(n for n, row in enumerate(found) if row[0] == first)
    return [dict(zip(found[head], row, strict=True)) for row in found[head + 1 :]]


@pytest.fixture(scope="module")
def content() -> bytes:
    results = ningxia()
    return written(results, ERRORS, summary_of(results, sampled={"room": 87}))


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return read(content)


def overview(book: Any, city: str, county: str | None, tier: str) -> list[list[Any]]:
    return [row for row in rows(book["总览"]) if row[:3] == [city, county, tier]]


def test_sheets(book: Any) -> None:
    assert book.sheetnames == SHEETS
    english = read(written(ningxia(), lang="en"))
    assert english.sheetnames == ["Overview", "Ranking", "Rates by dimension", "Most failed rules", "Rectification",
                                  "Not rated", "Errors"]  # fmt: skip
    text = "".join(str(cell) for sheet in english for row in rows(sheet)[:2] for cell in row if cell)
    assert not re.search("[\u4e00-\u9fff]", text)


def test_the_overview_has_the_bulletins_counts(book: Any) -> None:
    yinchuan, rooms = overview(book, "银川市", None, "工作站"), overview(book, "银川市", None, "工作室")
    assert [row[4:14] for row in yinchuan] == [[66, 64, 2, 0, 63, 0.9844, 1, 0.0156, 0, 0]]
    assert [row[4:14] for row in rooms] == [[12, 12, 0, 0, 11, 0.9167, 1, 0.0833, 0, 0]]
    assert [row[4:10] for row in overview(book, "固原市", None, "工作站")] == [[65, 63, 2, 0, 32, 0.5079]]
    assert [row[4:9] for row in overview(book, "中卫市", None, "工作站")] == [[39, 39, 0, 0, 12]]
    assert overview(book, "吴忠市", None, "工作站") == []


def test_other_bands_stand_in_columns_of_their_own(book: Any) -> None:
    found = rows(book["总览"])
    bands = next(row for row in found if "好\n86分及以上" in row)
    assert [cell for cell in bands if cell] == [
        "好\n86分及以上", "中\n60分及以上", "差\n不满60分", "90分以上\n90分及以上", "85分以上\n85分及以上",
        "85分以下\n不满85分",
    ]  # fmt: skip
    (shizuishan,) = overview(book, "石嘴山市", None, "工作站")
    assert shizuishan[8:14] == [None] * 6
    assert shizuishan[14:20] == [30, 0.8333, 6, 0.1667, 0, 0]
    (yinchuan,) = overview(book, "银川市", None, "工作站")
    assert yinchuan[14:20] == [None] * 6
    assert [row[14:20:2] for row in overview(book, "石嘴山市", "平罗县", "工作站")] == [[11, 2, 0]]


def test_samples_say_how_many_of_how_many(book: Any) -> None:
    assert [row[3] for row in overview(book, "合计", None, "工作室")] == ["抽查12个(共87个)"]
    assert [row[3] for row in overview(book, "银川市", None, "工作室")] == ["抽查12个(总数不详)"]
    assert [row[3] for row in overview(book, "银川市", None, "各层级")] == ["工作室抽查12个(总数不详)"]
    assert [row[3] for row in overview(book, "银川市", None, "工作站")] == [None]


def test_sites_not_rated_are_told_with_their_reasons(book: Any) -> None:
    told = [row for row in rows(book["总览"]) if "重新装修改造" in row]
    assert [(row[0], row[1]) for row in told] == [("银川市", "灵武市")] * 2
    found = table(book["未参评"], "序号")
    assert [row["状态"] for row in found] == ["暂不参评"] * 4
    assert found[0]["原因"] == "城镇建设拆迁新建、政府办公场所尚未建成"


def test_a_site_without_a_score_says_why() -> None:
    (row,) = table(read(written([result("a", None)]))["未参评"], "序号")
    assert (row["状态"], row["原因"]) == ("无法评分", "没有可以计分的条目")


def test_the_ranking_has_ties(book: Any) -> None:
    found = table(book["排名"], "名次")
    assert len(found) == 214
    assert [row["名次"] for row in found[:5]] == [1, 1, 3, 3, 3]
    assert found[0]["总分"] == 98
    assert {row["等次"] for row in found if row["市"] == "石嘴山市"} == {"90分以上", "85分以上"}


def test_rates_by_dimension_are_coloured(book: Any) -> None:
    sheet = book["维度得分率"]
    row = next(row for row in rows(sheet) if row[:3] == ["银川市", None, "工作室"])
    assert row[3:] == [12, 0.89, 0.8091]
    (rule,) = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert rule.type == "colorScale"


def test_rules_that_fail_most(book: Any) -> None:
    first = table(book["失分项排行"], "名次")[0]
    assert first["条目"] == "服务场所使用面积不少于40㎡"
    assert (first["不达标"], first["失分场所"], first["适用场所"], first["占比"]) == (59, 59, 166, 0.3554)
    assert (first["失分合计"], first["平均失分"]) == (354, 6)


def test_rectification_follows_the_results(book: Any) -> None:
    found = table(book["整改清单"], "序号")
    assert [row["序号"] for row in found] == list(range(1, len(found) + 1))
    assert len(found) == sum(len(one.get("rectification", ())) for one in ningxia())
    assert found[0]["场所名称"] == "yc-0-000公共法律服务工作站"
    assert found[0]["失分"] == 2.5
    assert found[0]["完成时限"].isoformat() == "2018-12-22T00:00:00"


def test_an_inspection_that_was_replaced_is_not_listed() -> None:
    before = result("a", 50, states={"R-1": ("fail", 0)}, digest="x")
    after = result("a", 90, kind="recheck", date="2018-12-01", digest="y")
    sheet = read(written([before, after]))["整改清单"]
    assert rows(sheet)[-1][0] == "没有需要整改的条目。"


def test_errors(book: Any) -> None:
    found = table(book["错误"], "序号")
    assert [list(row.values())[1:] for row in found] == [
        ["银川/坏文件.yaml", 12, 3, None, None, "缩进有误", "与上一行对齐"],
        ["汇总.xlsx", None, None, "一组", "C5", "分值应为数字", "填写数字"],
    ]
    assert "另有2处错误" in rows(book["总览"])[1][0]


def test_charts_are_native_and_carry_their_data(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    grades = next(text for text in charts if "各县(区)等次分布" in text and "石嘴山" in text or "平罗县" in text)
    assert "barChart" in grades
    assert 'grouping val="stacked"' in grades
    assert re.findall(r"<c:v>(\d+)</c:v>", grades)[-3:] == ["0", "0", "0"]
    rules = next(text for text in charts if "失分场所最多的条目" in text)
    assert "服务场所使用面积不少于40㎡" in rules
    assert len(charts) == 5


def test_heads_stay_in_sight_and_pages_are_set_up(book: Any) -> None:
    for sheet in book:
        head = int(re.sub(r"\D", "", sheet.freeze_panes)) - 1
        assert sheet.print_title_rows.endswith(f"${head}")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth in (None, 1)  # left out, it is 1
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.center.text
    for name in ("排名", "失分项排行", "整改清单", "未参评", "错误"):
        assert book[name].auto_filter.ref


@pytest.mark.parametrize(("counties", "repeated"), [(3, False), (70, True)])
def test_heads_of_a_table_that_one_page_holds_stand_above_nothing_else(counties: int, repeated: bool) -> None:
    given = [result(f"s-{n}", place=("宁夏", "固原市", f"第{n}县")) for n in range(counties)]
    given += [result(f"n-{n}", place=("宁夏", "固原市", "第1县"), reason="重新装修") for n in range(38)]
    sheet = read(written(given))["总览"]
    assert bool(sheet.print_title_rows) is repeated
    head = next(n for n, row in enumerate(rows(sheet), start=1) if row[0] == "暂不参评的场所")
    # The empty row above it goes with it.
    assert (head - 2 in {int(mark.id) for mark in sheet.row_breaks.brk}) is not repeated


def test_empty_sheets_say_so() -> None:
    made = read(written([]))
    assert made.sheetnames == SHEETS
    assert [rows(sheet)[-1][0] for sheet in made][1:] == [
        "没有已评定的场所。", "没有已评定的场所。", "没有失分的条目。", "没有需要整改的条目。",
        "没有暂不参评或无法评分的场所。", "没有错误。",
    ]  # fmt: skip


def test_a_long_list_goes_on_in_further_sheets() -> None:
    results = ningxia()
    made = read(written(results, row_limit=50))
    parts = [name for name in made.sheetnames if name.startswith("整改清单")]
    assert parts == ["整改清单", "整改清单(2)", "整改清单(3)"]
    assert made.sheetnames[-2:] == ["未参评", "错误"]
    assert all(made[name].max_row <= 50 for name in parts)
    numbers = [row["序号"] for name in parts for row in table(made[name], "序号")]
    assert numbers == list(range(1, 1 + sum(len(one.get("rectification", ())) for one in results)))
    assert [len(table(made[name], "名次")) for name in made.sheetnames if name.startswith("排名")] == [47] * 4 + [26]
    assert made["整改清单(2)"].freeze_panes == made["整改清单"].freeze_panes


def test_a_list_that_just_fits_needs_no_further_sheet() -> None:
    results = [result(f"s{n}") for n in range(7)]
    assert [n for n in read(written(results, row_limit=10)).sheetnames if n.startswith("排名")] == ["排名"]
    assert [n for n in read(written(results, row_limit=9)).sheetnames if n.startswith("排名")] == ["排名", "排名(2)"]


def test_a_row_left_empty_keeps_its_height() -> None:
    target = io.BytesIO()
    with made_book(target, "试", "2018-10-23") as made:
        page = made.page("表", [10])
        page.line(Box("上"))
        page.skip(height=9)
        page.line(Box("下"))
    sheet = load_workbook(io.BytesIO(target.getvalue()))["表"]
    assert (sheet["A2"].value, sheet.row_dimensions[2].height) == (None, 9)
    assert sheet["A3"].value == "下"


def test_the_same_content_gives_the_same_bytes(content: bytes) -> None:
    results = ningxia()
    assert written(results, ERRORS, summary_of(results[::-1], sampled={"room": 87})) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"(\d{4}-\d\d-\d\dT[\d:]+Z)", core)) == {"2018-11-16T00:00:00Z"}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    bad = result("a", 50, name=text, place=(text, text, text), states={"R-1": ("fail", 0)})
    bad["rules"][0]["title"] = text
    bad["rectification"][0] |= {"problem": text, "requirement": text, "remedy": text, "owner": text, "due": text}
    also = result("b", name=text, reason=text)
    content = written([bad, also], [ErrorRow(text, 1, 1, text, text, text, text)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert all("<f>" not in sheet and "hyperlink" not in sheet for sheet in sheets)
    made = read(content)
    shown = " ".join(text[:30].replace("\x0b", "\n").split())
    shown = re.sub("[\x00-\x1f]", " ", shown).replace("\ud800", "□").strip()
    (row,) = table(made["排名"], "名次")
    assert row["场所名称"].strip().replace("_x005F_", "_").startswith(shown)  # openpyxl leaves the escape in place
    if text.startswith(("=", "+", "-", "@")):
        cell = next(c for c in made["排名"][4] if c.value == text)
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    results = ningxia()
    write_summary(path, summary_of(results), lambda: iter(results))
    whole = path.read_bytes()

    def breaks() -> Any:
        yield from results[:40]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_summary(path, summary_of(results), breaks)
    assert path.read_bytes() == whole
    assert [one.name for one in tmp_path.iterdir()] == ["summary.xlsx"]


def test_a_full_disk_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from zipfile import ZipFile

    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ZipFile, "write", full)
    with pytest.raises(OSError, match="No space left"):
        write_summary(tmp_path / "summary.xlsx", summary_of([]), lambda: iter(()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_memory_is_flat_in_the_number_of_rows(tmp_path: Path) -> None:
    """A list ten times as long takes hardly more memory to write."""
    import tracemalloc

    one = result("a", 50, states={"R-1": ("fail", 0)})
    summary = summary_of([one])

    def peak(count: int) -> int:
        tracemalloc.start()
        write_summary(tmp_path / f"{count}.xlsx", summary, lambda: (one for _ in range(count)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(1_000), peak(10_000)
    assert many < few + 1_000_000
