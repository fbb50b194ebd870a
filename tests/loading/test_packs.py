"""The files of a standard: every mistake in each of them in one run, at its place in the file that holds it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.validate import check
from plsp_audit.loading.packs import Library, load_pack
from plsp_audit.model.problem import InputError

STANDARDS = Path(__file__).parent / "standards"
Told = list[tuple[str, str, int | None, int | None]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(STANDARDS / "trial", tmp_path / "trial")
    return tmp_path


def told(folder: Path) -> Told:
    """Give the errors of a pack, which the same pack gives when something is scored by it."""
    desk = Desk(Library([folder.parent]))
    found = [p for p in check(folder, desk) if p.severity == "error"]
    with pytest.raises(InputError) as caught:
        desk.standard(folder.name)
    assert {p.place for p in caught.value.problems} <= {p.place for p in found}
    return [(Path(p.place.file).name, p.code, p.place.line, p.place.column) for p in found]


def edited(path: Path, **changes: str) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def test_mistakes_in_standard_yaml(home: Path) -> None:
    (home / "trial" / "standard.yaml").write_text("""plsp: standard/1
id: other
titel: 试验
title：试验标准
issued: 2020-01-01
issued: 2020-01-02
province: 试验省
points_basis: asigned
scoring: {modell: sum, rounding: {places: 0, mode: halfup}}
sources:
  - {id: doc, title: 文件, outline: [{at: 一, abuot: 全部, about: 全部}]}
dimensions: [{id: d, title: 建设, wieght: 3}]
grades:
  - {id: good, title: 好, from: 60}
\t- {id: poor, title: 差, from: 0}
tiers: [{id: station, title: 乡镇工作站, rules: station.yaml}, {id: room, title: 工作室, rules: rom.yaml}]
""", encoding="utf-8")  # fmt: skip
    assert told(home / "trial") == [
        ("standard.yaml", "standard.id_is_not_folder", 2, 5),
        ("standard.yaml", "schema.unknown_key_near", 3, 1),
        ("standard.yaml", "yaml_wide_colon", 4, 6),
        ("standard.yaml", "file_duplicate_key", 6, 1),
        ("standard.yaml", "schema.one_of_wanted", 8, 15),
        ("standard.yaml", "schema.unknown_key_near", 9, 11),
        ("standard.yaml", "schema.one_of_wanted", 9, 52),
        ("standard.yaml", "schema.unknown_key_near", 11, 44),
        ("standard.yaml", "schema.unknown_key_near", 12, 33),
        ("standard.yaml", "yaml_tab_indent", 15, 1),
        ("standard.yaml", "standard.no_rules_file", 16, 89),
    ]


def test_mistakes_in_the_rules_of_a_tier(home: Path) -> None:
    (home / "trial" / "station.yaml").write_text("""rules:
  - {id: R1, title: 一, dimension: e, points: 5, clause: 一, check: p.yse}
  - {id: R2, title: 二, dimension: d, points: 五, clause: 一, check: {fact: p.num, at_leest: 10}}
  - {id: R3, title: 三, dimension: d, points: 5, clause: 一, award: shair}
  - {id: R1, title: 四, dimension: d, points: 5, clause: 一, check: p.yes}
  - {title: 五, dimension: d, points: 5, clause: 一, check: p.yes}
  - {id: R6, title: 六, dimension: d, points: 5, clause: 一, check: {fact: p.choice, is: 丙}}
  - {id: R7, title: 七, dimension: d, points: 5, clause: 一, veto: bad, check: {fact: p.num, at_least: $least}}
  - {id: R8, title: 八, dimension: d, points: 5, clause: 一, check: p.yes, level: must}
  - {id: R9, title: 九, dimension: d, points: 5, clause: 一, check: p.yes, check: p.num}
""", encoding="utf-8")  # fmt: skip
    assert told(home / "trial") == [
        ("station.yaml", "rules.no_such_dimension", 2, 35),
        ("station.yaml", "rules.unknown_name_near", 2, 67),
        ("station.yaml", "schema.not_a_number", 3, 46),
        ("station.yaml", "schema.unknown_key_near", 3, 81),
        ("station.yaml", "schema.bad_award_near", 4, 67),
        ("station.yaml", "standard.rule_twice", 5, 10),
        ("station.yaml", "standard.rule_without_id", 6, 5),
        ("station.yaml", "rules.not_offered", 7, 88),
        ("station.yaml", "rules.no_such_grade", 8, 66),
        ("station.yaml", "standard.unknown_parameter", 8, 102),
        ("station.yaml", "schema.one_of_wanted", 9, 81),
        ("station.yaml", "file_duplicate_key", 10, 74),
    ]


def test_mistakes_in_all_files_at_once(home: Path) -> None:
    pack = home / "trial"
    edited(pack / "standard.yaml", **{"issued: 2020-01-01": "issued: 2020-01-01\nissuet: x"})
    edited(pack / "facts.yaml", **{"type: date": "type: dat"})
    edited(pack / "station.yaml", **{"title: 是否,": "title: 是否, tilte: x,", "{judged: {step: 0.5}}": "judget"})
    assert {name for name, *_ in told(pack)} == {"standard.yaml", "facts.yaml", "station.yaml"}


def test_rules_are_looked_at_though_standard_yaml_is_beyond_repair(home: Path) -> None:
    pack = home / "trial"
    edited(pack / "standard.yaml", **{"title: 试验标准": "title: [a]"})
    edited(pack / "station.yaml", **{"rules:": "rulles: 1\nrules:"})
    with pytest.raises(InputError) as caught:
        load_pack(pack)
    assert {Path(p.place.file).name for p in caught.value.problems} == {"standard.yaml", "station.yaml"}


CITY = """plsp: standard/1
id: city
title: 市
extends: trial
tailoring:
  remove:
    - {rule: R99, reason: 无}
    - {rule: R1}
  alter:
    - {rule: R2, set: {points: 很多}, reason: 通知}
    - {rule: R3, reason: 通知, set: {award: shair, weitht: 3}}
    - {rule: R6, tier: station, set: {check: {fact: p.dat, at_most: "2018-10-31"}}, reason: 通知}
    - {rule: R7, set: {check: p.yes}, reason: 与原来的计分办法不合}
    - {rule: R8, set: {dimension: x}, reason: 通知}
"""


def test_faults_of_a_tailoring_stand_in_the_file_of_the_child(home: Path) -> None:
    (home / "city").mkdir()
    (home / "city" / "standard.yaml").write_text(CITY, encoding="utf-8")
    assert told(home / "city") == [
        ("standard.yaml", "standard.no_such_target_near", 7, 14),
        ("standard.yaml", "schema.missing_key", 8, 7),
        ("standard.yaml", "schema.not_a_number", 10, 32),
        ("standard.yaml", "schema.bad_award_near", 11, 43),
        ("standard.yaml", "schema.unknown_key", 11, 50),
        ("standard.yaml", "rules.unknown_name_near", 12, 53),
        ("standard.yaml", "rules.no_such_dimension", 14, 35),
    ]


def test_findings_of_lint_too(home: Path) -> None:
    (home / "city").mkdir()
    text = CITY[: CITY.index("  remove")] + "  alter: [{rule: R3, set: {award: {judged: {step: 0.3}}}, reason: 通知}]\n"
    (home / "city" / "standard.yaml").write_text(text, encoding="utf-8")
    found = check(home / "city", Desk(Library([home])))
    step = [p for p in found if p.code.startswith("lint.") and p.place.file.endswith("city/standard.yaml")]
    assert {p.place.line for p in step if "R3" in p.message()} == {6}


def test_a_changed_parameter_is_blamed_where_it_was_changed(home: Path) -> None:
    edited(home / "trial" / "standard.yaml", **{"tiers:": "parameters: {least: {value: 10}}\ntiers:"})
    edited(home / "trial" / "station.yaml", **{"at_least: 10": "at_least: $least"})
    (home / "city").mkdir()
    text = CITY[: CITY.index("  remove")] + "  parameters: {least: {value: 很大, reason: 通知}}\n"
    (home / "city" / "standard.yaml").write_text(text, encoding="utf-8")
    ((name, code, line, column),) = told(home / "city")
    assert (name, line, column) == ("standard.yaml", 6, 31)
    assert code.startswith("rules.")


def test_a_pack_put_in_front_of_a_shipped_one_stands_for_its_province(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder, ids in ((shipped, ["trial"]), (own, ["trial", "more"])):
        for sid in ids:
            shutil.copytree(STANDARDS / "trial", folder / sid)
            edited(folder / sid / "standard.yaml", **{"id: trial": f"id: {sid}"})
    province = next(p.province for p in Library(shipped=shipped).names())
    [found] = Library([own], shipped).for_province(province)
    assert (found.id, found.folder) == ("trial", own / "trial")
