"""English screens: names may be Chinese, what stands between them is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from plsp_audit.cli.app import run

CENTRE = "examples/gansu-county-center-good.yaml"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("standards coverage gansu-2018", "county_center: GS-C-40; station: GS-S-05; room: GS-R-14, GS-R-02;"),
        ("standards show gansu-2018 room", "甘肃省公共法律服务实体平台建设标准 (gansu-2018)"),
        ("standards compare wafangdian-2018 gansu-2018 --tier room", "县(市、区)公共法律服务中心 (county_center), "),
        (f"explain {CENTRE} GS-C-04", "临街一层 (premises.street_floor1): no"),
        (f"explain {CENTRE} GS-C-07", "开放式服务大厅 (met)"),
        ("doctor", "gansu-2018, guangxi-2015, ningxia-2018"),
    ],
)
def test_lists_and_brackets_are_english(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.delenv("PLSP_STANDARDS", raising=False)
    run(["--lang", "en", *command.split()])
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"score {CENTRE} --format doc --json", "pdf, xlsx"),
        (f"score {CENTRE} --fail-under best --json", "good (好), medium (中)"),
        ("scor", "score"),
        ("network examples/network/gansu-county-roster.csv", "gansu-2018, guangxi-2015"),
    ],
)
def test_slips_of_the_command_line_are_told_in_english(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    monkeypatch.chdir(root)
    assert run(["--lang", "en", *command.split()]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
