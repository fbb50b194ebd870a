"""The circular on paper: GB/T 9704-2012 in Word and in PDF, alike page by page."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import zipfile
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from plsp_audit.loading.bulletin_layout import read_layout
from plsp_audit.model.bulletin_letter import LetterHead, Passage
from plsp_audit.reporting.bulletin_docx import render_bulletin_docx
from plsp_audit.reporting.bulletin_letter import compose
from plsp_audit.reporting.bulletin_measures import ClosingPlace, Measures
from plsp_audit.reporting.bulletin_pdf import bulletin_html, closing_place, render_bulletin_pdf
from plsp_audit.reporting.pango import pango_missing
from plsp_audit.reporting.pdf import _layout
from tests.analysis.factory_bulletin import facts_of, whole
from tests.analysis.factory_rollup import ningxia

LAYOUT = read_layout()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEAD = LetterHead("银川市司法局", "银司发〔2018〕12号", date="2018-12-21", cc="自治区司法厅", note="此件公开发布")
RESULTS = [whole(one) for one in ningxia()]
CITY = compose(facts_of([r for r in RESULTS if r.site.city == "银川市"]), HEAD, LAYOUT)
PROVINCE = compose(facts_of(RESULTS), dataclasses.replace(HEAD, issuer="宁夏回族自治区司法厅"), LAYOUT, list_sites=True)
COUNTY = compose(facts_of([r for r in RESULTS if r.site.county == "平罗县"]), HEAD, LAYOUT)
SHORT = dataclasses.replace(CITY, body=CITY.body[-3:], attachments=(), cc="", note="")
LETTERS = {"city": CITY, "province": PROVINCE, "county": COUNTY, "short": SHORT}

needs_pango = pytest.mark.skipif(pango_missing() is not None, reason="no Pango")


def part(docx: bytes, name: str) -> Any:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read(f"word/{name}.xml"))


def pdf_pages(content: bytes) -> list[Any]:
    pypdf = pytest.importorskip("pypdf")
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


@cache
def drawn(name: str) -> tuple[ClosingPlace, bytes]:
    """Give where the closing of a letter stands, and its PDF."""
    place = closing_place(LETTERS[name], LAYOUT)
    return place, render_bulletin_pdf(LETTERS[name], LAYOUT, place)


@pytest.fixture(scope="module")
def docx() -> bytes:
    return render_bulletin_docx(CITY, LAYOUT, "same")


def test_the_page_of_word(docx: bytes) -> None:
    section = part(docx, "document").find(f"{W}body/{W}sectPr")
    size, margins, grid = (section.find(f"{W}{name}").attrib for name in ("pgSz", "pgMar", "docGrid"))
    assert (size[f"{W}w"], size[f"{W}h"]) == ("11906", "16838")
    sides = ("top", "bottom", "left", "right")
    millimetres = {side: round(int(margins[f"{W}{side}"]) * 25.4 / 1440, 1) for side in sides}
    assert millimetres == {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}
    assert grid[f"{W}type"] == "linesAndChars"
    tall, wide = (297 - 72) / 25.4 * 1440, (210 - 54) / 25.4 * 1440
    pitch, char = int(grid[f"{W}linePitch"]), 320 + int(grid[f"{W}charSpace"]) * 20 / 4096
    assert tall // pitch == 22
    assert wide // char == 28


def test_styles_hold_the_grid(docx: bytes) -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(docx, "styles").iter(f"{W}style")}
    text, title = styles["PlspText"], styles["Title"]
    assert text.find(f".//{W}sz").get(f"{W}val") == "32"
    assert title.find(f".//{W}sz").get(f"{W}val") == "44"
    spacing = text.find(f"{W}pPr/{W}spacing")
    assert spacing.get(f"{W}lineRule") == "exact"
    assert 22 * int(spacing.get(f"{W}line")) <= (297 - 72) / 25.4 * 1440
    each = 320 + int(text.find(f"{W}rPr/{W}spacing").get(f"{W}val"))
    assert (210 - 54) / 25.4 * 1440 // each == 28
    fonts = {name: styles[name].find(f".//{W}rFonts").get(f"{W}eastAsia")
             for name in ("Title", "PlspText", "Heading1", "PlspLead", "PlspMark", "Footer")}  # fmt: skip
    assert fonts == {"Title": "方正小标宋简体", "PlspText": "仿宋_GB2312", "Heading1": "黑体",
                     "PlspLead": "楷体_GB2312", "PlspMark": "方正小标宋简体", "Footer": "宋体"}  # fmt: skip


def test_only_the_fonts_of_the_layout_are_named(docx: bytes) -> None:
    named = {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "Times New Roman"}
    used = set()
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|styles|footer\d|numbering)\.xml", name):
                for fonts in ElementTree.fromstring(package.read(name)).iter(f"{W}rFonts"):
                    used |= {value for key, value in fonts.attrib.items() if not key.endswith("hint")}
    assert used == named
    table = {f.get(f"{W}name"): f.find(f"{W}altName").get(f"{W}val") for f in part(docx, "fontTable")}
    assert set(table) == named
    assert table["仿宋_GB2312"] == "仿宋"


ORDER = {
    "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "tabs",
            "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind", "jc",
            "textAlignment", "outlineLvl", "sectPr"],
    "rPr": ["rStyle", "rFonts", "snapToGrid", "color", "spacing", "sz", "szCs", "lang"],
    "sectPr": ["footerReference", "pgSz", "pgMar", "docGrid"],
}  # fmt: skip


@pytest.mark.parametrize("place", ["same", "next", "after_blank"])
def test_properties_stand_in_the_order_of_the_format(place: ClosingPlace) -> None:
    head = dataclasses.replace(HEAD, approver="马某某", copy_no="000012", secrecy="内部", urgency="特急")
    letter = compose(facts_of(RESULTS[:20]), head, LAYOUT)
    content = render_bulletin_docx(letter, LAYOUT, place)
    for name in ("document", "styles"):
        for kind, order in ORDER.items():
            for node in part(content, name).iter(f"{W}{kind}"):
                names = [child.tag.removeprefix(W) for child in node]
                assert set(names) <= set(order), names
                assert names == sorted(names, key=order.index), names


def test_page_numbers_stand_outside(docx: bytes) -> None:
    assert part(docx, "settings").find(f"{W}evenAndOddHeaders") is not None
    document = part(docx, "document")
    kinds = [ref.get(f"{W}type") for ref in document.iter(f"{W}footerReference")]
    assert sorted(kinds) == ["default", "even"]
    footers: dict[str | None, Any] = {}
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        rels = ElementTree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {r.get("Id"): r.get("Target") for r in rels}
        for ref in document.iter(f"{W}footerReference"):
            target = targets[ref.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")]
            footers[ref.get(f"{W}type")] = ElementTree.fromstring(package.read(f"word/{target}"))
    for kind, align in (("default", "right"), ("even", "left")):
        assert footers[kind].find(f".//{W}jc").get(f"{W}val") == align
        assert footers[kind].find(f".//{W}ind").get(f"{W}{align}") == "280"
        assert "".join(footers[kind].itertext()) == "— 1 —"


def test_the_head_is_red_and_the_title_is_centred(docx: bytes) -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(docx, "styles").iter(f"{W}style")}
    assert styles["PlspMark"].find(f".//{W}color").get(f"{W}val") == "FF0000"
    line = part(docx, "document").find(f".//{W}pBdr/{W}bottom")
    assert line.get(f"{W}color") == "FF0000"
    assert styles["Title"].find(f".//{W}jc").get(f"{W}val") == "center"


def test_tables_repeat_their_heads(docx: bytes) -> None:
    document = part(docx, "document")
    tables = list(document.iter(f"{W}tbl"))
    heads = [table for table in tables if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]
    assert len(heads) == len(tables) - 1  # all but the closing


def test_word_has_every_word(docx: bytes) -> None:
    text = "".join(part(docx, "document").itertext())
    for passage in CITY.body:
        assert passage.lead + passage.text in text
    for said in (CITY.mark, CITY.number, *CITY.title, CITY.to, CITY.signature, CITY.date, CITY.note, CITY.cc):
        assert said in text


def test_the_same_circular_gives_the_same_bytes(docx: bytes) -> None:
    assert render_bulletin_docx(CITY, LAYOUT, "same") == docx
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert {info.date_time for info in package.infolist()} == {(2018, 12, 21, 0, 0, 0)}


@needs_pango
def test_the_same_circular_gives_the_same_pdf() -> None:
    one, other = (render_bulletin_pdf(COUNTY, LAYOUT, "same") for _ in range(2))
    assert one == other


@needs_pango
def test_a_page_of_pdf_holds_22_lines_of_28_characters() -> None:
    long = Passage("验" * (28 * 100))
    letter = dataclasses.replace(CITY, body=(long, CITY.body[-1]), attachments=())
    pages = pdf_pages(render_bulletin_pdf(letter, LAYOUT, "same"))
    lines = [line for line in pages[1].extract_text().splitlines() if "验" in line]
    assert len(lines) == 22
    assert {line.count("验") for line in lines} == {28}
    box = pages[0].mediabox
    assert (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) == (210, 297)


@needs_pango
def test_lines_of_pdf_end_flush_at_the_margin() -> None:
    """Lines with digits, which are narrower, and room between them are spread to the full width like all others."""
    text = "验" * 20 + "2018" + "收" * 20 + "（12）" + "验" * 40
    letter = dataclasses.replace(CITY, body=(Passage(text * 20), CITY.body[-1]), attachments=())
    page = _layout(bulletin_html(letter, LAYOUT, "same"), {}).pages[1]._page_box
    ends = []
    for box in page.descendants():
        if type(box).__name__ == "LineBox" and box.position_y < (297 - 35) / 25.4 * 96:
            ends.append(max(child.position_x + child.margin_width() for child in box.children))
    margin = (210 - 26) / 25.4 * 96
    assert len(ends) >= 22
    assert all(abs(end - margin) < 1 for end in ends[:22]), ends


@needs_pango
def test_pages_of_pdf_are_numbered_on_the_outside() -> None:
    for number, page in enumerate(pdf_pages(drawn("city")[1]), start=1):
        found: list[float] = []

        def visit(text: str, _: Any, matrix: Any, *__: Any, found: list[float] = found) -> None:
            if text.startswith("—"):
                found.append(matrix[4])

        page.extract_text(visitor_text=visit)
        assert f"— {number} —" in page.extract_text()
        left, right = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72
        assert all((x > (left + right) / 2) == (number % 2 == 1) for x in found)


@needs_pango
@pytest.mark.parametrize("name", LETTERS)
def test_the_closing_stands_on_the_last_even_page(name: str) -> None:
    letter = LETTERS[name]
    pages = pdf_pages(drawn(name)[1])
    assert len(pages) % 2 == 0
    assert letter.printed_on in pages[-1].extract_text()
    assert not any(letter.printed_on in page.extract_text() for page in pages[:-1])


@needs_pango
def test_blank_pages_have_no_number() -> None:
    pages = pdf_pages(render_bulletin_pdf(SHORT, LAYOUT, "after_blank"))
    assert [("—" in page.extract_text()) for page in pages[-2:]] == [False, False]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the letters as LibreOffice lays their Word documents out."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice")
    folder = tmp_path_factory.mktemp("office")
    for name, letter in LETTERS.items():
        (folder / f"{name}.docx").write_bytes(render_bulletin_docx(letter, LAYOUT, drawn(name)[0]))
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
               "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in LETTERS)]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in LETTERS}


@needs_pango
@pytest.mark.slow
@pytest.mark.parametrize("name", LETTERS)
def test_word_has_as_many_pages_as_pdf(name: str, office: dict[str, bytes]) -> None:
    pages = pdf_pages(office[name])
    assert len(pages) == len(pdf_pages(drawn(name)[1]))
    plain = [re.sub(r"\s", "", page.extract_text()) for page in pages]
    assert LETTERS[name].printed_on in plain[-1]
    assert not any(LETTERS[name].printed_on in text for text in plain[:-1])


def test_measures_never_outgrow_the_page() -> None:
    measures = Measures(LAYOUT)
    assert measures.pitch * 22 <= measures.text_height
    assert measures.character * 28 <= measures.text_width
    assert measures.mark(PROVINCE) < measures.mark(CITY) <= LAYOUT.sizes.mark
