"""`bulletin` as a clerk uses it: from results to files."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.batch import bulletin_files
from plsp_audit.cli.app import run
from plsp_audit.cli.exits import Exit
from plsp_audit.model.result import Result
from plsp_audit.reporting import bulletin_pdf
from plsp_audit.reporting.json_file import json_line
from plsp_audit.reporting.pango import PangoMissing, pango_missing
from tests.analysis.factory_bulletin import site, whole
from tests.analysis.factory_rollup import ningxia

GIVEN = ("--issuer", "银川市司法局", "--number", "银司发(2018)12")
DATED = (*GIVEN, "--date", "2018-12-21")
needs_pango = pytest.mark.skipif(pango_missing() is not None, reason="no Pango")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Give a folder with the results of a province."""
    return written(tmp_path / "batch", [whole(one) for one in ningxia()])


def written(folder: Path, results: list[Result]) -> Path:
    folder.mkdir()
    lines = "".join(json_line(one) + "\n" for one in results)
    (folder / "results.jsonl").write_text(lines, encoding="utf-8")
    return folder


def said(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


@needs_pango
def test_a_citys_circular(results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    code = run(["bulletin", str(results), *DATED, "--city", "银川", "--out", str(out), "--format", "docx,pdf,json"])
    assert code == Exit.DONE
    told = capsys.readouterr()
    assert "场所78个：参评76个，暂不参评2个，无法评分0个" in told.out
    assert sorted(path.name for path in out.iterdir()) == [f"银川市通报.{end}" for end in ("docx", "json", "pdf")]
    assert said(out, "银川市通报.json")["number"] == "银司发〔2018〕12号"
    assert (out / "银川市通报.pdf").read_bytes().startswith(b"%PDF")
    # The standard of these results is not one of those that are shipped.
    assert told.err.count("ningxia-2018") == 1


@needs_pango
def test_the_same_command_gives_the_same_bytes(results: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run(["bulletin", str(results), *DATED, "--county", "平罗县", "--out", str(tmp_path / name)]) == Exit.DONE
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_json_writes_nothing(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["bulletin", str(results), *DATED, "--json"]) == Exit.DONE
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["level"] == "province"
    assert sum(count["sites"] for count in told["whole"]["counts"]) == len(ningxia())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch"]


def test_without_a_date_room_is_left(results: Path, capsys: Any) -> None:
    assert run(["bulletin", str(results), *GIVEN, "--json"]) == Exit.DONE
    told = capsys.readouterr()
    assert json.loads(told.out)["date"] is None
    assert "成文日期留空" in told.err


def test_cities_are_told_in_the_order_wanted(results: Path, capsys: Any) -> None:
    assert run(["bulletin", str(results), *DATED, "--order", "银川，石嘴山", "--json"]) == Exit.DONE
    told = [part["city"] for part in json.loads(capsys.readouterr().out)["parts"]]
    assert told == ["银川市", "石嘴山市", "固原市", "中卫市"]


@pytest.mark.parametrize(("more", "code", "words"), [
    (["--city", "吴忠市"], Exit.NOTHING, "没有“吴忠市”的结果；结果里有：中卫市、固原市、石嘴山市、银川市"),
    (["--city", "银川市", "--county", "平罗县"], Exit.NOTHING, "没有“平罗县”的结果"),
    (["--level", "county"], Exit.NOTHING, "不能作县级通报"),
    (["--date", "2018-12"], Exit.USAGE, "日期应写到日，如 2018-10-31；现在写的是“2018-12”"),
    (["--date", "2018-02-30"], Exit.USAGE, "日期应写到日"),
    (["--sampled", "room=many"], Exit.USAGE, "room=87"),
    (["--format", "doc"], Exit.USAGE, "没有格式“doc”"),
    (["--number", "银司发12号"], Exit.INVALID, "不是完整的发文字号"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(results: Path, more: list[str], code: Exit, words: str, capsys: Any) -> None:
    assert run(["bulletin", str(results), *DATED, "--json", *more]) == code
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


@pytest.mark.parametrize("given", [GIVEN[:2], GIVEN[2:], ("--issuer", " ", *GIVEN[2:])])
def test_who_issues_it_under_which_number_must_be_said(results: Path, given: tuple[str, ...], capsys: Any) -> None:
    assert run(["bulletin", str(results), *given, "--json"]) == Exit.USAGE
    assert "缺少：--" in capsys.readouterr().err


@pytest.mark.parametrize(("more", "words"), [
    (["--sampled", "rom=87"], "“rom”在结果里没有，没有用到；结果里的层级有："),
    (["--sampled", "某市/station"], "某市/station"),
    (["--order", "银川,上海"], "上海"),
])  # fmt: skip
def test_what_fits_nothing_is_told(results: Path, more: list[str], words: str, capsys: Any) -> None:
    assert run(["bulletin", str(results), *DATED, "--json", *more]) == Exit.DONE
    assert words in capsys.readouterr().err


def test_no_results(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["bulletin", str(tmp_path / "empty"), *DATED]) == Exit.NOTHING
    assert "没有可以通报的结果" in capsys.readouterr().err


def test_a_damaged_result_stops_it(results: Path, tmp_path: Path, capsys: Any) -> None:
    with (results / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"plsp": "result/1", "site": 3}\n')
    assert run(["bulletin", str(results), *DATED, "--out", str(tmp_path / "out")]) == Exit.INVALID
    assert "results.jsonl:" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_site_under_two_standards_is_refused(tmp_path: Path, capsys: Any) -> None:
    one = site("a", 90)
    other = one.model_copy(update={"standard": one.standard.model_copy(update={"id": "other", "digest": "1" * 64})})
    folder = written(tmp_path / "two", [one, other])
    assert run(["bulletin", str(folder), *DATED, "--json"]) == Exit.INVALID
    assert "有几个标准的结果（ningxia-2018、other）" in capsys.readouterr().err


def test_without_pango_word_is_still_written(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             capsys: Any) -> None:  # fmt: skip
    def missing(*_: Any, **__: Any) -> None:
        raise PangoMissing("缺少 Pango")

    monkeypatch.setattr(bulletin_pdf, "pages_of", missing)
    code = run(["bulletin", str(results), *DATED, "--county", "平罗县", "--out", str(tmp_path / "out")])
    assert code == Exit.NOT_WRITTEN
    assert "缺少 Pango" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["平罗县通报.docx"]


def test_what_cannot_be_written_is_said(results: Path, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    code = run(["bulletin", str(results), *DATED, "--out", str(tmp_path / "out"), "--format", "json"])
    assert code == Exit.NOT_WRITTEN
    assert "不能建立文件夹" in capsys.readouterr().err


def test_a_bureaus_layout_is_used(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine" / "bulletin").mkdir(parents=True)
    (tmp_path / "mine" / "bulletin" / "layout.yaml").write_text("head: {suffix: 公文}\n", encoding="utf-8")
    monkeypatch.setenv("PLSP_TEMPLATES", str(tmp_path / "mine"))
    out = tmp_path / "out"
    assert run(["bulletin", str(results), *DATED, "--county", "平罗县", "--out", str(out), "--format", "docx"]) == 0
    with zipfile.ZipFile(io.BytesIO((out / "平罗县通报.docx").read_bytes())) as package:
        assert "银川市司法局公文" in package.read("word/document.xml").decode("utf-8")


def test_english(results: Path, tmp_path: Path, capsys: Any) -> None:
    assert run(["--lang", "en", "bulletin", str(results), *DATED, "--county", "平罗", "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["body"][1] == "1. Overall results"


def test_files_of_a_strange_place_stay_in_their_folder(tmp_path: Path) -> None:
    folder = written(tmp_path / "odd", [site("a", 90, place=("省", "市", "../../x"))])
    assert run(["bulletin", str(folder), *DATED, "--out", str(tmp_path / "out"), "--format", "json"]) == Exit.DONE
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["x通报.json"]
    assert bulletin_files.FORMATS == ("docx", "pdf", "json")
