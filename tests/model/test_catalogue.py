from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import plsp_audit.model.catalogue as catalogue
from plsp_audit.model.catalogue import known, say

FOLDER = Path(catalogue.__file__).parent
FILES = sorted(path.name for path in (FOLDER / "zh").glob("*.toml"))

LABELS = {
    "state": {
        "pass": "达标",
        "partial": "部分达标",
        "fail": "不达标",
        "not_applicable": "不适用",
        "not_checked": "未查",
        "waived": "已豁免",
        "info": "参考",
    },
    "level": {
        "required": "必备项",
        "recommended": "建议项",
        "bonus": "加分项",
        "penalty": "扣分项",
        "info": "参考项(不计分)",
    },
    "status": {"rated": "已评定", "not_rated": "暂不参评", "no_score": "无法评分"},
    "kind": {"self": "自查", "acceptance": "验收", "recheck": "复验", "spot_check": "抽查"},
    "score": {
        "points": "分值",
        "awarded": "得分",
        "low": "保底分(未查项全按最差)",
        "high": "可达分(未查项全按最好)",
        "score": "总分",
        "rounded": "计入等次的分",
        "bonus": "加分",
        "penalty": "扣分",
        "self_scores": "自评分",
        "assessed": "考核分",
    },
    "parts": {"asked": "应有", "met": "已有", "unknown": "未查", "missing": "缺少", "parts": "分项"},
    "award": {"none": "全得全扣", "share": "按达到项数比例得分", "judged": "检查组评分"},
    "award.whole_units": {"up": "不足一个单位按一个计", "down": "不足一个单位不计", "none": "按比例计"},
    "award.branch": {"floor_none": "可扣至负分"},
    "award.judging": {"step": "最小分差", "choices": "可选分值", "guide": "评分说明"},
    "check": {
        "is": "为",
        "is_not": "不为",
        "one_of": "为其中之一",
        "at_least": "不少于",
        "at_least_date": "不早于",
        "at_most": "不多于",
        "at_most_date": "不迟于",
        "above": "超过",
        "below": "低于",
        "between": "介于(含两端)",
        "includes": "应有",
        "excludes": "不得有",
        "named": "名称应为",
        "mentions": "应含字样",
        "filled": "应填写",
        "ratio": "比例",
        "percent": "百分比",
        "count": "符合条件的数量",
        "sum": "合计",
        "each": "逐一符合",
        "when_empty": "没有记录时",
        "all": "同时具备",
        "any": "具备其一",
        "not": "不得",
        "times": "倍",
    },
    "rule": {
        "dimension": "类别",
        "clause": "条款依据",
        "check": "评分要求",
        "award": "计分办法",
        "when": "适用条件",
        "veto": "否决限等",
        "method": "检查方式",
        "evidence": "佐证材料",
        "documents": "应查材料",
        "scored_by": "责任单位",
        "remedy": "整改措施",
        "days": "整改天数",
        "effort": "整改难度",
        "na_allowed": "可申报不适用",
        "locked": "下级只可从严",
        "assumed": "原文未定，本标准设定",
    },
    "evidence": {"required": "必附", "optional": "可附"},
    "grade": {
        "grade": "等次",
        "grade_low": "最低可能等次",
        "grade_high": "最高可能等次",
        "capped_by": "等次受限于",
        "pass_mark": "类别最低得分率",
        "coverage": "核查率",
        "coverage_basis": "已查/应查",
        "complete": "是否查全",
    },
    "scoring": {
        "full_marks": "满分",
        "base": "基础分",
        "max_total": "总分上限",
        "bonus_cap": "加分上限",
        "below_pass_mark": "类别不达最低得分率时等次上限",
    },
    "scoring.model": {"normalised": "按应得分折算", "weighted": "按类别权重折算", "sum": "直接相加"},
    "scoring.not_applicable": {"exclude": "不计入", "full": "视为满分", "zero": "视为零分"},
    "scoring.not_checked": {"zero": "暂按零分", "exclude": "暂不计入"},
    "scoring.rounding": {"half_up": "四舍五入", "half_even": "四舍六入五成双", "floor": "舍去", "ceil": "进一"},
    "scoring.points_basis": {"source": "原文分值", "assigned": "本标准设定分值"},
    "tier": {
        "region_center": "自治区(省)中心",
        "city_center": "市级中心",
        "county_center": "县级中心",
        "station": "工作站",
        "room": "工作室",
        "network": "县域网络",
    },
    "fact": {"group": "分组", "ask": "填写说明", "aliases": "别名"},
    "fact_type": {
        "yes_no": "是否",
        "number": "数值",
        "integer": "整数",
        "text": "文字",
        "date": "日期",
        "choice": "单选",
        "choices": "多选",
        "counts": "数量清单",
        "records": "明细表",
    },
    "result": {
        "observed": "实查情况",
        "required": "标准要求",
        "reason": "扣分原因",
        "rectification": "整改清单",
        "no": "序号",
        "problem": "存在问题",
        "requirement": "整改要求",
        "remedy": "整改措施",
        "points_lost": "失分",
        "priority": "优先级",
        "due": "完成时限",
        "owner": "责任人",
        "digest": "标准指纹",
        "input_digest": "检查记录指纹",
    },
    "priority": {"veto": "否决项", "required": "必备项", "recommended": "建议项"},
}


def leaves(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def texts(lang: str, name: str) -> dict[str, Any]:
    return dict(leaves(tomllib.loads((FOLDER / lang / name).read_text(encoding="utf-8"))))


def test_both_languages_have_the_same_files() -> None:
    assert sorted(path.name for path in (FOLDER / "en").glob("*.toml")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_the_same_things(name: str) -> None:
    assert texts("zh", name).keys() == texts("en", name).keys()


@pytest.mark.parametrize("name", FILES)
def test_both_languages_fill_the_same_braces(name: str) -> None:
    zh, en = texts("zh", name), texts("en", name)
    for key in zh.keys() & en.keys():
        assert set(re.findall(r"{(\w+)", zh[key])) == set(re.findall(r"{(\w+)", en[key])), key


@pytest.mark.parametrize("name", FILES)
def test_every_entry_is_a_sentence(name: str) -> None:
    for lang in ("zh", "en"):
        assert all(isinstance(text, str) for text in texts(lang, name).values())


@pytest.mark.parametrize("table", LABELS)
def test_keywords_appear_under_their_chinese_labels(table: str) -> None:
    assert {key: say(f"label.{table}.{key}") for key in LABELS[table]} == LABELS[table]


def test_award_labels_carry_their_numbers() -> None:
    assert say("label.award.each_missing", number="0.5") == "每缺一项扣0.5分，扣完为止"
    assert say("label.award.each_met", number="0.5", points=3) == "每具备一项得0.5分，最高3分"
    assert say("label.award.branch.judged", low=1, high=3) == "酌情扣1—3分"


def test_an_unknown_key_is_not_known() -> None:
    assert not known("label.state.none")
    with pytest.raises(KeyError):
        say("label.state.none")
