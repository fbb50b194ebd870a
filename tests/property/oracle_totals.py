"""The contract read once more: awards, rules and totals over what `oracle` finds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.property.oracle import NA, Sheet

# awards: (state, low, high), before level, policy and waiver


def _clamp(value: Any, points: Fraction) -> Fraction:
    return max(Fraction(0), min(Fraction(value), points))


def by_check(sheet: Sheet, check: Any, award: Any, points: Fraction) -> tuple[str, Fraction, Fraction]:
    found = sheet.check(check)
    if found.verdict == "na":
        return "not_applicable", Fraction(0), Fraction(0)
    forced = False
    if award is None:
        low = points if found.verdict == "yes" else Fraction(0)
        high = points if found.verdict in ("yes", "unknown") else Fraction(0)
    elif award == "share":
        low = points * found.met / found.asked
        high = points * (found.met + found.unknown) / found.asked
        if found.endless:
            low, high = Fraction(0), points
    else:
        ((kind, spec),) = award.items()
        each = sheet.operand(spec)
        if each is NA:
            return "not_applicable", Fraction(0), Fraction(0)
        if each is None:
            forced, low, high = True, Fraction(0), points
        elif kind == "each_missing":
            low = _clamp(points - each * (found.missing + found.unknown), points)
            high = _clamp(points - each * found.missing, points)
            low = Fraction(0) if found.endless else low
        else:
            low, high = _clamp(each * found.met, points), _clamp(each * (found.met + found.unknown), points)
            high = points if found.endless else high
    if forced:
        return "not_checked", low, high
    if points > 0 and low == points:
        return "pass", low, high
    states = {"yes": "pass", "unknown": "not_checked", "no": "partial" if low > 0 else "fail"}
    return states[found.verdict], low, high


def _stated(low: Fraction, high: Fraction, points: Fraction, forced: bool = False) -> tuple[str, Fraction, Fraction]:
    if forced or low != high:
        return "not_checked", low, high
    return ("pass" if low >= points else "fail" if low <= 0 else "partial"), low, high


def by_measure(sheet: Sheet, award: dict[str, Any], points: Fraction) -> tuple[str, Fraction, Fraction]:
    nothing = ("not_applicable", Fraction(0), Fraction(0))
    if "deduct" in award:
        return _deduct(sheet, award, points)
    seen = sheet.measure(award["per"] if "per" in award else award["over"])
    specs = [award["points"]] if "per" in award else [award["per_unit"], award["below"]] if "below" in award else []
    known = [sheet.operand(s) for s in specs]
    if seen is NA or NA in known:
        return nothing
    if None in known:
        return _stated(Fraction(0), points, points, True)
    if "steps" in award:
        tried = _tried(seen, [b for b, _ in award["steps"]])
        got = [_clamp(_step(value, award["steps"]), points) for value in tried]
        return _stated(min(got), max(got), points)
    if "per" in award:
        low = Fraction(0) if seen[0] is None else _clamp(known[0] * seen[0], points)
        high = points if seen[1] is None else _clamp(known[0] * seen[1], points)
        return _stated(low, high, points)
    unit = award.get("unit", Fraction(1))

    def left(value: Any) -> Fraction:
        units = max(known[1] - value, Fraction(0)) / unit
        whole = award.get("whole_units")
        units = Fraction(units // 1) if whole == "down" else Fraction(-(-units // 1)) if whole == "up" else units
        return _clamp(points - known[0] * units, points)

    low = Fraction(0) if seen[0] is None else left(seen[0])
    return _stated(low, points if seen[1] is None else left(seen[1]), points)


def _tried(seen: tuple[Any, Any], bounds: list[Fraction]) -> list[Fraction]:
    """Give values that reach every step that can be reached."""
    lowest = seen[0] if seen[0] is not None else min(bounds) - 1
    highest = seen[1] if seen[1] is not None else max([*bounds, lowest]) + 1
    inside = [v for b in bounds for v in (b, b - Fraction(1, 10**9)) if lowest <= v <= highest]
    return [lowest, highest, *inside]


def _step(value: Fraction, steps: list[Any]) -> Fraction:
    for bound, worth in steps:
        if value >= bound:
            return value * worth["times"] if isinstance(worth, dict) else worth
    return Fraction(0)


def _deduct(sheet: Sheet, award: dict[str, Any], points: Fraction) -> tuple[str, Fraction, Fraction]:
    least, most, forced = Fraction(0), Fraction(0), False
    low: Any
    high: Any
    for branch in award["deduct"]:
        each = sheet.operand(branch["points"])
        if "when" in branch:
            verdict = sheet.check(branch["when"]).verdict
            low, high = {"yes": (1, 1), "unknown": (0, 1)}.get(verdict, (0, 0))
            if verdict in ("no", "na"):
                continue
        elif "per" in branch:
            seen = sheet.measure(branch["per"])
            if seen is NA:
                continue
            low, high = max(seen[0] or 0, 0), None if seen[1] is None else max(seen[1], 0)
        else:
            found = sheet.check(branch["missing_of"])
            if found.verdict == "na":
                continue
            low, high = found.missing, None if found.endless else found.missing + found.unknown
        if each is NA:
            continue
        cap = branch.get("at_most", Fraction(10**9))
        if each is None:
            forced, most = True, most + cap
            continue
        least += min(each * low, cap)
        most += cap if high is None else min(each * high, cap)
    if forced:
        endless = award.get("floor") != "none" or most >= 10**9
        return _stated(Fraction(0) if endless else min(points - most, Fraction(0)), points, points, True)
    if award.get("floor") == "none":
        return _stated(points - most, points - least, points)
    return _stated(_clamp(points - most, points), _clamp(points - least, points), points)


# rules and totals


def outcome(sheet: Sheet, rule: dict[str, Any], policy: str, declared: set[str]) -> tuple[str, Fraction, Fraction]:
    """Give state, low and high of a rule as it would be scored, before its level."""
    nothing = ("not_applicable", Fraction(0), Fraction(0))

    def guarded(one: dict[str, Any], key: str, points: Fraction, inner: Any) -> tuple[str, Fraction, Fraction]:
        if key in declared:
            return nothing
        when = sheet.check(one["when"]).verdict if "when" in one else "yes"
        if when in ("no", "na"):
            return nothing
        state, low, high = inner()
        return (state, low, high) if when == "yes" else ("not_checked", min(low, Fraction(0)), points)

    def single(one: dict[str, Any]) -> tuple[str, Fraction, Fraction]:
        points = one["points"]
        if "check" in one:
            return by_check(sheet, one["check"], one.get("award"), points)
        award = one["award"]
        if rule.get("level") == "penalty" and "per" in award:
            award = {"deduct": [award]}
        return by_measure(sheet, award, points)

    def parted() -> tuple[str, Fraction, Fraction]:
        low = high = weight = Fraction(0)
        states, total = [], sum(p["points"] for p in rule["parts"])
        for number, part in enumerate(rule["parts"], start=1):
            state, least, most = guarded(part, f"{rule['id']}/{number}", part["points"], lambda p=part: single(p))
            if state != "not_applicable":
                states.append(state)
                low, high, weight = low + least, high + most, weight + part["points"]
            elif policy != "exclude":
                worth = part["points"] if policy == "full" else Fraction(0)
                low, high, weight = low + worth, high + worth, weight + part["points"]
        if not states:
            return nothing
        low, high = min(low * total / weight, rule["points"]), min(high * total / weight, rule["points"])
        if "not_checked" in states:
            return "not_checked", low, high
        return ("pass" if low >= rule["points"] else "fail" if low <= 0 else "partial"), low, high

    return guarded(rule, rule["id"], rule["points"], parted if "parts" in rule else lambda: single(rule))


def score(sheet: Sheet, standard: dict[str, Any], rules: list[dict[str, Any]], declared: set[str],
          waived: set[str]) -> dict[str, Any]:  # fmt: skip
    """Give what the result must say, exactly."""
    scoring = standard["scoring"]
    told: dict[str, Any] = {}
    plays: dict[str, list[tuple[str, Fraction, Fraction, Fraction, Fraction]]] = {"value": [], "bounds": []}
    extras = {side: [Fraction(0), Fraction(0)] for side in ("value", "low", "high")}
    applicable = checked = 0
    with_base = scoring["model"] == "sum" and scoring["base"] > 0
    for rule in rules:
        policy = rule.get("not_applicable", scoring["not_applicable"])
        level, points = rule.get("level", "required"), rule["points"]
        state, low, high = outcome(sheet, rule, policy, declared)
        if rule["id"] in waived or level == "info":
            told[rule["id"]] = ("waived" if rule["id"] in waived else "info", 0, 0)
            continue
        if level == "penalty" and state != "not_applicable":
            worst, best = _clamp(points - low, points), _clamp(points - high, points)
            low, high = -worst, -best
            if state != "not_checked":
                state = "pass" if not worst else "fail" if worst == points else "partial"
        if state == "not_applicable" and policy == "full" and level in ("required", "recommended"):
            low = high = points
        told[rule["id"]] = (state, low, high)
        out = state == "not_checked" and scoring["not_checked"] == "exclude"
        if level in ("bonus", "penalty"):
            side = int(level == "penalty")
            for name, amount in (("value", Fraction(0) if out else low), ("low", low), ("high", high)):
                extras[name][side] += amount
        elif state != "not_applicable" or policy != "exclude":
            entry = (rule["dimension"], points, low, high, low)
            plays["bounds"].append(entry)
            if not out:
                plays["value"].append(entry)
        if state != "not_applicable" and (level in ("required", "recommended") or (with_base and level == "penalty")):
            applicable += 1
            checked += state != "not_checked"

    def total(side: str) -> Fraction | None:
        entries = [
            (d, p, h if side == "high" else a) for d, p, _, h, a in plays["value" if side == "value" else "bounds"]
        ]
        points = sum((p for _, p, _ in entries), start=Fraction(0))
        awarded = sum((a for _, _, a in entries), start=Fraction(0))
        if scoring["model"] == "sum":
            raw = scoring["base"] + awarded
        elif not points:
            return None
        elif scoring["model"] == "normalised":
            raw = scoring["full_marks"] * awarded / points
        else:
            raw = weight = Fraction(0)
            for dimension in standard["dimensions"]:
                p = sum(p for d, p, _ in entries if d == dimension["id"])
                if p:
                    weight += dimension["weight"]
                    raw += dimension["weight"] * sum(a for d, _, a in entries if d == dimension["id"]) / Fraction(p)
            raw = scoring["full_marks"] * raw / weight
        bonus, penalty = extras[side]
        bonus = bonus if scoring["bonus_cap"] is None else min(bonus, scoring["bonus_cap"])
        raw = max(raw + bonus + penalty, Fraction(0))
        return raw if scoring["max_total"] is None else min(raw, scoring["max_total"])

    counted = [s for s, *_ in told.values() if s in ("pass", "partial", "fail")]
    has = bool(counted) if with_base else any(p for _, p, *_ in plays["value"])
    return {"rules": told, "value": total("value") if has else None, "low": total("low"), "high": total("high"),
            "coverage": (applicable, checked)}  # fmt: skip
