"""docs/standards says what the packs say."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from plsp_audit.loading.packs import Library
from plsp_audit.standards.handbook import index_page, standard_page
from plsp_audit.standards.markdown import escaped
from plsp_audit.standards.resolve import resolve
from tests.docs.snippets import ROOT
from tests.standards.factory_packs import Packs, rule

FOLDER = ROOT / "docs" / "standards"
SHIPPED = [pack.id for pack in Library().names()]
HOW = "run `make docs` (or .venv/bin/python scripts/make_standard_docs.py), read what has changed, and commit it"


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_standard_docs", ROOT / "scripts" / "make_standard_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def wanted() -> dict[str, str]:
    pages: dict[str, str] = script().pages()
    return pages


def test_every_shipped_standard_has_a_page_and_no_other() -> None:
    names = {"README.md", *(f"{name}.md" for name in SHIPPED)}
    assert set(wanted()) == names
    assert {path.name for path in FOLDER.glob("*.md")} == names, f"docs/standards is not current: {HOW}"


@pytest.mark.parametrize("name", ["README", *SHIPPED])
def test_pages_are_current(name: str) -> None:
    path = FOLDER / f"{name}.md"
    there = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    now = wanted()[path.name].splitlines()
    differing = next((n for n, (a, b) in enumerate(zip(there, now, strict=False), start=1) if a != b), None)
    assert there == now, f"docs/standards/{path.name} is not current, first in line {differing}: {HOW}"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_page_tells_every_rule_and_every_clause(name: str) -> None:
    standard = resolve(Library(), name).standard
    text = wanted()[f"{name}.md"]
    for rules in standard.rules.values():
        for one in rules:
            assert f"#### {escaped(one.id)} " in text, one.id
    for source in standard.sources:
        for entry in source.outline:
            assert f"| {escaped(entry.at)} |" in text, entry.at
    assert text.count("#### ") == sum(map(len, standard.rules.values()))
    assert "{" not in re.sub(r"`[^`]*`", "", text)


def test_links_lead_somewhere() -> None:
    for name, text in wanted().items():
        for target in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", text):
            assert (FOLDER / target).resolve().exists(), f"{name}: {target}"


def page(packs: Packs, *rules: dict[str, object], **keys: object) -> str:
    packs.sound("s", list(rules), **keys)
    return standard_page(packs.resolve())


def test_marks_of_markdown_stay_text(packs: Packs) -> None:
    text = page(packs, rule(title="<b>面积|*大*_小_", check="access"), title="测试[1](x)")
    assert "\\<b\\>面积\\|\\*大\\*\\_小\\_" in text
    assert "# 测试\\[1\\](x)" in text


def test_a_rule_says_all_of_itself(packs: Packs) -> None:
    parts = [
        {"title": "面积", "points": 6, "check": {"fact": "area", "at_least": "$least"}, "method": "现场测评"},
        {"title": "通道", "points": 4, "check": "access", "when": {"fact": "host", "is": "office"}, "na_allowed": True},
    ]
    more = {"veto": "poor", "guide": "以实测为准", "documents": ["平面图"], "evidence": "required", "days": 60}
    assumed = ["parts", "na_allowed"]
    text = page(packs, rule("A-1", points=None, parts=parts, method="实地查看", assumed=assumed, **more))
    for line in (
        "#### A-1 条目A-1",
        "- **计分**：10分，必备项；分项计分",
        "  1. 面积（6分）：场所面积不少于100㎡；全得全扣；检查方式：现场测评",
        "  2. 通道（4分）：无障碍通道：是；全得全扣；适用条件：依托为司法所；可申报不适用，须说明理由",
        "- **否决限等**：失分时最高评为“差”",
        "- **条款依据**：一",
        "- **评分说明**：以实测为准",
        "- **应查材料**：平面图",
        "- **佐证材料**：必附",
        "- **整改措施**：整改（60天）",
        "- **原文未定，本标准设定**：分项、可申报不适用",
        "| least | 100㎡ | `$least` |",
        "| 二 | 用房 | 没有条目，也没有说明 |",
        "| 三 | 领导 | 不核查：不针对场所 |",
    ):
        assert line in text.splitlines(), line


def test_the_head_of_a_page(packs: Packs) -> None:
    scoring = {"model": "weighted", "base": 0, "bonus_cap": 5, "below_pass_mark": "medium", "assumed": ["model"]}
    dimensions = [{"id": "a", "title": "建设", "weight": 20, "pass_mark": 60}]
    bonus = rule("B-1", check="access", level="bonus", points=3)
    text = page(packs, rule(check="access"), bonus, scoring=scoring, dimensions=dimensions, notes="甲\n乙")
    for line in (
        "甲乙",
        "- 总分计算：计分方式",
        "| 好 | 86分 | 原文 |",
        "| 建设 | 20 | 60% | 10 |",
        "| 合计 |  |  | 10 |",
        "| 加分、扣分 |  |  | 加分项3分 |",
        "编号 `station`，共2条：必备项1条、加分项1条。必备项和建议项合计10分。",
    ):
        assert line in text.splitlines(), line
    assert "类别不达最低得分率时，等次不超过“中”" in text


def test_a_child_tells_what_it_changed(packs: Packs) -> None:
    packs.sound("s", title="母标准")
    changes = {"parameters": {"least": {"value": 120, "reason": "本市要求"}}}
    packs.child("t", extends="s", tailoring=changes)
    text = standard_page(packs.resolve("t"))
    assert "在此之上修改：[s](s.md)" in text
    assert "- least：数值由100㎡改为120㎡；理由：本市要求" in text
    assert "场所面积不少于120㎡" in text


def test_in_english(packs: Packs) -> None:
    packs.sound("s", [rule(check="access")])
    resolution = packs.resolve()
    assert "- **Scoring**: 10 points, " in standard_page(resolution, "en")
    assert "| [s](s.md) |" in index_page([resolution.standard], "en")


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(tmp_path)
