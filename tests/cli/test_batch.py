"""`batch` as people call it: what it prints, where it writes, and its exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from plsp_audit.cli.app import run
from plsp_audit.cli.progress import Teller
from plsp_audit.model.catalogue import Lang
from tests.batch.factory_batch import OUTPUTS, contents, write, write_many


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    return write_many(tmp_path / "in", 7)


def test_a_batch_without_faults(sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(sites), "--out", str(tmp_path / "out")]) == 0
    out, err = capsys.readouterr()
    assert "乡镇(街道)公共法律服务工作站" in out.replace("\n", "") or "工作站" in out
    assert "7" in out
    assert "共 7 个场所完成评分，0 个未能评定。" in err
    assert set(contents(tmp_path / "out")) == set(OUTPUTS)


def test_the_usual_folder(sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["batch", "in"]) == 0
    assert set(contents(tmp_path / "plsp-out")) == set(OUTPUTS)
    before = contents(tmp_path / "plsp-out")
    assert run(["batch", "."]) == 0
    assert json.loads(before["manifest.json"])["counts"]["sites"] == 7


def test_faulty_sites(sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(sites / "z.yaml", "z", area="很大")
    assert run(["batch", str(sites), "--out", str(tmp_path / "out")]) == 5
    assert "errors.csv" in capsys.readouterr().err


def test_json_prints_results_in_order_and_writes_nothing(
    sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(sites / "00" / "s-00003.yaml", "s-00003", area="很大")
    assert run(["batch", "in", "--json"]) == 5
    out, err = capsys.readouterr()
    assert [json.loads(line)["site"]["id"][-1] for line in out.splitlines()] == list("012456")
    assert "s-00003.yaml:13" in err
    assert "很大" in err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert run(["batch", "in", "--json", "--out", "out"]) == 5
    assert capsys.readouterr().out == out
    assert (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8") == out


@pytest.mark.parametrize(("limit", "code"), [("10", 1), ("0", 0), ("差", 0), ("good", 1)])
def test_fail_under(sites: Path, tmp_path: Path, limit: str, code: int) -> None:
    assert run(["batch", str(sites), "--out", str(tmp_path / "out"), "--fail-under", limit]) == code


def test_faults_come_before_the_limit(sites: Path, tmp_path: Path) -> None:
    write(sites / "z.yaml", "z", area="很大")
    assert run(["batch", str(sites), "--out", str(tmp_path / "out"), "--fail-under", "10"]) == 5


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (["--fail-under", "最好"], "good"),
        (["--workers", "0"], "--workers"),
        (["--workers", "two"], "--workers"),
        (["--site-reports", "doc"], "docx"),
        (["--sampled", "room=many"], "room=87"),
        (["--sampled", "room=0"], "room=87"),
        (["--report-timeout", "0"], "--report-timeout"),
        (["--report-timeout", "nan"], "--report-timeout"),
        (["--nothing"], "--nothing"),
    ],
)
def test_mistakes_of_usage(
    sites: Path, tmp_path: Path, more: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["batch", str(sites), "--out", str(tmp_path / "out"), *more]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_to_inspect(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "photo.jpg").write_bytes(b"x")
    for paths in (["in"], ["none"], ["x*.yaml", "in"]):
        given = [str(tmp_path / path) for path in paths]
        assert run(["batch", *given, "--out", str(tmp_path / "out")]) == 4
        assert given[0] in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_standard_that_is_not_there(sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(sites), "--out", str(tmp_path / "out"), "--standard", "nowhere"]) == 3
    assert "nowhere" in capsys.readouterr().err
    assert run(["batch", str(sites), "--out", str(tmp_path / "out"), "--standards", str(tmp_path / "none")]) == 3


def test_a_named_file_that_is_missing_is_told_and_the_rest_goes_on(
    sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(sites), str(tmp_path / "gone.yaml")]
    assert run(["batch", *given, "--out", str(tmp_path / "out")]) == 5
    assert "gone.yaml" in (tmp_path / "out" / "errors.csv").read_text(encoding="utf-8-sig")
    assert "gone.yaml" in capsys.readouterr().err


def test_sampled_tiers(sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(sites), "--out", str(tmp_path / "out"), "--sampled", "station=87"]) == 0
    assert "抽查7个" in capsys.readouterr().out.replace("\n", "").replace(" ", "")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["sampled"] == {"station": 87}


def test_a_sampled_tier_may_be_written_by_its_label_and_one_that_fits_nothing_is_told(
    sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["batch", str(sites), "--out", str(out), "--sampled", "银川市/工作站=87", "--sampled", "工作室=9"]) == 0
    told = capsys.readouterr()
    assert "抽查7个(共87个)" in told.out.replace("\n", "").replace(" ", "")
    assert "--sampled 写的“room”没有对上" in told.err
    assert "station（工作站）" in told.err
    assert "银川市/station" not in told.err


def test_files_of_sites_are_counted_at_the_end(
    sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out" / "s-00000.json").mkdir(parents=True)
    assert run(["batch", str(sites), "--out", str(tmp_path / "out"), "--site-reports", "json"]) == 6
    told = capsys.readouterr().err
    assert "已写出 6 个场所各自的文件" in told
    assert "1 个场所的文件没有写全，原因见" in told


def test_grades_that_a_limit_may_name_are_told_once(sites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(sites), "--json", "--fail-under", "excellent"]) == 2
    assert capsys.readouterr().err.count("good（好）") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_names_every_option(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", "--help", "--lang", lang]) == 0
    out = capsys.readouterr().out
    for option in ("--resume", "--executor", "--site-reports", "--sampled", "--workers", "--json", "--fail-under"):
        assert option in out
    assert ("退出码" in out) == (lang == "zh")


def test_in_english(sites: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(sites / "z.yaml", "z", area="much")
    run(["batch", str(sites), "--out", str(tmp_path / "out"), "--lang", "en"])
    assert "7 sites scored, 1 could not be assessed." in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal() -> None:
    stream = Terminal()
    teller = Teller("zh", stream=stream)
    teller.begin("scoring", 10)
    teller.step(5, 2)
    teller.say("[a] sentence")
    teller.end()
    told = stream.getvalue()
    assert "评分" in told
    assert "5/10" in told
    assert "失败 2 个" in told
    assert "[a] sentence" in told


@pytest.mark.parametrize(("lang", "word"), [("zh", "评分：30/100 个，失败 1 个"), ("en", "scoring: 30/100, 1 failed")])
def test_plain_lines_elsewhere(lang: Lang, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 1.0, 11.0, 12.0, 13.0, 14.0])
    monkeypatch.setattr("plsp_audit.cli.progress.time.monotonic", lambda: next(times))
    stream = io.StringIO()
    teller = Teller(lang, stream=stream)
    teller.begin("scoring", 100)
    teller.step(10, 0)
    teller.step(20, 1)
    teller.step(1, 0)
    teller.end()
    assert stream.getvalue().splitlines() == [word]


def test_of_many_warnings_the_first_are_told() -> None:
    stream = io.StringIO()
    teller = Teller("zh", stream=stream)
    for number in range(60):
        teller.warn(f"w{number % 55}")
    teller.rest()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 51
    assert "5" in lines[-1]
