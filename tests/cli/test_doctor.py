from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.cli import machine
from plsp_audit.cli.app import run


@pytest.fixture(autouse=True)
def _sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine that has everything; each test takes something away."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(machine, "has_pango", lambda: True)
    monkeypatch.setattr(machine, "system_fonts", lambda: ("ok", "ok", 12))
    monkeypatch.setattr(machine, "shows_chinese", lambda encoding: True)


def found(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, dict[str, Any]]:
    code = run(["doctor", "--json", *args])
    [document] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert document["ok"] == (code == 0)
    return code, {f["id"]: f for f in document["findings"]}


def test_a_sound_machine(capsys: pytest.CaptureFixture[str]) -> None:
    code, findings = found(capsys)
    assert (code, {f["state"] for f in findings.values()}) == (0, {"ok"})
    assert list(findings) == ["python", "pango", "fonts", "system_fonts", "subset", "console", "output", "standards"]
    assert "gansu-2018" in findings["standards"]["text"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_screen(capsys: pytest.CaptureFixture[str], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "has_pango", lambda: False)
    assert run(["doctor", "--lang", lang]) == 1
    said = capsys.readouterr()
    assert ("[缺]" if lang == "zh" else "[lacks]") in said.out
    assert "libpangoft2-1.0-0" in said.out
    assert said.err.strip()


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("has_pango", lambda: False, "pango"),
        ("bundled_fonts", lambda: (Path("reports/fonts"), ["PLSPSansSC-Regular.otf"]), "fonts"),
        ("shows_chinese", lambda encoding: False, "console"),
        ("unwritable", lambda folder: "Permission denied", "output"),
        ("standards", lambda folders: ([], ["gansu-2018"]), "standards"),
        ("standards", lambda folders: ([], []), "standards"),
    ],
)
def test_what_is_missing_and_matters(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: Any, finding: str
) -> None:
    monkeypatch.setattr(machine, name, value)
    code, findings = found(capsys)
    assert (code, findings[finding]["state"]) == (1, "missing")
    assert len(findings[finding]["text"]) > 5


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("has_subset", lambda: False, "subset"),
        ("system_fonts", lambda: ("note", "none", 0), "system_fonts"),
        ("system_fonts", lambda: ("note", "no_fangsong", 3), "system_fonts"),
        ("system_fonts", lambda: ("note", "unknown", 0), "system_fonts"),
    ],
)
def test_what_is_only_worth_a_note(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: Any, finding: str
) -> None:
    monkeypatch.setattr(machine, name, value)
    code, findings = found(capsys)
    assert (code, findings[finding]["state"]) == (0, "note")


def test_english_needs_no_chinese_screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "shows_chinese", lambda encoding: False)
    code, findings = found(capsys, "--lang", "en")
    assert (code, findings["console"]["state"]) == (0, "note")


def test_a_folder_that_cannot_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert found(capsys, "--out", str(tmp_path / "file" / "below"))[0] == 1
    assert found(capsys, "--out", str(tmp_path / "new" / "below"))[0] == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_a_broken_standard_of_the_bureau(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "own" / "broken").mkdir(parents=True)
    (tmp_path / "own" / "broken" / "standard.yaml").write_text("plsp: standard/1\n", encoding="utf-8")
    code, findings = found(capsys, "--standards", str(tmp_path / "own"))
    assert (code, "broken" in findings["standards"]["text"]) == (1, True)


def test_encodings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert [machine.shows_chinese(e) for e in ("utf-8", "gb18030", "cp936", "ascii", "cp437", "none-such")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_the_fonts_of_this_machine_are_counted_or_said_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    state, key, count = machine.system_fonts()
    assert (state == "ok") == (key == "ok")
    assert (count > 0) == (key in ("ok", "no_fangsong"))
    monkeypatch.setenv("PATH", "")
    assert machine.system_fonts() == ("note", "unknown", 0)
