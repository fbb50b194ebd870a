"""The report as a Word document: its words, its tables, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from plsp_audit.reporting.docx import render_docx
from plsp_audit.reporting.photos import load_photos
from plsp_audit.reporting.rows import DimensionRow
from plsp_audit.reporting.view import SiteReportView, site_view
from tests.reporting import factory_reports as factory

TEXT_WIDTH = 9639
"""Twips between the margins of the page."""

FONTS = {"黑体", "宋体", "仿宋"}


def shown(lang: Any = "zh", **changes) -> SiteReportView:
    return site_view(factory.rated(**changes), factory.standard(), lang)


def draw(view: SiteReportView) -> bytes:
    return render_docx(view, load_photos(factory.ROOT / "examples", [row.key for row in view.evidence if row.photo]))


@cache
def rated() -> bytes:
    return draw(shown())


def read(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def text(content: bytes) -> str:
    body = read(content).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def headings(content: bytes) -> list[str]:
    return [p.text for p in read(content).paragraphs if p.style.name == "Heading 1"]


def grids(content: bytes) -> list[Any]:
    return [t for t in read(content).element.body.iter(qn("w:tbl")) if t.find(f".//{qn('w:tblHeader')}") is not None]


def cells(row: Any) -> list[str]:
    return ["\n".join("".join(t.text for t in p.iter(qn("w:t"))) for p in tc.iter(qn("w:p"))) for tc in row.tc_lst]


def row_of(content: bytes, number: str) -> list[str]:
    rows = [cells(row) for grid in grids(content) for row in grid.tr_lst]
    return next(row for row in rows if row[0] == number and len(row) == 6)


def test_the_sections_stand_in_the_order_of_the_pdf():
    assert [heading.partition("、")[2] for heading in headings(rated())] == [
        "场所和检查情况", "评定结果", "各类别得分", "未查清的条目", "逐项检查结果", "加分、扣分和参考项",
        "自评分与考核分", "豁免", "检查人员备注", "原文未定、由标准设定的内容", "整改清单", "佐证材料", "签字盖章",
    ]  # fmt: skip
    assert headings(rated())[-1].startswith("十三、")


def test_score_grade_coverage_and_what_caps_the_grade_are_said():
    said = text(rated())
    for words in ("82.76", "差", "93.1%", "82.76 ~ 88.56", "组织检查的司法局（盖章）", "a1" * 32, "b2" * 32):
        assert words in said
    assert "按得分可评为“中”，因下列情形限为“差”：GS-C-15" in said


def test_every_rule_is_there_with_what_the_view_says_of_it():
    said = text(rated())
    for row in shown().rules:
        found = row_of(rated(), row.id)
        assert row.title in found[1]
        assert row.clause_ref in found[1]
        assert (found[3], found[4].split("\n")[0]) == (row.points, row.awarded)
        assert found[5].startswith(f"{row.mark} {row.state_label}")
        assert all(part.title in said and part.observed in said for part in row.parts)


def test_states_that_lose_points_are_shaded_and_bonus_items_are_not():
    fills: dict[str, str | None] = {}
    for grid in grids(rated()):
        for row in grid.tr_lst:
            shade = row.tc_lst[-1].find(f".//{qn('w:shd')}")
            if cells(grid.tr_lst[0])[1] != "条目和要求":
                continue
            fills[cells(row)[0]] = None if shade is None else shade.get(qn("w:fill"))
    assert fills["GS-C-15"] == "F3DEDA"
    assert fills["GS-C-20"] == "E6EAEE"
    assert fills["GS-C-01"] is None
    assert fills["GS-C-33"] is None


def test_heads_are_repeated_rows_kept_whole_and_parts_kept_with_their_rule():
    assert len(grids(rated())) >= 9
    for grid in grids(rated()):
        head, *rest = grid.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rest)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in grid.tr_lst)
    rules = next(grid for grid in grids(rated()) if cells(grid.tr_lst[0])[1] == "条目和要求")
    whole = next(row for row in rules.tr_lst if cells(row)[0] == "GS-C-29")
    assert all(p.pPr.find(qn("w:keepNext")) is not None for p in whole.iter(qn("w:p")))


def test_a_row_that_would_fill_a_page_may_be_broken():
    rows = factory.rules()
    rows[2]["observed"] = "甲" * 1900
    content = draw(shown(rules=rows))
    long = [row for grid in grids(content) for row in grid.tr_lst if "甲" * 1900 in "".join(cells(row)[2:3])]
    assert [row.trPr.find(qn("w:cantSplit")) for row in long] == [None]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_are_as_wide_as_the_page_and_their_rows_as_wide_as_their_columns(lang):
    for table in read(draw(shown(lang))).element.body.iter(qn("w:tbl")):
        columns = [int(c.get(qn("w:w"))) for c in table.tblGrid.iter(qn("w:gridCol"))]
        assert len(columns) <= 63
        assert abs(sum(columns) - TEXT_WIDTH) <= len(columns)
        for row in table.tr_lst:
            assert sum(tc.grid_span for tc in row.tc_lst) == len(columns)
            assert abs(sum(tc.width.twips for tc in row.tc_lst) - TEXT_WIDTH) <= len(columns)


def test_bars_are_cut_where_rates_end_and_no_finer_than_a_table_allows():
    def bar(no: int) -> DimensionRow:
        share = no / 37
        return DimensionRow(f"d{no}", f"类别{no}", "", "60%", "10", "5", "", "50%", share, share, 0.6, False)

    for count in (1, 12, 36):
        content = draw(replace(shown(), dimensions=tuple(bar(no) for no in range(count))))
        chart = next(t for t in read(content).element.body.iter(qn("w:tbl")) if t.find(f".//{qn('w:shd')}") is not None
                     and t.find(f".//{qn('w:trHeight')}[@{qn('w:hRule')}='exact']") is not None)  # fmt: skip
        assert len(chart.tr_lst) == count + 1
        assert len(list(chart.tblGrid)) <= 63


def test_every_style_names_a_chinese_font_for_chinese_characters():
    document = read(rated())
    styles = [s for s in document.styles.element.iter(qn("w:style")) if s.get(qn("w:type")) == "paragraph"]
    assert len(styles) > 15
    for style in styles:
        fonts = style.find(f".//{qn('w:rFonts')}")
        assert fonts.get(qn("w:eastAsia")) in FONTS
        assert not [name for name in fonts.attrib if name.endswith("Theme")]
    assert {p.style.font.name for p in document.paragraphs if p.style.name.startswith("Heading")} == {"黑体"}


def test_a_heading_stays_with_what_it_heads():
    styles = {style.name: style for style in read(rated()).styles}
    assert styles["Heading 1"].paragraph_format.keep_with_next
    assert styles["Heading 2"].paragraph_format.keep_with_next


def test_the_page_is_a4_with_its_number_and_their_count_at_its_foot():
    section = read(rated()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer._element
    assert [f.get(qn("w:instr")).strip() for f in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "永靖县公共法律服务中心" in section.footer.paragraphs[0].text


def test_photos_have_captions_hashes_and_words_for_those_who_cannot_see_them():
    document = read(rated())
    assert len(document.inline_shapes) == 4
    drawn = list(document.element.body.iter(qn("wp:docPr")))
    assert [(d.get("id"), d.get("name")) for d in drawn] == [(str(n), f"图{n}") for n in range(1, 5)]
    assert drawn[0].get("descr") == "服务大厅全景"
    assert all(shape.width.mm <= 85 and shape.height.mm <= 85 for shape in document.inline_shapes)
    said = text(rated())
    assert "图1 服务大厅全景（GS-C-02）" in said
    assert factory._hash("hall.jpg") in said


def test_without_photos_the_files_are_listed():
    content = render_docx(shown())
    assert len(read(content).inline_shapes) == 0
    assert "photos/hall.jpg" in text(content)


def test_a_photo_that_cannot_be_shown_is_listed_with_the_reason(tmp_path):
    view = shown()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "hall.jpg").write_bytes(b"no picture")
    content = render_docx(view, load_photos(tmp_path, [row.key for row in view.evidence if row.photo]))
    assert "照片无法读取，未能印出" in text(content)
    assert "照片文件未找到" in text(content)


def test_the_same_report_gives_the_same_bytes_dated_by_the_inspection():
    assert draw(shown()) == rated()
    with zipfile.ZipFile(io.BytesIO(rated())) as package:
        assert {info.date_time for info in package.infolist()} == {(2018, 10, 23, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name or "custom" in name]
    properties = read(rated()).core_properties
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == "2018-10-23"
    assert properties.title == "永靖县公共法律服务中心 公共法律服务实体平台验收报告"


def test_a_day_that_no_archive_can_hold_is_replaced():
    content = render_docx(replace(shown(), date_iso="not a day"))
    assert read(content).core_properties.created.year == 1980


def test_hostile_text_stays_text():
    bad = "<w:p>&amp;\x00\x08\x0b\x1f\ud800\ufffe\uffff]]>{{7*7}}\r\n\t=1+1 PAGE"
    view = shown()
    row = replace(view.groups[0].rows[0], title=bad, observed=bad, note=bad, clause_ref=bad, reason=bad)
    group = replace(view.groups[0], title=bad, rows=(row,))
    evidence = tuple(replace(item, caption=bad, path=bad) for item in view.evidence)
    content = draw(replace(view, site_name=bad * 30, title=bad, groups=(group,), evidence=evidence, date=bad))
    said = text(content)
    assert "<w:p>&amp;" in said
    assert "]]>{{7*7}}" in said
    assert not {"\x00", "\x08", "\x1f", "\ufffe"} & set(said)


def test_line_breaks_of_a_text_are_kept():
    rows = factory.rules()
    rows[4]["note"] = "第一行\n第二行"
    body = read(draw(shown(rules=rows))).element.body
    runs = [r for r in body.iter(qn("w:r")) if [t.text for t in r.iter(qn("w:t"))][-2:-1] == ["备注：第一行"]]
    assert len(runs) == 1
    assert len(list(runs[0].iter(qn("w:br")))) == 1


def test_a_site_that_is_not_rated_gets_the_short_form():
    content = draw(site_view(factory.not_rated(), factory.standard()))
    said = text(content)
    assert headings(content) == ["一、场所和检查情况", "二、评定结果", "三、签字盖章"]
    assert "暂不参评" in said
    assert "原因：重新装修改造，预计2019年3月启用" in said


def test_a_site_without_a_score_shows_its_items_and_no_number():
    content = draw(site_view(factory.no_score(), factory.standard()))
    assert headings(content) == ["一、场所和检查情况", "二、评定结果", "三、逐项检查结果", "四、签字盖章"]
    assert "无法评分" in text(content)
    assert "总分" not in text(content)


def test_english():
    content = draw(shown("en"))
    assert headings(content)[:2] == ["1. Site and inspection", "2. Outcome"]
    assert [cells(grid.tr_lst[0])[0] for grid in grids(content)].count("Id") >= 4
    assert read(content).core_properties.language == "en"
