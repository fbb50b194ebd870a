"""`plsp-audit recheck`."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from plsp_audit.analysis.rectify import grouped, site_list
from plsp_audit.batch.desk import Desk
from plsp_audit.cli.app import run
from plsp_audit.cli.exits import Exit
from plsp_audit.loading.packs import Library
from plsp_audit.reporting.pango import pango_missing
from plsp_audit.reporting.rectify_xlsx import write_ledger

Captured = pytest.CaptureFixture[str]
ROOM, STATION = "ningxia-room-poor.yaml", "ningxia-station-medium.yaml"


@pytest.fixture
def sides(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two folders, as a clerk has them: first inspections of two sites and a third, second ones of two."""
    for folder in ("before", "after"):
        (tmp_path / folder).mkdir()
    for name in (ROOM, STATION):
        shutil.copy(examples / name, tmp_path / "before")
        shutil.copy(examples / "recheck" / name, tmp_path / "after")
    shutil.copy(examples / "gansu-station-medium.yaml", tmp_path / "before")
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "PLSP_STANDARDS", "PLSP_TEMPLATES", "PLSP_LANG"):
        monkeypatch.delenv(name, raising=False)
    return "before", "after"


def test_one_site_on_screen(sides: tuple[str, str], capsys: Captured) -> None:
    assert run(["recheck", f"before/{ROOM}", f"after/{ROOM}", "--out", "out", "--format", "json"]) == Exit.DONE
    shown = capsys.readouterr().out
    for part in ("上次的21项问题：已整改5项、部分整改6项、未整改9项、本次未复查1项。", "NX-R-01", "+4", "42.43",
                 "问题（16项）", "已整改5项：NX-R-03", "名称规范，原司法行政工作室标牌已改挂"):  # fmt: skip
        assert part in shown, part
    assert all(cell_len(line) <= 100 for line in shown.splitlines())
    assert [p.name for p in Path("out").iterdir()] == ["nx-hy-xinghua-recheck.json"]


def test_one_site_in_english(sides: tuple[str, str], capsys: Captured) -> None:
    assert run(["--lang", "en", "recheck", f"before/{ROOM}", f"after/{ROOM}", "--out", "o", "--format", "json"]) == 0
    shown = capsys.readouterr().out
    assert "Defects found before: 21. Of these 5 fixed, 6 partly fixed, 9 still open, 1 not re-checked." in shown
    assert "Where the score went" in shown


def test_json_writes_nothing_unless_asked(sides: tuple[str, str], capsys: Captured) -> None:
    assert run(["recheck", *sides, "--json"]) == Exit.DONE
    shown = capsys.readouterr()
    documents = [json.loads(line) for line in shown.out.splitlines()]
    assert [d["site"]["id"] for d in documents] == ["nx-hy-xinghua", "nx-yz-yunling"]
    assert {d["plsp"] for d in documents} == {"recheck/1"}
    for document in documents:
        bridge = document["bridge"]
        assert sum(Fraction(line["exact"]) for line in bridge["lines"]) == Fraction(bridge["exact"])
    assert "gs-lx-songping" in shown.err
    assert not Path("plsp-out").exists()


def test_folders(sides: tuple[str, str], capsys: Captured) -> None:
    code = run(["recheck", *sides, "--out", "out", "--format", "xlsx,json", "--site-reports", "json"])
    assert code == Exit.DONE
    shown = capsys.readouterr()
    assert "总分上升2个，下降0个，不变0个，无法比较0个" in shown.out
    assert "nx-yz-yunling" in shown.out
    assert "只在上次有的场所1个：陇溪县松坪镇公共法律服务工作站（gs-lx-songping）" in shown.err
    assert sorted(p.name for p in Path("out").iterdir()) == [
        "nx-hy-xinghua-recheck.json", "nx-yz-yunling-recheck.json", "recheck-summary.json", "recheck-summary.xlsx"
    ]  # fmt: skip


@pytest.mark.skipif(bool(pango_missing()), reason="no Pango here")
def test_pdf_by_default(sides: tuple[str, str], capsys: Captured) -> None:
    assert run(["recheck", f"before/{ROOM}", f"after/{ROOM}"]) == Exit.DONE
    assert sorted(p.suffix for p in Path("plsp-out").iterdir()) == [".json", ".pdf", ".xlsx"]


def test_the_same_command_gives_the_same_bytes(sides: tuple[str, str], capsys: Captured) -> None:
    for out in ("one", "two"):
        run(["recheck", *sides, "--out", out, "--format", "xlsx,json", "--site-reports", "xlsx,json"])
    for path in Path("one").iterdir():
        assert path.read_bytes() == (Path("two") / path.name).read_bytes(), path.name


def test_two_different_sites(sides: tuple[str, str], capsys: Captured) -> None:
    assert run(["recheck", f"before/{ROOM}", f"after/{STATION}"]) == Exit.INVALID
    assert "两份文件不是同一个场所" in capsys.readouterr().err


def test_nothing_in_common(sides: tuple[str, str], capsys: Captured) -> None:
    assert run(["recheck", "before/gansu-station-medium.yaml", "after"]) == Exit.NOTHING
    assert "没有编号相同的场所：上次1个，本次2个" in capsys.readouterr().err


def test_a_file_that_is_not_there(sides: tuple[str, str], capsys: Captured) -> None:
    assert run(["recheck", "before/none.yaml", "after"]) == Exit.INVALID
    assert "before/none.yaml" in capsys.readouterr().err


def test_a_bad_file_among_good_ones(sides: tuple[str, str], examples: Path, capsys: Captured) -> None:
    shutil.copy(examples / "bad" / "unknown-fact.yaml", "after")
    assert run(["recheck", *sides, "--json"]) == Exit.SOME_FAILED
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 2
    assert "after/unknown-fact.yaml:" in shown.err


@pytest.mark.parametrize("option", ["--format", "--site-reports"])
def test_unknown_formats(sides: tuple[str, str], option: str, capsys: Captured) -> None:
    assert run(["recheck", *sides, option, "docx"]) == Exit.USAGE
    assert "docx" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written(sides: tuple[str, str], capsys: Captured) -> None:
    Path("taken").write_text("", encoding="utf-8")
    assert run(["recheck", *sides, "--out", "taken", "--format", "json"]) == Exit.NOT_WRITTEN


def test_one_standard_for_both_and_one_for_the_first(sides: tuple[str, str], capsys: Captured) -> None:
    folder = Path("packs") / "ningxia-2019"
    folder.mkdir(parents=True)
    (folder / "standard.yaml").write_text(
        "plsp: standard/1\nid: ningxia-2019\ntitle: 新版\nextends: ningxia-2018\ntailoring:\n"
        "  alter: [{rule: NX-R-11, tier: room, set: {points: 5}, reason: 试}]\n", encoding="utf-8")  # fmt: skip
    files = [f"before/{ROOM}", f"after/{ROOM}"]
    base = ["recheck", *files, "--json", "--standards", "packs", "--standard", "ningxia-2019"]
    assert run(base) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["split"] == "same"
    assert run([*base, "--before-standard", "ningxia-2018"]) == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["split"] == "separated"
    parts = Fraction(document["standard"]["bridge"]["exact"]) + Fraction(document["bridge"]["exact"])
    assert parts == Fraction(document["change"]["exact"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help(lang: str, capsys: Captured) -> None:
    assert run(["--lang", lang, "recheck", "--help"]) == Exit.DONE
    shown = capsys.readouterr().out
    for option in ("--ledger", "--before-standards", "--site-reports"):
        assert option in shown


def ledger(path: Path, claims: dict[str, tuple[str, str]], *sites: str) -> None:
    """Write the ledger of first inspections and fill it, as an owner does: by rule, 整改情况 and 完成日期."""
    results = [Desk(Library()).score(Path(site)) for site in sites]
    [group] = grouped([site_list(one.result) for one in results], "all")
    write_ledger(path, group, {one.standard.id: {s.id: s.title for s in one.standard.sources} for one in results})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if any(cell.value == "整改情况" for cell in row))
    columns = {str(cell.value): at for at, cell in enumerate(heads)}
    for row in sheet.iter_rows(min_row=(heads[0].row or 0) + 1):
        key = str(row[-1].value or "")
        for rule, (state, day) in claims.items():
            if f"|{rule}|" in key:
                row[columns["整改情况"]].value, row[columns["完成日期"]].value = state, day
    book.save(path)


def test_a_ledger_is_held_against_what_was_seen(sides: tuple[str, str], capsys: Captured) -> None:
    done = ("已整改", "2019-01-10")
    claims = {"NX-R-01": done, "NX-R-03": done, "NX-R-21": done, "NX-R-09": ("整改中", "")}
    ledger(Path("台账.xlsx"), claims, f"before/{ROOM}", "before/gansu-station-medium.yaml")
    assert run(["recheck", f"before/{ROOM}", f"after/{ROOM}", "--ledger", "台账.xlsx", "--json"]) == Exit.DONE
    shown = capsys.readouterr()
    checks = {check["rule"]: check for check in json.loads(shown.out)["claims"]}
    kinds = {rule: check["kind"] for rule, check in checks.items()}
    assert kinds["NX-R-01"] == "claimed_not_fixed"
    assert kinds["NX-R-21"] == "claimed_unchecked"
    assert kinds["NX-R-04"] == "fixed_unclaimed"
    assert kinds["NX-R-09"] == "open_unclaimed"
    assert kinds["NX-R-03"] == "confirmed"
    assert next(iter(kinds)) == "NX-R-01"
    assert len(kinds) == 21
    assert checks["NX-R-01"]["claim"]["on"] == "2019-01-10"
    assert checks["NX-R-01"]["claim"]["place"].startswith("台账.xlsx[")
    assert "gs-lx-songping" in shown.err


def test_a_ledger_over_folders(sides: tuple[str, str], capsys: Captured) -> None:
    ledger(Path("台账.xlsx"), {"NX-R-01": ("已整改", ""), "NX-S-03": ("已整改", "")},
           f"before/{ROOM}", f"before/{STATION}")  # fmt: skip
    assert run(["recheck", *sides, "--ledger", "台账.xlsx", "--out", "out", "--format", "json"]) == Exit.DONE
    shown = capsys.readouterr().out
    assert "台账报称已整改而实查没有整改到位的2项，涉及2个场所" in shown
    assert shown.index("NX-S-03") < shown.index("各场所情况")
    document = json.loads(Path("out/recheck-summary.json").read_text(encoding="utf-8"))
    assert [site["claimed_not_fixed"] for site in document["sites"]] == [["NX-R-01"], ["NX-S-03"]]


def test_a_ledger_that_is_none(sides: tuple[str, str], capsys: Captured) -> None:
    code = run(["recheck", f"before/{ROOM}", f"after/{ROOM}", "--ledger", f"before/{ROOM}", "--json"])
    assert code == Exit.SOME_FAILED
    shown = capsys.readouterr()
    assert ROOM in shown.err
    assert json.loads(shown.out)["claims"] is None


def test_tables_of_sites_are_read_beside_files(
    examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = tmp_path / "上次", tmp_path / "本次"
    before.mkdir()
    after.mkdir()
    lines = (examples / "ningxia-2018" / "中卫市" / "己县.jsonl").read_text(encoding="utf-8").splitlines()
    (before / "己县.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (after / "己县.jsonl").write_text("\n".join([*lines[1:], "{"]), encoding="utf-8")
    shutil.copy(examples / "ningxia-room-poor.yaml", before)
    shutil.copy(examples / "recheck" / "ningxia-room-poor.yaml", after)
    assert run(["recheck", str(before), str(after), "--json"]) == Exit.SOME_FAILED
    assert f"己县.jsonl:{len(lines)}" in capsys.readouterr().err
    (after / "己县.jsonl").write_text("\n".join(lines[1:]), encoding="utf-8")
    assert run(["recheck", str(before), str(after), "--json"]) == 0
    said = capsys.readouterr()
    assert "（zw-3-01）" in said.out + said.err
    assert run(["recheck", str(before / "己县.jsonl"), str(after / "己县.jsonl"), "--json"]) == 0
