"""The ledger as a workbook: what it says, what it offers to fill, and how it prints."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.analysis.rectify import ListGroup, grouped
from plsp_audit.analysis.rectify_status import status
from plsp_audit.model.ledger import COLUMNS, REGISTER
from plsp_audit.reporting.rectify_json import rectify_json, render_rectify_json
from plsp_audit.reporting.rectify_status_json import status_json
from plsp_audit.reporting.rectify_status_xlsx import write_status_xlsx
from plsp_audit.reporting.rectify_xlsx import columns_of, write_ledger
from tests.analysis.factory_rectify import INSPECTED, SOURCES, finding, not_rated, open_item, row, site
from tests.loading.ledgers import places


def made(group: ListGroup, lang: Any = "zh", **more: Any) -> Any:
    raw = io.BytesIO()
    write_ledger(raw, group, SOURCES, lang, **more)
    return load_workbook(io.BytesIO(raw.getvalue()))


def everything(*sites: Any) -> ListGroup:
    return grouped(sites or [site(1), site(2, county="西夏区")], "all")[0]


def test_a_row_says_what_was_seen_and_what_was_asked() -> None:
    sheet = made(everything())["整改清单"]
    head, at = places(sheet)
    said = {column: sheet.cell(head + 1, place).value for column, place in at.items()}
    assert said["no"] == 1
    assert said["county"] == "西夏区"
    assert said["item"] == "NX-S-01 办公设备齐全\n依据：〔1〕三(三)1"
    assert said["problem"] == "缺少：第1样\n实查：实有1件\n要求：应有3件"
    assert (said["remedy"], said["gain"], said["priority"], said["owner"]) == ("补齐缺少的", 2, "必备项", "张某某")
    assert said["due"].date().isoformat() == "2018-11-07"
    assert [said[column] for column in ("progress", "done", "reviewer", "opinion", "closed")] == [None] * 5


def test_a_rule_that_takes_points_off_is_called_so() -> None:
    inspected = site(1)
    changed = replace(inspected, findings=tuple(replace(one, penalty=True) for one in inspected.findings))
    sheet = made(everything(changed))["整改清单"]
    head, at = places(sheet)
    assert {sheet.cell(head + n, at["priority"]).value for n in (1, 2, 3)} == {"扣分项"}


def test_clauses_of_several_standards_name_their_documents() -> None:
    other = site(3, standard="gansu-2018")
    sheet = made(everything(site(1), other))["整改清单"]
    head, at = places(sheet)
    assert "《验收专刊》三(三)1" in str(sheet.cell(head + 1, at["item"]).value)


@pytest.mark.parametrize(("by", "left_out"), [("site", {"county", "site"}), ("county", {"county"}), ("all", set())])
def test_a_list_leaves_out_what_its_title_says(by: Any, left_out: set[str]) -> None:
    assert set(COLUMNS) - set(columns_of(grouped([site(1)], by)[0])) == left_out


def test_filling_is_offered_and_checked() -> None:
    sheet = made(everything())["整改清单"]
    head, at = places(sheet)
    letters = {column: sheet.cell(head, place).column_letter for column, place in at.items()}
    found = {str(v.sqref).split(":")[0].rstrip("0123456789"): v for v in sheet.data_validations.dataValidation}
    assert found[letters["progress"]].formula1 == '"未整改,整改中,已整改"'
    assert found[letters["closed"]].formula1 == '"是,否"'
    assert found[letters["opinion"]].formula1 == '"通过,不通过"'
    assert found[letters["done"]].type == found[letters["due"]].type == "date"
    assert all(str(v.sqref).split(":")[0].endswith(str(head + 1)) for v in found.values())


def test_it_prints_across_with_its_heads_and_without_identities() -> None:
    sheet = made(everything())["整改清单"]
    head, at = places(sheet)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${head}:${head}"
    last = sheet.cell(head, at["key"] - 1).column_letter
    assert sheet.print_area.endswith(f"${last}${head + 6}")
    assert sheet.freeze_panes == f"E{head + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{head}:")
    assert sheet.row_dimensions[head - 1].hidden
    assert not sheet.protection.sheet


def test_the_register_is_hidden_and_complete() -> None:
    book = made(everything())
    assert book[REGISTER].sheet_state == "hidden"
    keys = [cells[0].value for cells in book[REGISTER].iter_rows(min_row=3)]
    sheet = book["整改清单"]
    head, at = places(sheet)
    assert keys == [sheet.cell(head + n, at["key"]).value for n in range(1, 7)]


def test_what_was_not_checked_and_sites_without_findings_stand_apart() -> None:
    book = made(everything(site(1, unchecked=(open_item(),)), not_rated(), site(3, 0)))
    assert [c.value for c in list(book["待查"].iter_rows())[-1]][3] == "NX-S-40 无障碍设施齐全"
    others = [[c.value for c in cells[2:5]] for cells in book["其他场所"].iter_rows(min_row=4)]
    assert [o[1:] for o in others] == [["无需整改", None], ["暂不参评", "拆迁新建"]]
    texts = [str(c.value) for cells in book["整改清单"].iter_rows(max_row=3) for c in cells if c.value]
    assert any(
        "共3个场所，1个有需要整改的条目，共3条；另有1条检查时未查" in text and "暂不参评1个" in text for text in texts
    )


def test_a_site_without_findings_says_so() -> None:
    book = made(grouped([site(1, 0)], "site")[0])
    assert "本次检查没有需要整改的条目。" in [c.value for cells in book["整改清单"].iter_rows() for c in cells]
    assert book.sheetnames == ["整改清单", REGISTER]


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-2", "@SUM(A1)", "\t=1"])
def test_nothing_becomes_a_formula(text: str) -> None:
    nasty = site(1, findings=(finding(owner=text, remedy=text, wanting=text, title=text),))
    book = made(everything(nasty))
    cells = [c for sheet in book for cells in sheet.iter_rows() for c in cells]
    assert not any(c.data_type == "f" for c in cells)
    assert any(c.quotePrefix for c in cells)


def test_the_same_list_gives_the_same_bytes() -> None:
    one, two = io.BytesIO(), io.BytesIO()
    write_ledger(one, everything(), SOURCES)
    write_ledger(two, everything(), SOURCES)
    assert one.getvalue() == two.getvalue()


def test_english_words_throughout() -> None:
    plain = finding(wanting="missing", seen="seen", asked="asked", remedy="mend", title="Signs", owner="Wang",
                    site_name="Station 1", county="Xingqing", city="Yinchuan")  # fmt: skip
    group = everything(site(1, findings=(plain,), unchecked=(open_item(),)), not_rated())
    book = made(group, "en")
    assert book.sheetnames == ["Rectification", "Not checked", "Other sites", REGISTER]
    texts = [str(c.value) for c in next(book["Rectification"].iter_rows(min_row=7, max_row=7))]
    assert "Seen: seen\nAsked: asked" in texts[4]
    heads = [c.value for c in next(book["Rectification"].iter_rows(min_row=6, max_row=6))]
    assert heads[-1] == "Row id (do not change)"


def test_json_says_the_same() -> None:
    [group] = grouped([site(1, unchecked=(open_item(),))], "site")
    found = rectify_json(group.sites[0])
    assert found["plsp"] == "rectify/1"
    assert [line["rule"] for line in found["rectification"]] == ["NX-S-01", "NX-S-02", "NX-S-03"]
    assert found["rectification"][2]["points_lost"] == 0.6667
    assert found["unchecked"][0]["rule"] == "NX-S-40"
    assert render_rectify_json(group).endswith(b"}\n")


def test_where_it_stands_is_written_in_full() -> None:
    entries = [f.entry for s in (site(1), site(2, county="西夏区")) for f in s.findings]
    rows = [
        row(entries[0], progress="done", done=INSPECTED, reviewer="王", opinion="passed", closed=True),
        row(entries[1]),
    ]
    found = status({e.key: e for e in entries}, rows, (), INSPECTED.replace(month=12))
    raw = io.BytesIO()
    write_status_xlsx(raw, found)
    book = load_workbook(io.BytesIO(raw.getvalue()))
    assert book.sheetnames == ["整改进度", "按条目", "逾期", "明细", "待核对"]
    last = [c.value for c in list(book["整改进度"].iter_rows())[-1]]
    assert last == ["合计", 6, 1, 1, 0, 1, 4, 0.1667]
    assert len(list(book["明细"].iter_rows())) == 3 + 6
    assert any("缺这一条" in str(c.value) for cells in book["待核对"].iter_rows() for c in cells)
    data = status_json(found, "zh")
    assert (
        data["counts"] | {"total": 6, "open": 1, "verified": 1, "missing": 4, "overdue": 1, "unmatched": 0}
        == data["counts"]
    )
    assert len(data["findings"]) == 6
