"""`rectify` and `rectify status` as a clerk uses them: from results to lists and back from ledgers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plsp_audit.cli.app import run
from plsp_audit.cli.exits import Exit
from plsp_audit.reporting.pango import pango_missing
from tests.loading.ledgers import changed, fill, places

CHINESE = re.compile("[\u3400-\u9fff]")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLSP_LANG", "zh")
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = run(["rectify", *map(str, args)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_lists_from_inspections_scored_on_the_fly(
    here: Path, examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("ningxia-station-medium", "ningxia-room-poor", "ningxia-station-not-rated")
    code, out, _ = call(capsys, *(examples / f"{n}.yaml" for n in names), "--by", "county,all", "--format", "xlsx,json")
    assert code == Exit.DONE
    assert sorted(p.name for p in (here / "plsp-out").iterdir()) == sorted(
        f"rectify-{n}.{f}" for n in ("原州区", "海原县", "灵武市", "all") for f in ("xlsx", "json")
    )
    assert "52" in out
    everything = json.loads((here / "plsp-out" / "rectify-all.json").read_text(encoding="utf-8"))
    assert sum(len(one["rectification"]) for one in everything) == 52
    assert [one["status"] for one in everything if not one["rectification"]] == ["not_rated"]


def test_results_and_inspections_give_the_same(here: Path, examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = examples / "ningxia-room-poor.yaml"
    assert run(["score", str(source), "--format", "json", "--out", "scored"]) == 0
    capsys.readouterr()
    one = json.loads(call(capsys, source, "--json")[1])
    other = json.loads(call(capsys, "scored", "--json")[1])
    assert one == other
    assert not (here / "plsp-out").exists()


def test_a_site_gets_its_ledger_and_its_notice(here: Path, examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, examples / "ningxia-room-poor.yaml", "--issuer", "海原县司法局", "--date", "2018-11-20")
    assert code == (Exit.NOT_WRITTEN if pango_missing() else Exit.DONE)
    assert "共有21条需要整改" in out
    written = {p.name for p in (here / "plsp-out").iterdir()}
    assert written >= {"rectify-nx-hy-xinghua.xlsx", "notice-nx-hy-xinghua.docx"}


def test_several_notices_need_numbers_that_count(
    here: Path, examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sites = [examples / "ningxia-room-poor.yaml", examples / "ningxia-station-medium.yaml"]
    code, _, err = call(capsys, *sites, "--by", "site", "--format", "docx", "--number", "海司整〔2018〕1号")
    assert (code, "{n}" in err) == (Exit.USAGE, True)
    code, _, _ = call(capsys, *sites, "--by", "site", "--format", "docx", "--number", "海司整〔2018〕{n}号")
    assert code == Exit.DONE
    assert len(list((here / "plsp-out").glob("notice-*.docx"))) == 2


def test_owners_and_working_days(here: Path, examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "holidays.txt").write_text("2018-12-31 休\n", encoding="utf-8")
    (here / "owners.csv").write_text("场所编号,条目,责任人\nnx-hy-xinghua,,李站长\n", encoding="utf-8")
    source = examples / "ningxia-room-poor.yaml"
    plain = json.loads(call(capsys, source, "--json")[1])
    code, out, err = call(capsys, source, "--json", "--workdays", "holidays.txt", "--owner", "owners.csv")
    assert code == Exit.DONE
    worked = json.loads(out)
    assert {line["owner"] for line in worked["rectification"]} == {"李站长"}
    assert all(a["due"] < b["due"] for a, b in zip(plain["rectification"], worked["rectification"], strict=True))
    assert "2019" in err
    [name] = {
        line["owner"] for line in json.loads(call(capsys, source, "--json", "--owner", "王某")[1])["rectification"]
    }
    assert name == "王某"


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["{examples}/bad/wrong-unit.yaml"], Exit.INVALID, "亩"),
        (["none.yaml"], Exit.INVALID, "找不到"),
        (["{examples}/ningxia-room-poor.yaml", "{examples}/bad/wrong-unit.yaml"], Exit.INVALID, "亩"),
        (["empty"], Exit.NOTHING, "没有评分结果"),
        (["*.none"], Exit.NOTHING, "*.none"),
        (["{examples}/ningxia-room-poor.yaml", "--by", "town"], Exit.USAGE, "county"),
        (["{examples}/ningxia-room-poor.yaml", "--format", "odt"], Exit.USAGE, "xlsx"),
        (["{examples}/ningxia-room-poor.yaml", "--date", "2018-11"], Exit.USAGE, "2018-11"),
        (["{examples}/ningxia-room-poor.yaml", "--workdays", "none.txt"], Exit.INVALID, "none.txt"),
        (["{examples}/ningxia-room-poor.yaml", "--owner", "none.csv"], Exit.INVALID, "none.csv"),
        (["status", "none.xlsx"], Exit.INVALID, "none.xlsx"),
        (["status", "empty"], Exit.NOTHING, "台账"),
        (["status", "none.xlsx", "--today", "soon"], Exit.USAGE, "soon"),
        (["status"], Exit.USAGE, "LEDGER"),
        ([], Exit.USAGE, "RESULT"),
    ],
)
def test_what_cannot_be_done_is_said(
    here: Path, examples: Path, capsys: pytest.CaptureFixture[str], args: list[str], code: int, word: str
) -> None:
    (here / "empty").mkdir()
    found, _, err = call(capsys, *(arg.format(examples=examples) for arg in args))
    assert (found, word in err) == (code, True), err
    assert not (here / "plsp-out").exists()


@pytest.fixture
def ledger(here: Path, examples: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    names = ("ningxia-station-medium", "ningxia-room-poor")
    assert call(capsys, *(examples / f"{n}.yaml" for n in names))[0] == Exit.DONE
    return here / "plsp-out" / "rectify-all.xlsx"


def work(sheet: Any, head: int, at: dict[str, int]) -> None:
    fill(sheet, head, at, 1, progress="已整改", done="2018-12-01", reviewer="王某", opinion="通过", closed="是")
    fill(sheet, head, at, 2, progress="已整改", done="2018-12-02")
    fill(sheet, head, at, 3, progress="已整改", done="2018-10-01", closed="是")
    fill(sheet, head, at, 4, key="nonsense")


def test_the_ledger_comes_back(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(ledger, work)
    code, out, err = call(capsys, "status", ledger, "--today", "2018-12-10", "--out", "back")
    assert code == Exit.DONE
    assert "截至2018年12月10日：问题52条" in out
    assert "1行无法对应" in out
    cell = places(load_workbook(ledger)["整改清单"])
    assert f"P{cell[0] + 4}" in err
    assert "nonsense" in err
    assert "早于检查日期" in err
    assert "没有复核人" in err
    assert "缺这一条" in err
    assert load_workbook(ledger.parents[1] / "back" / "rectify-status.xlsx").sheetnames[0] == "整改进度"


def test_status_as_json(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(ledger, work)
    code, out, _ = call(capsys, "status", ledger, "--today", "2018-12-10", "--json")
    [line] = out.splitlines()
    found = json.loads(line)
    counts = found["counts"]
    assert (code, found["plsp"], found["today"]) == (Exit.DONE, "rectify-status/1", "2018-12-10")
    assert counts["total"] == counts["open"] + counts["done"] + counts["verified"] + counts["missing"] == 52
    assert (counts["done"], counts["verified"], counts["missing"], counts["unmatched"]) == (1, 2, 1, 1)
    assert sum(one["total"] for one in found["counties"]) == sum(one["total"] for one in found["rules"]) == 52
    [stray] = found["unmatched"]
    assert stray["meant"] in {one["key"] for one in found["findings"] if one["standing"] == "missing"}


def test_the_clock_is_asked_only_for_today(
    ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime

    import plsp_audit.cli.rectify_status as module

    class Frozen(datetime.date):
        @classmethod
        def today(cls) -> Frozen:
            return cls(2018, 11, 23)

    monkeypatch.setattr(module, "date", Frozen)
    assert json.loads(call(capsys, "status", ledger, "--json")[1])["today"] == "2018-11-23"


def test_english_throughout(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(ledger, work)
    for args in (["--help"], ["status", "--help"]):
        code, out, _ = call(capsys, "--lang", "en", *args)
        assert (code, CHINESE.search(out)) == (Exit.DONE, None)
    code, out, err = call(capsys, "--lang", "en", "status", ledger, "--today", "2018-12-10")
    assert "As of 2018-12-10: findings 52" in out
    assert "cannot be matched" in err


def test_a_ledger_given_for_a_result_is_sent_to_status(
    here: Path, examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, examples / "ningxia-room-poor.yaml", "--format", "xlsx")
    [ledger] = (here / "plsp-out").glob("*.xlsx")
    code, _, err = call(capsys, ledger)
    assert code == Exit.INVALID
    assert "rectify status" in err
    assert "表头" not in err


def test_what_is_wrong_and_what_would_be_right_are_two_sentences(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a.jsonl").write_text("", encoding="utf-8")
    code, _, err = call(capsys, "a.jsonl")
    assert code == Exit.INVALID
    assert "没有任何内容。请" in err
