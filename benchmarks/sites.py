"""Inspections for measuring: as varied as real ones, the same every time."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plsp_audit.model.facts import Fact, FactField
    from plsp_audit.model.standard import ResolvedStandard

HEAD = """plsp: site/1
site:
  id: {sid}
  name: {county}{town}公共法律服务工作站
  tier: {tier}
  province: {province}
  city: 某某市
  county: {county}
  town: {town}
  head: 某某
standard: {standard}
inspection:
  date: 2018-10-{day:02d}
  kind: acceptance
  team: 第{team}组
  inspectors: [某甲, 某乙]
  methods: [实地查看, 查阅资料]
"""


def _value(field: FactField, dice: random.Random) -> str:
    labels = [option.label for option in field.options.values()]
    some = [label for label in labels if dice.random() < 0.85]
    match field.type:
        case "yes_no":
            return dice.choices(["是", "否", "未查"], [17, 2, 1])[0]
        case "number" | "integer":
            return f"{dice.randrange(1, 100 if field.unit == '%' else 200)}{field.unit or ''}"
        case "date":
            return f"2018-{dice.randrange(3, 12):02d}-{dice.randrange(1, 28):02d}"
        case "choice":
            return dice.choice(labels) if labels else "无"
        case "choices":
            return f"[{', '.join(some)}]" if some else "无"
        case "counts":
            return "{" + ", ".join(f"{label}: {dice.randrange(1, 9)}" for label in some) + "}" if some else "无"
        case _:
            return "某县某镇公共法律服务工作站"


def _fact(name: str, fact: Fact, dice: random.Random) -> str:
    if fact.type != "records":
        return f"  {name}: {_value(fact, dice)}\n"
    rows = []
    for _ in range(dice.randrange(2, 4)):
        fields = ", ".join(f"{field.label}: {_value(field, dice)}" for field in fact.fields.values())
        rows.append(f"    - {{{fields}}}\n")
    return f"  {name}:\n{''.join(rows)}"


def _judged(keys: dict[str, str], limits: dict[str, Any], dice: random.Random) -> str:
    lines = [
        f"  {key}: {{points: {dice.randrange(0, 2 * int(limits[key]) + 1) / 2}, note: 目录不全}}\n"
        for key, kind in keys.items()
        if kind == "points" and limits[key] >= 1
    ]
    return "judgements:\n" + "".join(lines) if lines else ""


def write_sites(folder: Path, standard: ResolvedStandard, tier: str, count: int, seed: int = 20181023) -> list[Path]:
    """Write `count` inspections of a tier, about four kilobytes each.

    Args:
        folder: Where to.
        standard: The standard; its facts are filled in at random.
        tier: Its tier.
        count: How many.
        seed: What the dice start from.
    """
    from plsp_audit.scoring.compile import judged_keys, judged_places
    from plsp_audit.standards.uses import facts_used

    dice = random.Random(seed)
    used = facts_used(standard, tier)
    keys = judged_keys(standard.rules[tier])
    limits = {key: one.points for rule in standard.rules[tier] for key, one in judged_places(rule)}
    steps = {key for rule in standard.rules[tier] for key, one in judged_places(rule)
             if getattr(getattr(one.award, "judged", None), "choices", None)}  # fmt: skip
    keys = {key: kind for key, kind in keys.items() if key not in steps}
    paths = []
    for number in range(count):
        words = {
            "sid": f"s-{number:06d}", "tier": tier, "standard": standard.id, "province": standard.province or "某省",
            "county": f"第{number % 37}县", "town": f"第{number % 211}镇", "day": 1 + number % 28,
            "team": 1 + number % 5,
        }  # fmt: skip
        facts = "".join(_fact(name, standard.facts.facts[name], dice) for name in used)
        text = HEAD.format(**words) + "facts:\n" + facts + _judged(keys, limits, dice)
        path = folder / f"{words['sid']}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
