"""Results of a province for the dashboard's tests: made up with a fixed seed, under two sets of grade bands."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from plsp_audit.analysis.rollup import RollUp
from plsp_audit.loading.packs import Library
from plsp_audit.model.content import content_dir
from plsp_audit.model.rollup import Summary
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.dashboard import render_dashboard
from plsp_audit.standards.resolve import resolve

ROOT = Path(__file__).resolve().parents[2]
MAIN, OWN_BANDS = "ningxia-2018", "shizuishan-2018"
CITIES = {
    "银川市": ("兴庆区", "金凤区", "西夏区", "永宁县", "贺兰县", "灵武市"),
    "固原市": ("原州区", "西吉县", "隆德县", "泾源县", "彭阳县"),
    "中卫市": ("沙坡头区", "中宁县", "海原县"),
}
OTHER = {"石嘴山市": ("大武口区", "惠农区", "平罗县")}
TOWNS = ("云岭", "青石", "柳湾", "白杨", "长滩", "红崖", "金沙", "东河", "西屏", "南梁")
HOSTILE = "</script><script>window.ran=1</script><!--<img src=x onerror=alert(1)>&'\"\u2028{a|b}{{x}}"


@cache
def standards() -> dict[str, ResolvedStandard]:
    library = Library([ROOT / "examples" / "standards", content_dir("standards")])
    return {name: resolve(library, name).standard for name in (MAIN, OWN_BANDS)}


def result(number: int, seed: int = 7, **changes: Any) -> dict[str, Any]:
    """Give the result of a made-up station; `changes` go over its site, inspection or top level."""
    dice = random.Random(seed * 1_000_003 + number)
    own = dice.random() < 0.15
    standard = standards()[OWN_BANDS if own else MAIN]
    city, counties = dice.choice(list((OTHER if own else CITIES).items()))
    tier = "room" if dice.random() < 0.25 else "station"
    town = f"{dice.choice(TOWNS)}{number % 97}镇"
    name = town + ("第三村公共法律服务工作室" if tier == "room" else "公共法律服务工作站")
    made: dict[str, Any] = {
        "plsp": "result/1", "tool": "plsp-audit 0.0.0",
        "standard": {"id": standard.id, "title": standard.title, "digest": standard.digest},
        "site": {"id": f"nx-{number:05}", "name": name, "tier": tier, "province": "宁夏回族自治区", "city": city,
                 "county": dice.choice(counties), "town": town, "village": None, "head": None, "phone": "0951-0000000"},
        "inspection": {"date": f"2018-1{dice.randint(0, 1)}-{dice.randint(10, 28)}", "kind": "acceptance",
                       "team": f"第{dice.randint(1, 3)}组", "inspectors": ["张某某"], "methods": ["实地查看"]},
        "input_digest": f"{number:064x}", "status": "rated", "reason": None, "score": None, "grade": None,
    }  # fmt: skip
    if dice.random() < 0.03:
        made |= {"status": "not_rated", "reason": "重新装修改造"}
    else:
        made |= _outcome(dice, standard, tier)
    for key, value in changes.items():
        made[key] = made[key] | value if isinstance(value, dict) else value
    return made


def _outcome(dice: random.Random, standard: ResolvedStandard, tier: str) -> dict[str, Any]:
    good = dice.choice((0.97, 0.93, 0.9, 0.85, 0.7))
    rules = [_rule(dice, rule, good) for rule in standard.rules[tier]]
    scored = [rule for rule in rules if rule["level"] in ("required", "recommended")]
    total = sum(rule["points"] for rule in scored)
    value, high = (round(100 * sum(r[key] for r in scored) / total, 4) for key in ("awarded", "high"))
    rounded, best = int(value + 0.5), int(high + 0.5)
    grade = next(g for g in standard.grades if rounded >= g.from_)
    opened = next(g for g in standard.grades if best >= g.from_)
    dimensions = []
    for dimension in standard.dimensions:
        mine = [rule for rule in scored if rule["dimension"] == dimension.id]
        points, low, up = (sum(rule[key] for rule in mine) for key in ("points", "awarded", "high"))
        dimensions.append({"id": dimension.id, "title": dimension.title, "points": points, "awarded": low, "low": low,
                           "high": up, "rate": round(low / points, 4) if points else None})  # fmt: skip
    defects = [rule for rule in scored if rule["state"] in ("fail", "partial")]
    return {
        "status": "rated", "complete": value == high,
        "score": {"value": value, "rounded": rounded, "low": value, "high": high},
        "grade": {"id": grade.id, "title": grade.title}, "grade_low": grade.id, "grade_high": opened.id,
        "capped_by": [defects[0]["id"]] if defects and dice.random() < 0.03 else [],
        "coverage": {"applicable": len(scored), "checked": sum(r["state"] != "not_checked" for r in scored)},
        "bonus": 0, "penalty": 0, "dimensions": dimensions, "rules": rules,
        "rectification": [
            {"no": no, "rule": rule["id"], "problem": rule["reason"], "requirement": rule["required"],
             "remedy": f"补齐：{rule['title']}", "points_lost": rule["points"] - rule["awarded"],
             "priority": "required", "due": "2018-12-31", "owner": None}
            for no, rule in enumerate(defects, start=1)
        ],
    }  # fmt: skip


def _rule(dice: random.Random, rule: Any, good: float) -> dict[str, Any]:
    points = float(rule.points or 0)
    state = dice.choices(
        ("pass", "partial", "fail", "not_checked"), (good, (1 - good) * 0.55, (1 - good) * 0.4, (1 - good) * 0.05)
    )[0]
    share = {"pass": 1.0, "partial": 0.5, "fail": 0.0, "not_checked": 0.0}[state]
    awarded = -points * (1 - share) if rule.level == "penalty" else points * share
    high = (0.0 if rule.level == "penalty" else points) if state == "not_checked" else awarded
    missing = dice.choice(("传真机", "等候区", "公示栏", "意见箱", "老花镜"))
    seen = f"现场有{dice.randint(1, 5)}项，资料有{dice.randint(1, 5)}份"
    return {
        "id": rule.id, "title": rule.title, "dimension": rule.dimension, "level": rule.level, "state": state,
        "points": points, "awarded": awarded, "low": awarded, "high": high,
        "parts": {"asked": 1, "met": 0, "unknown": 0, "missing": []},
        "observed": seen, "required": rule.title + "：应当具备下列各项并有记录",
        "reason": "" if state == "pass" else f"缺少：{missing}", "clause": {"source": "bulletin", "at": "银川·要求二"},
        "method": "实地查看", "evidence": [], "evidence_missing": False, "note": None, "waiver": None,
        "self_score": None, "parts_detail": [],
    }  # fmt: skip


def results(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    return (result(number, seed) for number in range(1, count + 1))


def rolled(given: Iterable[Mapping[str, Any]]) -> Summary:
    roll = RollUp(standards())
    for one in given:
        roll.add(one)
    return roll.finish()


def dashboard(given: list[dict[str, Any]], lang: Any = "zh", **options: Any) -> bytes:
    return render_dashboard(rolled(given), iter(given), lang, **options)
