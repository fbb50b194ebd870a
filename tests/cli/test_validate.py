from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from plsp_audit.cli.app import run
from tests.standards.factory_packs import RULES, Packs, rule

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "examples" / "gansu-county-center-good.yaml"


def call(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = run(["validate", *map(str, args)])
    said = capsys.readouterr()
    return code, said.out, said.err


def listed(capsys: pytest.CaptureFixture[str], *args: object) -> list[Any]:
    _, out, _ = call(capsys, *args, "--json")
    return [json.loads(line) for line in out.splitlines()]


def codes(document: Any) -> list[str]:
    return [p["code"] for p in document["problems"]]


def changed(tmp_path: Path, name: str = "site.yaml", **keys: Any) -> Path:
    body = yaml.load(GOOD.read_text(encoding="utf-8"), yaml.BaseLoader)
    for key, value in keys.items():
        body[key] = {**body[key], **value} if isinstance(value, dict) and isinstance(body.get(key), dict) else value
    path = tmp_path / name
    path.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    packs = Packs(tmp_path)
    (packs.shipped / "facts.yaml").rename(packs.home / "facts.yaml")
    return packs


def test_every_example_and_shipped_file_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    sites = sorted((ROOT / "examples").glob("*.yaml"))
    code, out, err = call(capsys, *sites, ROOT / "standards", ROOT / "tests" / "cases")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].endswith("没有发现问题。")


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "bad").iterdir()), ids=lambda p: p.name)
def test_every_bad_example_has_a_fault_at_a_place(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, path)
    assert code == 1
    assert f"{path.name}:" in out
    [document] = listed(capsys, path)
    assert document["ok"] is False
    assert all(set(p) == {"file", "line", "column", "severity", "code", "message"} for p in document["problems"])


def test_all_problems_of_an_inspection_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = changed(tmp_path, facts={"staff.law_students": "八十", "毫不相干": 1}, judgements={"GS-C-03": {"points": 1}},
                   evidence={"GS-C-03": ["../secret.jpg"]})  # fmt: skip
    [document] = listed(capsys, path)
    assert sorted(codes(document)) == [
        "input.evidence_outside", "input.not_a_number", "input.not_judged", "input.unknown_fact",
    ]  # fmt: skip
    assert all(p["line"] for p in document["problems"])


def test_judgements_out_of_range_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    given = yaml.load(GOOD.read_text(encoding="utf-8"), yaml.BaseLoader)["judgements"]
    key = next(k for k, v in given.items() if isinstance(v, dict) and "points" in v)
    [document] = listed(capsys, changed(tmp_path, judgements={key: {"points": 99}}))
    assert codes(document) == ["input.points_out_of_range"]


def test_one_document_a_file_in_the_order_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = ROOT / "examples" / "bad" / "wrong-unit.yaml"
    first, second, third = listed(capsys, bad, GOOD, tmp_path / "nope.yaml")
    assert [d["ok"] for d in (first, second, third)] == [False, True, False]
    assert codes(third) == ["file_missing"]
    code, out, _ = call(capsys, bad, GOOD, tmp_path / "nope.yaml")
    assert code == 1
    assert out.splitlines()[-1] == "检查了3个文件，2个有问题：错误2处，提醒0处。"


def test_a_warning_is_a_fault_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, ROOT / "examples" / "bad" / "lost-hash.yaml", "--lang", "en")
    assert code == 1
    assert out.endswith("1 file, 1 with faults: 0 errors, 1 warning.\n")


def test_another_standard_may_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    station = ROOT / "examples" / "gansu-station-medium.yaml"
    assert call(capsys, station, "--standard", "ningxia-2018")[0] == 0
    assert call(capsys, station, "--standard", "nope")[0] == 1


def test_files_of_a_pack_are_held_against_the_whole(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("s", rules=[*RULES, rule("A-3", check="acess")], facts={"own": {"label": "新项", "type": "yes_no"}})
    home = packs.home / "s"
    whole, station, facts, standard = listed(
        capsys, home, home / "station.yaml", home / "facts.yaml", home / "standard.yaml"
    )
    assert sorted(codes(whole)) == ["lint.fact_unused", "rules.unknown_name_near"]
    assert codes(station) == ["rules.unknown_name_near"]
    assert codes(facts) == ["lint.fact_unused"]
    assert sorted(codes(standard)) == sorted(codes(whole))


def test_a_dictionary_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    facts = {"a": {"label": "甲", "type": "yes_no"}, "b": {"label": "乙", "type": "choice", "aliases": ["甲"]}}
    path = tmp_path / "facts.yaml"
    path.write_text(yaml.safe_dump({"plsp": "facts/1", "facts": facts}, allow_unicode=True), encoding="utf-8")
    [document] = listed(capsys, path)
    assert codes(document) == ["standard.fact_name_taken", "standard.no_options"]


def test_rules_alone(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    path = packs.home / "some.yaml"
    path.write_text(
        yaml.safe_dump({"rules": [rule("A-3", check="access", dais=3)]}, allow_unicode=True), encoding="utf-8"
    )
    [document] = listed(capsys, path)
    assert codes(document) == ["standards_cli.validate.not_of_a_pack", "schema.unknown_key_near"]
    packs.sound("s")
    (packs.home / "s" / "room.yaml").write_text("plsp: rules/1\nrules: []\n", encoding="utf-8")
    [document] = listed(capsys, packs.home / "s" / "room.yaml")
    assert codes(document) == ["standards_cli.validate.not_listed"]


def test_cases_are_read_as_inspections(packs: Packs, capsys: pytest.CaptureFixture[str]) -> None:
    packs.sound("s")
    body = {
        "plsp": "cases/1",
        "standard": "s",
        "tier": "station",
        "cases": {
            "A-1": [{"name": "够", "facts": {"area": "一百"}, "expect": "pass"}],
            "A-9": [{"name": "无", "expect": "fail"}],
        },
    }
    path = packs.home / "s" / "cases" / "station.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8")
    [document] = listed(capsys, path)
    assert sorted(codes(document)) == ["input.not_a_number", "input.unknown_rule_near"]
    path.write_text(yaml.safe_dump({**body, "cases": {"A-1": [{"expect": "passed"}]}}), encoding="utf-8")
    [document] = listed(capsys, path)
    assert sorted(codes(document)) == ["schema.missing_key", "schema.one_of_wanted"]


def test_a_file_of_no_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("key: value\n", encoding="utf-8")
    [document] = listed(capsys, path)
    assert codes(document) == ["standards_cli.validate.unknown_kind"]
    path.write_text("- a\n", encoding="utf-8")
    [document] = listed(capsys, path)
    assert codes(document) == ["input.not_a_site"]


def test_a_folder_is_looked_through(packs: Packs, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    packs.sound("s")
    found = listed(capsys, packs.home)
    assert sorted(Path(d["file"]).name for d in found) == ["facts.yaml", "s"]
    (tmp_path / "empty").mkdir()
    code, out, err = call(capsys, tmp_path / "empty")
    assert (code, out) == (4, "")
    assert "没有可检查的文件" in err
    assert call(capsys, tmp_path / "empty", GOOD)[0] == 0


TABLE = """编号,名称,层级,省,标准,检查日期,场所面积,功能分区
a,甲站,工作站,宁夏,ningxia-2018,2018-10-01,86亩,
b,乙站,工作站,宁夏,ningxia-2018,2018-10-01,86,等侯区、服务区
c,丙站,服务点,宁夏,ningxia-2018,2018-10-01,86,
b,丁站,工作站,宁夏,ningxia-2018,2018-10-02,86,
"""
TABLE_FAULTS = [
    (2, "input.wrong_unit"), (3, "input.near_option"), (4, "input.unknown_tier"), (5, "batch.same_site"),
]  # fmt: skip


def test_a_table_of_sites_is_looked_into_row_by_row(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    [document] = listed(capsys, path)
    assert [(p["line"], p["code"]) for p in document["problems"]] == TABLE_FAULTS
    path.write_text("\n".join(TABLE.splitlines()[:1]), encoding="utf-8-sig")
    assert call(capsys, path)[0] == 0
    path.write_text("甲,乙\n1,2\n", encoding="utf-8-sig")
    [document] = listed(capsys, path)
    assert codes(document) == ["site_table.no_header"]


def test_a_workbook_names_its_cells_and_lines_their_columns(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in TABLE.splitlines():
        sheet.append(line.split(","))
    sheet.title = "站点"
    book.save(tmp_path / "sites.xlsx")
    [document] = listed(capsys, tmp_path / "sites.xlsx")
    assert [p["code"] for p in document["problems"]] == [code for _, code in TABLE_FAULTS]
    assert [(p["sheet"], p["cell"]) for p in document["problems"]] == [
        ("站点", "G2"), ("站点", "H3"), ("站点", "C4"), ("站点", "A5"),
    ]  # fmt: skip
    site = {"plsp": "site/1", "site": {"id": "a", "name": "甲站", "tier": "站"}, "standard": "ningxia-2018"}
    (tmp_path / "sites.jsonl").write_text(json.dumps(site, ensure_ascii=False) + "\n", encoding="utf-8")
    [document] = listed(capsys, tmp_path / "sites.jsonl")
    assert {p["line"] for p in document["problems"]} == {1}
    assert "input.unknown_tier" in codes(document)


def test_nothing_given_is_a_slip(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys)[0] == 2


def test_english_messages_list_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site.yaml"
    text = (
        "plsp: site/1\nsite: {id: a, name: 甲, tier: hut, province: 甘肃省}\nstandard: gansu-2018\n"
        "inspection: {date: 2018-10-31}\nfacts: {equipment.office: [desk], windows: [人民调解]}\n"
        "judgements: {GS-S-8: {points: 1}}\n"
    )
    site.write_text(text, encoding="utf-8")
    _, said, _ = call(capsys, site, "--lang", "en")
    assert "county_center (县(市、区)公共法律服务中心), station (" in said
    assert "打印机, 传真机" in said
    assert "窗口服务, 窗口标牌" in said
    site.write_text(text.replace("hut", "station"), encoding="utf-8")
    assert "“GS-S-08, GS-S-18, GS-S-01”" in call(capsys, site, "--lang", "en")[1]
    assert "GS-S-08、GS-S-18、GS-S-01" in call(capsys, site)[1]
