"""What a batch writes, whoever does the work: the same bytes, every site once, every fault told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.batch import executors
from plsp_audit.batch.limit import Limit
from plsp_audit.batch.order import Order
from plsp_audit.batch.run import Batch
from plsp_audit.batch.work import Settings
from plsp_audit.cli.app import run as cli
from plsp_audit.model.problem import InputError
from tests.batch.factory_batch import OUTPUTS, Ear, batch, contents, text, write, write_many


def results(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]


def errors(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "errors.csv").read_bytes().decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_many(tmp_path_factory.mktemp("city") / "sites", 330)


@pytest.fixture(scope="module")
def done(city: Path) -> Path:
    out = city.parent / "out"
    batch([city], out, workers=1)
    return out


def test_results_stand_in_the_order_of_the_inputs(done: Path) -> None:
    ids = [r["site"]["id"] for r in results(done)]
    assert ids == sorted(ids)
    assert len(ids) == 323
    assert {r["plsp"] for r in results(done)} == {"result/1"}


def test_a_line_is_the_result_that_score_gives(city: Path, done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["score", str(city / "00" / "s-00003.yaml"), "--json"]) == 0
    assert capsys.readouterr().out.encode() in (done / "results.jsonl").read_bytes().splitlines(keepends=True)


def test_faults_are_told_with_place_fault_and_remedy(city: Path, done: Path) -> None:
    assert (done / "errors.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    found = errors(done)
    assert len(found) == 7
    assert found[0] == {"文件": str(city / "00" / "s-00007.yaml"), "行": "13", "列": "9", "工作表": "", "单元格": "",
                        "问题": "“场所面积”应填数字，现在写的是“很大”", "怎样改正": "例：120 或 120.5"}  # fmt: skip


def test_a_pool_gives_the_same_bytes(city: Path, done: Path, tmp_path: Path) -> None:
    ending = batch([city], tmp_path, workers=2)
    assert (ending.sites, ending.failed) == (323, 7)
    assert contents(tmp_path) == contents(done)
    assert set(contents(done)) == set(OUTPUTS)


def test_chunks_give_the_same_bytes(city: Path, done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors.Serial, "chunk", 7)
    batch([city], tmp_path, workers=1)
    assert contents(tmp_path) == contents(done)


def test_the_manifest_tells_what_went_in(city: Path, done: Path) -> None:
    import hashlib

    manifest = json.loads((done / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["plsp"] == "manifest/1"
    assert manifest["counts"] == {"sites": 323, "rated": 323, "not_rated": 0, "no_score": 0, "inspections": 323,
                                  "superseded": 0, "failed": 7}  # fmt: skip
    assert len(manifest["inputs"]) == 330
    for one in (manifest["inputs"][0], manifest["inputs"][7]):
        assert one["sha256"] == hashlib.sha256(Path(one["file"]).read_bytes()).hexdigest()
    assert (manifest["inputs"][0]["sites"], manifest["inputs"][7]["failed"]) == (1, 1)
    assert manifest["standards"] == [results(done)[0]["standard"]]
    for one in manifest["outputs"]:
        assert one["sha256"] == hashlib.sha256((done / one["file"]).read_bytes()).hexdigest()
    assert [one["file"] for one in manifest["outputs"]] == ["results.jsonl", "summary.xlsx", "dashboard.html",
                                                            "errors.csv"]  # fmt: skip


def test_the_workbook_counts_what_the_results_say(done: Path) -> None:
    book = load_workbook(done / "summary.xlsx", read_only=True)
    total = next(row for row in book["总览"].iter_rows(values_only=True) if row[0] == "合计")
    assert total[4:8] == (323, 323, 0, 0)
    assert len(list(book["错误"].iter_rows(values_only=True))) > 7


def test_few_sites_are_scored_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("plsp_audit.batch.run.Pool", never)
    assert batch([write_many(tmp_path / "s", 30)], tmp_path / "o").sites == 29


@pytest.mark.parametrize("first", ["acceptance", "spot_check"])
def test_the_same_site_twice_is_an_error_that_names_both(tmp_path: Path, first: str) -> None:
    write(tmp_path / "in" / "a.yaml", "x", kind=first)
    write(tmp_path / "in" / "b.yaml", "x", area=50)
    ending = batch([tmp_path / "in"], tmp_path / "out")
    assert (ending.sites, ending.failed) == (1, 1)
    (row,) = errors(tmp_path / "out")
    assert (row["文件"], row["行"]) == (str(tmp_path / "in" / "b.yaml"), "3")
    assert str(tmp_path / "in" / "a.yaml") in row["问题"]
    assert [r["inspection"]["kind"] for r in results(tmp_path / "out")] == [first]


def test_a_recheck_is_no_error_and_the_newest_counts(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.yaml", "x", area=500, kind="recheck", date="2018-12-01")
    write(tmp_path / "in" / "b.yaml", "x", area=5)
    write(tmp_path / "in" / "c.yaml", "x", kind="recheck", date="2018-12-20")
    ending = batch([tmp_path / "in"], tmp_path / "out")
    assert (ending.sites, ending.failed) == (3, 0)
    assert ending.summary is not None
    assert ending.summary.sites == 1
    assert ending.summary.groups[0].ranking[0].score == results(tmp_path / "out")[2]["score"]["value"]


def test_the_same_recheck_twice_is_an_error(tmp_path: Path) -> None:
    for name in "ab":
        write(tmp_path / "in" / f"{name}.yaml", "x", kind="recheck")
    assert batch([tmp_path / "in"], tmp_path / "out").failed == 1


def test_tables_and_files_are_mixed_and_the_same_site_is_found_in_both(tmp_path: Path) -> None:
    write(tmp_path / "in" / "b.yaml", "b1")
    head = "编号,名称,层级,省,市,县,检查日期,标准,场所面积\n"
    row = "{},某站,工作站,宁夏,银川市,兴庆区,2018-10-23,ningxia-2018,{}\n"
    rows = [row.format("a1", 120), row.format("b1", 120), row.format("a2", "很大")]
    (tmp_path / "in" / "c.csv").write_text(head + "".join(rows), encoding="utf-8")
    (tmp_path / "in" / "notes.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    site = json.dumps({"plsp": "site/1", "site": {"id": "j1", "name": "某站", "tier": "station"},
                       "standard": "ningxia-2018", "inspection": {"date": "2018-10-23"}, "facts": {}})  # fmt: skip
    (tmp_path / "in" / "d.jsonl").write_text(f"{site}\n{{broken\n", encoding="utf-8")
    outs = []
    for workers in (1, 2):
        outs.append(tmp_path / f"out{workers}")
        ending = batch([tmp_path / "in"], outs[-1], workers=workers)
        assert (ending.sites, ending.failed) == (3, 3)
    assert contents(outs[0]) == contents(outs[1])
    assert [r["site"]["id"] for r in results(outs[0])] == ["b1", "a1", "j1"]
    rows_ = [(Path(row["文件"]).name, row["行"]) for row in errors(outs[0])]
    assert rows_ == [("c.csv", "3"), ("c.csv", "4"), ("d.jsonl", "2")]
    assert "b.yaml" in errors(outs[0])[0]["问题"]
    inputs = json.loads((outs[0] / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert [(Path(i["file"]).name, i["sites"], i["failed"]) for i in inputs] == [
        ("b.yaml", 1, 0), ("c.csv", 1, 2), ("d.jsonl", 1, 1)]  # fmt: skip


def test_a_table_that_was_named_and_holds_no_sites_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert batch([tmp_path / "notes.csv"], tmp_path / "out").failed == 1
    ear = Ear()
    assert batch([tmp_path], tmp_path / "out2", ear).nothing
    assert any("notes.csv" in said for said in ear.said)


def test_a_bug_at_one_site_costs_that_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plsp_audit.batch.desk import Desk

    opened = Desk.open_document

    def broken(desk: Desk, document: Any) -> Any:
        if "s-00002" in document.text:
            raise ZeroDivisionError("x" * 1000)
        return opened(desk, document)

    monkeypatch.setattr(Desk, "open_document", broken)
    ending = batch([write_many(tmp_path / "in", 5)], tmp_path / "out")
    assert (ending.sites, ending.failed) == (4, 1)
    assert "ZeroDivisionError" in errors(tmp_path / "out")[0]["问题"]


def test_nothing_that_is_written_can_be_a_formula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "=cmd|x.yaml"
    path.write_text(text("x", area="=1+1"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    batch([Path(path.name)], tmp_path / "out")
    (row,) = errors(tmp_path / "out")
    assert row["文件"] == "'=cmd|x.yaml"


def test_with_a_standard_of_ones_own(tmp_path: Path, standards: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        Batch(Order([tmp_path], Settings("nowhere")), Ear())
    batch([write(tmp_path / "in" / "a.yaml", "a")], tmp_path / "out", settings=Settings("gansu-2018"))
    assert results(tmp_path / "out")[0]["standard"]["id"] == "gansu-2018"


def test_in_english(tmp_path: Path) -> None:
    settings = Settings(lang="en")
    batch([write(tmp_path / "in" / "a.yaml", "a", area="much")], tmp_path / "out", settings=settings)
    assert "File,Line,Column" in (tmp_path / "out" / "errors.csv").read_text(encoding="utf-8-sig")


def test_sites_below_the_limit_are_counted(tmp_path: Path) -> None:
    folder = write_many(tmp_path / "in", 4)
    assert batch([folder], tmp_path / "o", limit=Limit("60")).under == 4
    assert batch([folder], tmp_path / "o", limit=Limit("0")).under == 0
    assert batch([folder], tmp_path / "o", limit=Limit("好"), resume=True).under == 4
    assert batch([folder], tmp_path / "o", limit=Limit("poor"), resume=True).under == 0


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_many(tmp_path / "in", 60)
    monkeypatch.chdir(tmp_path)
    ear = Ear()
    batch([folder], None, ear)
    assert [p.name for p in tmp_path.iterdir()] == ["in"]
    batch([folder], tmp_path / "out")
    assert b"".join(line + b"\n" for line in ear.lines) == (tmp_path / "out" / "results.jsonl").read_bytes()


def test_two_runs_cannot_write_into_one_folder(tmp_path: Path) -> None:
    from plsp_audit.batch.journal import FOLDER
    from plsp_audit.batch.lock import Lock

    folder = write_many(tmp_path / "in", 3)
    batch([folder], tmp_path / "out")
    before = contents(tmp_path / "out")
    lock = Lock(tmp_path / "out" / FOLDER / "lock")
    ear = Ear()
    assert batch([folder / "00" / "s-00001.yaml"], tmp_path / "out", ear).unwritten
    assert any(str(tmp_path / "out") in said for said in ear.said)
    assert contents(tmp_path / "out") == before
    lock.release()
    assert not batch([folder], tmp_path / "out").unwritten
