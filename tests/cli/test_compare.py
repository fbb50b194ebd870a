"""`plsp-audit standards compare`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from plsp_audit.cli.app import run
from plsp_audit.cli.exits import Exit
from tests.standards.factory_packs import SHARED, Packs, rule

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bureau's folder with two standards that share a tier, and a third that shares none."""
    packs = Packs(tmp_path)
    area = {"fact": "area", "at_least": 100}
    one = [rule("R-1", check=area), rule("R-2", check={"judged": {"guide": "看"}}, award="judged")]
    other = [rule("R-1", check={**area, "at_least": 80}), rule("R-2", check="access", level="bonus")]
    packs.sound("one", {"station": one, "room": one}, title="甲标准")
    packs.sound("other", {"station": other, "county_center": other}, title="乙标准")
    packs.sound("third", {"region_center": one}, title="丙标准")
    packs._write(packs.home / "facts.yaml", {"plsp": "facts/1", "facts": SHARED})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("PLSP_STANDARDS", str(packs.home))
    return packs.home


def compare(*args: str) -> int:
    return run(["standards", "compare", *args])


def test_on_screen(home: Path, capsys: Captured) -> None:
    assert compare("one", "other") == Exit.DONE
    shown = capsys.readouterr()
    for part in (
        "甲：one  甲标准",
        "逐项对照：工作站",
        "场所面积不少于100㎡",
        "甲较严",
        "甲的下限较高",
        "仅乙有",
        "R-2 加分项 10分",
    ):
        assert part in shown.out
    assert "工作站：共2个事项，甲较严 1，乙较严 0，相同 0，不同 0，仅甲有 0，仅乙有 1" in shown.err
    assert all(cell_len(line) <= 100 for line in shown.out.splitlines())
    assert not list(home.parent.glob("compare-*"))


def test_columns_stand_below_each_other(home: Path, capsys: Captured) -> None:
    compare("one", "other")
    lines = capsys.readouterr().out.splitlines()
    head = next(line for line in lines if line.startswith("事项"))
    area = next(line for line in lines if line.startswith("场所面积"))
    assert cell_len(head[: head.index("宽严")]) == cell_len(area[: area.index("甲较严")])


def test_as_json(home: Path, capsys: Captured) -> None:
    assert compare("one", "other", "--json") == Exit.DONE
    (line,) = capsys.readouterr().out.splitlines()
    document = json.loads(line)
    assert (document["a"]["id"], document["b"]["id"]) == ("one", "other")
    (tier,) = document["tiers"]
    assert tier["verdicts"]["a_stricter"] == 1
    area = next(row for row in tier["facts"] if row["fact"] == "area")
    assert area["verdict"] == "a_stricter"
    assert area["reasons"] == ["甲的下限较高"]
    assert area["a"] == {
        "level": "required",
        "points": 10,
        "share": 50,
        "rules": [
            {
                "rule": "R-1",
                "part": None,
                "title": "条目R-1",
                "level": "required",
                "points": 10,
                "share": 50,
                "clause": "一",
                "asks": ["场所面积不少于100㎡"],
                "limits": [],
            }
        ],
    }
    assert [r["rule"] for r in tier["judged"]["a"]] == ["R-2"]
    assert {row["key"] for row in document["head"]} >= {"model", "grades", "dimensions", "not_checked"}


def test_into_files(home: Path, capsys: Captured) -> None:
    assert compare("one", "other", "--out", "out") == Exit.DONE
    names = sorted(path.name for path in Path("out").iterdir())
    assert names == ["compare-one-other.html", "compare-one-other.xlsx"]
    assert load_workbook("out/compare-one-other.xlsx").sheetnames == ["概况", "对照 工作站"]
    assert "甲标准" in Path("out/compare-one-other.html").read_text(encoding="utf-8")
    assert "已写出：" in capsys.readouterr().err


def test_one_format(home: Path) -> None:
    assert compare("one", "other", "--out", "out", "--format", "html") == Exit.DONE
    assert [path.name for path in Path("out").iterdir()] == ["compare-one-other.html"]


@pytest.mark.parametrize(
    ("wanted", "pairs"),
    [
        ("station", [("station", "station")]),
        ("工作站", [("station", "station")]),
        ("station:county_center", [("station", "county_center")]),
        ("工作室：县级中心", [("room", "county_center")]),
    ],
)
def test_one_tier(home: Path, capsys: Captured, wanted: str, pairs: list[tuple[str, str]]) -> None:
    assert compare("one", "other", "--tier", wanted, "--json") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert [(t["a"]["id"], t["b"]["id"]) for t in document["tiers"]] == pairs


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["one", "third"], "没有相同的层级"),
        (["one", "other", "--tier", "room"], "标准 other 没有层级“room”"),
        (["one", "other", "--tier", "无此层级"], "标准 one 没有层级"),
        (["one", "other", "--out", "o", "--format", "pdf"], "没有这种格式“pdf”"),
        (["one", "other", "--format", "html"], "--format 要和 --out 一起用"),
        (["one", "own"], "“own”里有3个标准"),
    ],
)
def test_usage(home: Path, capsys: Captured, args: list[str], said: str) -> None:
    assert compare(*args) == Exit.USAGE
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_a_standard_that_is_not_there(home: Path, capsys: Captured) -> None:
    assert compare("one", "othr") == Exit.INVALID
    assert "是不是：other" in capsys.readouterr().err


def test_a_standard_by_its_folder(home: Path, capsys: Captured) -> None:
    assert compare("own/one", "own/other", "--json") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["b"]["title"] == "乙标准"


def test_a_folder_that_cannot_be_written(home: Path, capsys: Captured) -> None:
    Path("taken").write_text("", encoding="utf-8")
    assert compare("one", "other", "--out", "taken") == Exit.NOT_WRITTEN
    assert "taken" in capsys.readouterr().err


def test_in_english(home: Path, capsys: Captured) -> None:
    assert run(["--lang", "en", "standards", "compare", "one", "other"]) == Exit.DONE
    shown = capsys.readouterr()
    assert "A has the higher lower bound" in " ".join(shown.out.split()) or "A stricter" in shown.out
    assert "2 facts" in shown.err


def test_the_shipped_standards(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLSP_STANDARDS", raising=False)
    assert compare("gansu-2018", "ningxia-2018", "--tier", "station", "--json") == Exit.DONE
    rows = {row["fact"]: row for row in json.loads(capsys.readouterr().out)["tiers"][0]["facts"]}
    assert rows["premises.hall"]["verdict"] == "same"
    assert rows["service.station_tasks"]["reasons"] == ["甲多出：完成交办的其他工作"]
