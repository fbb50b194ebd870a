"""The obvious way to score a folder of inspections: safe_load, jsonschema, and a loop over the rules.

It does less than the program: it takes no aliases, knows no unknowns, no bounds, no parts and no reasons, writes no
rectification list, and reports the first fault of a file only. So its cost is a lower bound of what it stands for.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plsp_audit.model.standard import ResolvedStandard

Seen = dict[str, Any]
YES = (True, "是", "有", "yes", "true")


class Alternative:
    """Scores inspections under one tier of a standard, as one would write it in an afternoon.

    Args:
        standard: The resolved standard, of which only the plain content is used.
        tier: The tier.
    """

    words = "safe_load + jsonschema + a loop"

    def __init__(self, standard: ResolvedStandard, tier: str) -> None:
        from jsonschema import Draft202012Validator

        from plsp_audit.standards.schema import json_schema

        self.validator = Draft202012Validator(json_schema("site"))
        self.rules = [rule.model_dump(mode="json", by_alias=True, exclude_none=True) for rule in standard.rules[tier]]
        self.grades = [(Decimal(str(grade.from_)), grade.title) for grade in standard.grades]
        facts = standard.facts.facts
        self.ids = {name: {o.label: key for key, o in fact.options.items()} for name, fact in facts.items()}

    def line(self, path: Path) -> str:
        """Read, check and score one file; give the line of its result."""
        import yaml

        site = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
        for error in self.validator.iter_errors(site):
            raise ValueError(f"{path}: {error.message}")
        seen = {name: self.known(name, value) for name, value in site["facts"].items()}
        rows, won, whole, extra = [], Decimal(), Decimal(), Decimal()
        for rule in self.rules:
            points = Decimal(str(rule["points"]))
            got = self.points(rule, seen, site.get("judgements", {}))
            rows.append({"id": rule["id"], "title": rule["title"], "points": str(points), "awarded": str(got)})
            if rule.get("level") == "bonus":
                extra += got
            elif rule.get("level") != "info":
                won, whole = won + got, whole + points
        score = 100 * won / whole + min(extra, Decimal(5))
        grade = next(title for least, title in self.grades if round(score) >= least or least == 0)
        result = {"site": site["site"], "score": str(score), "grade": grade, "rules": rows}
        return json.dumps(result, ensure_ascii=False)

    def known(self, name: str, value: Any) -> Any:
        """Give a value with ids in the place of labels."""
        ids = self.ids.get(name, {})
        if isinstance(value, list):
            return [ids.get(str(item), item) for item in value]
        if isinstance(value, dict):
            return {ids.get(key, key): item for key, item in value.items()}
        return ids.get(str(value), value)

    def points(self, rule: Seen, seen: Seen, judged: Seen) -> Decimal:
        """Give what a rule earns."""
        if parts := rule.get("parts"):
            return sum((self.points(part, seen, judged) for part in parts), Decimal())
        points, award = Decimal(str(rule["points"])), rule.get("award")
        if award is not None and "judged" in str(award):
            return Decimal(str(judged.get(rule.get("id", ""), {}).get("points", 0)))
        if "check" not in rule:
            return points
        asked, met = self.met(rule["check"], seen)
        if isinstance(award, dict) and "each_missing" in award:
            return max(Decimal(), points - (asked - met) * Decimal(str(award["each_missing"])))
        if isinstance(award, dict) and "each_met" in award:
            return min(points, met * Decimal(str(award["each_met"])))
        if award == "share" and asked:
            return points * met / asked
        return points if met == asked else Decimal()

    def met(self, check: Seen, seen: Seen) -> tuple[int, int]:
        """Give how much a check asks for, and how much of it is there."""
        if (children := check.get("all") or check.get("any")) is not None:
            found = [self.met(child, seen) for child in children]
            if "any" in check:
                return 1, int(any(asked == met for asked, met in found))
            return sum(asked for asked, _ in found), sum(met for _, met in found)
        value = seen.get(check.get("fact", ""))
        if (members := check.get("includes")) is not None:
            there = [member for member in members if value and member in value]
            return (1, int(len(there) >= int(check["need"]))) if "need" in check else (len(members), len(there))
        if "is" in check:
            return 1, int(value == check["is"])
        if "one_of" in check:
            return 1, int(value in check["one_of"])
        if "at_least" in check and value is not None:
            digits = "".join(c for c in str(value) if c.isdigit() or c == ".")
            return 1, int(Decimal(digits or 0) >= Decimal(str(check["at_least"])))
        return 1, int(value in YES)
