from __future__ import annotations

import json
from pathlib import Path

import pytest

from plsp_audit.cli import app

ROSTER = "examples/network/gansu-county-roster.csv"


@pytest.fixture(autouse=True)
def here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


def scored(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    assert app.run(["network", ROSTER, "--standard", "gansu-2018", "--county", "甲县", "--json", *more]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_roster_is_scored_under_tier_network(capsys: pytest.CaptureFixture[str]) -> None:
    result = scored(capsys)
    assert result["site"]["tier"] == "network"  # type: ignore[index]
    assert result["site"]["name"] == "甲县公共法律服务网络"  # type: ignore[index]
    rules = {rule["id"]: rule for rule in result["rules"]}  # type: ignore[attr-defined]
    # 18 rooms are planned, one of them has not opened and two have no adviser
    assert rules["GS-N-03"]["awarded"] == pytest.approx(20 * 17 / 18, abs=1e-4)
    assert rules["GS-N-06"]["awarded"] == pytest.approx(15 * 16 / 18, abs=1e-4)
    assert "18个" in rules["GS-N-03"]["observed"]


def test_a_roster_that_names_no_county(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["network", ROSTER, "--standard", "gansu-2018", "--json"]) == 0
    site = json.loads(capsys.readouterr().out)["site"]
    assert (site["id"], site["name"]) == ("network", "县(市、区)公共法律服务网络")


def test_the_clock_is_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert scored(capsys) == scored(capsys)
    assert scored(capsys, "--date", "2019-01-31")["inspection"]["date"] == "2019-01-31"  # type: ignore[index]


def test_the_counted_inspection_can_be_kept_and_scored_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = scored(capsys, "--save", str(tmp_path))
    (kept,) = tmp_path.glob("*.json")
    assert app.run(["score", str(kept), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == first


def test_slips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["network", ROSTER]) == 2
    assert "--standard" in capsys.readouterr().err
    assert app.run(["network", ROSTER, "--standard", "gansu-2018", "--date", "2018-13"]) == 2
    bad = tmp_path / "a.csv"
    bad.write_text("层级,名称,启用日期\n派出所,甲,2018-10-01\n", encoding="utf-8")
    assert app.run(["network", str(bad), "--standard", "gansu-2018"]) == 3
    assert "a.csv:2" in capsys.readouterr().err
    assert app.run(["network", str(tmp_path / "none.xlsx"), "--standard", "gansu-2018"]) == 3
