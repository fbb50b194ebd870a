from __future__ import annotations

from pathlib import Path

import pytest

from plsp_audit.loading.roster import read_rosters
from plsp_audit.model.problem import InputError
from plsp_audit.model.values import read_date

HEAD = "层级,名称,乡镇,村(社区),计划建成日期,启用日期,法律顾问\n"


def roster(tmp_path: Path, body: str, head: str = HEAD) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text(head + body, encoding="utf-8-sig")
    return path


def test_rows_as_bureaus_write_them(tmp_path: Path) -> None:
    path = roster(
        tmp_path,
        "县级中心,甲县公共法律服务中心,,,2018年10月31日,2018.9.1,\n工作站,,丙镇,,2018-10-31,未开放前不填,\n".replace(
            "未开放前不填", "未查"
        )
        + "工作室,,丙镇,丁村,2018/10/31,,某律师\n"
        + "公共法律服务工作室,,丙镇,戊村,,无,无\n",
    )
    (found,) = read_rosters(path)
    centre, station, room, other = found.rows
    assert centre.tier == "county_center"
    assert centre.opened == read_date("2018-09-01")
    assert (station.tier, station.opened) == ("station", None)
    assert (room.opened, room.adviser) == (False, "某律师")
    assert (other.tier, other.planned, other.opened, other.adviser) == ("room", None, False, False)
    assert found.latest == read_date("2018-10-31")


def test_counties_are_kept_apart(tmp_path: Path) -> None:
    path = roster(
        tmp_path,
        "甲县,工作站,甲站,2018-10-01\n乙县,工作站,乙站,2018-10-02\n甲县,工作室,甲室,\n",
        "县,层级,名称,启用日期\n",
    )
    assert [(r.county, len(r.rows)) for r in read_rosters(path)] == [("甲县", 2), ("乙县", 1)]


def test_without_an_adviser_column_advisers_are_unknown(tmp_path: Path) -> None:
    path = roster(tmp_path, "工作室,甲室,2018-10-01\n", "层级,名称,启用日期\n")
    assert read_rosters(path)[0].rows[0].adviser is None


def test_every_fault_is_told_with_its_row(tmp_path: Path) -> None:
    path = roster(
        tmp_path,
        "派出所,,丙镇,,2018-10-31,2018-10-31,\n工作站,,丙镇,,2018-13-31,2018-10-31,\n工作站,,丁镇,,2018-10-31,很快,\n工作站,,丁镇,,,,\n",
    )
    with pytest.raises(InputError) as caught:
        read_rosters(path)
    said = [p.text("zh") for p in caught.value.problems]
    assert [p.place.line for p in caught.value.problems] == [2, 3, 4, 5]
    assert "派出所" in said[0]
    assert "2018-13-31" in said[1]
    assert "很快" in said[2]
    assert ":4" in said[3]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_rosters(roster(tmp_path, "工作站,甲\n", "层级,名称\n"))
    assert "启用日期" in caught.value.problems[0].message("zh")
