"""Results read back: exactly, once each, and every fault with its file and line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.loading.results import RESULTS, LoadedResult, holds, newest, read_results, sites_of
from plsp_audit.model.problem import InputError
from plsp_audit.reporting.json_file import as_json, json_line, render_json


@pytest.fixture(scope="module")
def scored(examples: Path) -> dict[str, dict[str, Any]]:
    desk = Desk(Library([]))
    names = ("gansu-station-medium", "ningxia-room-poor", "ningxia-station-not-rated")
    return {name: as_json(desk.score(examples / f"{name}.yaml").result) for name in names}


@pytest.fixture
def poor(scored: dict[str, dict[str, Any]]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(scored["ningxia-room-poor"]))
    return copy


def put(path: Path, *documents: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [d if isinstance(d, str) else json.dumps(d, ensure_ascii=False) for d in documents]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def faults(*paths: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        list(read_results(paths))
    return [p.text() for p in caught.value.problems]


def test_what_was_written_is_read_back(examples: Path, tmp_path: Path) -> None:
    for path in sorted(examples.glob("*.yaml")):
        result = Desk(Library([])).score(path).result
        file = tmp_path / f"{result.site.id}.json"
        file.write_bytes(render_json(result))
        [read] = read_results([file])
        assert json_line(read.result) == json_line(result)
        assert read.place.file == str(file)


def test_numbers_are_read_digit_by_digit(poor: dict[str, Any], tmp_path: Path) -> None:
    text = json.dumps(poor).replace('"value": 38.4333', '"value": 38.43330000000000000001')
    [read] = read_results([put(tmp_path / "a.json", text)])
    assert read.result.score is not None
    assert read.result.score.value == Fraction("38.43330000000000000001")


def test_a_file_of_lines_gives_each_with_its_line(scored: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    path = put(tmp_path / RESULTS, *scored.values())
    assert [read.place.line for read in read_results([path])] == [1, 2, 3]


def test_results_come_one_at_a_time(scored: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    path = put(tmp_path / RESULTS, *scored.values(), "{")
    stream = read_results([path])
    assert next(stream).result.site.id
    with pytest.raises(InputError):
        list(stream)


def test_a_batch_folder_is_read_by_its_lines_alone(scored: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    put(tmp_path / RESULTS, *scored.values())
    for name, document in scored.items():
        put(tmp_path / f"{name}.json", document)
    put(tmp_path / "manifest.json", {"plsp": "manifest/1"})
    assert len(list(read_results([tmp_path]))) == 3
    assert holds(tmp_path) == "results"


def test_a_folder_of_results_is_read_with_its_subfolders(scored: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    first, second, third = scored.values()
    put(tmp_path / "银川" / "a.json", first)
    put(tmp_path / "中卫" / "b.json", second)
    put(tmp_path / RESULTS.replace("results", "more"), third)
    put(tmp_path / "manifest.json", {"sites": 3})
    assert len(list(read_results([tmp_path]))) == 3


def test_the_same_result_twice_is_named_with_both_places(scored: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    document = scored["gansu-station-medium"]
    one, two = put(tmp_path / "one.json", document), put(tmp_path / "two.jsonl", document)
    [said] = faults(one, two)
    assert str(one) in said
    assert f"{two}:1:" in said


def test_the_same_file_twice_is_named(scored: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    path = put(tmp_path / "one.json", scored["gansu-station-medium"])
    [said] = faults(path, tmp_path / "." / "one.json", path.parent)[:1]
    assert "两次" in said


def test_every_fault_of_a_file_is_told_with_its_line(poor: dict[str, Any], tmp_path: Path) -> None:
    other = json.loads(json.dumps(poor)) | {"input_digest": "0" * 64}
    bad = json.loads(json.dumps(poor)) | {"colour": "red"}
    bad["site"]["id"] = "../../etc"
    bad["rules"][0]["points"] = "many"
    path = put(tmp_path / "r.jsonl", poor, bad, "", '{"plsp": "result/1", ', other)
    said = faults(path)
    assert [line.startswith(f"{path}:2:") for line in said[:3]] == [True] * 3
    assert any("colour" in line for line in said)
    assert any("etc" in line for line in said)
    assert said[-1].startswith(f"{path}:4:")


def test_a_site_id_that_leads_elsewhere_is_refused(poor: dict[str, Any], tmp_path: Path) -> None:
    poor["site"]["id"] = "../../etc"
    [said] = faults(put(tmp_path / "r.json", poor))
    assert "../../etc" in said


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"score": None}, "score"),
        ({"rules": None}, "rules"),
        ({"rectification": None}, "rectification"),
        ({"status": "fine"}, "status"),
        ({"plsp": "result/2"}, "result/2"),
        ({"plsp": "site/1"}, "检查文件"),
        ({"plsp": "other"}, "result/1"),
    ],
)
def test_what_is_no_whole_result_is_refused(
    poor: dict[str, Any], tmp_path: Path, change: dict[str, Any], word: str
) -> None:
    assert any(word in said for said in faults(put(tmp_path / "r.json", poor | change)))


def test_dates_and_rules_that_do_not_fit_are_named(poor: dict[str, Any], tmp_path: Path) -> None:
    poor["inspection"]["date"] = "2018-02-30"
    poor["rectification"][0]["due"] = "soon"
    poor["rectification"][1]["rule"] = "NX-R-99"
    poor["rules"][1]["id"] = poor["rules"][2]["id"]
    said = "\n".join(faults(put(tmp_path / "r.json", poor)))
    assert all(word in said for word in ("2018-02-30", "soon", "NX-R-99", poor["rules"][2]["id"]))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    for name in ("none.json", "none.jsonl"):
        [said] = faults(tmp_path / name)
        assert "找不到文件" in said


def test_binary_lines_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"PK\x03\x04\n" * 50)
    assert len(faults(path)) == 1


def test_many_faults_are_counted_not_told(tmp_path: Path) -> None:
    assert len(faults(put(tmp_path / "r.jsonl", *["{"] * 500))) <= 101


def again(document: dict[str, Any], day: str, kind: str, digest: str) -> dict[str, Any]:
    inspection = document["inspection"] | {"date": day, "kind": kind}
    return document | {"inspection": inspection, "input_digest": digest * 64}


def test_the_newest_inspection_of_a_site_counts(poor: dict[str, Any], tmp_path: Path) -> None:
    path = put(
        tmp_path / RESULTS,
        again(poor, "2018-11-20", "recheck", "1"),
        again(poor, "2018-11-20", "acceptance", "2"),
        again(poor, "2018-11-15", "acceptance", "3"),
    )
    results = list(read_results([path]))
    [counts] = newest(results)
    assert counts.place.line == 1
    [(site, several)] = sites_of(results).items()
    assert site == poor["site"]["id"]
    assert [one.place.line for one in several] == [3, 2, 1]


def test_one_inspection_under_two_standards_counts_under_both(poor: dict[str, Any], tmp_path: Path) -> None:
    other = poor | {"standard": {"id": "another", "title": "另一标准", "digest": "0" * 64}}
    results: list[LoadedResult] = list(read_results([put(tmp_path / RESULTS, poor, other)]))
    assert len(newest(results)) == 2


def test_what_holds_results_and_what_inspections(
    examples: Path, scored: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    result = put(tmp_path / "r" / "one.json", scored["gansu-station-medium"])
    put(tmp_path / "s" / "site.json", {"plsp": "site/1"})
    assert holds(result) == "results"
    assert holds(tmp_path / "r") == "results"
    assert holds(tmp_path / "s") == "inspections"
    assert holds(tmp_path) == "inspections"
    assert holds(examples) == "inspections"
    assert holds(examples / "gansu-station-medium.yaml") == "inspections"
    assert holds(tmp_path / "not there.json") == "inspections"
    (tmp_path / "empty").mkdir()
    assert holds(tmp_path / "empty") == "nothing"


@pytest.mark.parametrize(("name", "what"), [("a.yaml", "检查文件"), ("a.csv", "表格"), ("a.XLSX", "表格")])
def test_inspections_and_tables_are_told_as_what_they_are(tmp_path: Path, name: str, what: str) -> None:
    path = tmp_path / name
    path.write_text("# 某站的检查\nplsp: site/1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_results([path]))
    [problem] = caught.value.problems
    assert problem.code == "results.another_kind"
    assert what in problem.text("zh")
