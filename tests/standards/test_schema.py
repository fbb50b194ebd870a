from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from plsp_audit.standards.schema import KINDS_OF_FILE, json_schema

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted((ROOT / "standards").glob("*/*.yaml"))
SITES = sorted((ROOT / "examples").glob("*.yaml"))


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (version 1.2): dates stay text, and only true and false are yes and no."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith(("timestamp", "bool")) or (tag.endswith("bool") and first in "tfTF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), EditorLoader)


def faults(kind: Any, document: Any) -> list[str]:
    validator = Draft202012Validator(json_schema(kind))
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(document)]


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_kind_is_a_sound_schema(kind: Any, lang: Any) -> None:
    schema = json_schema(kind, lang)
    assert schema["$schema"].endswith("2020-12/schema")
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", [ROOT / "standards" / "facts.yaml", *PACKS], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_shipped_pack_file_fits(path: Path) -> None:
    kind = {"facts.yaml": "facts", "standard.yaml": "standard"}.get(path.name, "rules")
    assert faults(kind, read(path)) == []


@pytest.mark.parametrize("path", SITES, ids=lambda p: p.stem)
def test_every_example_fits(path: Path) -> None:
    assert faults("site", read(path)) == []


RULE = {"id": "A", "title": "甲", "dimension": "d", "points": 6, "clause": "一", "check": "premises.access"}


@pytest.mark.parametrize(
    "change",
    [
        {"check": {"fact": "premises.area", "at_least": "$min_area"}, "award": "share"},
        {"points": "$points", "days": "$days"},
        {"points": "2/3", "days": "60", "locked": "是"},
        {"clause": {"source": "guidance", "at": ["一", "二"]}, "documents": ["平面图"]},
        {"clause": ["一", "二"]},
        {"check": {"fact": "host", "one_of": "$hosts"}},
        {"check": {"fact": "equipment", "includes": {"chair": 4}}},
        {"check": {"all": ["a", {"any": ["b", {"not": "c"}]}], "title": "都有"}, "award": {"each_missing": 0.5}},
        {"check": {"fact": "a", "at_least": {"by": "tier", "of": {"station": 80}, "default": 10}}},
        {"check": {"each": {"of": "windows", "meets": {"fact": "sign", "is": "hung"}, "when_empty": "met"}}},
        {"check": None, "award": {"over": {"percent": ["a", "b"]}, "steps": [[90, 5], [80, {"times": "0.03"}]]}},
        {"check": None, "award": {"deduct": [{"per": "a", "points": 1, "at_most": 2}]}},
        {"check": None, "award": {"deduct": [{"judged": [1, 3], "each": True}], "floor": "none"}},
        {"check": {"judged": {"guide": "看"}}, "award": {"judged": {"step": 0.5}}},
    ],
)
def test_a_rule_may_be_short_or_long(change: dict[str, Any]) -> None:
    assert faults("rules", {"rules": [{**RULE, **change}]}) == []


@pytest.mark.parametrize(
    "change",
    [
        {"pionts": 3},
        {"points": "six"},
        {"level": "must"},
        {"check": {"fact": "a", "at_leest": 3}},
        {"award": "some"},
        {"award": {"each_missing": [1]}},
    ],
)
def test_a_slip_in_a_rule_shows(change: dict[str, Any]) -> None:
    assert faults("rules", {"rules": [{**RULE, **change}]}) != []


SITE = {
    "plsp": "site/1",
    "场所": {"编号": "a", "名称": "甲", "层级": "station"},
    "检查": {"日期": "2018-10-31", "类型": "验收", "检查人员": "张三、李四"},
    "检查情况": {"场所面积": 120},
    "评分": {"A": {"得分": 3.5}, "B": [{"扣分": 1}]},
    "豁免": [{"条目": "A", "理由": "拆迁", "有效期至": "2019-06-30"}],
    "佐证": {"A": "photos/a.jpg"},
}


def test_a_site_file_may_be_written_in_chinese() -> None:
    assert faults("site", SITE) == []


def test_a_site_file_needs_its_site_in_either_language() -> None:
    assert faults("site", {k: v for k, v in SITE.items() if k != "场所"}) != []
    assert faults("site", {**SITE, "场所": {"编号": "a", "层级": "station"}}) != []
    assert faults("site", {**SITE, "佐政": {}}) != []


def test_keys_carry_their_labels() -> None:
    rule = json_schema("rules")["$defs"]["Rule"]["properties"]
    assert rule["remedy"]["description"] == "整改措施"
    assert rule["level"]["description"].startswith("性质：required 必备项、recommended 建议项")
    assert json_schema("site")["properties"]["检查情况"]["description"] == "检查情况"
    assert "四舍五入" in json_schema("standard")["$defs"]["Rounding"]["properties"]["mode"]["description"]


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_every_key_is_explained(kind: Any) -> None:
    schema = json_schema(kind)
    bodies = {"": schema, **schema.get("$defs", {})}
    bare = [f"{name}.{key}" for name, body in bodies.items() for key, one in body.get("properties", {}).items()
            if "description" not in one]  # fmt: skip
    assert bare == []
