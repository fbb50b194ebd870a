"""The report on paper: words, pages, fonts, and the same bytes each time."""

from __future__ import annotations

import io
import os
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.reporting import pdf
from plsp_audit.reporting.pango import PangoMissing, pango_missing
from plsp_audit.reporting.photos import load_photos
from plsp_audit.reporting.view import SiteReportView, site_view
from tests.reporting import factory_reports as factory

needs_pango = pytest.mark.skipif(pango_missing() is not None, reason="this machine lacks Pango")


def shown(**changes) -> SiteReportView:
    return site_view(factory.rated(**changes), factory.standard(), "zh")


def draw(view: SiteReportView, **more) -> bytes:
    photos = load_photos(factory.ROOT / "examples", [row.key for row in view.evidence if row.photo])
    return pdf.render_pdf(view, photos, **more)


@cache
def rated() -> bytes:
    return draw(shown())


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def squeezed(content: bytes) -> str:
    return "".join("".join(pages(content)).split())


@needs_pango
def test_the_words_are_there_and_can_be_copied():
    text = squeezed(rated())
    for word in ("公共法律服务实体平台验收报告", "永靖县公共法律服务中心", "82.76", "93.1%", "GS-C-35", "整改清单"):
        assert word in text
    assert "组织检查的司法局（盖章）" in text
    assert 8 <= len(pages(rated())) <= 10


@needs_pango
def test_every_page_has_its_number_and_the_rule_table_repeats_its_head():
    found = pages(rated())
    for no, page in enumerate(found, 1):
        assert f"{no} / {len(found)}" in page
    rule_pages = [page for page in found if "GS-C-08" in page or "GS-C-19" in page]
    assert all("条目和要求" in page for page in rule_pages)


@needs_pango
def test_it_prints_rare_characters_with_its_own_fonts_alone():
    said: list[str] = []
    rows = factory.rules()
    rows[0]["note"] = "㙍垚堃䶮䴖𬭎①㎡℃〔〕—…“”✓✗●○◐"
    content = draw(shown(rules=rows), warn=said.append)
    assert "㙍垚堃䶮䴖𬭎①㎡℃〔〕" in squeezed(content)
    assert said == []
    names = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        resources: Any = page["/Resources"]
        names |= {str(font.get_object()["/BaseFont"]).split("+")[1] for font in resources["/Font"].values()}
    assert names == {"PLSP-Sans-SC", "PLSP-Serif-SC"}


@needs_pango
def test_a_character_without_a_glyph_is_named_with_its_place():
    said: list[str] = []
    rows = factory.rules()
    rows[5]["note"] = "门口有🐉标志"
    draw(shown(rules=rows), warn=said.append)
    assert len(said) == 1
    assert "🐉" in said[0]
    assert "U+1F409" in said[0]
    assert "GS-C-06" in said[0]


@needs_pango
def test_the_same_report_gives_the_same_bytes_dated_by_the_inspection():
    assert draw(shown()) == rated()
    meta = PdfReader(io.BytesIO(rated())).metadata
    assert meta is not None
    assert str(meta["/CreationDate"]).startswith("D:20181023")


@needs_pango
def test_long_text_is_broken_over_pages_and_not_cut_off():
    rows = factory.rules()
    rows[2]["observed"] = "甲" * 1000 + "\n" + "乙" * 998 + "丙"
    text = squeezed(draw(shown(rules=rows)))
    assert (text.count("甲"), text.count("乙"), text.count("丙")) == (1000, 998, 1)


@needs_pango
def test_short_reports_fit_their_pages():
    for result, word, count in ((factory.not_rated(), "暂不参评", 1), (factory.no_score(), "无法评分", 2)):
        found = pages(draw(site_view(result, factory.standard(), "zh")))
        assert len(found) <= count
        assert word in "".join(found)


@needs_pango
def test_fonts_of_the_machine_may_be_used_and_the_setting_is_put_back(monkeypatch):
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    assert "永靖县" in squeezed(draw(shown(), fonts="system"))
    assert "FONTCONFIG_FILE" not in os.environ


@needs_pango
def test_only_registered_pictures_can_be_loaded():
    from plsp_audit.reporting.fetcher import RegisteredOnly

    fetcher = RegisteredOnly({"plsp:photo-1": b"x"})
    assert fetcher.fetch("plsp:photo-1").read() == b"x"
    for address in ("file:///etc/passwd", "http://127.0.0.1/", "data:text/plain,x", "plsp:photo-2", "ftp://x/"):
        with pytest.raises(ValueError, match="refused"):
            fetcher.fetch(address)
        with pytest.raises(ValueError, match="refused"):
            fetcher.open(address)


@needs_pango
def test_a_template_cannot_reach_files_either(tmp_path):
    secret = tmp_path / "secret.jpg"
    secret.write_bytes((factory.PHOTOS / "hall.jpg").read_bytes())
    (tmp_path / "site").mkdir()
    template = tmp_path / "site" / "_signatures.html.j2"
    template.write_text(f'<img src="{secret.as_uri()}">', encoding="utf-8")
    view = site_view(factory.not_rated(), factory.standard(), "zh")
    content = pdf.render_pdf(view, templates=[tmp_path])
    assert not any(page.images for page in PdfReader(io.BytesIO(content)).pages)


def test_without_pango_it_says_how_to_get_it(monkeypatch):
    def refuse(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("ctypes.CDLL", refuse)
    with pytest.raises(PangoMissing, match=r"apt install libpango-1.0-0 libpangoft2-1.0-0"):
        pdf.render_pdf(shown())
    assert "\n" not in (pango_missing("en") or "\n")


_FEW = """
场所:
  {编号: a, 名称: 海原县麦垛镇杏花村公共法律服务工作室, 层级: 工作室, 省: 宁夏, 市: 中卫, 县: 海原,
   乡镇: 麦垛镇, 村: 杏花村}
检查: {日期: 2018-11-15, 类型: 验收, 检查人员: 张三}
检查情况:
  标牌文字: 杏花村公共法律服务工作室
  依托方式: 村委会
  法律顾问人数: 1
  法律顾问身份: 律师
  服务渠道: 电话、微信、实体窗口
  法律顾问费: 20000
  办公设备: 电话机、档案柜
  法学大学生人数: 15
  便民信箱: 是
  便民联系卡: 是
  公示的负责人信息: 姓名、职责、联系方式
豁免:
  - {条目: NX-R-05, 理由: 甲, 批准单位: 市局, 有效期至: 2018-10-01}
  - {条目: NX-R-04, 理由: 甲, 批准单位: 市局}
备注: {便民信箱: 一条备注}
"""


@needs_pango
def test_the_list_of_sources_and_its_heading_stay_with_the_table(tmp_path):
    site = tmp_path / "site.yaml"
    site.write_text("plsp: site/1\n标准: ningxia-2018\n" + _FEW, encoding="utf-8")
    found = Desk(Library()).score(site)
    standard = found.standard
    drawn = pages(draw(site_view(found.result, standard, "zh")))
    assert ["条目和要求" in page for page in drawn if "逐项检查结果" in page] == [True]
    assert ["逐项检查结果" in page for page in drawn if "条款依据" in page] == [True]
