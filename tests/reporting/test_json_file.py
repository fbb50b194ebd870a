from __future__ import annotations

import json
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.model.result import Result
from plsp_audit.reporting import json_file
from plsp_audit.reporting.json_file import as_json, json_line

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def results() -> list[Result]:
    desk = Desk(Library([ROOT / "examples" / "standards"]))
    paths = [*(ROOT / "examples").glob("*.yaml"), *(ROOT / "examples" / "ningxia-2018" / "银川市").rglob("*.yaml")]
    return [desk.score(path).result for path in sorted(paths)]


def test_a_line_is_the_whole_result(results: list[Result]) -> None:
    for result in results:
        assert json_line(result) == json.dumps(as_json(result), ensure_ascii=False, separators=(",", ":"))


def test_a_line_is_the_same_however_many_rules_are_remembered(
    results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json_line(result) for result in results]
    monkeypatch.setattr(json_file, "_MEMO", 3)
    monkeypatch.setattr(json_file, "_texts", {})
    assert [json_line(result) for result in results] == lines
    assert len(json_file._texts) <= 3


def test_words_that_look_like_the_place_of_the_rules_stay_words(results: list[Result]) -> None:
    result = next(r for r in results if r.rules)
    site = result.site.model_copy(update={"name": '甲","rules":[],"乙'})
    odd = result.model_copy(update={"site": site})
    assert json.loads(json_line(odd))["site"]["name"] == site.name
    assert json.loads(json_line(odd)) == as_json(odd)
