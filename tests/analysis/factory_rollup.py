"""Small results and standards for the roll-up: what a result says, without a file that was scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.standard import ResolvedStandard

BANDS = (("good", "好", 86), ("medium", "中", 60), ("poor", "差", 0))
OWN_BANDS = (("top", "90分以上", 90), ("upper", "85分以上", 85), ("rest", "85分以下", 0))
RULES = (
    ("R-1", "服务场所使用面积不少于40㎡", "premises", "required", 6),
    ("R-2", "业务台账齐全、记录规范，抽查近一年的接待登记没有漏记错记", "service", "required", 4),
    ("R-3", "开展法治宣传", "service", "recommended", 3),
    ("R-4", "获得省级以上表彰", "service", "bonus", 5),
    ("R-5", "有效投诉", "service", "penalty", 2),
    ("R-6", "服务人数", "service", "info", 0),
)
STATIONS = "乡镇(街道)公共法律服务工作站"
ROOMS = "村(社区)公共法律服务工作室"


def standard(sid: str = "ningxia-2018", bands: Sequence[tuple[str, str, Any]] = BANDS, **more: Any) -> ResolvedStandard:
    """Give a standard with these bands and the tiers station and room."""
    content: dict[str, Any] = {
        "id": sid,
        "title": f"标准{sid}",
        "issuer": None,
        "issued": None,
        "province": None,
        "points_basis": "assigned",
        "notes": None,
        "sources": [],
        "parameters": {},
        "dimensions": [{"id": "premises", "title": "建设标准化"}, {"id": "service", "title": "服务专业化"}],
        "scoring": {},
        "grades": [{"id": i, "title": title, "from": from_} for i, title, from_ in bands],
        "tiers": [
            {"id": "station", "title": STATIONS, "rules": "station.yaml"},
            {"id": "room", "title": ROOMS, "rules": "room.yaml"},
        ],
        "rules": {},
        "facts": FactDictionary(facts={}, names={}),
        "digest": f"{sid:0<64}",
    }
    return ResolvedStandard.model_validate(content | more)


STANDARD = standard()
OWN = standard("shizuishan-2018", OWN_BANDS)
STANDARDS = {s.id: s for s in (STANDARD, OWN)}


def rules(states: dict[str, tuple[str, Any]]) -> list[dict[str, Any]]:
    """Give the rules' results: passed with all points, but for `states` (id: state and what was awarded)."""
    found = []
    for rule, title, dimension, level, points in RULES:
        full = 0 if level in ("penalty", "info", "bonus") else points
        state, awarded = states.get(rule, ("info" if level == "info" else "pass", full))
        found.append({"id": rule, "title": title, "dimension": dimension, "level": level, "state": state,
                      "points": points, "awarded": awarded})  # fmt: skip
    return found


def rectification(told: Sequence[dict[str, Any]], due: str) -> Iterator[dict[str, Any]]:
    """Give a line for every rule that fell short."""
    short = [r for r in told if r["state"] in ("fail", "partial") and r["level"] != "bonus"]
    for number, rule in enumerate(short, start=1):
        yield {
            "no": number, "rule": rule["id"], "problem": "实测使用面积36㎡，应不少于40㎡", "requirement": rule["title"],
            "remedy": "扩建或调换场所", "points_lost": 2.5, "priority": "veto" if number == 1 else "required",
            "due": due, "owner": "马某某",
        }  # fmt: skip


def result(sid: str, score: Any = 90, **more: Any) -> dict[str, Any]:
    """Give a rated result.

    Args:
        sid: The site's id.
        score: Its score; the grade follows by the bands of `of`.
        more: `of` (the standard), `name`, `tier`, `place` (province, city, county), `date`, `kind`, `digest`,
            `states` (of rules), `rates` (of the two dimensions), `reason` (then the site is not rated).
    """
    of: ResolvedStandard = more.get("of", STANDARD)
    province, city, county = more.get("place", ("宁夏回族自治区", "银川市", "兴庆区"))
    head = {
        "plsp": "result/1",
        "tool": "plsp-audit",
        "standard": {"id": of.id, "title": of.title, "digest": of.digest},
        "site": {"id": sid, "name": more.get("name", f"{sid}公共法律服务工作站"), "tier": more.get("tier", "station"),
                 "province": province, "city": city, "county": county},
        "inspection": {"date": more.get("date", "2018-10-23"), "kind": more.get("kind", "acceptance")},
        "input_digest": more.get("digest", f"{sid}-{more.get('date', '')}-{more.get('kind', '')}"),
    }  # fmt: skip
    if "reason" in more:
        return head | {"status": "not_rated", "reason": more["reason"]}
    if score is None:
        return head | {"status": "no_score", "reason": None, "score": None, "grade": None, "rules": rules({}),
                       "dimensions": [], "coverage": {"applicable": 0, "checked": 0}, "rectification": []}  # fmt: skip
    rounded = int(float(str(score)) + 0.5)
    grade = next(g for g in of.grades if rounded >= g.from_)
    told = rules(more.get("states", {}))
    rates = more.get("rates", (0.9, 0.8))
    return head | {
        "status": "rated", "reason": None, "complete": True,
        "score": {"value": score, "rounded": rounded, "low": score, "high": score},
        "grade": {"id": grade.id, "title": grade.title}, "grade_low": grade.id, "grade_high": grade.id,
        "capped_by": [], "coverage": {"applicable": 3, "checked": 3}, "bonus": 0, "penalty": 0,
        "dimensions": [{"id": d.id, "title": d.title, "points": 10, "awarded": 5, "low": 5, "high": 5, "rate": rate}
                       for d, rate in zip(of.dimensions, rates, strict=True)],
        "rules": told,
        "rectification": list(rectification(told, "2018-12-22")),
    }  # fmt: skip


def ningxia() -> list[dict[str, Any]]:
    """Give the counts of Ningxia's bulletin of December 2018; the names are made up."""
    found: list[dict[str, Any]] = []

    def sites(key: str, city: str, county: str, scores: Sequence[int], **more: Any) -> None:
        for number, score in enumerate(scores):
            states = {"R-1": ("fail", 0)} if score < 86 else {"R-2": ("partial", 2.5)} if number % 3 == 0 else {}
            rates = (round(score / 100, 4), round(score / 110, 4))
            place = ("宁夏回族自治区", city, county)
            day = f"2018-1{number % 2}-{number % 28 + 1:02}"
            found.append(result(f"{key}-{number:03}", score, place=place, states=states, rates=rates, date=day, **more))

    def excluded(sid: str, city: str, county: str, name: str, reason: str) -> None:
        found.append(result(sid, place=("宁夏回族自治区", city, county), name=name, reason=reason))

    def spread(count: int, low: int, high: int) -> list[int]:
        return [low + (7 * n) % (high - low + 1) for n in range(count)]

    for at, (county, count) in enumerate({"兴庆区": 13, "金凤区": 9, "西夏区": 8, "永宁县": 12, "贺兰县": 11}.items()):
        sites(f"yc-{at}", "银川市", county, spread(count, 86, 98))
    sites("yc-lw", "银川市", "灵武市", [*spread(10, 86, 97), 81])
    for name in ("白土岗镇", "城东"):
        excluded(f"yc-x-{name}", "银川市", "灵武市", f"灵武市{name}公共法律服务工作站", "重新装修改造")
    room = {"tier": "room", "kind": "spot_check"}
    sites("yc-room", "银川市", "贺兰县", [*spread(11, 86, 95), 77], **room)
    for county, top, upper in (("平罗县", 11, 2), ("惠农区", 11, 1), ("大武口区", 8, 3)):
        sites(f"szs-{county}", "石嘴山市", county, [*spread(top, 90, 97), *spread(upper, 85, 89)], of=OWN)
    for at, county in enumerate(("原州区", "西吉县", "隆德县", "泾源县")):
        sites(f"gy-{at}", "固原市", county, [*spread(8, 86, 95), *spread(8 if at else 7, 60, 85)])
    for county, name in (("西吉县", "将台堡镇"), ("泾源县", "黄花乡")):
        reason = "城镇建设拆迁新建、政府办公场所尚未建成"
        excluded(f"gy-x-{name}", "固原市", county, f"{county}{name}公共法律服务工作站", reason)
    for at, county in enumerate(("沙坡头区", "中宁县", "海原县")):
        sites(f"zw-{at}", "中卫市", county, [*spread(4, 86, 95), *spread(9, 60, 85)])
    return found
