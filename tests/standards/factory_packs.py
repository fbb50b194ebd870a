"""Packs made for a test: a sound one, changed in one place."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from plsp_audit.loading.packs import Library
from plsp_audit.model.problem import InputError, Problem
from plsp_audit.standards.lint import lint
from plsp_audit.standards.resolve import Resolution, resolve

SHARED: dict[str, Any] = {
    "area": {"label": "场所面积", "type": "number", "unit": "㎡", "aliases": ["面积"], "group": "场所"},
    "access": {"label": "无障碍通道", "type": "yes_no", "group": "场所"},
    "rate": {"label": "满意率", "type": "number", "unit": "%", "group": "评价"},
    "faults": {"label": "错漏处数", "type": "integer", "group": "评价"},
    "opened": {"label": "启用日期", "type": "date", "group": "管理"},
    "filed": {"label": "备案日期", "type": "date", "group": "管理"},
    "plate": {"label": "标牌文字", "type": "text", "group": "标识"},
    "host": {"label": "依托", "type": "choice", "group": "场所", "options": {"office": "司法所", "hall": "政务大厅"}},
    "place": {"label": "所在", "type": "choice", "open": "是", "group": "场所", "options": {"street": "临街"}},
    "rooms": {
        "label": "功能室",
        "type": "choices",
        "group": "场所",
        "options": {"talk": "谈话室", "mediate": "调解室", "archive": "档案室", "teach": "教育室"},
    },
    "devices": {"label": "设备", "type": "counts", "group": "设备", "options": {"chair": "座椅", "fax": "传真机"}},
    "windows": {
        "label": "窗口",
        "type": "records",
        "group": "窗口",
        "fields": {"sign": {"label": "标牌", "type": "yes_no"}, "days": {"label": "天数", "type": "integer"}},
    },
}

RULES: list[dict[str, Any]] = [
    {"id": "A-1", "title": "面积", "dimension": "a", "points": 60, "clause": "一", "remedy": "扩建",
     "check": {"fact": "area", "at_least": "$least"}},
    {"id": "A-2", "title": "功能室", "dimension": "a", "points": 40, "clause": "二", "remedy": "补齐",
     "check": {"fact": "rooms", "includes": ["talk", "mediate"]}, "award": "share"},
]  # fmt: skip

STANDARD: dict[str, Any] = {
    "plsp": "standard/1",
    "title": "测试标准",
    "province": "测试省",
    "sources": [{"id": "doc", "title": "测试文件", "outline": [
        {"at": "一", "about": "面积"}, {"at": "二", "about": "用房"},
        {"at": "三", "about": "领导", "not_checked": "不针对场所"},
    ]}],
    "parameters": {"least": {"value": 100, "unit": "㎡"}},
    "dimensions": [{"id": "a", "title": "建设", "weight": 1}],
    "scoring": {"model": "normalised"},
    "grades": [{"id": "good", "title": "好", "from": 86}, {"id": "medium", "title": "中", "from": 60},
               {"id": "poor", "title": "差", "from": 0}],
}  # fmt: skip


def rule(rid: str = "A-1", **keys: Any) -> dict[str, Any]:
    """Give a sound rule with some keys set; a key set to None is left out."""
    body = {"id": rid, "title": f"条目{rid}", "dimension": "a", "points": 10, "clause": "一", "remedy": "整改"}
    return {k: v for k, v in {**body, **keys}.items() if v is not None}


class _Plain(yaml.SafeDumper):
    """Writes out what stands in several places each time."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Packs:
    """Packs in a folder of their own, over a small shared dictionary."""

    def __init__(self, home: Path) -> None:
        self.home = home / "own"
        self.shipped = home / "shipped"
        self.home.mkdir()
        self.shipped.mkdir()
        self._write(self.shipped / "facts.yaml", {"plsp": "facts/1", "facts": SHARED})

    @staticmethod
    def _write(path: Path, body: Any) -> None:
        path.parent.mkdir(exist_ok=True, parents=True)
        text = yaml.dump(body, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
        path.write_text(text, encoding="utf-8")

    def sound(self, name: str = "s", rules: Any = None, facts: Any = None, **keys: Any) -> None:
        """Write a standard that has no defect, with some keys replaced and some rules of its one tier."""
        tiers = rules if isinstance(rules, dict) else {"station": rules if rules is not None else copy.deepcopy(RULES)}
        body = {**copy.deepcopy(STANDARD), "id": name, **keys}
        body.setdefault("tiers", [{"id": t, "title": t, "rules": f"{t}.yaml"} for t in tiers])
        self.child(name, tiers, facts, **{k: v for k, v in body.items() if v is not None})

    def child(self, name: str, rules: dict[str, Any] | None = None, facts: Any = None, **keys: Any) -> None:
        """Write a standard with these keys and no others."""
        body = {"plsp": "standard/1", "id": name, "title": name, **keys}
        self._write(self.home / name / "standard.yaml", body)
        for tier, items in (rules or {}).items():
            self._write(self.home / name / f"{tier}.yaml", {"rules": items})
        if facts is not None:
            whole = facts if "plsp" in facts else {"plsp": "facts/1", "facts": facts}
            self._write(self.home / name / "facts.yaml", whole)

    def library(self) -> Library:
        return Library([self.home], self.shipped)

    def resolve(self, name: str = "s") -> Resolution:
        return resolve(self.library(), name)

    def faults(self, name: str = "s") -> list[Problem]:
        """Give the problems for which a standard cannot be resolved."""
        try:
            self.resolve(name)
        except InputError as error:
            return list(error.problems)
        return []

    def lint(self, name: str = "s") -> list[Problem]:
        return lint(self.resolve(name))

    def codes(self, name: str = "s") -> list[str]:
        return [p.code.removeprefix("lint.") for p in self.lint(name)]


def line_of(problem: Problem) -> str:
    """Give the line that a problem points at, from its column on."""
    text = Path(problem.place.file).read_text(encoding="utf-8").splitlines()
    return text[(problem.place.line or 1) - 1][(problem.place.column or 1) - 1 :]
