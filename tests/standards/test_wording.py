from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from plsp_audit.model.awards import Award
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.checks import Check
from plsp_audit.model.facts import Fact, FactDictionary
from plsp_audit.model.result import Clause
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import Dimension, Grade, ResolvedStandard, Scoring, Source, Tier
from plsp_audit.model.text import folded
from plsp_audit.standards.wording import (
    award_text,
    check_text,
    clause_text,
    missing_label,
    requirement_text,
    scoring_text,
    when_text,
)

FORMS = Path(__file__).with_name("wording_forms.yaml")
CHECK: TypeAdapter[Any] = TypeAdapter(Check)
AWARD: TypeAdapter[Any] = TypeAdapter(Award)
LANGS: tuple[Lang, ...] = ("zh", "en")


@cache
def forms() -> Any:
    return yaml.load(FORMS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def facts() -> FactDictionary:
    found = {name: Fact.model_validate(raw) for name, raw in forms()["facts"].items()}
    return FactDictionary(facts=found, names={folded(fact.label): name for name, fact in found.items()})


@cache
def standard() -> ResolvedStandard:
    common = {"title": "条目", "dimension": "d", "clause": {"source": "doc", "at": "一"}}
    return ResolvedStandard(
        id="words",
        title="用语",
        issuer=None,
        issued=None,
        province=None,
        points_basis="assigned",
        notes=None,
        sources=(Source(id="doc", title="建设意见"), Source(id="other", title="《验收通报》")),
        parameters={},
        dimensions=(Dimension(id="d", title="建设"),),
        scoring=Scoring(),
        grades=(Grade.model_validate({"id": "poor", "title": "差", "from": 0}),),
        tiers=(Tier(id="county_center", title="县(市、区)公共法律服务中心", rules="x.yaml"),),
        rules={"county_center": tuple(Rule.model_validate(common | raw) for raw in forms()["rules"])},
        facts=facts(),
    )


def rule(name: str) -> Rule:
    return next(r for r in standard().rules["county_center"] if r.id == name)


def parsed(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def words(text: str, lang: Lang = "zh", **more: Any) -> str:
    return check_text(CHECK.validate_python(parsed(text)), facts(), lang, **more)


def condition(text: str) -> str:
    return when_text(CHECK.validate_python(parsed(text)), facts())


def scored(text: str, points: str = "4", lang: Lang = "zh", **more: Any) -> str:
    return award_text(AWARD.validate_python(parsed(text)), Fraction(points), facts(), lang, **more)


CHECKS = [
    ("access", "无障碍通道：是"),
    ("{fact: access, is: 无}", "无障碍通道：否"),
    ("{fact: access, is_not: yes}", "无障碍通道：否"),
    ("{not: access}", "无障碍通道：否"),
    ("{not: {not: access}}", "无障碍通道：是"),
    ("{fact: area, at_least: 100}", "场所面积不少于100㎡"),
    ("{fact: 场所面积, at_least: 100平方米}", "场所面积不少于100㎡"),
    ("{fact: area, above: '1,200.50'}", "场所面积超过1200.5㎡"),
    ("{fact: wanted, at_most: 2/3}", "应有比例不多于2/3"),
    ("{fact: wanted, below: 1/4}", "应有比例低于0.25"),
    ("{not: {fact: area, at_least: 100}}", "场所面积低于100㎡"),
    ("{fact: rate, at_least: 90}", "满意度不低于90%"),
    ("{fact: rate, at_most: 90%}", "满意度不高于90%"),
    ("{fact: staff, between: [2, 5]}", "工作人员数介于2名与5名之间（含两端）"),
    ("{not: {fact: staff, between: [2, 5]}}", "工作人员数低于2名或超过5名"),
    ("{fact: opened, at_most: 2018-10-31}", "启用日期不迟于2018年10月31日"),
    ("{fact: opened, at_least: 2018年5月}", "启用日期不早于2018年5月"),
    ("{not: {fact: opened, at_most: 2018/10/31}}", "启用日期晚于2018年10月31日"),
    ("{fact: filed, within_days: 30, of: founded}", "备案日期应在设立日期后30日内"),
    ("{fact: host, is: office}", "依托场所为司法所"),
    ("{fact: host, is: 政务服务大厅}", "依托场所为政务大厅"),
    ("{fact: host, is_not: hall}", "依托场所不为政务大厅"),
    ("{not: {fact: host, is: hall}}", "依托场所不得为政务大厅"),
    ("{fact: host, one_of: [office, hall]}", "依托场所为司法所或政务大厅"),
    ("{fact: host, one_of: [office, hall, home]}", "依托场所为司法所、政务大厅、村委会之一"),
    ("{fact: host, is: 综治中心}", "依托场所为综治中心"),
    ("{fact: plate, is: 法律服务}", "标牌文字为“法律服务”"),
    ("{fact: rooms, includes: [talk, mediate]}", "功能室应有：个别谈话室、调解室"),
    ("{fact: rooms, includes: [talk, mediate, file], need: 2}", "功能室应有以下至少2项：个别谈话室、调解室、档案室"),
    ("{fact: rooms, excludes: [file]}", "功能室不得有：档案室"),
    ("{not: {fact: rooms, includes: [file]}}", "功能室不得有：档案室"),
    ("{not: {fact: rooms, includes: [file, talk]}}", "功能室不得同时有：档案室、个别谈话室"),
    ("{fact: devices, includes: {chair: 4, printer: 1}}", "办公设备应有：座椅不少于4、打印机不少于1"),
    ("{fact: devices, filled: true}", "办公设备应至少有一项"),
    ("{fact: plate, filled: true}", "标牌文字应填写"),
    ("{fact: plate, filled: false}", "标牌文字应为空"),
    ("{fact: sign, named: '{county}公共法律服务中心'}", "标牌名称应为“〈县(市、区)名〉公共法律服务中心”"),
    (
        "{fact: plate, named: '[{county}]{town}公共法律服务工作站'}",
        "标牌文字应为“[〈县(市、区)名〉]〈乡镇(街道)名〉公共法律服务工作站”（方括号内可省略）",
    ),
    ("{fact: plate, mentions: [公共法律服务, 法律服务]}", "标牌文字应含“公共法律服务”或“法律服务”字样"),
    ("{ratio: [done, cases], at_least: 0.98}", "办结数占案件数的比例不低于98%"),
    ("{ratio: [done, cases], at_least: 2/3}", "办结数占案件数的比例不低于2/3"),
    ("{percent: [done, cases], at_least: 98}", "办结数占案件数的比例不低于98%"),
    ("{ratio: [area, staff], at_least: 20}", "场所面积与工作人员数之比不少于20"),
    ("{ratio: [lawyers, staff], at_least: {fact: wanted}}", "法律专业人员数占工作人员数的比例不低于应有比例"),
    ("{count: {of: windows}, at_least: 3}", "窗口数量不少于3"),
    (
        "{count: {of: windows, where: {fact: mark, one_of: [hung, screen]}}, at_least: 2}",
        "符合“标牌为悬挂或电子屏”的窗口不少于2",
    ),
    ("{sum: {of: windows, field: seats, where: tag}, at_least: 3}", "符合“台牌”的窗口的座席数合计不少于3个"),
    (
        "{percent: [{count: {of: people, where: law}}, {count: {of: people}}], at_least: 50}",
        "符合“法律专业”的工作人员数占工作人员数的比例不低于50%",
    ),
    ("{each: {of: windows, meets: {fact: mark, one_of: [hung, screen]}}}", "每个窗口均应：标牌为悬挂或电子屏"),
    ("{each: {of: windows, meets: tag}}", "每个窗口的“台牌”均应为“是”"),
    ("{each: {of: windows, meets: tag, when_empty: met}}", "每个窗口的“台牌”均应为“是”（没有窗口时视为符合）"),
    (
        "{each: {of: people, where: law, meets: {fact: years, at_least: 2}, when_empty: not_applicable}}",
        "每名符合“法律专业”的工作人员均应：从业年限不少于2年（没有这样的工作人员时不适用）",
    ),
    (
        "{each: {of: people, meets: {any: [{all: [law, {fact: years, at_least: 2}]}, "
        "{fact: topics, includes: [family]}]}}}",
        "每名工作人员均应具备其一：①同时具备：(1)法律专业，(2)从业年限不少于2年；②擅长领域有婚姻家庭",
    ),
    ("{all: [access, {fact: area, at_least: 100}]}", "同时具备：①无障碍通道；②场所面积不少于100㎡"),
    ("{any: [shown, {not: access}]}", "具备其一：①流程上墙；②无障碍通道：否"),
    (
        "{all: [{all: [access, shown]}, {fact: host, is: hall}]}",
        "同时具备：①无障碍通道；②流程上墙；③依托场所为政务大厅",
    ),
    ("{all: [{any: [access]}]}", "无障碍通道：是"),
    (
        "{not: {any: [{fact: host, is: hall}, {fact: rooms, includes: [file]}]}}",
        "不得有下列任一情形：①依托场所为政务大厅；②功能室有档案室",
    ),
    ("{not: {all: [access, shown]}}", "不得同时有下列情形：①无障碍通道；②流程上墙"),
    ("{title: 有人值班, any: [access, shown]}", "有人值班"),
    ("{not: {title: 使用他人标牌, fact: access}}", "不得：使用他人标牌"),
    ("{judged: {guide: 视台账规范程度}}", "视台账规范程度"),
    ("{judged: {}}", "由检查组评定"),
    ("{fact: area, at_least: {fact: staff, times: 20}}", "场所面积不少于工作人员数的20倍"),
    ("{fact: lawyers, at_least: {fact: staff, times: 2/3}}", "法律专业人员数不少于工作人员数的2/3"),
    ("{fact: lawyers, at_most: {fact: staff}}", "法律专业人员数不多于工作人员数"),
    (
        "{fact: area, at_least: {by: tier, of: {city_center: 200, county_center: 100}, default: 80}}",
        "场所面积不少于（按层级确定：市级中心200㎡、县级中心100㎡、其余80㎡）",
    ),
    (
        "{fact: area, at_least: {by: host, of: {office: 60, hall: 40}}}",
        "场所面积不少于（按依托场所确定：司法所60㎡、政务大厅40㎡）",
    ),
    (
        "{fact: area, at_least: {by: access, of: {yes: 60, no: 40}}}",
        "场所面积不少于（按无障碍通道确定：是60㎡、否40㎡）",
    ),
    ("{fact: tier, is: county_center}", "层级为县级中心"),
    ("{fact: county, is: 兴庆区}", "所在县(市、区)为兴庆区"),
    ("{fact: nobody_knows, at_least: 3}", "nobody_knows不少于3"),
    ("{each: {of: nobody_knows, meets: {fact: what, is: 好}}}", "每个nobody_knows均应：what为好"),
]


@pytest.mark.parametrize(("text", "expected"), CHECKS, ids=[text for text, _ in CHECKS])
def test_a_check_in_words(text: str, expected: str) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("access", "“无障碍通道”为“是”"),
        ("{not: access}", "“无障碍通道”为“否”"),
        ("{fact: host, is: hall}", "依托场所为政务大厅"),
        ("{not: {fact: host, is: hall}}", "依托场所不为政务大厅"),
        ("{fact: rooms, includes: [talk, file]}", "功能室有个别谈话室、档案室"),
        ("{not: {fact: rooms, includes: [talk, file]}}", "功能室未同时具备个别谈话室、档案室"),
        ("{not: {fact: rooms, excludes: [talk, file]}}", "功能室有个别谈话室或档案室"),
        ("{not: {fact: rooms, includes: [talk, file, mediate], need: 2}}", "功能室中个别谈话室、档案室、调解室不足2项"),
        ("{not: {fact: plate, mentions: [法律服务]}}", "标牌文字不含“法律服务”字样"),
        ("{not: {fact: plate, filled: true}}", "标牌文字未填写"),
        ("{fact: windows, filled: true}", "窗口有记录"),
        ("{not: {fact: filed, within_days: 30, of: founded}}", "备案日期不在设立日期后30日内"),
        ("{any: [{not: access}, {fact: area, below: 60}]}", "有下列情形之一：①“无障碍通道”为“否”；②场所面积低于60㎡"),
        ("{all: [shown, {fact: area, below: 60}]}", "同时有下列情形：①流程上墙；②场所面积低于60㎡"),
        ("{not: {all: [access, shown]}}", "下列各项未全部具备：①无障碍通道；②流程上墙"),
        ("{not: {any: [access, shown]}}", "下列各项均不具备：①无障碍通道；②流程上墙"),
        ("{each: {of: windows, meets: {fact: plate, mentions: [法]}}}", "每个窗口均符合“标牌文字含‘法’字样”"),
        ("{not: {each: {of: windows, meets: tag}}}", "并非每个窗口都符合“台牌”"),
        ("{not: {title: 有人值班, fact: access}}", "不符合“有人值班”"),
    ],
)
def test_a_check_as_a_condition(text: str, expected: str) -> None:
    assert condition(text) == expected


def test_no_condition_is_no_text() -> None:
    assert when_text(None, facts()) == ""


def test_the_tier_settles_what_depends_on_it() -> None:
    text = "{fact: area, at_least: {by: tier, of: {city_center: 200, 县级中心: 100}, default: 80}}"
    assert words(text, tier="county_center") == "场所面积不少于100㎡"
    assert words(text, tier="city_center") == "场所面积不少于200㎡"
    assert words(text, tier="room") == "场所面积不少于80㎡"
    assert "按层级确定" in words("{fact: area, at_least: {by: tier, of: {city_center: 200}}}", tier="room")


def test_a_site_fills_in_its_places() -> None:
    named = "{fact: plate, named: '[{county}]{town}公共法律服务工作站'}"
    site = {"county": "甲县", "town": "丙镇"}
    assert words(named, places=site) == "标牌文字应为“[甲县]丙镇公共法律服务工作站”（方括号内可省略）"
    assert (
        words(named, places={"town": "丙镇"})
        == "标牌文字应为“[〈县(市、区)名〉]丙镇公共法律服务工作站”（方括号内可省略）"
    )
    area = "{fact: area, at_least: {by: county, of: {甲县: 60, 乙县: 40}}}"
    assert words(area, places=site) == "场所面积不少于60㎡"
    assert words(area, places={"county": "丁县"}) == "场所面积不少于（按所在县(市、区)确定：甲县60㎡、乙县40㎡）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("access", "无障碍通道: yes"),
        ("{fact: area, at_least: 100}", "场所面积: at least 100 ㎡"),
        ("{fact: rate, at_least: 90}", "满意度: at least 90%"),
        ("{fact: opened, at_most: 2018-10-31}", "启用日期: not after 2018-10-31"),
        ("{fact: opened, at_most: 2018年5月}", "启用日期: not after 2018-05"),
        ("{fact: host, one_of: [office, hall]}", "依托场所 is 司法所 or 政务大厅"),
        ("{fact: rooms, includes: [talk, file], need: 1}", "功能室 must have at least 1 of: 个别谈话室, 档案室"),
        ("{fact: plate, named: '{county}公共法律服务中心'}", "标牌文字 must be “〈county〉公共法律服务中心”"),
        ("{each: {of: people, meets: {all: [law]}}}", "every 工作人员: 法律专业: yes"),
        (
            "{any: [access, {all: [shown, {not: access}]}]}",
            "any of: (1) 无障碍通道; (2) all of: (a) 流程上墙, (b) 无障碍通道: no",
        ),
        ("{percent: [done, cases], at_least: 98}", "办结数 as a share of 案件数: at least 98%"),
        ("{fact: lawyers, at_least: {fact: staff, times: 2}}", "法律专业人员数: at least 2 × 工作人员数"),
        (
            "{fact: area, at_least: {by: tier, of: {city_center: 200}, default: 80}}",
            "场所面积: at least (depending on tier: city centre: 200 ㎡, otherwise: 80 ㎡)",
        ),
    ],
)
def test_a_check_in_english(text: str, expected: str) -> None:
    assert words(text, "en") == expected


AWARDS = [
    ("share", "按达到项数比例得分"),
    ("{each_missing: 0.5}", "每缺一项扣0.5分，扣完为止"),
    ("{each_met: 0.5}", "每具备一项得0.5分，最高4分"),
    ("{over: papers, steps: [[90, 5], [80, 3]]}", "按论文篇数分档得分：90及以上5分，80及以上3分，其余0分"),
    ("{over: rate, steps: [[90, 5], [80, 3]]}", "按满意度分档得分：90%及以上5分，80%及以上3分，其余0分"),
    (
        "{over: rate, steps: [[100, 3], [96, {times: 0.03}]]}",
        "按满意度分档得分：100%及以上3分，96%及以上按满意度的0.03倍得分，其余0分",
    ),
    ("{over: wanted, steps: [[0, {times: 0.5}]]}", "按应有比例的0.5倍得分，最高4分"),
    ("{over: wanted, steps: [[0, {times: 1}]]}", "按应有比例的数值得分，最高4分"),
    ("{over: wanted, steps: [[5, 4], [0, 1]]}", "按应有比例分档得分：5及以上4分，0及以上1分"),
    (
        "{over: {ratio: [done, cases]}, steps: [[0.9, 4]]}",
        "按办结数占案件数的比例分档得分：90%及以上4分，其余0分",
    ),
    (
        "{over: {count: {of: windows, where: tag}}, steps: [[3, 4]]}",
        "按符合“台牌”的窗口数分档得分：3及以上4分，其余0分",
    ),
    ("{over: wanted, per_unit: 0.5, below: 95}", "应有比例每低于95一个单位扣0.5分，扣完为止（按比例计）"),
    (
        "{over: wanted, per_unit: 0.5, below: 95, whole_units: down}",
        "应有比例每低于95一个单位扣0.5分，扣完为止（不足一个单位不计）",
    ),
    ("{over: papers, per_unit: 0.7, below: 3}", "论文篇数每低于3一个单位扣0.7分，扣完为止"),
    (
        "{over: rate, per_unit: 0.5, below: 95, whole_units: up}",
        "满意度每低于95%一个百分点扣0.5分，扣完为止（不足一个单位按一个计）",
    ),
    ("{over: papers, per_unit: 0.5, below: 95, unit: 10}", "论文篇数每比95低10扣0.5分，扣完为止"),
    ("{over: staff, per_unit: 0.5, below: 5}", "工作人员数每比5名低1名扣0.5分，扣完为止"),
    (
        "{over: {ratio: [done, cases]}, per_unit: 0.5, below: 0.95, unit: 0.01}",
        "办结数占案件数的比例每比95%低1个百分点扣0.5分，扣完为止（按比例计）",
    ),
    ("{deduct: [{when: {not: access}, points: 4}]}", "按情形扣分，扣完为止：“无障碍通道”为“否”，有此情形扣4分"),
    (
        "{deduct: [{per: faults, points: 0.5, at_most: 2}, {per: late, points: 1}]}",
        "按情形扣分，扣完为止：①标识不醒目处数：每处(次)扣0.5分，此项最多扣2分；②迟报次数：每次扣1分",
    ),
    (
        "{deduct: [{missing_of: {fact: rooms, includes: [talk, file]}, points: 2}]}",
        "按情形扣分，扣完为止：功能室应有：个别谈话室、档案室，每缺一项扣2分",
    ),
    ("{deduct: [{judged: [1, 3]}]}", "按情形扣分，扣完为止：酌情扣1—3分"),
    (
        "{deduct: [{judged: [1, 3], each: true, at_most: 9, title: 台账不规范}], floor: none}",
        "按情形扣分，可扣至负分：台账不规范，每处酌情扣1—3分，此项最多扣9分",
    ),
    ("{per: papers, points: 0.5}", "论文篇数：每项加0.5分，最高4分"),
    ("{per: staff, points: 0.5}", "工作人员数：每名加0.5分，最高4分"),
    ("judged", "检查组评分（0—4分）"),
    ("{judged: {step: 0.5}}", "检查组评分（0—4分，最小分差0.5分）"),
    ("{judged: {choices: [0, 2, 4]}}", "检查组评分（可选分值：0、2、4分）"),
    (
        "{each_missing: {by: tier, of: {city_center: 1, county_center: 0.5}}}",
        "每缺一项扣（按层级确定：市级中心1、县级中心0.5）分，扣完为止",
    ),
]


@pytest.mark.parametrize(("text", "expected"), AWARDS, ids=[text for text, _ in AWARDS])
def test_an_award_in_words(text: str, expected: str) -> None:
    assert scored(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("share", "按未达到项数比例扣分，最多扣4分"),
        ("{each_missing: 2}", "每缺一项扣2分，最多扣4分"),
        ("{each_met: 2}", "扣4分，每具备一项少扣2分"),
        ("{over: rate, steps: [[90, 4], [80, 3]]}", "按满意度分档扣分：90%及以上不扣分，80%及以上扣1分，其余扣4分"),
        (
            "{over: wanted, per_unit: 0.5, below: 95, whole_units: up}",
            "应有比例每低于95一个单位扣0.5分，最多扣4分（不足一个单位按一个计）",
        ),
        ("{deduct: [{per: faults, points: 1}]}", "按情形扣分，最多扣4分：标识不醒目处数：每处(次)扣1分"),
        ("{per: papers, points: 1.5}", "论文篇数：每项扣1.5分，最高4分"),
        ("{per: late, points: 3}", "迟报次数：每次扣3分，最高4分"),
        ("judged", "检查组评分（0—4分），与4分的差额为扣分"),
    ],
)
def test_a_penalty_says_what_it_costs(text: str, expected: str) -> None:
    assert scored(text, level="penalty") == expected


def test_no_award_is_all_or_nothing() -> None:
    assert award_text(None, Fraction(4), facts()) == "全得全扣"
    assert award_text(None, Fraction(4), facts(), level="bonus") == "符合加4分，否则不加分"
    assert award_text(None, Fraction(4), facts(), level="penalty") == "不符合扣4分"
    assert award_text(None, Fraction(4), facts(), "en") == "all or nothing"


def test_the_tier_settles_points_too() -> None:
    text = "{each_missing: {by: tier, of: {city_center: 1, county_center: 0.5}}}"
    assert scored(text, tier="county_center") == "每缺一项扣0.5分，扣完为止"


SCORING = {
    "W-ALL": "同时具备：①无障碍通道；②场所面积不少于100㎡；③具备其一：(1)依托场所为政务大厅，(2)流程上墙。"
    "按达到项数比例得分。",
    "W-INFO": "场所面积应填写。仅供参考，不计分。",
    "W-VETO": "无障碍通道：是。否决限等：失分时最高评为“差”。",
    "W-WHEN": "场所面积不少于100㎡。全得全扣。适用条件：依托场所为政务大厅。否决限等：得零分时最高评为“差”。",
    "W-JUDGED": "检查组评分（0—5分，最小分差0.5分）。评分说明：视台账规范程度；翻看近三个月台账。抽查五份。",
    "W-STEPS": "按满意度分档得分：90%及以上5分，80%及以上3分，其余0分。",
    "W-PARTS": "分项计分：①通道（0.5分）：无障碍通道；②功能室（1分）：功能室应有：个别谈话室、档案室，"
    "按达到项数比例得分（适用条件：依托场所为政务大厅）；③台账（2分）：检查组评分（0—2分）。未注明的分项全得全扣。",
    "W-DEDUCT": "按情形扣分，扣完为止：①“无障碍通道”为“否”，有此情形扣10分；"
    "②标识不醒目处数：每处(次)扣0.5分，此项最多扣2分；③功能室应有：个别谈话室、档案室，每缺一项扣2分；④台账不规范，酌情扣1—3分。",
}


@pytest.mark.parametrize("name", SCORING)
def test_the_scoring_of_a_rule(name: str) -> None:
    assert scoring_text(rule(name), standard(), "county_center") == SCORING[name]


REQUIRED = {
    "W-YES": "无障碍通道：是",
    "W-STEPS": "满意度达到90%",
    "W-PERCENT": "办结数占案件数的比例达到95%",
    "W-PER": "按论文篇数加分",
    "W-LATE": "不应有此情形：迟报",
    "W-JUDGED": "视台账规范程度",
    "W-DEDUCT": "不应有下列扣分情形：①“无障碍通道”为“否”；②标识不醒目；"
    "③缺项（功能室应有：个别谈话室、档案室）；④台账不规范",
    "W-PARTS": "①通道：无障碍通道；②功能室：功能室应有：个别谈话室、档案室；③台账：由检查组评定",
    "W-EACH": "每个符合“服务为法律援助”的窗口均应同时具备：①台牌；②标牌不为无（没有这样的窗口时不适用）",
}


@pytest.mark.parametrize("name", REQUIRED)
def test_what_a_rule_asks(name: str) -> None:
    assert requirement_text(rule(name), standard(), "county_center") == REQUIRED[name]
    assert requirement_text(rule(name), facts(), "county_center") == REQUIRED[name]


def test_what_a_part_asks() -> None:
    part = (rule("W-PARTS").parts or [])[1]
    assert requirement_text(part, facts()) == "功能室应有：个别谈话室、档案室"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("access", "无障碍通道"),
        ("{fact: access, is: yes}", "无障碍通道"),
        ("{fact: shown}", "流程是否上墙"),
        ("{fact: access, title: 有坡道}", "有坡道"),
        ("{fact: access, is: no}", "无障碍通道：否"),
        ("{fact: area, at_least: 100}", "场所面积不少于100㎡"),
        ("{any: [access, shown]}", "具备其一：①无障碍通道；②流程上墙"),
    ],
)
def test_under_which_label_a_part_is_missing(text: str, expected: str) -> None:
    assert missing_label(CHECK.validate_python(parsed(text)), facts()) == expected


def test_a_clause_names_its_document_where_there_are_several() -> None:
    one = standard().model_copy(update={"sources": standard().sources[:1]})
    assert clause_text(Clause(source="doc", at="二(三)1"), one) == "二(三)1"
    assert clause_text(Clause(source="doc", at="二(三)1"), standard()) == "《建设意见》二(三)1"
    assert clause_text(Clause(source="other", at=["一", "二"]), standard()) == "《验收通报》一、二"
    assert clause_text(Clause(source="nowhere", at="一"), standard()) == "一"
    assert clause_text(Clause(source="doc", at=["一", "二"]), standard(), "en") == "《建设意见》 一, 二"


BAD = re.compile(r"[{}]|[。；，：]{2}|[。；，：、]）|（[。；，：、]|[a-z]+_[a-z]+")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("tier", [None, "county_center"])
def test_every_form_reads_without_ids_and_doubled_marks(lang: Lang, tier: str | None) -> None:
    for item in standard().rules["county_center"]:
        texts = [scoring_text(item, standard(), tier, lang), requirement_text(item, standard(), tier, lang)]
        if item.check is not None:
            texts.append(missing_label(item.check, facts(), lang, tier))
        for text in texts:
            assert text, item.id
            assert "\n" not in text
            assert not BAD.search(text), (item.id, text)
            if lang == "zh":
                assert not re.search("[A-Za-z]", text), (item.id, text)


def test_a_long_list_goes_on_in_brackets() -> None:
    text = words(f"{{all: [{', '.join(['access, shown'] * 11)}]}}")
    assert "⑳流程上墙；(21)无障碍通道" in text


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("includes", "{fact: rooms, includes: [talk]}"),
        ("excludes", "{fact: rooms, excludes: [talk]}"),
        ("named", "{fact: sign, named: 中心}"),
        ("filled", "{fact: plate, filled: true}"),
        ("is_not", "{fact: host, is_not: hall}"),
        ("at_least", "{fact: area, at_least: 1}"),
        ("at_most", "{fact: area, at_most: 1}"),
        ("above", "{fact: area, above: 1}"),
        ("below", "{fact: area, below: 1}"),
        ("at_least_date", "{fact: opened, at_least: 2018-01-01}"),
        ("at_most_date", "{fact: opened, at_most: 2018-01-01}"),
        ("all", "{all: [access, shown]}"),
        ("any", "{any: [access, shown]}"),
        ("not", "{not: {fact: host, is: hall}}"),
        ("ratio", "{ratio: [done, cases], at_least: 1}"),
        ("sum", "{sum: {of: windows, field: seats}, at_least: 1}"),
    ],
)
def test_sentences_use_the_words_of_the_labels(keyword: str, text: str) -> None:
    assert say(f"label.check.{keyword}") in words(text)
