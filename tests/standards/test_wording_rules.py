from __future__ import annotations

import re
from fractions import Fraction

import pytest

from plsp_audit.model.catalogue import Lang
from plsp_audit.model.result import Clause
from plsp_audit.standards.wording import award_text, clause_text, missing_label, requirement_text, scoring_text
from tests.standards.factory_wording import facts, rule, scored, standard

LANGS: tuple[Lang, ...] = ("zh", "en")

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
