from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.cli.app import run
from tests.standards.factory_packs import RULES, Packs, rule

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ["gansu-2018", "ningxia-2018"]


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packs:
    """Packs whose shared dictionary lies in their own folder, so that the command line finds it."""
    monkeypatch.setenv("COLUMNS", "100")
    packs = Packs(tmp_path)
    (packs.shipped / "facts.yaml").rename(packs.home / "facts.yaml")
    return packs


def call(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = run(["standards", *args])
    said = capsys.readouterr()
    return code, said.out, said.err


def documents(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_list_names_every_standard(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "list")
    assert (code, err) == (0, "")
    assert all(name in out for name in SHIPPED)
    code, out, _ = call(capsys, "list", "--json")
    found = {d["id"]: d for d in documents(out)}
    assert set(SHIPPED) <= set(found)
    assert [t["id"] for t in found["gansu-2018"]["tiers"]][:3] == ["county_center", "station", "room"]
    assert found["gansu-2018"]["points_basis"] == "assigned"
    assert all(t["rules"] > 0 for d in found.values() for t in d["tiers"])


def test_list_tells_of_what_it_cannot_read(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("good")
    packs.sound("bad", tears=1)
    code, out, err = call(capsys, "list", "--json", "--standards", str(packs.home))
    assert code == 3
    assert next(d["id"] for d in documents(out)) == "gansu-2018"
    assert "good" in out
    assert "bad/standard.yaml" in err
    assert "tears" in err


def test_show_says_everything_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "show", "gansu-2018", "工作站")
    assert (code, err) == (0, "")
    for words in ("按应得分折算；满分100", "好 86分起", "最小面积（$min_area）：100㎡", "station", "GS-S-01"):
        assert words in out
    assert "GS-C-03" not in out
    assert max(map(len, out.splitlines())) <= 100


def test_show_as_json_has_the_rules_and_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "show", "甘肃省公共法律服务实体平台建设标准", "county_center", "--json")
    [found] = documents(out)
    assert (code, found["id"]) == (0, "gansu-2018")
    [area] = [r for r in found["tiers"][0]["rules"] if r["id"] == "GS-C-03"]
    assert (area["points"], area["clause"]["at"], area["requirement_text"]) == (6, "二(三)1", "场所面积不少于100㎡")
    assert area["check"] == {"fact": "premises.area", "at_least": "100"}


def test_show_tells_of_changes(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("base")
    packs.child("s", extends="base", tailoring={"parameters": {"least": {"value": 150, "reason": "市局通知要求"}}})
    _, out, _ = call(capsys, "show", "s", "--standards", str(packs.home))
    assert "在此之上修改：base" in out
    assert "least：数值由100㎡改为150㎡；理由：市局通知要求（s）" in out
    assert "150㎡" in out


def test_show_takes_the_folder_of_a_standard(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("s")
    code, out, _ = call(capsys, "show", str(packs.home / "s"), "station", "--standards", str(packs.home))
    assert (code, "（s）" in out) == (0, True)
    packs.sound("t")
    code, out, err = call(capsys, "show", str(packs.home), "--standards", str(packs.home))
    assert (code, out) == (2, "")
    assert "请写明是哪一个：s、t" in err


@pytest.mark.parametrize("args", [("show", "gansu-2018", "village"), ("schema", "sites"), ("lnt",), ("show",)])
def test_usage(capsys: pytest.CaptureFixture[str], args: tuple[str, ...]) -> None:
    code, out, err = call(capsys, *args)
    assert (code, out) == (2, "")
    assert "错误：" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("args", [(), ("list",), ("show",), ("lint",), ("coverage",), ("schema",), ("new",)])
def test_help(capsys: pytest.CaptureFixture[str], args: tuple[str, ...], lang: str) -> None:
    code, out, _ = call(capsys, *args, "--help", "--lang", lang)
    assert code == 0
    assert ("用法：" in out) == (lang == "zh")


def test_lint_of_all_shipped_standards_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "lint")
    assert (code, out) == (0, "")
    assert "没有发现问题" in err


def test_lint_prints_each_finding_with_its_place(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("s", rules=[*RULES, rule("A-3", check="access", remedy=None, clause="九")])
    code, out, err = call(capsys, "lint", "s", "--standards", str(packs.home))
    assert code == 1
    lines = out.splitlines()
    places = [line.partition(": ")[0].rsplit("/", 2)[1:] for line in lines]
    assert places == [["s", "station.yaml:23:3"], ["s", "station.yaml:27:11"]]
    assert lines[0].endswith("注意：条目 A-3 没有写整改措施（remedy）")
    assert "错误0处，提醒2处" in err


def test_lint_as_json(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("s", rules=[*RULES, rule("A-3", check="acess")])
    packs.sound("t")
    code, out, _ = call(capsys, "lint", "s", "t", "--json", "--standards", str(packs.home))
    bad, good = documents(out)
    assert (code, bad["standard"], bad["ok"]) == (1, "s", False)
    assert good == {"standard": "t", "ok": True, "problems": []}
    [problem] = bad["problems"]
    assert (problem["severity"], problem["code"], problem["line"]) == ("error", "rules.unknown_name_near", 29)
    assert "access" in problem["message"]


def test_lint_of_a_folder(packs: Packs, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    packs.sound("base")
    packs.child("s", extends="base")
    for given in (packs.home, packs.home / "s", packs.home / "s" / "standard.yaml"):
        assert call(capsys, "lint", str(given))[0] == 0
    monkeypatch.chdir(packs.home / "s")
    assert call(capsys, "lint", ".")[0] == 0


def test_lint_of_tailoring_faults_is_a_finding(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.child("a", extends="b")
    packs.child("b", extends="a")
    code, out, _ = call(capsys, "lint", "a", "--standards", str(packs.home))
    assert code == 1
    assert "a → b → a" in out


def test_lint_of_what_cannot_be_resolved_tells_all_it_can(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("s", rules=[*RULES, rule("A-3", check="acess"), rule("A-4", check="access", points="six")])
    code, out, _ = call(capsys, "lint", "s", "--json", "--standards", str(packs.home))
    [found] = documents(out)
    assert (code, [p["code"] for p in found["problems"]]) == (1, ["rules.unknown_name_near", "schema.not_a_number"])


def test_lint_of_what_cannot_be_read(packs: Packs, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    packs.sound("s")
    (packs.home / "s" / "station.yaml").write_text("rules:\n\t- a\n", encoding="utf-8")
    packs.sound("t", rules=[*RULES, rule("A-3", check="access", remedy=None)])
    code, out, _ = call(capsys, "lint", "s", "t", "--standards", str(packs.home))
    assert code == 3
    assert "制表符" in out
    assert "没有写整改措施" in out
    assert call(capsys, "lint", "nope", "--standards", str(packs.home))[0] == 3
    (tmp_path / "empty").mkdir()
    assert call(capsys, "lint", str(tmp_path / "empty"))[0] == 4


def test_coverage_goes_through_the_clauses(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "coverage", *SHIPPED)
    assert code == 0
    assert "二(三)1" in out
    assert "GS-C-03" in out
    assert "不核查：" in out
    assert "没有着落0条" in err
    packs.sound("s", sources=[{"id": "doc", "title": "文件", "outline": [
        {"at": "一", "about": "甲"}, {"at": "二", "about": "乙"}, {"at": "三", "about": "丙"}]}])  # fmt: skip
    code, out, _ = call(capsys, "coverage", "s", "--standards", str(packs.home))
    assert code == 1
    assert "没有条目，也没有说明" in out
    code, out, _ = call(capsys, "coverage", "s", "--standards", str(packs.home), "--json")
    [found] = documents(out)
    assert [c["status"] for c in found["sources"][0]["clauses"]] == ["covered", "covered", "missing"]


def test_schema_on_screen_and_into_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = call(capsys, "schema", "site")
    assert (code, json.loads(out)["title"]) == (0, "检查文件")
    code, out, _ = call(capsys, "schema", "--json")
    [found] = documents(out)
    assert list(found) == ["facts", "standard", "rules", "site"]
    code, out, _ = call(capsys, "schema", "--out", str(tmp_path / "schemas"))
    assert (code, out) == (0, "")
    assert sorted(p.name for p in (tmp_path / "schemas").iterdir()) == [
        "facts.schema.json", "rules.schema.json", "site.schema.json", "standard.schema.json",
    ]  # fmt: skip


def test_new_makes_a_folder_that_lints_clean(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = call(capsys, "new", "my-city")
    assert (code, "standards/my-city/standard.yaml" in out, "←" in err) == (0, True, True)
    code, out, _ = call(capsys, "new", "my-county", "--extends", "my-city", "--dir", "standards", "--json")
    assert (code, documents(out)[0]["folder"]) == (0, "standards/my-county")
    assert call(capsys, "lint", "standards")[0] == 0


def test_new_never_overwrites(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert call(capsys, "new", "my-city", "--dir", str(tmp_path))[0] == 0
    before = {p: p.read_bytes() for p in tmp_path.rglob("*.yaml")}
    code, out, err = call(capsys, "new", "my-city", "--dir", str(tmp_path))
    assert (code, out) == (3, "")
    assert "my-city" in err
    assert {p: p.read_bytes() for p in tmp_path.rglob("*.yaml")} == before
    assert call(capsys, "new", "gansu-2018", "--dir", str(tmp_path))[0] == 3
    assert call(capsys, "new", "a b", "--dir", str(tmp_path))[0] == 3
    assert call(capsys, "new", "other", "--extends", "nope", "--dir", str(tmp_path))[0] == 3
    assert not (tmp_path / "other").exists()
    (tmp_path / "half").mkdir()
    assert call(capsys, "new", "half", "--dir", str(tmp_path))[0] == 3
