from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.result import Result
from plsp_audit.reporting.xlsx import render_xlsx
from tests.reporting import factory_reports
from tests.reporting.factory_xlsx import LONG_REASON, no_score, not_rated, rated, standard

HEADS = ["序号", "考核内容", "分值", "评分标准", "考核办法", "自评分", "考核分", "扣分原因", "依据"]


def read(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Any:
    return read(render_xlsx(rated(), standard(), criteria={"NX-S-03": "每缺一项扣0.5分，扣完为止"}))


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def texts(sheet: Any) -> str:
    return "\n".join(str(value) for row in rows(sheet) for value in row if value is not None)


def row_of(sheet: Any, text: str, column: int = 1) -> list[Any]:
    return next(row for row in rows(sheet) if str(row[column]).startswith(text))


def test_sheets(book: Any) -> None:
    assert book.sheetnames == ["评分表", "汇总", "整改清单"]
    assert read(render_xlsx(rated(), lang="en")).sheetnames == ["Score sheet", "Summary", "Rectification"]


def test_the_score_sheet_has_its_nine_columns_and_keeps_them_in_sight(book: Any) -> None:
    sheet = book["评分表"]
    head = next(number for number, row in enumerate(rows(sheet), start=1) if row[0] == "序号")
    assert rows(sheet)[head - 1] == HEADS
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}"


def test_the_header_names_site_tier_date_team_and_standard(book: Any) -> None:
    text = texts(book["评分表"])
    for part in (
        "被检查单位：兴庆区凤凰北街街道公共法律服务工作站",
        "层级：乡镇(街道)公共法律服务工作站",
        "检查日期：2018年10月23日",
        "检查组：第一组（王建国、李秀英、欧阳晓东）",
        "标准：宁夏公共法律服务体系建设年验收标准",
        "检查人员（签字）：",
    ):
        assert part in text


def test_points_are_numbers(book: Any) -> None:
    sheet = book["评分表"]
    row = row_of(sheet, "办公和便民设备齐全")
    assert row[:3] == [3, "办公和便民设备齐全", 5]
    assert row[3] == "每缺一项扣0.5分，扣完为止"
    assert row[5:7] == [5, 3.5]
    assert row[7] == "缺少饮水机、老花镜、急救箱\n考核分比自评分低1.5分"
    assert row[8] == "[1]二(3)\nNX-S-03"
    assert row_of(sheet, "开展法治宣传")[6] == 0.67


def test_the_criteria_come_from_the_standard() -> None:
    facts = {"premises.area": {"label": "使用面积", "type": "number", "unit": "㎡"}}
    known = FactDictionary.model_validate({"facts": facts, "names": {"premises.area": "premises.area"}})
    sheet = read(render_xlsx(rated(), standard(facts=known)))["评分表"]
    shown = row_of(sheet, "服务场所使用面积")[3]
    assert "使用面积不少于40㎡" in shown
    assert "全得全扣" in shown


def test_an_open_item_shows_no_nought(book: Any) -> None:
    row = row_of(book["评分表"], "群众满意度")
    assert row[6] == "未查"
    assert row[7] == "【未查】可能得0—10分\n备注：当日座谈未能安排，改日补查"


def test_states_without_points_are_named(book: Any) -> None:
    sheet = book["评分表"]
    assert row_of(sheet, "设置无障碍通道")[6] == "不适用"
    waived = row_of(sheet, "外观标识")
    assert waived[6] == "已豁免"
    assert "旧城改造期间借用社区场所" in waived[7]
    assert "2019年6月30日" in waived[7]
    assert row_of(sheet, "服务人数")[6] == "参考"


def test_an_expired_waiver_stands_beside_the_reason() -> None:
    sheet = read(render_xlsx(factory_reports.rated(), factory_reports.standard()))["评分表"]
    said = row_of(sheet, "有公共法律服务触摸查询一体机")[7]
    assert "豁免已于2018年9月30日到期，未予采用" in said
    assert said.splitlines()[0] != "豁免已于2018年9月30日到期，未予采用"


def test_parts_stand_below_their_rule(book: Any) -> None:
    sheet = book["评分表"]
    numbers = [row[1] for row in rows(sheet)]
    at = numbers.index("业务台账齐全规范")
    assert numbers[at + 1 : at + 4] == ["（1）咨询登记", "（2）法律援助申请受理登记", "（3）人民调解登记"]
    assert [row[6] for row in rows(sheet)[at + 1 : at + 4]] == [4, 2, "未查"]


def test_groups_have_subtotals(book: Any) -> None:
    sheet = book["评分表"]
    firsts = [row[0] for row in rows(sheet) if isinstance(row[0], str)]
    groups = [text for text in firsts if re.match("[一二三四五]、", text)]
    assert groups == ["一、场所建设", "二、业务开展", "三、加分项", "四、扣分项", "五、参考项（不计分）"]
    sums = [row for row in rows(sheet) if row[0] == "小计"]
    assert [row[6] for row in sums] == [7.5, 14.67, 2, -1]
    assert sums[0][3] == "得分率50%；应得15分，其余条目不计入"
    assert row_of(sheet, "总分", 0)[6] == 46.24
    assert row_of(sheet, "等次", 0)[2] == "不合格"


def test_tags_name_recommended_and_veto_items(book: Any) -> None:
    assert row_of(book["评分表"], "服务场所使用面积")[1].endswith("〔否决项〕")
    assert row_of(book["评分表"], "开展法治宣传")[1].endswith("〔建议项〕")


def test_text_never_becomes_a_formula(book: Any) -> None:
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in ("f", "e")]
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    assert risky
    assert all(cell.quotePrefix for cell in risky)


def test_pages_are_a4_across_and_as_wide_as_the_paper(book: Any) -> None:
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_options.horizontalCentered
        assert sheet.oddHeader.right.text == "兴庆区凤凰北街街道公共法律服务工作站"
        assert sheet.oddFooter.center.text == "第&P页　共&N页"


def test_names_with_codes_cannot_spoil_the_page_header() -> None:
    name = "甲&A站" + "长" * 300
    result = rated(site=rated().site.model_dump() | {"name": name})
    header = read(render_xlsx(result)).worksheets[0].oddHeader.right.text
    assert header.startswith("甲&&A站")
    assert len(header) < 100


def test_the_summary_says_score_grade_bounds_and_what_capped_it(book: Any) -> None:
    sheet = book["汇总"]
    shown = {row[at]: row[at + 1] for row in reversed(rows(sheet)) for at in (0, 4, 8) if row[at] is not None}
    assert (shown["总分"], shown["等次"], shown["计入等次的分"]) == (46.24, "不合格", 46)
    assert (shown["保底分"], shown["可达分"]) == (46.24, 70.73)
    assert (shown["最低可能等次"], shown["最高可能等次"]) == ("不合格", "合格")
    assert shown["等次受限于"] == "NX-S-01 服务场所使用面积不少于40㎡"
    assert shown["核查率"] == "77.78%（已查7项，应查9项）"
    assert shown["是否查全"] == "未查全"
    assert "取整：保留0位小数，四舍五入" in texts(sheet)


def test_the_summary_charts_the_rates(book: Any) -> None:
    sheet = book["汇总"]
    assert len(sheet._charts) == 1
    assert row_of(sheet, "场所建设", 0)[2:7] == [15, 7.5, 7.5, 7.5, 0.5]
    assert row_of(sheet, "业务开展", 0)[6] == 0.4314


@pytest.mark.parametrize(
    ("grade", "color"),
    [("excellent", "A9D18E"), ("good", "D3E8C4"), ("fair", "F8CBAD"), ("poor", "F4A79A")],
)
def test_the_grade_is_coloured_by_rank(grade: str, color: str) -> None:
    sheet = read(render_xlsx(rated(grade={"id": grade, "title": grade}), standard()))["汇总"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == grade)
    assert cell.fill.fgColor.rgb == f"00{color}"


def test_the_rectification_list_leaves_columns_to_fill(book: Any) -> None:
    sheet = book["整改清单"]
    head = next(row for row in rows(sheet) if row[0] == "序号")
    filled = ["序号", "条目", "存在问题", "整改要求", "整改措施", "可得分", "优先级", "完成时限", "责任人"]
    assert head == [*filled, "整改情况", "完成日期", "复核意见"]
    first = row_of(sheet, "1", 0)
    assert first[1] == "NX-S-01\n服务场所使用面积不少于40㎡"
    assert first[5:] == [6, "否决项", datetime(2018, 12, 22), "马文华", None, None, None]
    assert row_of(sheet, "3", 0)[5:8] == [2.33, "建议项", "另行确定"]


def test_a_site_without_findings_has_an_empty_list() -> None:
    assert "本次检查没有需要整改的条目。" in texts(read(render_xlsx(rated(rectification=[])))["整改清单"])


@pytest.mark.parametrize(
    ("result", "status", "reason"),
    [(not_rated(), "暂不参评", "因街道办事处搬迁，经市局同意暂不参评"), (no_score(), "无法评分", "没有适用的计分条目")],
)
def test_a_site_without_a_score_says_why(result: Result, status: str, reason: str) -> None:
    book = read(render_xlsx(result, standard()))
    assert book.sheetnames == ["评分表", "汇总", "整改清单"]
    for sheet in book.worksheets:
        assert status in texts(sheet)
        assert reason in texts(sheet)
        assert not sheet._charts
    assert "46" not in texts(book["评分表"])


def test_long_text_goes_on_in_further_rows() -> None:
    rules = [rule.model_dump() for rule in rated().rules or []]
    rules[2] |= {"reason": LONG_REASON, "self_score": None}
    sheet = read(render_xlsx(rated(rules=rules), standard()))["评分表"]
    at = [row[1] for row in rows(sheet)].index("办公和便民设备齐全")
    below = [row[7] for row in rows(sheet)[at:] if row[7]]
    shown = "".join(below[:4])
    assert shown.startswith(LONG_REASON)
    assert all((dimension.height or 0) <= 409 for dimension in sheet.row_dimensions.values())


def test_rows_are_as_tall_as_their_text() -> None:
    sheet = read(render_xlsx(rated(), standard()))["评分表"]
    heights = {row[1].value: sheet.row_dimensions[row[1].row].height or 0 for row in sheet.iter_rows()}
    assert heights["办公和便民设备齐全"] > heights["设在临街一层或方便群众的位置"]


def test_the_same_result_gives_the_same_bytes() -> None:
    first, second = render_xlsx(rated(), standard()), render_xlsx(rated(), standard())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(2018, 10, 23, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:\w+[^>]*>([^<]*)<", core) == ["2018-10-23T00:00:00Z"] * 2


def test_a_day_that_no_archive_can_hold_is_replaced() -> None:
    given = rated().inspection.model_dump()
    for date in ("1900-01-01", "not a day"):
        content = render_xlsx(rated(inspection=given | {"date": date}))
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.infolist()[0].date_time[0] == 1980


def test_exact_numbers_are_rounded_half_up() -> None:
    rules = [rule.model_dump() for rule in rated().rules or []]
    rules[1] |= {"awarded": Fraction(1, 200), "self_score": None}
    assert row_of(read(render_xlsx(rated(rules=rules)))["评分表"], "设在临街")[6] == 0.01


def test_english_headings() -> None:
    book = read(render_xlsx(rated(), standard(), lang="en"))
    assert ["No.", "Item", "Points", "Criteria"] in [row[:4] for row in rows(book["Score sheet"])]
    assert "Grade capped by" in texts(book["Summary"])
