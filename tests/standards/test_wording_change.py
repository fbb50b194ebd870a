"""What a child standard changed, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plsp_audit.loading.packs import Library
from plsp_audit.model.standard import Change, ResolvedStandard
from plsp_audit.standards.resolve import resolve
from plsp_audit.standards.wording_change import change_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "standards"


@pytest.fixture(scope="module")
def county() -> ResolvedStandard:
    return resolve(Library([EXAMPLES]), "guazhou-2019").standard


def test_a_county_says_what_it_changed(county: ResolvedStandard) -> None:
    assert [change_text(change, county) for change in county.changes] == [
        "县级中心最小面积由100㎡改为150㎡",
        "删去“有法律书吧和法律服务智能机器人”",
        "分值由6改为7",
        "分值由1.5改为0.5",
    ]


def test_a_city_says_its_bands() -> None:
    city = resolve(Library([EXAMPLES]), "shizuishan-2018").standard
    said = [change_text(change, city, "en") for change in city.changes]
    assert said[0] == "grades: from “好 (86+), 中 (60+), 差 (0+)” to “90分以上 (90+), 85分以上 (85+), 85分以下 (0+)”"
    assert change_text(city.changes[1], city) == "否决限等由“85分以上”改为“85分以下”"


@pytest.mark.parametrize(
    ("kind", "target", "before", "after", "text"),
    [
        ("alter", "R", {"points": "2"}, {"points": "3", "title": "新名称"}, "分值由2改为3；条目名称定为新名称"),
        ("alter", "R", {"check": {"fact": "a"}}, {"check": {"fact": "b"}}, "改评分要求"),
        ("alter", "R", {"veto": "good"}, {"veto": None}, "取消否决限等"),
        ("alter", "R", {"level": None}, {"level": "recommended"}, "性质由必备项改为建议项"),
        ("dimension", "premises", {"weight": "20"}, {"weight": "25"}, "“场所建设”的权重由20改为25"),
        ("dimension", "premises", {"pass_mark": None}, {"pass_mark": "60"}, "“场所建设”的最低得分率定为60"),
        ("dimension", "premises", {"points": {"room": "7"}}, {"points": "8"}, "改“场所建设”的分值"),
        ("scoring", "not_checked", "zero", "exclude", "未查的条目由暂按零分改为暂不计入"),
        ("scoring", "rounding", {"places": 0, "mode": "half_up"}, None, "改取整办法"),
        ("scoring", "max_total", "100", None, "取消总分上限"),
        ("parameter", "coverage", ["1"], ["2"], "改县域网络建成率和法律顾问覆盖率"),
        ("parameter", "gone", "1", "2", "数值由1改为2"),
    ],
)
def test_each_kind(county: ResolvedStandard, kind: Any, target: str, before: Any, after: Any, text: str) -> None:
    change = Change(standard="s", kind=kind, target=target, before=before, after=after, reason="因为")
    assert change_text(change, county) == text
    assert change_text(change, county, "en")
