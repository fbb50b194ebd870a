"""Every broken example through the real commands: what is said, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "examples" / "bad"


class Told(NamedTuple):
    """One problem: its code, its place, and words that say what would be right."""

    code: str
    line: int | None
    column: int | None
    words: str


EXPECTED = {
    "alias-bomb.yaml": [Told("file_too_many_values", 26, 36, "请按场所拆成几个文件")],
    "binary-junk.yaml": [Told("file_is_picture", None, None, "检查记录请用 .yaml")],
    "choice-not-offered.yaml": [Told("input.not_offered", 22, 47, "可选：高中及以下、大专、本科、研究生")],
    "deep-nesting.yaml": [Told("file_too_deep", 21, 57, "请检查这里的括号或缩进")],
    "duplicate-key.yaml": [Told("file_duplicate_key", 21, 3, "第一次在第 17 行。请只留一个")],
    "full-width-colon.yaml": [Told("yaml_wide_colon", 18, 10, "“开放式服务大厅: 内容”")],
    "full-width-colons.yaml": [Told("yaml_wide_colons_all", 2, 5, "全部改成英文冒号加一个空格")],
    "full-width-indent.yaml": [Told("yaml_wide_space_indent", 19, 1, "请改成普通空格")],
    "impossible-date.yaml": [Told("input.no_such_day", 21, 9, "请核对年月日")],
    "lost-hash.yaml": [Told("yaml_comment_swallowed", 4, 10, "请给整段加英文双引号")],
    "near-option.yaml": [Told("input.near_option", 19, 9, "是不是：等候区")],
    "nul-bytes.yaml": [Told("file_binary", None, None, ".yaml 或 .json 文字文件")],
    "ok-gb18030.yaml": [Told("file_read_as_gb18030", None, None, "建议另存为 UTF-8")],
    "tab-indent.yaml": [Told("yaml_tab_indent", 17, 1, "每一级两个空格")],
    "unknown-fact.yaml": [Told("input.unknown_fact_near", 17, 3, "场所面积")],
    "unknown-tier.yaml": [Told("input.unknown_tier", 6, 7, "station（乡镇(街道)公共法律服务工作站）")],
    "word-for-number.yaml": [Told("input.not_a_number", 21, 17, "例：120 或 120.5")],
    "wrong-unit.yaml": [Told("input.wrong_unit", 17, 9, "单位是㎡")],
}
ONLY_WARNED = {"lost-hash.yaml", "near-option.yaml", "ok-gb18030.yaml"}


def run(*args: object) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "plsp_audit", *map(str, args)]
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PLSP_", "PYTHONIO"))}
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=env, check=False, timeout=120)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.fixture(scope="module")
def validated() -> dict[str, Any]:
    code, out, err = run("validate", *(f"examples/bad/{name}" for name in EXPECTED), "--json")
    assert (code, err) == (1, "")
    return {Path(document["file"]).name: document for document in map(json.loads, out.splitlines())}


@pytest.fixture(scope="module")
def scored() -> tuple[int, str, str]:
    return run("score", *(f"examples/bad/{name}" for name in EXPECTED), "--json")


def test_every_broken_example_is_expected() -> None:
    assert {path.name for path in BAD.iterdir()} == set(EXPECTED)
    assert {name for name in EXPECTED if name.startswith("ok-")} <= ONLY_WARNED


@pytest.mark.parametrize("name", EXPECTED)
def test_validate_tells_what_is_wrong_and_what_would_be_right(name: str, validated: dict[str, Any]) -> None:
    document = validated[name]
    assert document["file"] == f"examples/bad/{name}"
    assert [(p["code"], p["line"], p["column"]) for p in document["problems"]] == [t[:3] for t in EXPECTED[name]]
    for problem, expected in zip(document["problems"], EXPECTED[name], strict=True):
        assert expected.words in problem["message"]
        assert problem["severity"] == ("warning" if name in ONLY_WARNED else "error")


@pytest.mark.parametrize("name", EXPECTED)
def test_score_says_the_same(name: str, validated: dict[str, Any], scored: tuple[int, str, str]) -> None:
    code, _, err = scored
    assert code == 3
    assert "Traceback" not in err
    lines = [line for line in err.splitlines() if line.startswith(f"examples/bad/{name}:")]
    assert [line.split("：", 1)[1] for line in lines] == [p["message"] for p in validated[name]["problems"]]


def test_what_is_only_warned_of_is_scored(scored: tuple[int, str, str]) -> None:
    assert len(scored[1].splitlines()) == len(ONLY_WARNED)
    assert all(json.loads(line)["status"] == "rated" for line in scored[1].splitlines())


def test_a_broken_file_alone_exits_with_3_and_writes_nothing(tmp_path: Path) -> None:
    code, out, err = run("score", BAD / "wrong-unit.yaml", "--out", tmp_path / "out")
    assert (code, out) == (3, "")
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()
    code, _, _ = run("score", BAD / "ok-gb18030.yaml", "--out", tmp_path / "out", "--format", "json")
    assert code == 0
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".json"]
