from __future__ import annotations

import json
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.cli import app
from plsp_audit.loading.packs import Library
from plsp_audit.model.base import number_text
from plsp_audit.scoring.explain import explain

CENTRE = "gansu-county-center-good.yaml"
SITES = (
    CENTRE, "gansu-station-medium.yaml", "ningxia-station-medium.yaml", "ningxia-room-poor.yaml",
    "guangxi-county-center.yaml", "wafangdian-station.yaml", "xintai-centre-2019.yaml",
)  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_every_rule_says_what_it_came_to(name: str, examples: Path) -> None:
    scored = Desk(Library()).score(examples / name)
    assert scored.assessment is not None
    for result in scored.result.rules or []:
        found = explain(
            scored.opened.prepared.compiled, scored.opened.inspection, scored.assessment, scored.result, result.id, "zh"
        )
        said = "\n".join(f"{s.about}：{s.text}" for s in found.steps)
        assert found.state == result.state
        assert "" not in {s.text for s in (*found.facts, *found.steps)}, result.id
        if result.state in ("pass", "partial", "fail") and result.level in ("required", "recommended"):
            assert f"得{number_text(result.awarded)}分" in said, (result.id, said)
        if isinstance(result.clause.at, str):
            assert result.clause.at in said


def test_a_part_shows_the_rule_it_belongs_to(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["explain", str(examples / CENTRE), "gs-c-07/3"]) == 0
    assert capsys.readouterr().out.startswith("GS-C-07 ")


@pytest.mark.parametrize(("rule", "near"), [("GS-C-07/9", "GS-C-07/3"), ("GS-C-0", "GS-C-0"), ("GS-C-03/1", "GS-C-03")])
def test_a_rule_that_is_not_there(rule: str, near: str, examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["explain", str(examples / CENTRE), rule]) == 2
    said = capsys.readouterr().err
    assert rule in said
    assert near in said


def test_json_and_english(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["explain", str(examples / CENTRE), "GS-C-03", "--json", "--lang", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["rule"] == "GS-C-03"
    assert found["state"] == "pass"
    assert any(step["about"] == "Award" for step in found["steps"])


def test_a_site_that_is_not_rated_says_so(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["explain", str(examples / "ningxia-station-not-rated.yaml"), "NX-S-02"]) == 0
    said = capsys.readouterr()
    assert "暂不参评" in said.err
    assert not said.out


def test_a_broken_site_is_invalid(examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["explain", str(examples / "bad" / "duplicate-key.yaml"), "NX-S-02"]) == 3
    assert "duplicate-key.yaml:" in capsys.readouterr().err


def test_an_expired_waiver_is_said_once_and_is_no_reason(
    examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (examples / CENTRE).read_text(encoding="utf-8")
    site = tmp_path / "site.yaml"
    site.write_text(text.replace("until: 2019-06-30", "until: 2018-06-30"), encoding="utf-8")
    rule = next(r for r in Desk(Library()).score(site).result.rules or [] if r.id == "GS-C-04")
    assert rule.waiver is not None
    assert rule.waiver.expired
    assert rule.reason == "未达到：临街一层"
    assert app.run(["explain", str(site), "GS-C-04"]) == 0
    said = capsys.readouterr().out
    assert "豁免：已于2018-06-30到期，未予采用" in said
    assert "若不豁免" not in said
    assert app.run(["score", str(site), "--format", "json", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.count("豁免已于2018年6月30日到期") == 1
    assert "过期" not in said
