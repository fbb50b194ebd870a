from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from plsp_audit.cli import app
from plsp_audit.model.plan import Plan


@pytest.fixture
def here(tmp_path: Path, examples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(examples, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_plan_on_screen_and_nothing_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["plan", "examples/gansu-station-medium.yaml", "--target", "好"]) == 0
    said = capsys.readouterr().out
    assert "整改4项，难度合计5" in said
    assert "已证明" in said
    assert "限2018-11-15前完成" in said.replace("\n", "").replace(" ", "")
    assert [p.name for p in here.iterdir()] == ["examples"]


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_fits_the_screen(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, lang: str
) -> None:
    from plsp_audit.reporting.xlsx_text import text_width

    monkeypatch.setenv("COLUMNS", columns)
    files = ["examples/ningxia-room-poor.yaml", "examples/gansu-room-unchecked.yaml"]
    assert app.run(["--lang", lang, "plan", *files, "--target", "92", "--unknowns"]) == 0
    said = capsys.readouterr().out
    assert max(text_width(line.replace("─", "-")) for line in said.splitlines()) <= int(columns)
    assert all(rule in said for rule in ("NX-R-01", "GS-R-09"))


@pytest.mark.parametrize(
    ("file", "target", "code", "status"),
    [
        ("ningxia-station-good", "good", 0, "already"),
        ("ningxia-station-medium", "好", 0, "reached"),
        ("ningxia-station-medium", "92分", 0, "reached"),
        ("gansu-room-unchecked", "medium", 1, "unreachable"),
        ("ningxia-station-not-rated", "good", 4, "not_rated"),
    ],
)
def test_status_and_exit_code(
    here: Path, capsys: pytest.CaptureFixture[str], file: str, target: str, code: int, status: str
) -> None:
    assert app.run(["plan", f"examples/{file}.yaml", "--target", target, "--json"]) == code
    told = json.loads(capsys.readouterr().out)
    assert (told["plsp"], told["status"]) == ("plan/1", status)
    read = Plan.model_validate(told)
    assert read.model_dump(mode="json") == told


def test_unknowns_are_verified_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["plan", "examples/gansu-room-unchecked.yaml", "--target", "good", "--unknowns", "--json"]
    assert app.run(args) == 0
    told = json.loads(capsys.readouterr().out)
    assert {step["kind"] for step in told["steps"]} == {"verify"}
    assert told["effort"] == 0
    assert told["at_worst"] == {"effort": 8, "fixes": 6}
    gains = [item["gain"] for item in told["open"]]
    assert gains == sorted(gains, reverse=True)


def test_several_sites_one_without_a_score(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [f"examples/{name}.yaml" for name in ("ningxia-station-not-rated", "ningxia-room-poor")]
    assert app.run(["plan", *files, "--target", "good", "--json", "--out", "out"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["site"]["id"] for line in lines] == ["nx-lw-liuqu", "nx-hy-xinghua"]
    assert sorted(p.name for p in (here / "out").iterdir()) == [
        f"{sid}-plan.{kind}" for sid in ("nx-hy-xinghua", "nx-lw-liuqu") for kind in ("json", "xlsx")
    ]
    assert json.loads((here / "out" / "nx-hy-xinghua-plan.json").read_text(encoding="utf-8")) == lines[1]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--target", "很好"], "good（好）"),
        (["--target", "good", "--format", "docx"], "docx"),
        ([], "--target"),
    ],
)
def test_usage(here: Path, capsys: pytest.CaptureFixture[str], args: list[str], said: str) -> None:
    assert app.run(["plan", "examples/ningxia-room-poor.yaml", *args]) == 2
    assert said in capsys.readouterr().err


def test_a_broken_file_does_not_keep_the_others_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["examples/bad/unknown-tier.yaml", "examples/ningxia-room-poor.yaml"]
    assert app.run(["plan", *files, "--target", "good", "--json"]) == 3
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert "unknown-tier.yaml:" in said.err


def test_the_same_site_twice_overwrites_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("examples/ningxia-room-poor.yaml", "examples/again.yaml")
    files = ["examples/ningxia-room-poor.yaml", "examples/again.yaml"]
    assert app.run(["plan", *files, "--target", "good", "--out", "out", "--format", "json"]) == 6
    assert "again.yaml" in capsys.readouterr().err


def test_a_folder_that_is_a_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "out").write_text("", encoding="utf-8")
    assert app.run(["plan", "examples/ningxia-room-poor.yaml", "--target", "good", "--out", "out"]) == 6
    assert "out" in capsys.readouterr().err


def test_following_the_plan_reaches_the_target(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Do on file what the one step of a plan says, score again, and find the score it promised."""
    text = Path("examples/ningxia-station-good.yaml").read_text(encoding="utf-8")
    broken = text.replace("开放式服务大厅: 有", "开放式服务大厅: 无")
    assert broken != text
    Path("examples/try.yaml").write_text(broken, encoding="utf-8")
    assert app.run(["plan", "examples/try.yaml", "--target", "good", "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [(step["rule"], step["veto"]) for step in plan["steps"]] == [("NX-S-02", True)]
    assert plan["now"]["capped_by"] == ["NX-S-02"]
    assert app.run(["score", "examples/ningxia-station-good.yaml", "--json"]) == 0
    score = json.loads(capsys.readouterr().out)
    assert plan["after"]["score"] == score["score"]["value"]
    assert plan["after"]["grade"] == score["grade"]
