from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.cli import app
from plsp_audit.loading.packs import Library
from plsp_audit.reporting.html import render_html
from plsp_audit.reporting.view import site_view


@pytest.fixture
def here(tmp_path: Path, examples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(examples, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_of_every_format(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = app.run(["score", "examples/gansu-station-medium.yaml", "--format", "xlsx,html,docx,json", "--out", "out"])
    assert code == 0
    assert sorted(p.name for p in (here / "out").iterdir()) == [
        f"gs-lx-songping.{suffix}" for suffix in ("docx", "html", "json", "xlsx")
    ]
    said = capsys.readouterr()
    assert "77.43" in said.out
    assert "gs-lx-songping.xlsx" in said.err


def test_json_is_one_line_a_site_in_the_order_asked_and_writes_nothing(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["ningxia-station-not-rated", "gansu-room-unchecked", "ningxia-station-good"]
    assert app.run(["score", *(f"examples/{n}.yaml" for n in names), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["status"] for line in lines] == ["not_rated", "rated", "rated"]
    assert "rules" not in lines[0]
    assert not (here / "plsp-out").exists()


@pytest.mark.parametrize(
    ("limit", "code"), [("64", 0), ("65", 0), ("66", 1), ("中", 0), ("medium", 0), ("good", 1), ("好", 1), ("很好", 2)]
)
def test_fail_under_takes_the_rounded_score_or_a_grade(here: Path, limit: str, code: int) -> None:
    assert app.run(["score", "examples/ningxia-station-medium.yaml", "--json", "--fail-under", limit]) == code


def test_a_site_without_a_score_is_never_under(here: Path) -> None:
    assert app.run(["score", "examples/ningxia-station-not-rated.yaml", "--json", "--fail-under", "100"]) == 0


def test_one_broken_file_does_not_keep_the_others_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["examples/bad/unknown-tier.yaml", "examples/ningxia-room-poor.yaml"]
    assert app.run(["score", *files, "--json"]) == 3
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert "unknown-tier.yaml:" in said.err


def test_patterns_that_the_shell_left_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["score", "examples/gansu-*.yaml", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert app.run(["score", "examples/none-*.yaml", "--json"]) == 4


def test_the_same_site_twice_overwrites_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("examples/ningxia-room-poor.yaml", "examples/again.yaml")
    args = ["score", "examples/ningxia-room-poor.yaml", "examples/again.yaml", "--format", "json", "--out", "out"]
    assert app.run(args) == 6
    assert "again.yaml" in capsys.readouterr().err


def test_evidence_that_is_not_there_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree("examples/photos")
    assert app.run(["score", "examples/gansu-county-center-good.yaml", "--json"]) == 0
    assert "photos/hall.jpg" in capsys.readouterr().err


@pytest.mark.parametrize("columns", ["60", "80", "100", "200"])
def test_several_standards_in_one_table(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    args = ["score", "examples/ningxia-station-good.yaml", "--standard", "ningxia-2018,gansu-2018,xintai-2019"]
    assert app.run([*args, "--format", "json", "--out", "out"]) == 0
    said = capsys.readouterr().out
    assert "95.62 " in said
    assert " 38/38 " in said
    assert "“xintai-2019”没有这一层级" in said
    assert "xintai-2019" in said
    assert sorted(p.name for p in (here / "out").iterdir()) == [
        "nx-xq-qinghe-gansu-2018.json", "nx-xq-qinghe-ningxia-2018.json"
    ]  # fmt: skip
    assert app.run([*args, "--json"]) == 0
    ids = [json.loads(line)["standard"]["id"] for line in capsys.readouterr().out.splitlines()]
    assert ids == ["ningxia-2018", "gansu-2018"]


def test_a_site_none_of_whose_tiers_exist_is_invalid(here: Path) -> None:
    assert app.run(["score", "examples/ningxia-room-poor.yaml", "--standard", "xintai-2019,xintai-2019", "--json"]) == 3


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["score"], "SITE"),
        (["scor", "a.yaml"], "score"),
        (["score", "a.yaml", "--formt", "pdf"], "--format"),
        (["score", "a.yaml", "--format", "pdf,doc"], "doc"),
        (["--lang", "de", "score", "a.yaml"], "de"),
    ],
)
def test_slips_of_the_command_line(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(args) == 2
    assert said in capsys.readouterr().err


def test_english_everywhere(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["score", "examples/ningxia-room-poor.yaml", "--lang", "en", "--format", "html", "--out", "out"]
    assert app.run(args) == 0
    assert "Score 38.43" in capsys.readouterr().out
    assert "Public legal service platform" in next((here / "out").glob("*.html")).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["score", "explain", "plan"])
def test_what_holds_many_sites_is_shown_the_way(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "sites.csv"
    table.write_text("编号,名称\n", encoding="utf-8-sig")
    more = {"explain": ["GS-C-01"], "plan": ["--target", "good"]}.get(command, [])
    for path in (table, tmp_path):
        assert app.run([command, str(path), *more]) == 3
        assert "plsp-audit batch" in capsys.readouterr().err


PENALTY = {
    "standard.yaml": """plsp: standard/1
id: pen
title: 加扣分标准
points_basis: assigned
province: 甘肃省
sources: [{id: doc, title: 通知, outline: [{at: 一, about: 全部}]}]
dimensions: [{id: a, title: 服务}]
grades: [{id: good, title: 好, from: 60}, {id: poor, title: 差, from: 0}]
tiers: [{id: station, title: 工作站, rules: station.yaml}]
""",
    "station.yaml": """plsp: rules/1
rules:
  - {id: A-1, title: 台账, dimension: a, points: 10, clause: 一, check: ledgers.kept, remedy: 建}
  - {id: P-1, title: 差错, dimension: a, level: penalty, points: 6, clause: 一, remedy: 改,
     award: {per: ledgers.faults, points: 1.5}}
  - {id: B-1, title: 拓展, dimension: a, level: bonus, points: 6, clause: 一, award: {per: service.extra, points: 2}}
""",
}


def test_a_penalty_costs_and_a_bonus_has_nothing_to_lose(tmp_path: Path) -> None:
    (tmp_path / "pen").mkdir()
    for name, text in PENALTY.items():
        (tmp_path / "pen" / name).write_text(text, encoding="utf-8")
    site = tmp_path / "site.yaml"
    people = ", ".join(f"检查员{n}" for n in range(14))
    site.write_text(
        "plsp: site/1\n标准: pen\n场所: {编号: a, 名称: 甲镇工作站, 层级: 工作站}\n"
        f"检查: {{日期: 2018-10-31, 类型: 验收, 检查人员: [{people}]}}\n"
        "检查情况: {建有台账: 是, 台账漏记错记处数: 3处, 拓展服务种数: 1}\n",
        encoding="utf-8",
    )
    found = Desk(Library([tmp_path])).score(site)
    reasons = {rule.id: rule.reason for rule in found.result.rules or []}
    assert reasons["P-1"] == "台账漏记错记处数：3处，扣4.5分"
    view = site_view(found.result, found.standard, "zh")
    assert {row.id: row.lost for row in view.rules} == {"A-1": False, "P-1": True, "B-1": False}
    assert [row.priority for row in view.rectification] == ["扣分项"]
    assert render_html(view).count("扣分原因") == 1
    assert view.signatures[0].names[-1] == "检查员13"
