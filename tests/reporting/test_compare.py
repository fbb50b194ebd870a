"""Two standards side by side on paper: a workbook and an HTML file."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.reporting.compare_html import render_compare_html
from plsp_audit.reporting.compare_xlsx import FILLS, render_compare_xlsx
from plsp_audit.standards.crosswalk import Crosswalk, common_tiers, crosswalk
from tests.standards.factory_packs import Packs, rule

EVIL = '=HYPERLINK("http://x")<script>alert(1)</script>'


def rules(area: int, rooms: list[str]) -> list[dict[str, Any]]:
    return [
        rule("R-1", check={"fact": "area", "at_least": area}, points=30),
        rule("R-2", check={"fact": "rooms", "includes": rooms}, points=10, level="recommended"),
        rule("R-3", check={"each": {"of": "windows", "meets": "sign"}}, points=10),
        rule("R-4", title=EVIL, check={"judged": {"guide": "看"}}, award="judged", points=10),
    ]


@pytest.fixture
def walk(tmp_path: Path) -> Crosswalk:
    packs = Packs(tmp_path)
    one = [*rules(100, ["talk"]), rule("R-5", check="access", when={"fact": "host", "is": "office"})]
    other = [*rules(80, ["talk", "archive"])[:3], rule("R-6", check={"fact": "faults", "at_most": 3})]
    packs.sound("one", {"station": one, "room": one}, title=EVIL, issued="2018-03-20")
    packs.sound("other", {"station": other, "room": other}, issued="2018-12-21")
    a, b = packs.resolve("one").standard, packs.resolve("other").standard
    return crosswalk(a, b, common_tiers(a, b))


@pytest.fixture
def book(walk: Crosswalk) -> Any:
    return load_workbook(io.BytesIO(render_compare_xlsx(walk)))


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def line(sheet: Any, fact: str) -> tuple[int, list[Any]]:
    return next((n, row) for n, row in enumerate(rows(sheet), start=1) if row[1] == fact)


def test_a_sheet_a_tier_behind_an_overview(book: Any) -> None:
    assert book.sheetnames == ["概况", "对照 工作站", "对照 工作室"]


def test_the_overview_has_both_standards_side_by_side(book: Any) -> None:
    found = {row[0]: row[1:] for row in rows(book["概况"])}
    assert found["项目"] == ["甲：one", "乙：other"]
    assert found["计分方式"] == ["按应得分折算", "按应得分折算"]
    assert found["发布日期"] == ["2018-03-20", "2018-12-21"]
    assert found["工作站"][0] == "甲较严 1，乙较严 1，相同 1，不同 0，仅甲有 1，仅乙有 1"


def test_a_row_says_what_each_asks_for_how_much_and_which_is_stricter(book: Any) -> None:
    _, found = line(book["对照 工作站"], "场所面积")
    assert found == [
        1,
        "场所面积",
        "场所面积不少于100㎡",
        "必备项",
        30,
        42.9,
        "R-1\n一",
        "场所面积不少于80㎡",
        "必备项",
        30,
        50,
        "R-1\n一",
        "甲较严",
        "甲的下限较高",
    ]


def test_what_only_one_side_has(book: Any) -> None:
    _, access = line(book["对照 工作站"], "无障碍通道")
    assert access[2] == "无障碍通道：是\n（适用条件：依托为司法所）"
    assert access[7:] == ["—", None, None, None, None, "仅甲有", None]
    _, faults = line(book["对照 工作站"], "错漏处数")
    assert faults[2] == "—"
    assert faults[12] == "仅乙有"


def test_the_stricter_side_is_coloured(book: Any) -> None:
    sheet = book["对照 工作站"]

    def fill(fact: str, column: int) -> str:
        return str(sheet.cell(line(sheet, fact)[0], column).fill.fgColor.rgb)[2:]

    assert [fill("场所面积", column) for column in (3, 8, 13)] == [FILLS["a"], "000000", FILLS["a"]]
    assert [fill("功能室", column) for column in (3, 8, 13)] == ["000000", FILLS["b"], FILLS["b"]]
    assert fill("窗口·标牌", 13) == FILLS["same"]


def test_rules_without_a_fact_stand_below(book: Any) -> None:
    found = rows(book["对照 工作站"])
    at = next(n for n, row in enumerate(found) if str(row[0]).startswith("由检查组评定"))
    assert found[at + 1][2:7] == [EVIL, "必备项", 10, 14.3, "R-4\n一"]


def test_the_page_is_set_up_for_paper(book: Any) -> None:
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.freeze_panes
        assert sheet.print_title_rows
    sheet = book["对照 工作站"]
    assert sheet.cell(5, 1).alignment.wrap_text
    head = next(n for n, row in enumerate(rows(sheet), start=1) if row[0] == "序号")
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}"


def test_no_text_becomes_a_formula(walk: Crosswalk) -> None:
    content = render_compare_xlsx(walk)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)
    sheet = load_workbook(io.BytesIO(content))["对照 工作站"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == EVIL]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_the_same_standards_give_the_same_bytes(walk: Crosswalk) -> None:
    assert render_compare_xlsx(walk) == render_compare_xlsx(walk)
    assert render_compare_html(walk) == render_compare_html(walk)


def test_sheets_of_tiers_with_the_same_name(walk: Crosswalk) -> None:
    twice = crosswalk(walk.a, walk.b, [("station", "room"), ("station", "room")])
    names = load_workbook(io.BytesIO(render_compare_xlsx(twice))).sheetnames
    assert names == ["概况", "对照 工作站—工作室", "对照 工作站—工作室 2"]


class _Page(HTMLParser):
    """Collects tags, addresses and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        self.text.append(data.strip())


def read(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    return page


def test_the_page_is_one_file_that_loads_nothing(walk: Crosswalk) -> None:
    text = render_compare_html(walk)
    page = read(text)
    assert page.addresses == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "url(" not in text
    assert "&lt;script&gt;" in text
    assert '<html lang="zh-CN">' in text


def test_the_page_says_what_the_workbook_says(walk: Crosswalk) -> None:
    said = "\n".join(read(render_compare_html(walk)).text)
    for part in (
        "场所面积不少于100㎡",
        "场所面积不少于80㎡",
        "R-1 必备项 30分（占42.9%） 一",
        "甲较严",
        "甲的下限较高",
        "乙多出：档案室",
        "（适用条件：依托为司法所）",
        "由检查组评定、不看具体事项的条目",
        "甲较严 1，乙较严 1，相同 1，不同 0，仅甲有 1，仅乙有 1",
    ):
        assert part in said, part


def test_the_page_colours_the_stricter_side(walk: Crosswalk) -> None:
    text = render_compare_html(walk)
    area = re.search(r'<th scope="row">场所面积</th>(.*?)</tr>', text, re.DOTALL)
    assert area is not None
    assert re.findall(r'<td class="(asked[^"]*)"', area[1]) == ["asked more", "asked"]
    assert '<td class="mid a_stricter">' in area[1]


def test_a_bureaus_own_template_comes_first(walk: Crosswalk, tmp_path: Path) -> None:
    (tmp_path / "own" / "compare").mkdir(parents=True)
    (tmp_path / "own" / "compare" / "compare.html.j2").write_text("{{ walk.a.title }}", encoding="utf-8")
    text = render_compare_html(walk, templates=[tmp_path / "own"])
    assert text.startswith("=HYPERLINK(&#34;http://x&#34;)&lt;script&gt;")


def test_tiers_without_facts(tmp_path: Path) -> None:
    packs = Packs(tmp_path)
    packs.sound("one", [rule(check={"judged": {"guide": "看"}}, award="judged")])
    standard = packs.resolve("one").standard
    found = crosswalk(standard, standard, [("station", "station")])
    assert "两个标准的这一层级没有查看任何事项。" in render_compare_html(found)
    sheet = load_workbook(io.BytesIO(render_compare_xlsx(found)))["对照 工作站"]
    assert any(row[0] == "两个标准的这一层级没有查看任何事项。" for row in rows(sheet))


def test_in_english(walk: Crosswalk) -> None:
    english = crosswalk(walk.a, walk.b, common_tiers(walk.a, walk.b), "en")
    book = load_workbook(io.BytesIO(render_compare_xlsx(english)))
    assert book.sheetnames[0] == "Overview"
    assert "A stricter" in render_compare_html(english)
