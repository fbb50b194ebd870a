"""The rectification notice and the printed list: what they say, as Word and as PDF."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest

from plsp_audit.analysis.rectify import grouped
from plsp_audit.reporting.notice_docx import render_notice_docx
from plsp_audit.reporting.notice_pdf import render_notice_pdf
from plsp_audit.reporting.notice_view import NoticeHead, NoticeView, notice_view
from plsp_audit.reporting.pango import pango_missing
from plsp_audit.reporting.rectify_docx import render_list_docx
from plsp_audit.reporting.rectify_pdf import render_list_pdf
from tests.analysis.factory_rectify import SOURCES, finding, not_rated, open_item, site

HEAD = NoticeHead("兴庆区司法局", "兴司整[2018]{n:03}号", "2018-10-30", "2019-01-31", "赵某", "0951-0000000")
needs_pango = pytest.mark.skipif(pango_missing() is not None, reason="this machine cannot draw PDF")


def view(head: NoticeHead = HEAD, lang: Any = "zh", **more: Any) -> NoticeView:
    return notice_view(site(1, **more), head.issued(7), SOURCES, lang)


def body(given: NoticeView) -> str:
    return "\n".join(passage.lead + passage.text for passage in given.letter.body)


def words(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode("utf-8"))


def pdf_words(raw: bytes) -> str:
    from pypdf import PdfReader

    return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(raw)).pages)


def test_it_says_who_when_by_what_and_what_came_out() -> None:
    said = view()
    assert said.letter.to == "兴庆区第1街道公共法律服务工作站："
    assert said.letter.number == "兴司整〔2018〕7号"
    assert (said.letter.signature, said.letter.date) == ("兴庆区司法局", "2018年10月30日")
    opening = said.letter.body[0].text
    for piece in (
        "2018年10月23日",
        "第一组（某甲、某乙）",
        "《宁夏验收参考标准》",
        "验收（实地查看）",
        "总分78.5分",
        "等次为“中”",
        "问题3条",
        "分值3.67分",
    ):
        assert piece in opening, piece


def test_every_finding_and_every_deadline_stands_in_it() -> None:
    said = view()
    text = body(said)
    assert "没有达到要求的是：第1项“办公设备齐全”（2分）、" in text
    assert "2018年11月7日前完成第1项；2018年11月22日前完成第2项；2018年12月7日前完成第3项。" in text
    [attachment] = said.letter.attachments
    [grid] = attachment.grids
    assert [row[0] for row in grid.rows] == ["1", "2", "3"]
    assert grid.rows[0][1] == "NX-S-01 办公设备齐全\n依据：〔1〕三(三)1"
    heads = [column.head for column in grid.columns]
    assert heads == ["序号", "条目和依据", "存在问题", "整改措施", "可得分", "完成时限"]
    assert grid.rows[0][2:] == ("实查：实有1件\n要求：应有3件", "补齐缺少的", "2", "2018-11-07")
    assert attachment.notes == ("各项责任人：张某某。", "依据：〔1〕《验收专刊》")


def test_vetoes_come_first_and_are_marked() -> None:
    said = view(findings=(finding(priority="veto"), finding(rule=2)))
    text = body(said)
    assert "其中限制等次的否决项1条" in text
    assert "2条问题中，否决项1条、必备项1条。" in text
    assert "限制等次的是：第1项“办公设备齐全”（2分）。其余没有达到要求的是：第2项" in text
    assert "否决项应当优先整改" in text
    assert said.letter.attachments[0].grids[0].rows[0][1].endswith("否决项")


def test_the_letter_stays_short_however_many_findings_there_are() -> None:
    said = view(rules=30)
    text = body(said)
    assert "失分较多的是：第1项" in text
    assert text.count("（") < 8
    assert "2018年11月7日前完成第1项；2020年1月16日前完成第30项；其余各项的时限见附件。" in text
    assert [row[0] for row in said.letter.attachments[0].grids[0].rows] == [str(no) for no in range(1, 31)]


def test_items_of_one_deadline_are_told_as_spans() -> None:
    day = date(2018, 12, 1)
    findings = tuple(finding(rule=rule, due=None if rule == 3 else day) for rule in range(1, 9))
    assert "2018年12月1日前完成第1、2、4—8项；第3项的时限另行确定。" in body(view(findings=findings))


def test_owners_that_differ_have_a_column() -> None:
    said = view(findings=(finding(), finding(rule=2, owner="李某")))
    [attachment] = said.letter.attachments
    [grid] = attachment.grids
    assert [row[5] for row in grid.rows] == ["张某某", "李某"]
    assert attachment.notes == ("依据：〔1〕《验收专刊》",)


def test_what_is_wanting_helps_where_the_requirement_is_long() -> None:
    asked = "应有：" + "、".join(f"第{no}样" for no in range(1, 12))
    said = view(findings=(finding(asked=asked), finding(rule=2, asked=asked, wanting="缺少" * 40)))
    problems = [row[2] for row in said.letter.attachments[0].grids[0].rows]
    assert problems[0] == f"缺少：第1样\n实查：实有1件\n要求：{asked}"
    assert problems[1] == f"实查：实有2件\n要求：{asked}"


@needs_pango
def test_thirty_findings_make_a_letter_and_a_list_of_a_few_pages() -> None:
    from pypdf import PdfReader

    raw = render_notice_pdf(view(rules=30))
    pages = [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(raw)).pages]
    assert "2018年10月30日" in pages[1]
    assert pages[2].startswith("附件整改清单")
    assert len(pages) <= 6


@needs_pango
def test_a_row_taller_than_half_a_page_is_torn_not_pushed_to_the_next() -> None:
    from pypdf import PdfReader

    raw = render_notice_pdf(view(findings=(finding(seen="实有多件，" * 200), finding(rule=2))))
    pages = [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(raw)).pages]
    listed = next(page for page in pages if page.startswith("附件整改清单"))
    assert "实有多件" in listed


def test_how_to_report_back_and_whom_to_ask() -> None:
    said = view()
    assert "报兴庆区司法局" in body(said)
    assert "请于2019年1月31日前书面报告整改情况" in body(said)
    assert said.letter.note == "（联系人：赵某，联系电话：0951-0000000）"


def test_what_was_not_checked_is_named_and_no_finding() -> None:
    said = view(unchecked=(open_item(),))
    assert "下列1条检查时没有查到，不作为问题" in body(said)
    assert "无障碍设施齐全" in body(said)
    assert len(said.letter.attachments[0].grids[0].rows) == 3
    assert "待查" not in body(view())


def test_what_the_office_did_not_say_is_left_to_write_in() -> None:
    said = view(NoticeHead())
    assert said.letter.mark == ""
    assert "〔" in said.letter.number
    assert "年　　月" in said.letter.date
    assert "我单位将对整改情况进行复核" in body(said)
    text = words(render_notice_docx(said))
    assert "整改通知书" in text
    assert "（发文机关署名、盖章）" in text


@pytest.mark.parametrize(
    ("number", "third", "counts"),
    [
        ("兴司整〔2018〕{n}号", "兴司整〔2018〕3号", True),
        ("整改-{n:03}", "整改-003", True),
        ("兴司整（2018）12号", "兴司整〔2018〕12号", False),
        ("第{}份", "第3份", True),
        ("", "", False),
    ],
)
def test_numbers_count_the_notices(number: str, third: str, counts: bool) -> None:
    head = NoticeHead(number=number)
    assert (head.issued(3).number, head.counts) == (third, counts)


def test_the_word_document_says_all_of_it() -> None:
    raw = render_notice_docx(view())
    text = words(raw)
    for piece in (
        "兴庆区司法局",
        "兴司整〔2018〕7号",
        "整改通知书",
        "要求：应有3件",
        "附件：整改清单",
        "送达回证",
        "受送达单位签收",
        "2018-12-07",
        "特此通知。",
        "交回兴庆区司法局",
    ):
        assert piece in text, piece
    assert raw == render_notice_docx(view())


@needs_pango
def test_the_pdf_says_all_of_it() -> None:
    raw = render_notice_pdf(view())
    text = pdf_words(raw)
    for piece in (
        "兴庆区司法局",
        "兴司整〔2018〕7号",
        "整改通知书",
        "要求：应有3件",
        "附件：整改清单",
        "送达回证",
        "2018-12-07",
        "特此通知。",
    ):
        assert piece in text, piece
    assert raw == render_notice_pdf(view())


def test_nothing_chinese_is_left_in_english() -> None:
    plain = finding(
        wanting="missing", seen="seen", asked="asked", remedy="mend", title="Signs", owner="Wang", site_name="Station 1"
    )
    info = site(1).site.model_copy(update={"name": "Station 1"})
    inspection = site(1).inspection.model_copy(update={"team": "team 1", "inspectors": ["A"], "methods": ["on site"]})
    head = NoticeHead("Bureau", "No. 2018-{n}", "2018-10-30", "2019-01-31", "Zhao", "1")
    one = site(1, site=info, inspection=inspection, findings=(plain,), standard_title="Standard", unchecked=())
    said = notice_view(one, head.issued(1), {}, "en")
    texts = [
        body(said),
        said.letter.to,
        said.letter.note,
        said.receipt_note,
        *(f.label + f.value for f in said.receipt),
    ]
    found = re.findall("[\u3400-\u9fff]+", "\n".join(texts))
    assert set(found) <= {"三", "中"}, found
    assert words(render_notice_docx(said))


def test_the_printed_list_holds_every_row() -> None:
    [group] = grouped([site(1), site(2), not_rated()], "county")
    raw = render_list_docx(group, SOURCES)
    text = words(raw)
    assert text.count("NX-S-0") == 6
    assert "兴庆区公共法律服务实体平台整改清单" in text
    assert "暂不参评" in text
    assert "拆迁新建" in text
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert 'w:orient="landscape"' in archive.read("word/document.xml").decode()
    assert raw == render_list_docx(group, SOURCES)


def test_the_printed_list_has_what_was_not_checked_where_its_summary_says() -> None:
    [group] = grouped([site(1, unchecked=(open_item(),)), site(2)], "county")
    text = words(render_list_docx(group, SOURCES))
    assert "列在“待查”表" in text
    assert "待查条目" in text
    assert "NX-S-40 无障碍设施齐全" in text
    assert "待查条目" not in words(render_list_docx(grouped([site(1)], "county")[0], SOURCES))


@needs_pango
def test_the_printed_list_as_pdf() -> None:
    from pypdf import PdfReader

    [group] = grouped([site(1), site(2), not_rated()], "county")
    raw = render_list_pdf(group, SOURCES)
    text = pdf_words(raw)
    assert text.count("NX-S-0") == 6
    assert "销号" in text
    page = PdfReader(io.BytesIO(raw)).pages[0].mediabox
    assert page.width > page.height
