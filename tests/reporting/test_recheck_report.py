"""A recheck on paper: what is printed adds up, says the worst first, and is the same every time."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from plsp_audit.analysis.recheck_claims import with_claims
from plsp_audit.analysis.recheck_summary import summary
from plsp_audit.batch.desk import Desk
from plsp_audit.batch.recheck import Rechecker
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.recheck import Bridge, Claim, Line, Recheck
from plsp_audit.reporting.pango import pango_missing
from plsp_audit.reporting.recheck_chart import waterfall
from plsp_audit.reporting.recheck_html import render_recheck_html, render_recheck_pdf, render_summary_recheck_pdf
from plsp_audit.reporting.recheck_json import json_text, recheck_json, summary_json
from plsp_audit.reporting.recheck_rows import claim_groups
from plsp_audit.reporting.recheck_steps import MOST_BARS, axis, bars, steps
from plsp_audit.reporting.recheck_summary_view import summary_view
from plsp_audit.reporting.recheck_summary_xlsx import render_summary_recheck_xlsx
from plsp_audit.reporting.recheck_view import recheck_view
from plsp_audit.reporting.recheck_xlsx import render_recheck_xlsx
from tests.analysis.factory_recheck import NO, YES, asks, pack, pair, seen

ROOM, STATION = "ningxia-room-poor.yaml", "ningxia-station-medium.yaml"
CLAIMS = [
    Claim("nx-hy-xinghua", "NX-R-01", True, "已整改", "2019-01-10", "李某", "台账.xlsx[整改清单!P8]"),
    Claim("nx-hy-xinghua", "NX-R-03", True, "已整改"),
    Claim("nx-hy-xinghua", "NX-R-21", True, "=HYPERLINK(1)"),
]
needs_pango = pytest.mark.skipif(bool(pango_missing()), reason="no Pango here")


def found(before: Path, after: Path, standard: str | None = None, folder: Path | None = None) -> list[Recheck]:
    library = Library([folder] if folder else [])
    return Rechecker(Desk(Library()), Desk(library, standard), print).gather(before, after).found


@pytest.fixture(scope="module")
def room(examples: Path) -> Recheck:
    [one] = found(examples / ROOM, examples / "recheck" / ROOM)
    return with_claims(one, CLAIMS)


@pytest.fixture(scope="module")
def apart(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Recheck:
    folder = tmp_path_factory.mktemp("packs")
    (folder / "ningxia-2019").mkdir()
    (folder / "ningxia-2019" / "standard.yaml").write_text(
        "plsp: standard/1\nid: ningxia-2019\ntitle: 新版\nextends: ningxia-2018\ntailoring:\n"
        "  alter: [{rule: NX-R-11, tier: room, set: {points: 5}, reason: 试}]\n", encoding="utf-8")  # fmt: skip
    [one] = found(examples / ROOM, examples / "recheck" / ROOM, "ningxia-2019", folder)
    return one


def printed(text: str) -> Fraction:
    return Fraction(text.replace("+", ""))


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def words(content: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


@settings(max_examples=60)
@given(st.lists(st.fractions(-5, 5, max_denominator=7), max_size=30), st.fractions(0, 100, max_denominator=9))
def test_what_is_printed_adds_up(changes: list[Fraction], start: Fraction) -> None:
    made = pack(asks("R1", "y1"))
    one = pair(seen(made, y1=NO), seen(made, y1=YES))
    lines = tuple(Line("rule", change, f"R{n}", "一条") for n, change in enumerate(changes) if change)
    end = start + sum((line.change for line in lines), Fraction(0))
    object.__setattr__(one, "bridge", Bridge(start, end, lines, Fraction(0)))
    way = steps(one, "zh")
    moved = sum((printed(step.change) for step in way if step.kind != "total"), Fraction(0))
    assert moved == printed(way[-1].running) - printed(way[0].running)
    chart = bars(way, "zh")
    assert len(chart) <= MOST_BARS
    assert all(one.end == other.start for one, other in pairwise(chart))
    assert chart[-1].end == end
    low, high, tick = axis(chart)
    assert all(low <= mark <= high for bar in chart for mark in (bar.start, bar.end))
    assert (high - low) / tick <= 8


def test_the_chart_shows_gains_first_and_puts_small_ones_together() -> None:
    made = pack(asks("R1", "y1"))
    one = pair(seen(made, y1=NO), seen(made, y1=YES))
    lines = [Line("rule", Fraction(n % 7 - 3) + Fraction(1, n + 2), f"R{n}", "一条") for n in range(60)]
    change = sum((line.change for line in lines), Fraction(0))
    object.__setattr__(one, "bridge", Bridge(Fraction(50), 50 + change, tuple(lines), Fraction(0)))
    chart = bars(steps(one, "zh"), "zh")
    assert len(chart) == MOST_BARS
    assert "其余" in chart[-2].title
    kept = [bar.move for bar in chart[1:-2] if bar.kind == "rule"]
    assert kept == sorted(kept, reverse=True)
    svg = waterfall(chart, "来由")
    assert svg.count("<rect") == len(chart) - 2
    assert svg.count("<path") == 2


def test_chart_text_is_escaped() -> None:
    made = pack(asks("R1", "y1") | {"title": "<script>甲&乙"})
    view = recheck_view(pair(seen(made, y1=NO), seen(made, y1=YES)))
    assert "<script>甲" not in render_recheck_html(view)
    assert "&lt;script&gt;甲&amp;乙" in waterfall(view.bars, "来由")


@needs_pango
def test_pdf(room: Recheck) -> None:
    content = render_recheck_pdf(recheck_view(room))
    text = words(content)
    for part in ("复验对照报告", "38.43→61.43", "差→中", "报称已整改，实查没有整改到位（1）", "台账.xlsx[整改清单!P8]",
                 "上次的21项问题", "不算已整改", "签字盖章", "累计总分"):  # fmt: skip
        assert part in text, part
    assert text.index("报称已整改，实查没有整改到位") < text.index("逐项对照")
    assert content == render_recheck_pdf(recheck_view(room))


@needs_pango
def test_pdf_in_english(apart: Recheck) -> None:
    text = words(render_recheck_pdf(recheck_view(apart, "en")))
    for part in ("Recheckreport", "Thestandardsdiffer", "points3→5", "Defectsstillopen"):
        assert part in text, part


def test_the_standards_part_stands_before_the_sites(apart: Recheck) -> None:
    view = recheck_view(apart)
    assert [step.title for step in view.steps if step.kind == "total"] == ["上次总分", "按现行标准重评上次", "本次总分"]
    said = "".join(one.text for one in view.statements)
    parts = [printed(part) for part in re.findall(r"(?:标准变化使总分|场所变化使总分|合计)([+-][\d.]+)分", said)]
    assert parts[0] + parts[1] == parts[2]
    assert [(row.rule, row.what) for row in view.changes] == [("NX-R-11", "分值3→5")]


def test_what_a_ledger_claims_falsely_is_said_first(room: Recheck) -> None:
    view = recheck_view(room)
    assert view.statements[0].kind == "cap"
    assert "NX-R-01" in view.statements[0].text
    assert view.claims[0].kind == "claimed_not_fixed"
    assert view.claims[0].bad


def test_workbook(room: Recheck) -> None:
    content = render_recheck_xlsx(recheck_view(room))
    pages = sheets(content)
    assert list(pages) == ["复验结果", "逐项对照", "总分变化", "台账对照"]
    way = [row for row in pages["总分变化"] if isinstance(row[3], int | float)]
    assert sum(row[3] for row in way) == 23
    outcomes = {row[0]: row[6] for row in pages["逐项对照"] if row[6]}
    assert outcomes["NX-R-03"] == "已整改"
    assert outcomes["NX-R-21"] == "本次未复查"
    book = load_workbook(io.BytesIO(content))
    assert len(book["总分变化"]._charts) == 1  # type: ignore[attr-defined]
    assert re.fullmatch(r"'总分变化'!\$A\$1:\$E\$\d+", str(book["总分变化"].print_area))
    assert content == render_recheck_xlsx(recheck_view(room))


def test_what_begins_like_a_formula_stays_text(room: Recheck) -> None:
    book = load_workbook(io.BytesIO(render_recheck_xlsx(recheck_view(room))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert [cell.data_type for cell in cells if cell.data_type == "f"] == []
    assert risky
    assert all(cell.quotePrefix for cell in risky)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbook_with_a_new_standard(apart: Recheck, lang: Lang) -> None:
    pages = sheets(render_recheck_xlsx(recheck_view(apart, lang)))
    texts = [str(cell) for row in list(pages.values())[-1] for cell in row if cell is not None]
    assert any("NX-R-11" in text for text in texts)


def test_json_adds_up_exactly(room: Recheck, apart: Recheck) -> None:
    for one in (room, apart):
        document = json.loads(json_text(recheck_json(one)))
        bridges = [document["bridge"]] + ([document["standard"]["bridge"]] if document["standard"] else [])
        for bridge in bridges:
            assert sum(Fraction(line["exact"]) for line in bridge["lines"]) == Fraction(bridge["exact"])
        assert sum(Fraction(bridge["exact"]) for bridge in bridges) == Fraction(document["change"]["exact"])
        assert document["before"]["file"] == ROOM


def test_what_was_not_looked_into_is_said_once(room: Recheck) -> None:
    [group] = [group for group in claim_groups(room, "zh") if group.kind == "claimed_unchecked"]
    assert all(row.seen.count("未查") == 1 for row in group.rows)


def test_json_names_what_was_claimed_falsely_first(room: Recheck) -> None:
    claims = recheck_json(room)["claims"]
    assert [claim["kind"] for claim in claims[:3]] == ["claimed_not_fixed", "claimed_unchecked", "fixed_unclaimed"]
    assert claims[0]["claim"]["place"] == "台账.xlsx[整改清单!P8]"


@pytest.fixture(scope="module")
def many(examples: Path) -> Mapping[str, Any]:
    rechecks = [
        *found(examples / ROOM, examples / "recheck" / ROOM),
        *found(examples / STATION, examples / "recheck" / STATION),
    ]
    only = Desk(Library()).score(examples / "gansu-station-medium.yaml").result
    return {"summary": summary([with_claims(one, CLAIMS) for one in rechecks], [only], [])}


def test_summary_workbook(many: Mapping[str, Any]) -> None:
    view = summary_view(many["summary"])
    content = render_summary_recheck_xlsx(view)
    pages = sheets(content)
    assert list(pages) == ["总体情况", "台账对照", "各场所", "仍有问题", "按县区", "按条目"]
    assert pages["各场所"][1][:8] == (
        "nx-hy-xinghua", "海原县麦垛镇杏花村公共法律服务工作室", 38.43, 61.43, "差 → 中", 5, 6, 9
    )  # fmt: skip
    assert [row[2] for row in pages["台账对照"][1:]] == ["NX-R-01"]
    assert content == render_summary_recheck_xlsx(view)


def test_summary_counts_agree(many: Mapping[str, Any]) -> None:
    document = summary_json(many["summary"])
    for outcome, total in document["counts"].items():
        for key in ("sites", "counties", "rules"):
            assert sum(row["counts"][outcome] for row in document[key]) == total, (key, outcome)
    assert document["only_before"] == [{"id": "gs-lx-songping", "name": "陇溪县松坪镇公共法律服务工作站"}]
    assert document["standing"] == ["nx-yz-yunling", "nx-hy-xinghua"]


@needs_pango
@pytest.mark.parametrize(("lang", "part"), [("zh", "台账报称已整改而实查没有整改到位的1项"), ("en", "only".title())])
def test_summary_pdf(many: Mapping[str, Any], lang: Lang, part: str) -> None:
    assert part in words(render_summary_recheck_pdf(summary_view(many["summary"], lang)))


def test_no_template_is_left_out_of_the_folder_that_a_bureau_may_replace(room: Recheck, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "reports" / "recheck", tmp_path / "recheck")
    page = tmp_path / "recheck" / "recheck.html.j2"
    page.write_text(page.read_text(encoding="utf-8").replace("<h1 ", "<p>本局自用</p><h1 "), encoding="utf-8")
    assert "本局自用" in render_recheck_html(recheck_view(room), templates=[tmp_path])
