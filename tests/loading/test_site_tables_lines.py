from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.model.problem import Problem
from tests.loading.tables import faults, refused, rows_of, score

SITE: dict[str, Any] = {
    "plsp": "site/1",
    "site": {"id": "s-1", "name": "松坪镇公共法律服务工作站", "tier": "station"},
    "standard": "gansu-2018",
    "inspection": {"date": "2018-10-31"},
    "facts": {"premises.area": 120, "标牌文字": "松坪镇公共法律服务工作站"},
}


def line(**changes: Any) -> str:
    return json.dumps({**SITE, **changes}, ensure_ascii=False)


def write(path: Path, *lines: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(b"\n".join(one if isinstance(one, bytes) else one.encode(encoding) for one in lines) + b"\n")
    return path


def test_a_line_is_a_site_and_blank_lines_are_none(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + line().encode(), "", "  \r", line(), ""))
    assert [row.place(()).text() for row in rows] == ["a.jsonl:1:1", "a.jsonl:4:1"]
    assert rows[0].tree == {**SITE, "facts": {**SITE["facts"], "premises.area": "120"}}
    assert score(rows[1]).result.site.id == "s-1"


def test_a_site_that_goes_on_in_the_next_line_is_told(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "a.jsonl", '{"plsp": "site/1",', '"site": {}}', line()))
    assert faults(rows[0]) == [("a.jsonl:1:1", "site_table.line_unclosed")]
    assert faults(rows[-1]) == []


def test_a_line_that_is_no_json_or_no_site_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    broken = line().replace('"2018-10-31"', '"2018-10-31"，')
    wrong = line(facts={"premises.area": "x", "服务窗口": [{"窗口标牌": 1}, 2]})
    rows = rows_of(
        write(tmp_path / "a.jsonl", line(), broken, line()[:50], "[1]", '{"plsp": "result/1"}', wrong, line())
    )
    found = [faults(row) for row in rows]
    assert found[0] == found[-1] == []
    assert [{place.split(":")[1] for place, _ in one} for one in found[1:5]] == [{"2"}, {"3"}, {"4"}, {"5"}]
    assert [code for _, code in found[3] + found[4]] == ["input.not_a_site", "input.another_kind"]
    assert {code for _, code in found[5]} >= {"input.not_a_number", "input.row_not_mapping"}
    column = int({code: place for place, code in found[5]}["input.not_a_number"].split(":")[2])
    assert wrong[column - 1 :].startswith('"x"')


def test_gb18030_is_read_and_told_once(tmp_path: Path) -> None:
    told: list[Problem] = []
    rows = rows_of(write(tmp_path / "a.jsonl", line(), line(), encoding="gb18030"), told)
    assert [score(row).result.site.name for row in rows] == ["松坪镇公共法律服务工作站"] * 2
    assert [problem.code for problem in told] == ["file_read_as_gb18030"]


def test_a_line_that_is_too_long_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "a.jsonl", line(), line(notes={"GS-S-03": "长" * (MAX_BYTES // 3)}), line()))
    assert [faults(row) for row in rows] == [[], [("a.jsonl:2", "site_table.long_line")], []]
    assert rows[2].place(()).line == 3


def test_a_damaged_line_costs_itself_alone(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "a.jsonl", line(), line().encode()[:200] + b"\xff", b"\x81\x01\xff", line()))
    assert [bool(faults(row)) for row in rows] == [False, True, True, False]
    assert {place.split(":")[1] for row in rows[1:3] for place, _ in faults(row)} == {"2", "3"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_empty"), (b"\n \n", "file_empty"), (b"PK\x03\x04...", "file_is_office"), (b"%PDF-1.7", "file_is_pdf"),
     (b"{\0}", "file_binary")],
)  # fmt: skip
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    assert [problem.code for problem in refused(path)] == [code]
    assert [problem.code for problem in refused(tmp_path / "none.jsonl")] == ["file_missing"]
