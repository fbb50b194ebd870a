"""The files of sites: one that hangs or dies costs itself, the rest goes on."""

from __future__ import annotations

import csv
import io
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from plsp_audit.batch.journal import FOLDER
from plsp_audit.batch.render import Drawing, Drawn, Renderer
from plsp_audit.batch.work import Settings, Task
from plsp_audit.reporting.pango import pango_missing
from tests.batch.factory_batch import Ear, batch, contents, write


def errors(out: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO((out / "errors.csv").read_bytes().decode("utf-8-sig"))))[1:]


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    for name in "abc":
        write(tmp_path / "in" / f"{name}.yaml", f"site-{name}")
    return tmp_path / "in"


def files(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir() if path.name.startswith("site-"))


def test_the_files_are_those_that_score_writes(sites: Path, tmp_path: Path) -> None:
    from plsp_audit.cli.app import run

    out = tmp_path / "out"
    assert not batch([sites], out, formats=["xlsx", "html", "json"]).unwritten
    assert files(out) == [f"site-{n}.{kind}" for n in "abc" for kind in ("html", "json", "xlsx")]
    run(["score", str(sites / "a.yaml"), "--out", str(tmp_path / "one"), "--format", "xlsx,html,json"])
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (out / path.name).read_bytes(), path.name


@pytest.mark.skipif(pango_missing() is not None, reason="this machine lacks Pango")
def test_a_pdf_is_drawn(sites: Path, tmp_path: Path) -> None:
    assert not batch([sites / "a.yaml"], tmp_path / "out", formats=["pdf"]).unwritten
    assert (tmp_path / "out" / "site-a.pdf").read_bytes().startswith(b"%PDF")


def test_without_pango_all_but_the_pdf_is_written(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plsp_audit.reporting.pango.pango_missing", lambda lang: "no Pango here")
    ear = Ear()
    ending = batch([sites], tmp_path / "out", ear, formats=["pdf", "json"])
    assert ending.unwritten
    assert files(tmp_path / "out") == ["site-a.json", "site-b.json", "site-c.json"]
    assert ear.said.count("no Pango here") == 1
    assert "没有画 PDF" in ear.said[-1]


def test_that_pango_is_missing_is_said_before_the_work_begins(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plsp_audit.reporting.pango.pango_missing", lambda lang: "no Pango here")
    ear = Ear()
    heard: list[list[str]] = []
    monkeypatch.setattr(ear, "begin", lambda stage, total: heard.append(list(ear.said)))
    assert batch([sites], tmp_path / "out", ear, formats=["pdf"]).unwritten
    assert heard[0] == ["no Pango here"]


def hanging(tmp_path: Path) -> Path:
    """Give a folder of templates by which the report of site b never comes to an end."""
    from plsp_audit.model.content import content_dir

    page = (content_dir("reports") / "site" / "report.html.j2").read_text(encoding="utf-8")
    loop = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    made = page.replace("<body", "{% if 'site-b' in view.site_name %}" + loop + "{% endif %}<body", 1)
    assert made != page
    (tmp_path / "templates" / "site").mkdir(parents=True)
    (tmp_path / "templates" / "site" / "report.html.j2").write_text(made, encoding="utf-8")
    return tmp_path / "templates"


def test_a_drawing_that_hangs_costs_its_site_alone(sites: Path, tmp_path: Path) -> None:
    out, templates = tmp_path / "out", hanging(tmp_path)
    ear = Ear()
    ending = batch([sites], out, ear, formats=["html"], templates=[templates], report_seconds=15, workers=2)
    assert (ending.sites, ending.failed, ending.unwritten) == (3, 0, True)
    assert files(out) == ["site-a.html", "site-c.html"]
    (row,) = errors(out)
    assert row[0] == str(sites / "b.yaml")
    assert "site-b" in row[5]
    assert "15 秒" in row[5]
    assert "--report-timeout" in row[6]
    assert any("site-b" in said for said in ear.warned)


def test_what_is_drawn_already_is_not_drawn_again(sites: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch([sites], out, formats=["json"])
    first = contents(out)
    (out / "site-b.json").write_text("{}", encoding="utf-8")
    (out / FOLDER / "reports.jsonl").open("ab").write(b'["half a li')
    stamps = {name: (out / name).stat().st_ino for name in files(out)}
    for _ in range(2):
        assert not batch([sites], out, formats=["json"], resume=True).unwritten
        changed = [name for name in files(out) if (out / name).stat().st_ino != stamps[name]]
        assert changed == ["site-b.json"]
    assert (out / "site-b.json").read_text(encoding="utf-8") != "{}"
    assert contents(out) == first


def test_only_the_inspection_that_counts_is_drawn(sites: Path, tmp_path: Path) -> None:
    write(sites / "d.yaml", "site-a", kind="recheck", date="2018-12-24")
    batch([sites], tmp_path / "out", formats=["json"])
    assert "2018-12-24" in (tmp_path / "out" / "site-a.json").read_text(encoding="utf-8")


def test_names_that_would_take_the_place_of_others_are_refused(sites: Path, tmp_path: Path) -> None:
    write(sites / "d.yaml", "SITE-A")
    write(sites / "e.yaml", "Summary")
    ending = batch([sites], tmp_path / "out", formats=["xlsx"])
    assert ending.unwritten
    assert files(tmp_path / "out") == ["site-a.xlsx", "site-b.xlsx", "site-c.xlsx"]
    assert [Path(row[0]).name for row in errors(tmp_path / "out")] == ["d.yaml", "e.yaml"]
    assert not (tmp_path / "out" / "Summary.xlsx").exists()


def test_a_process_that_dies_is_told_and_started_again(sites: Path, tmp_path: Path) -> None:
    renderer = Renderer(Drawing(Settings(), str(tmp_path), ("json",)))
    try:
        assert isinstance(renderer.draw(Task(str(sites / "a.yaml")), 60), Drawn)
        process = renderer._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert renderer.draw(Task(str(sites / "b.yaml")), 60) == "died"
        assert isinstance(renderer.draw(Task(str(sites / "b.yaml")), 60), Drawn)
    finally:
        renderer.stop()
    assert renderer.draw(Task(str(sites / "c.yaml")), 60) == "died"


def test_a_process_ends_with_the_one_that_asked(sites: Path, tmp_path: Path) -> None:
    renderer = Renderer(Drawing(Settings(), str(tmp_path), ("html",), (str(hanging(tmp_path)),)))
    threading.Thread(target=renderer.draw, args=(Task(str(sites / "b.yaml")), 60), daemon=True).start()
    for _ in range(100):
        if renderer._process is not None and renderer._process.stdin is not None:
            break
        time.sleep(0.1)
    process = renderer._process
    assert process is not None
    assert process.stdin is not None
    time.sleep(3)
    assert process.poll() is None
    process.stdin.close()
    assert process.wait(20) == 0
