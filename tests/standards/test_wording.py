from __future__ import annotations

import pytest

from plsp_audit.model.catalogue import say
from plsp_audit.standards.wording import missing_label, when_text
from tests.standards.factory_wording import CHECK, condition, facts, parsed, words

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
