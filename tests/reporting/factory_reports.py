"""Results and a standard for the report's tests: a county centre of 36 rules with everything a report can show."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.result import Result
from plsp_audit.model.standard import ResolvedStandard

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = ROOT / "examples" / "photos"
TIER = "county_center"

DIMENSIONS = {
    "premises": "场所建设",
    "signs": "标识公示",
    "equipment": "设施设备",
    "functions": "职能履行",
    "staff": "人员配备",
    "management": "管理运行",
}

# dimension, title, points, clause, what was seen, awarded (None: not checked), why points were lost
SCORED: tuple[tuple[str, str, Any, str, str, Any, str], ...] = (
    ("premises", "建在司法局法律服务大厅，或者进驻政务大厅", 2, "二(二)1", "县司法局法律服务大厅", 2, ""),
    ("premises", "服务场所使用面积不少于100㎡", 6, "二(三)1", "126.5㎡", 6, ""),
    ("premises", "无障碍通道和无障碍设施齐全", 2, "二(三)1", "通道：有；设施：无", 1, "缺少低位台面和呼叫按钮"),
    ("premises", "分出服务区和等候区", 2, "二(三)1", "服务区、等候区", 2, ""),
    ("premises", "开放式大厅、半开放式窗口，窗口前设座椅", 3, "二(三)1(1)", "开放式大厅、窗口前座椅", 2, "窗口封闭"),
    ("premises", "设个别谈话室、调解室", 3, "二(三)1(1)", "个别谈话室、调解室、档案室", 3, ""),
    ("premises", "等候区五项设备齐全", 5, "二(三)1(2)", "座椅、饮水机、意见箱", 3, "缺少：法治宣传资料存取架、书写台"),
    ("signs", "统一使用“县级行政区名称＋公共法律服务中心”的名称", 4, "二(一)", "永靖县公共法律服务中心", 4, ""),
    ("signs", "外部标牌挂在正门上方，或者正门右侧", 2, "二(六)2", "正门右侧竖牌", 2, ""),
    ("signs", "场所内徽志和“公共法律服务”字样用蓝底白字黑体", 3, "二(六)3", "蓝底、白字、宋体", 2, "字体应为黑体"),
    ("signs", "每个窗口设指示牌", 3, "二(六)4", "法律援助、人民调解、法律服务三个窗口均有", 3, ""),
    ("signs", "公示牌载明事项、流程、人员信息", 4, "二(六)5", "服务事项、办事流程", "2.67", "缺少：服务人员信息"),
    ("equipment", "六种办公设备齐全", 6, "二(七)1", "打印机、复印机、扫描仪、电话机、档案柜", 5, "缺少：传真机"),
    ("equipment", "有接入12348网络的电脑", 3, "二(七)2", "2台，均已接入", 3, ""),
    ("equipment", "有公共法律服务触摸查询一体机", 3, "二(七)3", "无", 0, "没有触摸查询一体机"),
    ("equipment", "便民桌椅、笔、老花镜、饮用水齐全", 4, "二(七)4", "便民桌椅、笔、老花镜、饮用水", 4, ""),
    ("functions", "四项基本职能齐全", 6, "二(四)", "法治宣传、法律咨询、法律援助、人民调解", 6, ""),
    ("functions", "按首问负责、一次告知办理，能当场办的当场办", 3, "二(四)", "现场询问3名来访群众", 3, ""),
    ("functions", "设综合接待岗，来访有人接待、有人引导", 3, "二(五)1", "设综合接待岗1人", 3, ""),
    ("functions", "疑难复杂事项有分流交办和联审会办记录", 3, "二(五)4", "未查", None, ""),
    ("functions", "指导协助工作站、工作室，每季度不少于1次", 4, "二(五)5", "前三季度各1次，有记录", 4, ""),
    ("functions", "每季度开展法律服务需求研判", 3, "二(五)6", "2018年开展2次", "1.5", "应每季度1次，缺第二、三季度"),
    ("staff", "主任由县级司法行政机关负责人担任", 3, "二(八)1", "县司法局副局长兼任", 3, ""),
    ("staff", "综合接待、法律咨询、法律援助、人民调解岗位均有人员", 4, "二(八)1", "四个岗位共7人", 4, ""),
    ("staff", "工作人员熟悉流程，挂牌上岗，用语文明", 3, "二(八)2", "检查组评2分", 2, "2名新聘人员不熟悉初审要求"),
    ("staff", "律师、公证员按排班表值班", 3, "二(八)3", "未查", None, ""),
    ("management", "十三项制度齐全", "6.5", "二(九)", "13项制度上墙或成册", "6.5", ""),
    ("management", "七类工作台账齐全，附文件、纪要、照片", 7, "二(十)1", "有5类台账", 5, "缺少：政府购买、满意度评价"),
    ("management", "服务台账八个要素完整", 4, "二(十)2", "抽查20份，16份完整", "3.2", "4份缺接待人签名"),
    ("management", "公布投诉电话、设固定意见箱和电子邮箱", 3, "二(十一)", "投诉电话、意见箱", 2, "缺少：电子邮箱"),
    ("management", "投诉及时处理并反馈，记录完整", 2, "二(十一)", "2018年无投诉", 0, ""),
)  # fmt: skip

RECOMMENDED = {"GS-C-04", "GS-C-24"}
VETO = "GS-C-15"
ABSENT = "GS-C-31"
WAIVED = "GS-C-05"

EXTRA: tuple[tuple[str, str, str, Any, Any, str], ...] = (
    ("bonus", "设法律书吧", "premises", 1, 1, "设法律书吧，藏书320册"),
    ("bonus", "配备智能法律服务机器人", "equipment", 2, 0, "无"),
    ("penalty", "检查年度内有经查实的有效投诉", "management", 5, "-1", "有效投诉1件"),
    ("info", "2018年接待群众人次", "functions", 0, 0, "1至9月共接待2164人次"),
)


def _state(points: Any, awarded: Any) -> str:
    if awarded is None:
        return "not_checked"
    if Fraction(str(awarded)) == Fraction(str(points)):
        return "pass"
    return "partial" if Fraction(str(awarded)) > 0 else "fail"


def _scored(no: int, row: tuple[str, str, Any, str, str, Any, str]) -> dict[str, Any]:
    dimension, title, points, clause, observed, awarded, reason = row
    number = f"GS-C-{no:02}"
    low = awarded if awarded is not None else 0
    rule: dict[str, Any] = {
        "id": number,
        "title": title,
        "dimension": dimension,
        "level": "recommended" if number in RECOMMENDED else "required",
        "state": _state(points, awarded),
        "points": points,
        "awarded": low,
        "low": low,
        "high": points if awarded is None else awarded,
        "parts": {"asked": 1, "met": 1, "unknown": 0, "missing": []},
        "observed": observed,
        "required": f"{title.removeprefix('有')}，按{clause}核对",
        "reason": reason,
        "clause": {"source": "guidance", "at": clause},
        "method": "查阅资料" if dimension == "management" else "实地查看",
    }
    if number == ABSENT:
        rule |= {"state": "not_applicable", "reason": "2018年没有收到投诉"}
    if number == WAIVED:
        words = {"reason": "政务大厅统一装修，窗口形式不能单独改", "approved_by": "临夏州司法局", "until": "2019-06-30"}
        rule |= {"state": "waived", "awarded": 0, "low": 0, "high": 0, "waiver": words | {"state": "partial"}}
    return rule


def _parts() -> list[dict[str, Any]]:
    given = (("来访登记", 2, 2, "20份均有"), ("办理过程及结果", 1, 1, "20份均有"), ("接待人签名", 1, "0.2", "16份有"))
    return [
        {
            "no": no,
            "title": title,
            "state": _state(points, awarded),
            "points": points,
            "awarded": awarded,
            "low": awarded,
            "high": awarded,
            "parts": {"asked": 1, "met": 1, "unknown": 0, "missing": []},
            "observed": observed,
            "required": f"{title}完整",
            "reason": "" if points == awarded else "4份缺接待人签名",
        }
        for no, (title, points, awarded, observed) in enumerate(given, 1)
    ]


def _hash(name: str) -> str:
    return hashlib.sha256((PHOTOS / name).read_bytes()).hexdigest()


def _dress(rules: dict[str, dict[str, Any]]) -> None:
    """Add evidence, notes, self-assessed points, parts and an expired waiver."""
    photos = {
        "GS-C-02": ("hall.jpg", "服务大厅全景"),
        "GS-C-07": ("waiting.jpg", None),
        "GS-C-09": ("plate.jpg", "正门右侧标牌"),
    }
    for number, (name, caption) in photos.items():
        rules[number]["evidence"] = [{"path": f"photos/{name}", "sha256": _hash(name), "caption": caption}]
    rules["GS-C-12"]["evidence"] = [{"path": "photos/board.jpg", "sha256": _hash("board.jpg")}]
    rules["GS-C-28"]["evidence"] = [{"path": "docs/台账目录.pdf", "sha256": "c" * 64}, {"path": "docs/纪要.pdf"}]
    rules["GS-C-03"]["evidence_missing"] = rules["GS-C-20"]["evidence_missing"] = True
    rules["GS-C-25"]["note"] = "两名新聘人员8月到岗，建议安排一次业务培训。姓名：龙䶮、王堃。"
    rules["GS-C-20"]["note"] = "台账由垚塬镇㙍口司法所借出，当日未能查看。"
    rules["GS-C-29"]["parts_detail"] = _parts()
    expired = {"reason": "采购流程未完成", "approved_by": "永靖县司法局", "until": "2018-09-30", "expired": True}
    rules["GS-C-15"]["waiver"] = expired | {"state": "fail"}
    for number, own in (("GS-C-02", 6), ("GS-C-07", 5), ("GS-C-13", 6), ("GS-C-28", "6.5")):
        rules[number]["self_score"] = own


def _extra() -> list[dict[str, Any]]:
    rows = []
    for no, (level, title, dimension, points, awarded, observed) in enumerate(EXTRA, len(SCORED) + 1):
        state = "info" if level == "info" else "fail" if awarded == 0 else "pass" if awarded == points else "partial"
        base = _scored(no, (dimension, title, points, "二(三)1", observed, abs(Fraction(str(awarded))), ""))
        numbers = {"awarded": awarded, "low": awarded, "high": awarded}
        rows.append(base | {"id": f"GS-C-{no:02}", "level": level, "state": state} | numbers)
    return rows


def rules() -> list[dict[str, Any]]:
    """Give every rule's result, the bonus, penalty and information items last."""
    scored = [_scored(no, row) for no, row in enumerate(SCORED, 1)]
    _dress({row["id"]: row for row in scored})
    return scored + _extra()


def _dimensions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for key, title in DIMENSIONS.items():
        own = [r for r in rows if r["dimension"] == key and r["level"] in ("required", "recommended")]
        own = [r for r in own if r["state"] not in ("waived", "not_applicable")]
        points, awarded, low, high = (
            sum((Fraction(str(r[k])) for r in own), Fraction(0)) for k in ("points", "awarded", "low", "high")
        )
        numbers = {"points": points, "awarded": awarded, "low": low, "high": high, "rate": awarded / points}
        found.append({"id": key, "title": title} | numbers)
    return found


def _rectification(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lost = [r for r in rows if r["state"] in ("partial", "fail") and r["level"] in ("required", "recommended")]
    lost.sort(key=lambda r: (r["id"] != VETO, r["level"] == "recommended"))
    return [
        {
            "no": no,
            "rule": r["id"],
            "problem": r["reason"] or r["observed"],
            "requirement": r["title"],
            "remedy": f"对照{r['clause']['at']}补齐：{r['reason']}，并把采购、安装和试用情况拍照留存",
            "points_lost": Fraction(str(r["points"])) - Fraction(str(r["awarded"])),
            "priority": "veto" if r["id"] == VETO else r["level"],
            "due": "2018-11-22" if no % 3 else "2018-12-22",
            "owner": "马文华" if no % 2 else None,
        }
        for no, r in enumerate(lost, 1)
    ]


def _head(**more: Any) -> dict[str, Any]:
    site = {
        "id": "gs-lx-yj-01",
        "name": "永靖县公共法律服务中心",
        "tier": TIER,
        "province": "甘肃省",
        "city": "临夏州",
        "county": "永靖县",
        "head": "马文华",
        "phone": "0930-8830148",
    }
    inspection = {
        "date": "2018-10-23",
        "kind": "acceptance",
        "team": "临夏州司法局第二检查组",
        "inspectors": ["王建国", "李秀英", "欧阳晓东"],
        "methods": ["实地查看", "查阅资料", "座谈交流", "现场评分"],
    }
    reference = {"id": "gansu-2018", "title": "甘肃省公共法律服务实体平台建设标准", "digest": "a1" * 32}
    head = {"tool": "plsp-audit 0.1.0", "standard": reference, "site": site, "inspection": inspection}
    return head | {"input_digest": "b2" * 32} | more


def rated(**changes: Any) -> Result:
    """Give a rated centre with open items, a veto that caps, a waiver, an expired one, bonus and penalty."""
    rows = rules()
    content = _head(
        status="rated",
        complete=False,
        score={"value": Fraction(8276, 100), "rounded": 83, "low": Fraction(8276, 100), "high": Fraction(8856, 100)},
        grade={"id": "poor", "title": "差"},
        grade_low="poor",
        grade_high="good",
        capped_by=[VETO],
        coverage={"applicable": 29, "checked": 27},
        bonus=1,
        penalty=1,
        dimensions=_dimensions(rows),
        rules=rows,
        rectification=_rectification(rows),
    )
    return Result.model_validate(content | changes)


def not_rated() -> Result:
    """Give a centre that is left out of this round."""
    return Result.model_validate(_head(status="not_rated", reason="重新装修改造，预计2019年3月启用"))


def no_score() -> Result:
    """Give a centre where nothing could be scored."""
    row = rules()[1] | {"state": "not_applicable", "awarded": 0, "low": 0, "high": 0, "evidence": []}
    dimension = {"id": "premises", "title": "场所建设", "points": 0, "awarded": 0, "low": 0, "high": 0, "rate": None}
    more = {"complete": True, "coverage": {"applicable": 0, "checked": 0}, "bonus": 0, "penalty": 0, "capped_by": []}
    lists = {"dimensions": [dimension], "rules": [row], "rectification": []}
    return Result.model_validate(_head(status="no_score", reason="没有适用的计分条目") | more | lists)


def standard(**changes: Any) -> ResolvedStandard:
    """Give a standard that fits: three grades, one source, assumptions of every kind."""
    keys = ("id", "title", "dimension", "level", "points", "clause", "method")
    more = {"check": {"fact": "premises.area", "at_least": 100}, "guide": "以实测使用面积为准", "veto": None}
    rows = [{key: row[key] for key in keys} | more for row in rules()]
    for row in rows:
        row |= {"guide": "以实测使用面积为准"} if row["id"] == "GS-C-02" else {"guide": None}
        row |= {"assumed": ["award"]} if "齐全" in row["title"] else {}
        row |= {"veto": "poor"} if row["id"] == VETO else {}
    content = {
        "id": "gansu-2018",
        "title": "甘肃省公共法律服务实体平台建设标准",
        "issuer": "甘肃省司法厅",
        "issued": "2018-03-20",
        "province": "甘肃省",
        "points_basis": "assigned",
        "notes": "原文只提要求，没有分值，也没有等次。\n原文疏漏：三(四)2写作“工作室”，按上下文应为工作站。",
        "sources": [{"id": "guidance", "title": "关于加快推进公共法律服务实体平台建设的指导意见"}],
        "parameters": {},
        "dimensions": [{"id": key, "title": title} for key, title in DIMENSIONS.items()],
        "scoring": {"bonus_cap": 10, "assumed": ["model", "rounding", "bonus_cap"]},
        "grades": [
            {"id": "good", "title": "好", "from": 86, "assumed": True},
            {"id": "medium", "title": "中", "from": 60, "assumed": True},
            {"id": "poor", "title": "差", "from": 0, "assumed": True},
        ],
        "tiers": [{"id": TIER, "title": "县(市、区)公共法律服务中心", "rules": f"{TIER}.yaml"}],
        "rules": {TIER: rows},
        "facts": FactDictionary(facts={}, names={}),
        "digest": "a1" * 32,
    }
    return ResolvedStandard.model_validate(content | changes)
