"""Results and a standard for the workbook's and the screen's tests: a station with one rule of every kind."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.result import Result
from plsp_audit.model.standard import ResolvedStandard

LONG_REASON = "缺少" + "、".join(f"第{n}号服务指引和办事流程公示牌" for n in range(1, 90))

SITE = {
    "id": "yc-xq-01",
    "name": "兴庆区凤凰北街街道公共法律服务工作站",
    "tier": "station",
    "province": "宁夏回族自治区",
    "city": "银川市",
    "county": "兴庆区",
    "town": "凤凰北街街道",
    "head": "马文华",
    "phone": "0951-6012348",
}
INSPECTION = {
    "date": "2018-10-23",
    "kind": "acceptance",
    "team": "第一组",
    "inspectors": ["王建国", "李秀英", "欧阳晓东"],
    "methods": ["实地查看", "查阅资料", "座谈交流", "现场评分"],
}
STANDARD = {"id": "ningxia-2018", "title": "宁夏公共法律服务体系建设年验收标准", "digest": "a" * 64}


def parts(asked: int = 1, met: int = 1, unknown: int = 0, missing: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give the counts of a check."""
    return {"asked": asked, "met": met, "unknown": unknown, "missing": list(missing)}


def rule(no: int, title: str, dimension: str, state: str, points: Any, awarded: Any, **more: Any) -> dict[str, Any]:
    """Give a rule's result, with everything usual filled in."""
    return {
        "id": f"NX-S-{no:02}",
        "title": title,
        "dimension": dimension,
        "level": "required",
        "state": state,
        "points": points,
        "awarded": awarded,
        "low": awarded,
        "high": awarded,
        "parts": parts(),
        "observed": "已查",
        "required": title,
        "reason": "",
        "clause": {"source": "notice", "at": f"二({no})"},
        "method": "实地查看",
    } | more


def _part(no: int, title: str, state: str, points: Any, awarded: Any, reason: str = "") -> dict[str, Any]:
    numbers = {"points": points, "awarded": awarded, "low": awarded, "high": awarded}
    words = {"observed": "已查", "required": title, "reason": reason}
    return {"no": no, "title": title, "state": state, "parts": parts()} | numbers | words


def _premises() -> list[dict[str, Any]]:
    short = "实测使用面积不足，实测36㎡，应不少于40㎡"
    missing = ("饮水机", "老花镜", "急救箱")
    equipment = "办公电话、电脑、高拍仪、打印机、等候座椅、饮水机、老花镜、急救箱、意见箱、资料架齐全"
    waiver = {
        "reason": "旧城改造期间借用社区场所",
        "approved_by": "兴庆区司法局",
        "until": "2019-06-30",
        "state": "fail",
    }
    seen = {"reason": short, "observed": "36㎡", "required": "使用面积不少于40㎡", "self_score": 6}
    office = {"reason": "缺少饮水机、老花镜、急救箱", "parts": parts(10, 7, 0, missing), "self_score": 5}
    return [
        rule(1, "服务场所使用面积不少于40㎡", "premises", "fail", 6, 0, **seen, evidence_missing=True),
        rule(2, "设在临街一层或方便群众的位置", "premises", "pass", 4, 4, self_score=4),
        rule(3, "办公和便民设备齐全", "premises", "partial", 5, "3.5", **office, required=equipment),
        rule(4, "外观标识、门牌统一规范，内容、颜色、尺寸符合要求", "premises", "waived", 5, 0, waiver=waiver),
        rule(5, "设置无障碍通道", "premises", "not_applicable", 3, 0, reason="设在一层，门前无台阶"),
    ]


def _service() -> list[dict[str, Any]]:
    detail = [
        _part(1, "咨询登记", "pass", 4, 4),
        _part(2, "法律援助申请受理登记", "partial", 4, 2, "抽查10份，5份登记要素不全"),
        _part(3, "人民调解登记", "not_checked", 2, 0),
    ]
    opened = {"low": 6, "high": 8, "parts_detail": detail, "method": "查阅资料"}
    visits = {"high": 10, "note": "当日座谈未能安排，改日补查", "method": "座谈交流"}
    ends = {"source": "measures", "at": ["第六条", "第八条"]}
    return [
        rule(6, "业务台账齐全规范", "service", "not_checked", 10, 6, **opened, clause=ends),
        rule(7, "群众满意度", "service", "not_checked", 10, 0, **visits),
        rule(8, "每周值班不少于2天", "service", "pass", 8, 8, method="查阅资料", self_score=8),
        rule(9, "开展法治宣传", "service", "partial", 3, Fraction(2, 3), level="recommended", reason="应6次，开展4次"),
        rule(10, '=HYPERLINK("http://x")', "service", "fail", 3, 0, reason="@SUM(1)", observed="-2"),
    ]


def _extra() -> list[dict[str, Any]]:
    return [
        rule(11, "获得省级以上表彰", "service", "partial", 5, 2, level="bonus", reason="获自治区表彰1次"),
        rule(12, "有效投诉", "service", "partial", 5, -1, level="penalty", reason="有效投诉1件"),
        rule(13, "服务人数", "service", "info", 0, 0, level="info", observed="2018年1至9月共1264人次"),
    ]


def _rectification() -> list[dict[str, Any]]:
    def line(
        no: int, rule: str, problem: str, remedy: str, lost: Any, priority: str, due: str | None
    ) -> dict[str, Any]:
        words = {"problem": problem, "requirement": "达到标准要求", "remedy": remedy, "points_lost": lost}
        return {"no": no, "rule": rule, **words, "priority": priority, "due": due, "owner": "马文华" if due else None}

    return [
        line(1, "NX-S-01", "实测36㎡，少4㎡", "扩建或调换场所，使面积达到40㎡以上", 6, "veto", "2018-12-22"),
        line(2, "NX-S-03", "缺少饮水机、老花镜、急救箱", "补齐饮水机、老花镜、急救箱", "1.5", "required", "2018-11-22"),
        line(3, "NX-S-09", "应6次，开展4次", "按季度制定宣传计划并落实", Fraction(7, 3), "recommended", None),
    ]


def rated(**changes: Any) -> Result:
    """Give a rated station with open items, a veto, a waiver, bonus, penalty and parts."""
    dimensions = [
        {
            "id": "premises",
            "title": "场所建设",
            "points": 15,
            "awarded": "7.5",
            "low": "7.5",
            "high": "7.5",
            "rate": "0.5",
        },
        {
            "id": "service",
            "title": "业务开展",
            "points": 34,
            "awarded": Fraction(44, 3),
            "low": Fraction(44, 3),
            "high": Fraction(80, 3),
            "rate": Fraction(22, 51),
        },
    ]
    value = Fraction(133, 6) / 49 * 100 + 1
    content = {
        "tool": "plsp-audit 0.1.0",
        "standard": STANDARD,
        "site": SITE,
        "inspection": INSPECTION,
        "input_digest": "b" * 64,
        "status": "rated",
        "complete": False,
        "score": {"value": value, "rounded": 46, "low": value, "high": value + Fraction(1200, 49)},
        "grade": {"id": "poor", "title": "不合格"},
        "grade_low": "poor",
        "grade_high": "fair",
        "capped_by": ["NX-S-01"],
        "coverage": {"applicable": 9, "checked": 7},
        "bonus": 2,
        "penalty": 1,
        "dimensions": dimensions,
        "rules": [*_premises(), *_service(), *_extra()],
        "rectification": _rectification(),
    }
    return Result.model_validate(content | changes)


def _bare(status: str, reason: str) -> dict[str, Any]:
    head = {"tool": "plsp-audit 0.1.0", "standard": STANDARD, "site": SITE, "inspection": INSPECTION}
    return head | {"input_digest": "b" * 64, "status": status, "reason": reason}


def not_rated() -> Result:
    """Give a station that is left out of this round."""
    return Result.model_validate(_bare("not_rated", "因街道办事处搬迁，经市局同意暂不参评"))


def no_score() -> Result:
    """Give a station where no rule with points applied."""
    rules = [rule(1, "服务场所使用面积不少于40㎡", "premises", "not_applicable", 6, 0)]
    dimension = {"id": "premises", "title": "场所建设", "points": 0, "awarded": 0, "low": 0, "high": 0, "rate": None}
    more = {"complete": True, "coverage": {"applicable": 0, "checked": 0}, "bonus": 0, "penalty": 0}
    lists = {"dimensions": [dimension], "rules": rules, "rectification": [], "capped_by": []}
    return Result.model_validate(_bare("no_score", "没有适用的计分条目") | more | lists)


def standard(**changes: Any) -> ResolvedStandard:
    """Give a standard that fits `rated`: four grades, two sources, two dimensions."""
    veto = {"fact": "premises.area", "at_least": 40}
    rules = [
        {
            "id": "NX-S-01",
            "title": "服务场所使用面积不少于40㎡",
            "dimension": "premises",
            "points": 6,
            "clause": {"source": "notice", "at": "二(1)"},
            "check": veto,
            "veto": "poor",
            "assumed": ["award"],
        }
    ]
    content = {
        "id": "ningxia-2018",
        "title": "宁夏公共法律服务体系建设年验收标准",
        "issuer": "宁夏回族自治区司法厅",
        "issued": "2018-05-11",
        "province": "宁夏回族自治区",
        "points_basis": "assigned",
        "notes": None,
        "sources": [
            {"id": "notice", "title": "关于开展“公共法律服务体系建设年”活动的通知"},
            {"id": "measures", "title": "公共法律服务工作站管理办法"},
        ],
        "parameters": {},
        "dimensions": [{"id": "premises", "title": "场所建设"}, {"id": "service", "title": "业务开展"}],
        "scoring": {"bonus_cap": 10, "assumed": ["rounding"]},
        "grades": [
            {"id": "excellent", "title": "优秀", "from": 90},
            {"id": "good", "title": "良好", "from": 80},
            {"id": "fair", "title": "合格", "from": 60},
            {"id": "poor", "title": "不合格", "from": 0, "assumed": True},
        ],
        "tiers": [{"id": "station", "title": "乡镇(街道)公共法律服务工作站", "rules": "station.yaml"}],
        "rules": {"station": rules},
        "facts": FactDictionary(facts={}, names={}),
        "digest": "a" * 64,
    }
    return ResolvedStandard.model_validate(content | changes)
