"""The contract read once more, slowly and naively: checks and measures over dictionaries and fractions.

Nothing here comes from the engine. A value is None (unknown), "absent", or: True/False; a Fraction; a text; a date as
(first day, last day); a choice's id; a list of members as {"has", "hasnt", "open", "rest"}; counts as {option: number
or None}; rows as a list of {field: value}. Verdicts are "yes", "no", "unknown" and "na".
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

FLIP = {"yes": "no", "no": "yes", "unknown": "unknown", "na": "na"}
NA = "not applicable"


class Found(NamedTuple):
    verdict: str
    asked: int
    met: int
    unknown: int
    endless: bool = False

    @property
    def missing(self) -> int:
        return self.asked - self.met - self.unknown


def one(verdict: str) -> Found:
    return Found(verdict, int(verdict != "na"), int(verdict == "yes"), int(verdict == "unknown"))


class Sheet:
    """One inspection under one standard: `seen` are the values by fact, `row` the row being looked at."""

    def __init__(self, kinds: dict[str, str], sizes: dict[str, int | None], included: dict[str, set[str]],
                 seen: dict[str, Any], tier: str) -> None:  # fmt: skip
        self.kinds, self.sizes, self.included, self.seen, self.tier = kinds, sizes, included, seen, tier
        self.row: dict[str, Any] | None = None

    def get(self, name: str) -> Any:
        if self.row is not None and name in self.row:
            return self.row[name]
        return self.seen.get(name)

    def operand(self, spec: Any) -> Any:
        if isinstance(spec, dict) and "fact" in spec:
            value = self.get(spec["fact"])
            return value if value is None or value == "absent" else value * Fraction(spec.get("times", 1))
        if isinstance(spec, dict) and "by" in spec:
            key = self.tier if spec["by"] == "tier" else self.get(spec["by"])
            if key is None:
                return None
            key = {True: "true", False: "false"}.get(key, key) if isinstance(key, bool) else key
            if isinstance(key, str) and key in spec["of"]:
                return Fraction(spec["of"][key])
            return Fraction(spec["default"]) if "default" in spec else NA
        return spec

    def _operands(self, spec: Any) -> list[Any]:
        return [self.operand(w) for w in (spec if isinstance(spec, list) else [spec])]

    # checks

    def check(self, check: Any) -> Found:
        if isinstance(check, str):
            value = self.get(check)
            return one("unknown" if value is None else "yes" if value else "no")
        for name in ("all", "any", "not", "each"):
            if name in check:
                return getattr(self, f"_{name}")(check[name])
        for name in ("ratio", "percent", "count", "sum"):
            if name in check:
                return self._compared(self.measure({name: check[name]}), check)
        return self._leaf(check)

    def _all(self, children: list[Any]) -> Found:
        found = [f for f in map(self.check, children) if f.verdict != "na"]
        if not found:
            return one("na")
        verdicts = {f.verdict for f in found}
        verdict = "no" if "no" in verdicts else "unknown" if "unknown" in verdicts else "yes"
        return Found(verdict, sum(f.asked for f in found), sum(f.met for f in found), sum(f.unknown for f in found),
                     any(f.endless for f in found))  # fmt: skip

    def _any(self, children: list[Any]) -> Found:
        verdicts = {self.check(child).verdict for child in children} - {"na"}
        return one(next((v for v in ("yes", "unknown", "no") if v in verdicts), "na"))

    def _not(self, child: Any) -> Found:
        return one(FLIP[self.check(child).verdict])

    def _each(self, spec: Any) -> Found:
        rows = self.get(spec["of"])
        if rows is None:
            return Found("unknown", 1, 0, 1, True)
        verdicts, chosen = [], 0
        for row in rows:
            self.row = row
            where = self.check(spec["where"]).verdict if "where" in spec else "yes"
            chosen += where in ("yes", "unknown")
            if where == "unknown":
                verdicts.append("unknown")
            elif where == "yes":
                verdicts.append(self.check(spec["meets"]).verdict)
            self.row = None
        verdicts = [v for v in verdicts if v != "na"]
        if not chosen:
            return one({"met": "yes", "not_applicable": "na", None: "no"}[spec.get("when_empty")])
        if not verdicts:
            return one("na")
        verdict = "no" if "no" in verdicts else "unknown" if "unknown" in verdicts else "yes"
        return Found(verdict, len(verdicts), verdicts.count("yes"), verdicts.count("unknown"))

    def _leaf(self, check: dict[str, Any]) -> Found:
        value, name = self.get(check["fact"]), check["fact"]
        if "includes" in check:
            return self._includes(value, check)
        if "excludes" in check:
            return one(_excludes(value, check["excludes"]))
        if "filled" in check:
            verdict = self._filled(name, value)
            return one(verdict if check["filled"] else FLIP[verdict])
        if "within_days" in check:
            return one(_within(value, self.get(check["of"]), self.operand(check["within_days"])))
        if "mentions" in check:
            if value is None:
                return one("unknown")
            return one("yes" if value != "absent" and any(w in value for w in check["mentions"]) else "no")
        return one(self._comparison(value, check))

    def _includes(self, value: Any, check: dict[str, Any]) -> Found:
        wanted = check["includes"]
        wanted = wanted if isinstance(wanted, dict) else dict.fromkeys(wanted, 1)
        states = [_member(value, member, self.operand(least)) for member, least in wanted.items()]
        need = self.operand(check.get("need"))
        if NA in states or need is NA:
            return one("na")
        met, unknown = states.count("yes"), states.count("unknown")
        if "need" not in check:
            verdict = "no" if "no" in states else "unknown" if "unknown" in states else "yes"
            return Found(verdict, len(states), met, unknown)
        if need is None:
            return one("unknown")
        met = min(met, int(need))
        unknown = min(unknown, int(need) - met)
        verdict = "yes" if met >= need else "unknown" if met + unknown >= need else "no"
        return Found(verdict, int(need), met, unknown)

    def _filled(self, name: str, value: Any) -> str:
        if value is None:
            return "unknown"
        if value == "absent":
            return "no"
        if isinstance(value, dict) and "rest" in value:
            there = set(value["has"])
            if value["rest"]:
                there |= self.included.get(name, set()) - value["hasnt"] - value["open"]
            return "yes" if there else "unknown" if value["open"] else "no"
        if isinstance(value, dict):
            return "yes" if any(value.values()) else "unknown" if None in value.values() else "no"
        if isinstance(value, list | str):
            return "yes" if value else "no"
        return "yes"

    def _comparison(self, value: Any, check: dict[str, Any]) -> str:
        operator = next(o for o in check if o != "fact")
        wanted = self._operands(check[operator])
        if NA in wanted:
            return "na"
        if value == "absent":
            return "yes" if operator == "is_not" else "no"
        if value is None:
            return "unknown"
        if isinstance(value, tuple):
            return _days(operator, value, wanted)
        if isinstance(value, Fraction):
            return _number(operator, (value, value), wanted)
        if any(w is None for w in wanted):
            return "unknown"
        found = "yes" if value in wanted else "no"
        return FLIP[found] if operator == "is_not" else found

    def _compared(self, seen: Any, check: dict[str, Any]) -> Found:
        operator = next(o for o in check if o not in ("ratio", "percent", "count", "sum"))
        wanted = self._operands(check[operator])
        if seen is NA or NA in wanted:
            return one("na")
        return one(_number(operator, seen, wanted))

    # measures: (least, most), None where there is no end

    def measure(self, spec: Any) -> Any:
        if isinstance(spec, str):
            return self._amount(self.get(spec), self.kinds[spec], self.sizes.get(spec))
        if "count" in spec or "sum" in spec:
            return self._rows(spec.get("count") or spec["sum"])
        top, bottom = (self.measure(side) for side in (spec.get("ratio") or spec["percent"]))
        if NA in (top, bottom) or bottom == (0, 0):
            return NA
        if None in top or None in bottom or top[0] < 0 or bottom[0] <= 0:
            known = None not in top and None not in bottom and top[0] == top[1] and bottom[0] == bottom[1]
            if not known:
                return self._loose(top, bottom, 100 if "percent" in spec else 1)
        times = 100 if "percent" in spec else 1
        return (times * top[0] / Fraction(bottom[1]), times * top[1] / Fraction(bottom[0]))

    def _loose(self, top: Any, bottom: Any, times: int) -> Any:
        if None in (top[0], bottom[0]) or top[0] < 0 or bottom[0] <= 0:
            return (None, None)
        least = Fraction(0) if bottom[1] is None else times * top[0] / Fraction(bottom[1])
        return (least, None if top[1] is None else times * top[1] / Fraction(bottom[0]))

    def _amount(self, value: Any, kind: str, size: int | None) -> tuple[Any, Any]:
        if value is None:
            ends = {"yes_no": (0, 1), "choices": (0, size), "counts": (0, None), "records": (0, None)}
            return ends.get(kind, (None, None))
        if value == "absent":
            return (0, 0)
        if isinstance(value, bool):
            return (int(value), int(value))
        if isinstance(value, dict) and "rest" in value:
            return (len(value["has"]), len(value["has"]) + len(value["open"]))
        if isinstance(value, dict):
            known = sum(n for n in value.values() if n is not None)
            return (known, None if None in value.values() else known)
        return (len(value), len(value)) if isinstance(value, list) else (value, value)

    def _rows(self, spec: Any) -> tuple[Any, Any]:
        rows = self.get(spec["of"])
        if rows is None:
            return (0, None)
        least: Any = 0
        most: Any = 0
        for row in rows:
            self.row = row
            where = self.check(spec["where"]).verdict if "where" in spec else "yes"
            self.row = None
            if where not in ("yes", "unknown"):
                continue
            low = high = Fraction(1)
            if "field" in spec:
                value = row.get(spec["field"])
                low, high = (value, value) if value is not None else (Fraction(0), None)  # type: ignore[assignment]
            least += low if where == "yes" else min(low, 0)
            most = None if most is None or high is None else most + (high if where == "yes" else max(high, 0))
        return (least, most)


def _member(value: Any, member: str, least: Any) -> Any:
    if least is NA:
        return NA
    if value is None or least is None:
        return "unknown"
    if "rest" in value:
        if member in value["has"]:
            return "yes"
        if member in value["open"]:
            return "unknown"
        return "yes" if value["rest"] and member not in value["hasnt"] else "no"
    count = value.get(member, 0)
    return "unknown" if count is None else "yes" if count >= least else "no"


def _excludes(value: Any, members: list[str]) -> str:
    if value is None:
        return "unknown"
    if "rest" in value:
        return "no" if value["has"] & set(members) else "unknown" if value["open"] & set(members) else "yes"
    counts = [value.get(m, 0) for m in members]
    return "no" if any(counts) else "unknown" if None in counts else "yes"


def _within(day: Any, since: Any, days: Any) -> str:
    if since == "absent" or days is NA:
        return "na"
    if day == "absent":
        return "no"
    if None in (day, since):
        return "unknown"
    apart = {a - b for a in range(day[0], day[1] + 1) for b in range(since[0], since[1] + 1)}
    if all(n < 0 for n in apart):
        return "no"
    if days is None:
        return "unknown"
    inside = {0 <= n <= days for n in apart}
    return "unknown" if len(inside) > 1 else "yes" if inside.pop() else "no"


def _days(operator: str, seen: tuple[int, int], wanted: list[Any]) -> str:
    """Try every day of the month."""
    tests = {"at_least": lambda d, w: d >= w[0], "at_most": lambda d, w: d <= w[1], "above": lambda d, w: d > w[1],
             "below": lambda d, w: d < w[0], "is": lambda d, w: w[0] <= d <= w[1]}  # fmt: skip
    if operator == "between":
        sides = [_days(o, seen, [w]) for o, w in zip(("at_least", "at_most"), wanted, strict=True)]
        return "no" if "no" in sides else "unknown" if "unknown" in sides else "yes"
    if operator == "one_of":
        sides = [_days("is", seen, [w]) for w in wanted]
        return "yes" if "yes" in sides else "unknown" if "unknown" in sides else "no"
    if operator == "is_not":
        return FLIP[_days("is", seen, wanted)]
    if wanted[0] is None:
        return "unknown"
    found = {bool(tests[operator](day, wanted[0])) for day in range(seen[0], seen[1] + 1)}
    return "unknown" if len(found) > 1 else "yes" if found.pop() else "no"


def _number(operator: str, seen: tuple[Any, Any], wanted: list[Any]) -> str:
    low, high = seen
    if operator == "between":
        sides = [_number(o, seen, [w]) for o, w in zip(("at_least", "at_most"), wanted, strict=True)]
        return "no" if "no" in sides else "unknown" if "unknown" in sides else "yes"
    if operator == "one_of":
        sides = [_number("is", seen, [w]) for w in wanted]
        return "yes" if "yes" in sides else "unknown" if "unknown" in sides else "no"
    if operator in ("is_not", "below", "above"):
        other = {"is_not": "is", "below": "at_least", "above": "at_most"}[operator]
        return FLIP[_number(other, seen, wanted)]
    bound = wanted[0]
    if bound is None:
        return "unknown"
    if operator == "is":
        if low is not None and low == high:
            return "yes" if low == bound else "no"
        return "no" if (low is not None and bound < low) or (high is not None and bound > high) else "unknown"
    if operator == "at_most":
        return "yes" if high is not None and high <= bound else "no" if low is not None and low > bound else "unknown"
    return "yes" if low is not None and low >= bound else "no" if high is not None and high < bound else "unknown"
