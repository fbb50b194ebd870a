"""Two small standards by hand, and which of them asks more of a fact."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from plsp_audit.standards.crosswalk import Crosswalk, Row, TierCrosswalk, common_tiers, counts, crosswalk
from plsp_audit.standards.shares import shares
from tests.standards.factory_packs import Packs, rule

ALL = ["talk", "mediate", "archive"]


def walk(
    packs: Packs, one: list[dict[str, Any]], other: list[dict[str, Any]], lang: Any = "zh", **keys: Any
) -> Crosswalk:
    packs.sound("one", one, **keys)
    packs.sound("other", other, **keys)
    a, b = packs.resolve("one").standard, packs.resolve("other").standard
    return crosswalk(a, b, common_tiers(a, b), lang)


def tier(packs: Packs, one: list[dict[str, Any]], other: list[dict[str, Any]], **keys: Any) -> TierCrosswalk:
    (found,) = walk(packs, one, other, **keys).tiers
    return found


def row(packs: Packs, one: Any, other: Any, fact: str, field: str | None = None) -> Row:
    """Give the row of a fact for two standards of one rule each: a check, or keys of a rule."""
    rules = [
        [rule("R-1", **(given if "check" in given or "award" in given or "parts" in given else {"check": given}))]
        for given in (one, other)
    ]
    rows = tier(packs, *rules).rows
    return next(r for r in rows if (r.fact, r.field) == (fact, field))


def each(meets: Any, **more: Any) -> dict[str, Any]:
    return {"each": {"of": "windows", "meets": meets, **more}}


def count(where: Any, least: int = 1) -> dict[str, Any]:
    return {"count": {"of": "windows", "where": where}, "at_least": least}


AREA = {"fact": "area", "at_least": 100}
SIGN = {"fact": "sign", "is": "是"}

CHECKS: list[tuple[str, Any, Any, str, str]] = [
    ("lower bound", AREA, {"fact": "area", "at_least": 80}, "a_stricter", "甲的下限较高"),
    ("same bound, another unit word", AREA, {"fact": "area", "at_least": "100㎡"}, "same", ""),
    ("above and at least", {"fact": "area", "above": 100}, AREA, "a_stricter", "甲的下限较高"),
    (
        "above 2 of whole things is at least 3",
        {"fact": "faults", "above": 2},
        {"fact": "faults", "at_least": 3},
        "same",
        "",
    ),
    ("upper bound", {"fact": "faults", "at_most": 5}, {"fact": "faults", "at_most": 3}, "b_stricter", "乙的上限较低"),
    ("range and one end", {"fact": "area", "between": [100, 200]}, AREA, "a_stricter", "甲另有要求"),
    (
        "exactly and at least",
        {"fact": "faults", "is": 3},
        {"fact": "faults", "at_least": 3},
        "a_stricter",
        "甲另有要求",
    ),
    (
        "crossing bounds",
        {"fact": "area", "between": [100, 200]},
        {"fact": "area", "between": [80, 150]},
        "different",
        "甲的下限较高；乙的上限较低",
    ),
    ("denied bound", {"not": {"fact": "area", "below": 100}}, AREA, "same", ""),
    (
        "deadline",
        {"fact": "opened", "at_most": "2018-10-31"},
        {"fact": "opened", "at_most": "2018-12-31"},
        "a_stricter",
        "甲的期限较早",
    ),
    (
        "start",
        {"fact": "opened", "at_least": "2018-01-01"},
        {"fact": "opened", "at_least": "2018-05-01"},
        "b_stricter",
        "乙要求的日期较晚",
    ),
    (
        "day and any day",
        {"fact": "opened", "at_most": "2018-10-31"},
        {"fact": "opened", "filled": True},
        "a_stricter",
        "甲另有要求",
    ),
    (
        "days after",
        {"fact": "filed", "within_days": 30, "of": "opened"},
        {"fact": "filed", "within_days": 10, "of": "opened"},
        "b_stricter",
        "乙的期限较短",
    ),
    (
        "another day to count from",
        {"fact": "filed", "within_days": 30, "of": "opened"},
        {"fact": "filed", "at_most": "2018-10-31"},
        "different",
        "要求的方面不同，不能直接比较",
    ),
    ("yes and yes", "access", {"fact": "access", "is": "是"}, "same", ""),
    ("yes and no", "access", {"fact": "access", "is": "否"}, "different", "两边的要求相反"),
    ("not no", {"not": {"fact": "access", "is": "否"}}, "access", "same", ""),
    (
        "more members",
        {"fact": "rooms", "includes": ALL},
        {"fact": "rooms", "includes": ["talk"]},
        "a_stricter",
        "甲多出：调解室、档案室",
    ),
    (
        "other members",
        {"fact": "rooms", "includes": ["talk", "teach"]},
        {"fact": "rooms", "includes": ["talk", "archive"]},
        "different",
        "甲多出：教育室；乙多出：档案室",
    ),
    (
        "all and some",
        {"fact": "rooms", "includes": ALL},
        {"fact": "rooms", "includes": ALL, "need": 2},
        "a_stricter",
        "甲要求具备的项数较多",
    ),
    (
        "more of some",
        {"fact": "rooms", "includes": ALL, "need": 1},
        {"fact": "rooms", "includes": ALL, "need": 2},
        "b_stricter",
        "乙要求具备的项数较多",
    ),
    (
        "some of fewer",
        {"fact": "rooms", "includes": ["talk", "mediate"], "need": 1},
        {"fact": "rooms", "includes": ALL, "need": 1},
        "a_stricter",
        "甲要求具备的项数较多",
    ),
    (
        "some and anything",
        {"fact": "rooms", "includes": ALL, "need": 1},
        {"fact": "rooms", "filled": True},
        "a_stricter",
        "甲另有要求",
    ),
    (
        "forbidden members",
        {"fact": "rooms", "excludes": ["talk"]},
        {"fact": "rooms", "excludes": ["talk", "teach"]},
        "b_stricter",
        "乙另不得有：教育室",
    ),
    (
        "counts",
        {"fact": "devices", "includes": {"chair": 4, "fax": 1}},
        {"fact": "devices", "includes": {"chair": 6, "fax": 1}},
        "b_stricter",
        "乙要求的数量较多：座椅",
    ),
    (
        "counts and a list",
        {"fact": "devices", "includes": {"chair": 4}},
        {"fact": "devices", "includes": ["chair"]},
        "a_stricter",
        "甲要求的数量较多：座椅",
    ),
    (
        "one of fewer options",
        {"fact": "host", "is": "office"},
        {"fact": "host", "one_of": ["office", "hall"]},
        "a_stricter",
        "甲允许的范围较窄",
    ),
    ("an option by another name", {"fact": "host", "is": "office"}, {"fact": "host", "is": "司法所"}, "same", ""),
    (
        "all but one of a closed choice",
        {"fact": "host", "is_not": "hall"},
        {"fact": "host", "is": "office"},
        "same",
        "",
    ),
    (
        "one and not another of an open choice",
        {"fact": "place", "is": "street"},
        {"fact": "place", "is_not": "lane"},
        "a_stricter",
        "甲允许的范围较窄",
    ),
    (
        "a name with more in brackets",
        {"fact": "plate", "named": "[{county}]{town}站"},
        {"fact": "plate", "named": "{town}站"},
        "b_stricter",
        "乙允许的写法较少",
    ),
    (
        "a name and a word in it",
        {"fact": "plate", "named": "{town}法律服务站"},
        {"fact": "plate", "mentions": ["法律服务"]},
        "a_stricter",
        "甲允许的写法较少",
    ),
    (
        "fewer words",
        {"fact": "plate", "mentions": ["法律"]},
        {"fact": "plate", "mentions": ["法律", "公证"]},
        "a_stricter",
        "甲认可的字样较少",
    ),
    (
        "other names",
        {"fact": "plate", "named": "{town}站"},
        {"fact": "plate", "named": "{town}所"},
        "different",
        "要求的方面不同，不能直接比较",
    ),
    ("one way and two", "access", {"any": ["access", AREA]}, "a_stricter", "乙可由其他情形代替"),
    ("one of two in another order", {"any": ["access", AREA]}, {"any": [AREA, "access"]}, "same", ""),
    ("both and one of both", {"all": ["access", AREA]}, {"any": ["access", AREA]}, "a_stricter", "乙可由其他情形代替"),
]


def fact_of(check: Any) -> str:
    text = check if isinstance(check, str) else check.get("fact")
    if text is not None:
        return str(text)
    inner = check.get("not") or (check.get("any") or check.get("all"))[0]
    return fact_of(inner)


@pytest.mark.parametrize(("one", "other", "verdict", "reason"), [c[1:] for c in CHECKS], ids=[c[0] for c in CHECKS])
def test_checks(packs: Packs, one: Any, other: Any, verdict: str, reason: str) -> None:
    found = row(packs, one, other, fact_of(one))
    assert found.verdict == verdict
    assert "；".join(found.reasons).startswith(reason)
    assert bool(found.reasons) == bool(reason)


MIRROR = {"a_stricter": "b_stricter", "b_stricter": "a_stricter", "same": "same", "different": "different"}


@pytest.mark.parametrize(("one", "other", "verdict"), [c[1:4] for c in CHECKS], ids=[c[0] for c in CHECKS])
def test_the_other_way_round_the_other_side_is_stricter(packs: Packs, one: Any, other: Any, verdict: str) -> None:
    assert row(packs, other, one, fact_of(one)).verdict == MIRROR[verdict]


ROWS = [
    ("each and each", each(SIGN), each("sign"), "sign", "same"),
    ("each of all and of some", each(SIGN), each(SIGN, where={"fact": "days", "above": 5}), "sign", "a_stricter"),
    ("no rows asked", each(SIGN), each(SIGN, when_empty="met"), "sign", "a_stricter"),
    (
        "each by a number",
        each({"fact": "days", "at_least": 5}),
        each({"fact": "days", "at_least": 6}),
        "days",
        "b_stricter",
    ),
    ("how many rows", count(SIGN, 2), count(SIGN, 3), "sign", "b_stricter"),
    ("rows that meet more", count({"all": [SIGN, {"fact": "days", "above": 5}]}), count(SIGN), "sign", "a_stricter"),
    ("each row and some rows", each(SIGN), count(SIGN), "sign", "different"),
    (
        "a total",
        {"sum": {"of": "windows", "field": "days"}, "at_least": 9},
        {"sum": {"of": "windows", "field": "days"}, "at_least": 10},
        "days",
        "b_stricter",
    ),
]


@pytest.mark.parametrize(("one", "other", "field", "verdict"), [c[1:] for c in ROWS], ids=[c[0] for c in ROWS])
def test_fields_of_rows(packs: Packs, one: Any, other: Any, field: str, verdict: str) -> None:
    found = row(packs, one, other, "windows", field)
    assert found.verdict == verdict
    assert found.label == f"窗口·{ {'sign': '标牌', 'days': '天数'}[field] }"


def test_a_way_out_that_asks_for_something_else_too(packs: Packs) -> None:
    """What one asks by itself does not settle an alternative of the other in which it stands beside another fact."""
    named = {"fact": "plate", "named": "{town}法律服务站"}
    either = {"any": [named, {"all": [{"fact": "host", "is": "hall"}, {"fact": "plate", "mentions": ["法律服务"]}]}]}
    wider = {"fact": "plate", "named": "[{county}]{town}法律服务站"}
    found = row(packs, either, wider, "plate")
    assert (found.verdict, set(found.reasons)) == ("different", {"甲允许的写法较少", "甲可由其他情形代替"})
    more = {"any": [wider, either["any"][1]]}
    assert row(packs, either, more, "plate").verdict == "a_stricter"
    assert row(packs, either, more, "plate").reasons == ("甲允许的写法较少",)
    assert row(packs, either, more, "host").verdict == "same"
    assert row(packs, named, either, "plate").reasons == ("乙可由其他情形代替",)


def test_rows_without_a_field_stand_with_the_list(packs: Packs) -> None:
    least = {"count": {"of": "windows"}, "at_least": 3}
    assert row(packs, least, {**least, "at_least": 2}, "windows").verdict == "a_stricter"


def test_a_percentage_and_a_ratio_are_the_same_measure(packs: Packs) -> None:
    one = {"percent": ["faults", "area"], "at_least": 98}
    other = {"ratio": ["faults", "area"], "at_least": "0.9"}
    assert [row(packs, one, other, fact).verdict for fact in ("faults", "area")] == ["a_stricter", "a_stricter"]
    assert row(packs, one, {**other, "at_least": "0.98"}, "area").verdict == "same"


def test_a_bound_by_another_fact(packs: Packs) -> None:
    def twice(times: int) -> dict[str, Any]:
        return {"fact": "faults", "at_most": {"fact": "area", "times": times}}

    assert row(packs, twice(2), twice(3), "faults").verdict == "a_stricter"
    assert row(packs, twice(2), {"fact": "faults", "at_most": 3}, "faults").verdict == "different"


def test_bounds_by_what_is_found(packs: Packs) -> None:
    def by(office: int, hall: int) -> dict[str, Any]:
        return {"fact": "area", "at_least": {"by": "host", "of": {"office": office, "hall": hall}}}

    assert row(packs, by(100, 200), by(80, 200), "area").verdict == "a_stricter"
    assert row(packs, by(100, 200), by(120, 150), "area").verdict == "different"
    assert row(packs, by(100, 200), {"fact": "area", "at_least": 90}, "area").verdict == "a_stricter"
    assert row(packs, by(100, 200), {"fact": "area", "at_least": 150}, "area").verdict == "different"


def test_bounds_by_the_tier_are_those_of_each_tier(packs: Packs) -> None:
    by_tier = rule("R-1", check={"fact": "area", "at_least": {"by": "tier", "of": {"station": 80, "room": 40}}})
    packs.sound("one", {"station": [by_tier], "room": [by_tier]})
    standard = packs.resolve("one").standard
    found = crosswalk(standard, standard, [("station", "room"), ("station", "station")])
    assert [t.rows[0].verdict for t in found.tiers] == ["a_stricter", "same"]
    side = found.tiers[0].rows[0].b
    assert side is not None
    assert side.asks[0].texts == ("场所面积不少于40㎡",)


def test_required_is_stricter_than_recommended(packs: Packs) -> None:
    found = row(packs, {"check": AREA}, {"check": AREA, "level": "recommended"}, "area")
    assert (found.verdict, found.reasons) == ("a_stricter", ("甲为必备项，乙为建议项",))


def test_a_recommended_rule_that_asks_more_is_different(packs: Packs) -> None:
    more = {"check": {"fact": "area", "at_least": 120}, "level": "recommended"}
    found = row(packs, {"check": AREA}, more, "area")
    assert (found.verdict, set(found.reasons)) == ("different", {"甲为必备项，乙为建议项", "乙的下限较高"})


def test_a_penalty_weighs_as_much_as_a_required_rule(packs: Packs) -> None:
    assert row(packs, {"check": AREA}, {"check": AREA, "level": "penalty"}, "area").verdict == "same"


def test_a_condition_makes_a_rule_narrower(packs: Packs) -> None:
    found = row(packs, {"check": AREA}, {"check": AREA, "when": {"fact": "host", "is": "office"}}, "area")
    assert (found.verdict, found.reasons) == ("a_stricter", ("乙只在部分情形适用：依托为司法所",))
    assert found.b is not None
    assert found.b.asks[0].limits == ("适用条件：依托为司法所",)
    assert [r.fact for r in tier(packs, [rule(check=AREA)], [rule(check=AREA, when="access")]).rows] == ["area"]


def test_the_same_condition_changes_nothing(packs: Packs) -> None:
    one, other = ({"check": AREA, "when": {"fact": "host", "is": name}} for name in ("office", "司法所"))
    assert row(packs, one, other, "area").verdict == "same"


AWARDS = [
    (
        "full marks at a higher rate",
        {"over": "rate", "steps": [[98, 10], [90, 5]]},
        {"over": "rate", "steps": [[95, 10], [90, 5]]},
        "rate",
        "a_stricter",
        "甲的下限较高",
    ),
    (
        "other steps below",
        {"over": "rate", "steps": [[98, 10], [90, 5]]},
        {"over": "rate", "steps": [[98, 10], [80, 5]]},
        "rate",
        "different",
        "满分的线相同，以下各档给分不同",
    ),
    (
        "so much for each unit",
        {"over": "rate", "per_unit": "0.5", "below": 95},
        {"over": "rate", "per_unit": "0.5", "below": 90},
        "rate",
        "a_stricter",
        "甲的下限较高",
    ),
    (
        "each occurrence costs",
        {"deduct": [{"per": "faults", "points": 1}]},
        {"deduct": [{"per": "faults", "points": 2}]},
        "faults",
        "same",
        "",
    ),
    (
        "what costs when it holds",
        {"deduct": [{"when": {"fact": "area", "below": 100}, "points": 5}]},
        {"deduct": [{"when": {"fact": "area", "below": 80}, "points": 5}]},
        "area",
        "a_stricter",
        "甲的下限较高",
    ),
    (
        "what is missing costs",
        {"deduct": [{"missing_of": {"fact": "rooms", "includes": ALL}, "points": 1}]},
        {"deduct": [{"missing_of": {"fact": "rooms", "includes": ["talk"]}, "points": 1}]},
        "rooms",
        "a_stricter",
        "甲多出",
    ),
    (
        "more for the same points",
        {"per": "faults", "points": 1},
        {"per": "faults", "points": 2},
        "faults",
        "a_stricter",
        "甲的下限较高",
    ),
]


@pytest.mark.parametrize(
    ("one", "other", "fact", "verdict", "reason"), [c[1:] for c in AWARDS], ids=[c[0] for c in AWARDS]
)
def test_awards(packs: Packs, one: Any, other: Any, fact: str, verdict: str, reason: str) -> None:
    found = row(packs, {"award": one}, {"award": other}, fact)
    assert found.verdict == verdict
    assert "；".join(found.reasons).startswith(reason)


def test_all_or_nothing_is_stricter_than_steps(packs: Packs) -> None:
    found = row(
        packs, {"fact": "rate", "at_least": 98}, {"award": {"over": "rate", "steps": [[98, 10], [90, 5]]}}, "rate"
    )
    assert (found.verdict, found.reasons) == ("a_stricter", ("甲达不到时不得分，乙按档给分",))


def test_steps_mean_nothing_beside_a_rule_that_is_never_scored(packs: Packs) -> None:
    steps = {"award": {"over": "rate", "steps": [[98, 10], [90, 5]]}}
    shown = {"check": {"fact": "rate", "at_least": 98}, "level": "info", "points": None}
    found = row(packs, steps, shown, "rate")
    assert (found.verdict, found.reasons) == ("a_stricter", ("甲为必备项，乙为参考项(不计分)",))


def test_what_is_only_shown_does_not_count_beside_what_is_scored(packs: Packs) -> None:
    shown = rule("I-1", check={"fact": "area", "at_least": 300}, level="info", points=None)
    (found,) = tier(packs, [rule(check=AREA), shown], [rule(check=AREA)]).rows
    assert found.verdict == "same"
    assert found.a is not None
    assert [ask.rule for ask in found.a.asks] == ["A-1", "I-1"]
    (found,) = tier(packs, [shown], [rule(check=AREA)]).rows
    assert found.verdict == "different"


def test_points_that_rise_evenly_are_the_same_however_they_are_written(packs: Packs) -> None:
    ways = [
        {"over": "rate", "per_unit": "0.1", "below": 100},
        {"over": "rate", "steps": [[100, 10], [0, {"times": "0.1"}]]},
        {"over": "rate", "steps": [[0, {"times": "0.1"}]]},
    ]
    for one in ways:
        for other in ways:
            assert row(packs, {"award": one}, {"award": other}, "rate").verdict == "same"
    half = {"award": {"over": "rate", "per_unit": "0.05", "below": 100}}
    assert row(packs, {"award": ways[0]}, half, "rate").reasons == ("满分的线相同，以下各档给分不同",)


def test_only_one_side(packs: Packs) -> None:
    rows = tier(packs, [rule("R-1", check=AREA)], [rule("R-1", check="access")]).rows
    assert {r.fact: r.verdict for r in rows} == {"area": "only_a", "access": "only_b"}
    assert [(r.a is None, r.b is None) for r in rows] == [(False, True), (True, False)]


def test_facts_of_another_type_are_not_comparable(packs: Packs) -> None:
    packs.sound("one", [rule(check=AREA)])
    packs.sound(
        "other", [rule(check={"fact": "area", "filled": True})], facts={"area": {"label": "面积", "type": "text"}}
    )
    a, b = packs.resolve("one").standard, packs.resolve("other").standard
    (found,) = crosswalk(a, b, common_tiers(a, b)).tiers
    assert (found.rows[0].verdict, found.rows[0].reasons) == (
        "different",
        ("这一事项在两个标准里的类型或单位不同，不能直接比较",),
    )


def test_several_rules_on_a_fact_are_one_row(packs: Packs) -> None:
    both = [
        rule("R-1", check={"fact": "rooms", "includes": ["talk"]}, clause="一", points=30),
        rule("R-2", check={"fact": "rooms", "includes": ["archive"]}, clause="二", points=10, level="recommended"),
    ]
    found = tier(packs, both, [rule("R-1", check={"fact": "rooms", "includes": ["talk", "archive"]}, points=5)])
    (only,) = found.rows
    assert only.a is not None
    shown: list[Any] = [(ask.rule, ask.points, ask.share, ask.clause, ask.level) for ask in only.a.asks]
    assert shown == [
        ("R-1", 30, 75, "一", "required"),
        ("R-2", 10, 25, "二", "recommended"),
    ]
    assert only.a.points == 40
    assert only.a.share == 100
    assert only.a.level == "required"
    assert (only.verdict, only.reasons) == ("b_stricter", ("乙为必备项，甲为建议项",))


def test_parts_count_with_their_own_points(packs: Packs) -> None:
    parts = [
        {"title": "面积", "points": 6, "check": AREA},
        {"title": "通道", "points": 4, "check": "access", "when": AREA},
    ]
    found = tier(packs, [rule("R-1", parts=parts, points=None)], [rule("R-1", check=AREA)])
    by_fact = {r.fact: r.a for r in found.rows}
    area, access = by_fact["area"], by_fact["access"]
    assert area is not None
    assert access is not None
    shown: list[Any] = [(s.asks[0].part, s.points, s.share) for s in (area, access)]
    assert shown == [(1, 6, 60), (2, 4, 40)]
    assert access.asks[0].limits == ("适用条件：场所面积不少于100㎡",)


def test_rules_that_look_at_no_fact_are_listed(packs: Packs) -> None:
    judged = rule("J-1", check={"judged": {"guide": "看台账"}}, award="judged", points=4)
    found = tier(packs, [judged, rule("R-1", check=AREA, points=6)], [rule("R-1", check=AREA)])
    shown: list[Any] = [(r.rule, r.points, r.share) for r in found.judged_a]
    assert shown == [("J-1", 4, 40)]
    assert found.judged_b == ()


def test_facts_stand_in_the_order_of_the_dictionary_by_group(packs: Packs) -> None:
    rules = [
        rule("R-1", check="access"),
        rule("R-2", check=AREA),
        rule("R-3", check={"fact": "rooms", "includes": ALL}),
        rule("R-4", check={"fact": "rate", "at_least": 90}),
        rule("R-5", check=each(SIGN)),
    ]
    found = tier(packs, rules, [rule("R-1", check=AREA)])
    assert [(r.group, r.fact) for r in found.rows] == [
        ("场所", "area"),
        ("场所", "access"),
        ("场所", "rooms"),
        ("评价", "rate"),
        ("窗口", "windows"),
    ]


def test_the_head_and_the_summary(packs: Packs) -> None:
    scoring = {"model": "sum", "base": 20, "max_total": None, "not_checked": "exclude", "rounding": "none"}
    found = walk(
        packs,
        [rule("R-1", check=AREA, veto="poor")],
        [rule("R-1", check={"fact": "area", "at_least": 80})],
        scoring=scoring,
    )
    head = {r.key: (r.a, r.b) for r in found.head}
    assert head["model"] == ("直接相加", "直接相加")
    assert head["base"] == ("20", "20")
    assert head["max_total"] == ("", "")
    assert head["not_checked"] == ("暂不计入", "暂不计入")
    assert head["rounding"] == ("不取整", "不取整")
    assert head["grades"][0] == "好 86分起、中 60分起、差 0分起"
    of_tier = {r.key: (r.a, r.b) for r in found.tiers[0].head}
    assert of_tier["rules"] == ("1（必备项1）", "1（必备项1）")
    assert of_tier["vetoes"] == ("R-1（最高差）", "")
    assert counts(found.tiers[0]) == {
        "a_stricter": 1,
        "b_stricter": 0,
        "same": 0,
        "different": 0,
        "only_a": 0,
        "only_b": 0,
    }


def test_in_english(packs: Packs) -> None:
    (found,) = walk(packs, [rule(check=AREA)], [rule(check={"fact": "area", "at_least": 80})], lang="en").tiers
    assert found.rows[0].reasons == ("A has the higher lower bound",)


@pytest.mark.parametrize(
    ("scoring", "wanted"),
    [
        ({"model": "normalised"}, [Fraction(100, 40)] * 2),
        ({"model": "weighted"}, [Fraction(75, 30), Fraction(25, 10)]),
        ({"model": "sum", "base": 60}, [Fraction(1), Fraction(1)]),
    ],
)
def test_what_a_point_is_worth(packs: Packs, scoring: dict[str, Any], wanted: list[Fraction]) -> None:
    rules = [
        rule("R-1", check=AREA, points=30),
        rule("R-2", check="access", points=10, dimension="b"),
        rule("B-1", check="access", level="bonus", points=2),
        rule("I-1", check="access", level="info", points=None),
    ]
    dimensions = [{"id": "a", "title": "甲类", "weight": 3}, {"id": "b", "title": "乙类", "weight": 1}]
    packs.sound("one", rules, scoring=scoring, dimensions=dimensions)
    found = shares(packs.resolve("one").standard, "station")
    assert [found["R-1"], found["R-2"]] == wanted
    assert found["B-1"] == 1
    assert "I-1" not in found
