from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from plsp_audit.loading.site_tables import is_table, site_rows
from plsp_audit.model.problem import Problem
from tests.loading.tables import HEADS, SITE, faults, refused, rows_of, score, write_book, write_csv, write_lines

FACTS = (
    "场所面积(㎡)",
    "办公设备.打印机",
    "办公设备.传真机",
    "便民用品.桌椅",
    "便民用品.笔",
    "GS-S-08/1",
    "GS-S-08/2 得分",
    "检查人员",
    "备注.GS-S-03",
    "场所面积 佐证",
    "GS-S-08 自评分",
)
SAID = ("120", "1", "", "有", "无", "1.5", "2", "某甲、某乙", "右侧", "a.jpg；b.jpg", "4")

OFFICE = ("fax", "copier", "scanner", "phone", "cabinet")
CONVENIENCE = ["glasses", "water", "umbrella", "guide", "press", "seat"]
"""The options without a column: nobody looked at them."""


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a.csv", True),
        ("A.XLSX", True),
        ("a.jsonl", True),
        ("a.ndjson", True),
        ("a.xls", True),
        ("a.yaml", False),
        ("a.json", False),
        ("~$a.xlsx", False),
        (".~a.xlsx", False),
        ("a.txt", False),
    ],
)
def test_what_is_a_table(name: str, wanted: bool) -> None:
    assert is_table(Path("folder") / name) is wanted


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_row_says_what_a_site_file_would(tmp_path: Path, form: str) -> None:
    write = write_csv if form == "csv" else write_book
    (row,) = rows_of(write(tmp_path / f"a.{form}", [(*HEADS, *FACTS), (*SITE, *SAID)]))
    assert row.tree == {
        "plsp": "site/1",
        "site": {"id": "s-1", "name": "松坪镇公共法律服务工作站", "tier": "工作站"},
        "standard": "gansu-2018",
        "inspection": {"date": "2018-10-31", "inspectors": ["某甲", "某乙"]},
        "facts": {
            "premises.area": "120",
            "equipment.office": {"printer": "1", **dict.fromkeys(OFFICE, "未查")},
            "equipment.convenience": {"有": ["furniture"], "无": ["pen"], "未查": CONVENIENCE},
        },
        "judgements": {"GS-S-08/1": {"points": "1.5"}, "GS-S-08/2": {"points": "2"}},
        "self_scores": {"GS-S-08": "4"},
        "notes": {"GS-S-03": "右侧"},
        "evidence": {"premises.area": ["a.jpg", "b.jpg"]},
    }
    assert score(row).result.site.id == "s-1"


def test_rows_are_small_and_travel(tmp_path: Path) -> None:
    rows = rows_of(write_csv(tmp_path / "a.csv", [(*HEADS, *FACTS), *([(*SITE, *SAID)] * 50)]))
    packed = pickle.dumps(rows)
    assert len(packed) / 50 < 1000
    again = pickle.loads(packed)
    assert [row.tree for row in again] == [row.tree for row in rows]
    assert again[7].place(("facts", "premises.area")).line == 9


def test_every_fault_of_a_row_has_its_line_or_cell(tmp_path: Path) -> None:
    table = [(*HEADS, "场所面积", "便民用品.笔", "GS-S-08/1", "备注.GS-S-03"), (*SITE, "120亩", "x", "9", "右侧")]
    book = write_book(tmp_path / "a.xlsx", [(None,), ("某市汇总表",), *table])
    assert faults(rows_of(book)[0]) == [
        ("a.xlsx[场所!G4]", "input.not_yes_no"),
        ("a.xlsx[场所!F4]", "input.wrong_unit"),
        ("a.xlsx[场所!H4]", "input.points_out_of_range"),
    ]
    text = write_csv(tmp_path / "a.csv", table)
    assert {place for place, _ in faults(rows_of(text)[0])} == {"a.csv:2"}
    assert len(faults(rows_of(text)[0])) == 3


def test_what_a_row_lacks_is_told_at_its_cell_by_its_head(tmp_path: Path) -> None:
    heads = ("场所编号", "名称", "层级", "标准", "检查日期", "场所面积")
    book = write_book(tmp_path / "a.xlsx", [heads, ("s-1", None, "工作站", "gansu-2018", "2018-13-01", 1)])
    (row,) = rows_of(book)
    assert faults(row) == [("a.xlsx[场所!B2]", "schema.not_filled"), ("a.xlsx[场所!E2]", "schema.no_such_day")]
    unknown = write_csv(tmp_path / "b.csv", [heads, ("s-1", "甲", "楼", "gansu-2018", "2018-10-01", "1")])
    assert faults(rows_of(unknown)[0]) == [("b.csv:2", "input.unknown_tier")]


def test_facts_of_one_standard_only_are_told_in_rows_of_another(tmp_path: Path) -> None:
    other = ("s-2", "乙", "工作站", "wafangdian-2018", "2018-10-31", "2018年任务")
    rows = rows_of(
        write_book(tmp_path / "a.xlsx", [(*HEADS, "建设任务年度"), (*SITE, None), other, (*SITE, "2018年任务")])
    )
    assert [faults(row) for row in rows] == [[], [], [("a.xlsx[场所!F4]", "input.unknown_fact_near")]]


def test_rows_that_are_no_sites_are_told_apart_and_the_others_go_on(tmp_path: Path) -> None:
    table = [
        (*HEADS, "场所面积"),
        (*SITE, "120"),
        ("", "", "", "", "", ""),
        ("合计", "", "", "", "", "120"),
        ("", "", "工作站", "", "2018-10-31", "90"),
        ("注：由县局填报", "", "", "", "", ""),
        ("s-2", *SITE[1:], "90", "多"),
        ("s-3", *SITE[1:], "\x01"),
    ]
    rows = rows_of(write_csv(tmp_path / "a.csv", table))
    assert [faults(row) for row in rows] == [
        [],
        [("a.csv:4", "site_table.totals_row")],
        [("a.csv:5", "site_table.not_a_site_row")],
        [("a.csv:6", "site_table.lone_cell")],
        [("a.csv:7", "site_table.cell_without_head")],
        [("a.csv:8", "site_table.control_character")],
    ]
    assert all(problem.text("zh") and problem.text("en") for row in rows for problem in row.problems)


def test_lines_are_those_that_an_editor_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        '编号,名称,层级,标准,日期,备注.GS-S-03,场所面积\r\ns-1,甲,工作站,gansu-2018,2018-10-31,"一\r\n二\r\n三",x\r\n'
        "s-2,乙,工作站,gansu-2018,2018-10-31,,y\r\n".encode()
    )
    first, second = rows_of(path)
    assert first.place(()).line == 2
    assert faults(first) == [("a.csv:4", "input.not_a_number")]
    assert faults(second) == [("a.csv:5", "input.not_a_number")]
    assert first.tree["notes"]["GS-S-03"] == "一\n二\n三"  # type: ignore[index,call-overload]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    told: list[Problem] = []
    table = [("某市、某县平台汇总表",), (*HEADS, "职能"), (*SITE, "法律援助，人民调解")]
    (row,) = rows_of(write_csv(tmp_path / "a.csv", table, encoding, delimiter), told)
    assert row.tree["facts"] == {"functions": "法律援助，人民调解"}  # type: ignore[index,call-overload]
    assert row.place(()).line == 3
    assert [problem.code for problem in told] == (["file_read_as_gb18030"] if encoding == "gb18030" else [])


def test_not_rated_takes_a_reason(tmp_path: Path) -> None:
    table = [
        (*HEADS, "暂不参评"),
        (*SITE, "否"),
        ("s-2", *SITE[1:], "房屋改建"),
        ("s-3", *SITE[1:], "是"),
        ("s-4", *SITE[1:], ""),
    ]
    rows = rows_of(write_csv(tmp_path / "a.csv", table))
    assert [faults(row) for row in rows] == [[], [], [("a.csv:4", "site_table.not_rated_reason")], []]
    assert [score(row).result.reason for row in (rows[0], rows[1], rows[3])] == [None, "房屋改建", None]


def test_records_cannot_stand_in_a_cell(tmp_path: Path) -> None:
    table = [(*HEADS, "服务窗口"), (*SITE, "无"), (*SITE, "未查"), (*SITE, "人民调解 悬挂")]
    rows = rows_of(write_csv(tmp_path / "a.csv", table))
    assert [faults(row) for row in rows] == [[], [], [("a.csv:4", "site_table.records_in_cell")]]


def test_several_deductions_in_a_cell_are_a_list(tmp_path: Path) -> None:
    table = [(*HEADS, "GS-S-08/1 说明", "GS-S-08/1"), (*SITE, "台账不全", "1")]
    (row,) = rows_of(write_csv(tmp_path / "a.csv", table))
    assert row.tree["judgements"] == {"GS-S-08/1": {"note": "台账不全", "points": "1"}}  # type: ignore[index,call-overload]


def test_waivers_and_declarations(tmp_path: Path) -> None:
    table = [
        (*HEADS, "GS-S-03 豁免", "GS-S-03 批准单位", "GS-S-03 有效期至", "GS-S-22/2 不适用"),
        (*SITE, "改建", "县司法局", "2019-06-30", "没有交办事项"),
        ("s-2", *SITE[1:], "", "县司法局", "", ""),
    ]
    good, bad = rows_of(write_book(tmp_path / "a.xlsx", table))
    result = score(good).result
    assert {rule.id: rule.state for rule in result.rules or []}["GS-S-03"] == "waived"
    assert faults(bad) == [("a.xlsx[场所!F3]", "schema.missing_key")]


def test_unknown_doubled_and_missing_heads_are_told_once_and_all_together(tmp_path: Path) -> None:
    heads = (
        "编号",
        "名称",
        "检察日期",
        "场所面积(亩)",
        "面积",
        "场所面积",
        "办公设备.打印机",
        "办公设备",
        "GS-S-03",
        "服务窗口.窗口标牌",
        "办公设备.传真级",
        "#不读",
        "序号",
        "",
    )
    book = write_book(tmp_path / "a.xlsx", [heads, ("s-1",), ("s-2",)])
    found = [(problem.place.cell, problem.code.removeprefix("site_table.")) for problem in refused(book)]
    assert found == [
        ("C1", "unknown_head_near"),
        ("D1", "wrong_unit"),
        ("I1", "not_judged"),
        ("J1", "records_field"),
        ("K1", "no_option_near"),
        ("F1", "column_twice"),
        ("H1", "column_twice"),
        ("A1", "no_column"),
    ]
    twice = next(problem for problem in refused(book) if problem.place.cell == "F1")
    assert (twice.params["first"], twice.params["second"]) == ("E", "F")


def test_tables_without_heads_and_in_other_forms_are_told(tmp_path: Path) -> None:
    assert [p.code for p in refused(write_csv(tmp_path / "a.csv", [("一", "二")]))] == ["site_table.no_header"]
    assert [p.code for p in refused(write_book(tmp_path / "a.xlsx", [("一", "二")]))] == ["site_table.no_header"]
    old = tmp_path / "a.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0")
    assert [p.code for p in refused(old)] == ["site_table.other_form"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "file_empty", None),
        (b"\xef\xbb\xbf\r\n\r\n", "file_empty", None),
        (b"PK\x03\x04", "file_is_office", None),
        ("编号,名称\n".encode("utf-16"), "file_utf16", None),
        ("编号,名称\na\0b".encode(), "file_binary", 2),
        ("编号,名称,层级,日期\n甲甲甲甲,乙".encode() + b"\xff\n", "file_broken_utf8", 2),
        (b"\xff\x81,\x80\x80\n" * 50, "file_unknown_encoding", None),
    ],
)
def test_text_that_cannot_be_read_is_told(tmp_path: Path, content: bytes, code: str, line: int | None) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    (problem,) = refused(path)
    assert (problem.code, problem.place.line) == (code, line)


def test_a_quote_that_is_not_closed_ends_the_table_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [",".join(HEADS), ",".join(SITE), 's-2,"甲,工作站,gansu-2018,2018-10-31', ",".join(SITE)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    first, rest = rows_of(path)
    assert faults(first) == []
    assert faults(rest) == [("a.csv:3", "site_table.quote_not_closed")]
    path.write_text("\n".join([*lines[:2], 's-2,"甲"站,工作站,gansu-2018,2018-10-31']), encoding="utf-8")
    assert faults(rows_of(path)[1]) == [("a.csv:3", "site_table.text_after_quote")]


def test_a_table_is_not_held_whole(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADS, *[SITE] * 2000])
    rows = site_rows(path)
    assert next(rows).place(()).line == 2
    path.write_bytes(path.read_bytes()[: 40 * 1024])
    assert 1 <= sum(1 for _ in rows) < 2000


def test_without_standards_only_the_words_of_a_site_file_are_heads(tmp_path: Path) -> None:
    (row,) = site_rows(write_csv(tmp_path / "a.csv", [HEADS, SITE]))
    assert row.file.endswith("a.csv")
    assert score(row).result.site.id == "s-1"


def test_the_fingerprint_does_not_depend_on_how_heads_are_written(tmp_path: Path) -> None:
    plain = ("id", "site.name", "tier", "standard", "inspection.date", "premises.area", "GS-S-08/1 points")
    chinese = ("编号", "场所名称", "层级", "标准", "检查日期", "面积（平方米）", "gs-s-08／1")
    said = (*SITE, "120", "1.5")
    digests = {
        score(rows_of(write(tmp_path / name, [heads, said]))[0]).result.input_digest
        for heads in (plain, chinese)
        for write, name in ((write_csv, "a.csv"), (write_book, "a.xlsx"))
    }
    tree = {
        "plsp": "site/1",
        "site": dict(zip(("id", "name", "tier"), SITE, strict=False)),
        "standard": "gansu-2018",
        "inspection": {"date": "2018-10-31"},
        "facts": {"premises.area": "120"},
        "judgements": {"GS-S-08/1": {"points": "1.5"}},
    }
    digests.add(score(rows_of(write_lines(tmp_path / "a.jsonl", [tree]))[0]).result.input_digest)
    assert len(digests) == 1
