"""`plsp-audit standards test`: cases computed for a standard's author."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plsp_audit.cli.app import run
from plsp_audit.cli.exits import Exit
from tests.standards.factory_packs import SHARED, Packs, rule

Captured = pytest.CaptureFixture[str]

CASES = """\
plsp: cases/1
standard: s
tier: station
cases:
  R-1:
    - {name: 够, facts: {area: 120}, expect: pass, awarded: 10}
    - {name: 不够, facts: {area: 80}, expect: fail}
  R-2:
    - {name: 缺一, facts: {rooms: [谈话室]}, expect: partial, awarded: 5, missing: [调解室]}
    - {name: 没看, facts: {}, expect: not_checked, low: 0, high: 10}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bureau's folder with one standard, and the cases in it."""
    packs = Packs(tmp_path)
    rooms = {"fact": "rooms", "includes": ["talk", "mediate"]}
    packs.sound("s", [rule("R-1", check={"fact": "area", "at_least": 100}), rule("R-2", check=rooms, award="share")])
    packs._write(packs.home / "facts.yaml", {"plsp": "facts/1", "facts": SHARED})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLSP_STANDARDS", raising=False)
    write(CASES)
    return packs.home


def write(text: str, name: str = "station.yaml") -> None:
    path = Path("own/s/cases") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def check(*args: str) -> int:
    return run(["standards", "test", *args])


@pytest.mark.parametrize("path", ["own/s/cases/station.yaml", "own/s/cases", "own/s", "own", "."])
def test_all_as_expected(home: Path, capsys: Captured, path: str) -> None:
    """The standard is found around the cases, wherever it is not yet installed."""
    assert check(path) == Exit.DONE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "1个文件，4个用例：全部符合预期。\n"


def test_what_comes_out_otherwise(home: Path, capsys: Captured) -> None:
    wrong = CASES.replace("expect: fail", "expect: pass").replace(
        "awarded: 5, missing: [调解室]", "awarded: 4, missing: []"
    )
    write(wrong)
    assert check("own/s") == Exit.FOUND
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "own/s/cases/station.yaml:7:7: R-1 “不够”：结果应为达标（pass），实为不达标（fail）",
        "own/s/cases/station.yaml:9:7: R-2 “缺一”：得分应为4，实为5；缺少应为：无；实为：调解室",
    ]
    assert shown.err == "1个文件，4个用例：2个与预期不符。\n"


def test_a_case_that_cannot_be_read(home: Path, capsys: Captured) -> None:
    write(CASES.replace("area: 80", "area: 不够大"))
    assert check("own/s") == Exit.FOUND
    assert "own/s/cases/station.yaml:7:7: R-1 “不够”：算不出来：" in capsys.readouterr().out


def test_as_json(home: Path, capsys: Captured) -> None:
    write(CASES.replace("expect: fail", "expect: pass"))
    write(CASES, "more.yaml")
    assert check("own/s", "--json") == Exit.FOUND
    good, bad = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert good == {
        "file": "own/s/cases/more.yaml",
        "standard": "s",
        "tier": "station",
        "cases": 4,
        "ok": True,
        "failed": [],
    }
    assert not bad["ok"]
    assert bad["failed"] == [
        {
            "rule": "R-1",
            "name": "不够",
            "line": 7,
            "column": 7,
            "wanted": {"state": "pass"},
            "got": {"state": "fail"},
            "problems": [],
        }
    ]


def test_nothing_to_test(home: Path, capsys: Captured) -> None:
    Path("own/s/cases/station.yaml").unlink()
    assert check("own/s") == Exit.NOTHING
    assert "没有找到用例" in capsys.readouterr().err
    write("plsp: cases/1\nstandard: s\ntier: station\ncases: {}\n")
    assert check("own/s") == Exit.NOTHING


def test_cases_elsewhere_need_the_standards_folder(home: Path, capsys: Captured) -> None:
    Path("elsewhere.yaml").write_text(CASES, encoding="utf-8")
    assert check("elsewhere.yaml") == Exit.INVALID
    assert "elsewhere.yaml:2:" in capsys.readouterr().err
    assert check("elsewhere.yaml", "--standards", "own") == Exit.DONE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("R-2:", "R-9:"), "R-9"),
        (("tier: station", "tier: room"), "room"),
        (("expect: fail", "expects: fail"), "expects"),
        (("plsp: cases/1", "plsp: [cases/1"), "station.yaml"),
    ],
)
def test_a_file_that_is_not_right(home: Path, capsys: Captured, change: tuple[str, str], said: str) -> None:
    write(CASES.replace(*change))
    write(CASES.replace("expect: fail", "expect: pass"), "zz.yaml")
    assert check("own/s/cases") == Exit.INVALID
    shown = capsys.readouterr()
    assert said in shown.err
    assert "zz.yaml:7:7" in shown.out, "what is wrong with one file must not keep the others from being run"


def test_a_file_that_is_not_there(home: Path, capsys: Captured) -> None:
    assert check("nowhere.yaml") == Exit.INVALID
    said = capsys.readouterr().err
    assert "nowhere.yaml" in said
    assert "符合预期" not in said


def test_a_standard_with_errors_is_not_scored(home: Path, capsys: Captured) -> None:
    path = home / "s" / "station.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fact: rooms", "fact: roms"), encoding="utf-8")
    assert check("own/s") == Exit.INVALID
    assert "roms" in capsys.readouterr().err


def test_a_file_given_twice_is_run_once(home: Path, capsys: Captured) -> None:
    assert check("own/s", "own/s/cases/station.yaml") == Exit.DONE
    assert "1个文件，4个用例" in capsys.readouterr().err


def test_in_english(home: Path, capsys: Captured) -> None:
    write(CASES.replace("expect: fail", "expect: pass"))
    assert run(["--lang", "en", "standards", "test", "own/s"]) == Exit.FOUND
    shown = capsys.readouterr()
    assert "R-1 “不够”: should be " in shown.out
    assert shown.err == "1 file(s), 4 case(s): 1 not as expected.\n"
