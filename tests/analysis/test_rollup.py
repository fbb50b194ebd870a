from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.analysis.places import one_name
from plsp_audit.analysis.rollup import RollUp
from plsp_audit.model.rollup import Area, Group, NotRated, Place, Sampled, Summary, Titled
from tests.analysis.factory_rollup import OWN, OWN_BANDS, STANDARD, STANDARDS, ningxia, result, standard

XIXIA = ("宁夏回族自治区", "银川市", "西夏区")
PINGLUO = ("宁夏回族自治区", "石嘴山市", "平罗县")
NOWHERE = (None, None, None)


def rolled(*results: dict[str, Any], sampled: dict[str, int | None] | None = None) -> Summary:
    roll = RollUp(STANDARDS, sampled)
    for one in results:
        roll.add(one)
    return roll.finish()


def area(
    group: Group, level: str, tier: str | None = "station", city: str | None = None, county: str | None = None
) -> Area:
    return next(a for a in group.areas if (a.level, a.tier, a.city, a.county) == (level, tier, city, county))


@pytest.fixture(scope="module")
def bulletin() -> Summary:
    return rolled(*ningxia(), sampled={"room": 87})


def test_counts_by_hand() -> None:
    summary = rolled(
        result("a", 91.25), result("b", 86), result("c", "59.5", place=XIXIA), result("d", reason="重新装修"),
        result("e", None),
    )  # fmt: skip
    assert (summary.sites, summary.rated, summary.not_rated, summary.no_score) == (5, 3, 1, 1)
    (group,) = summary.groups
    whole = group.total("station")
    assert (whole.sites, whole.rated, whole.not_rated, whole.no_score) == (5, 3, 1, 1)
    assert whole.by_grade == {"good": 2, "medium": 1, "poor": 0}
    assert whole.mean == Fraction("236.75") / 3
    assert (whole.median, whole.highest, whole.lowest) == (Fraction(86), Fraction("91.25"), Fraction("59.5"))
    xingqing = area(group, "county", "station", "银川市", "兴庆区")
    assert (xingqing.sites, xingqing.rated, xingqing.median) == (4, 2, Fraction("88.625"))
    assert xingqing.not_rated_sites == (NotRated("d", "d公共法律服务工作站", "兴庆区", "重新装修"),)


def test_sites_without_a_score_are_in_no_denominator() -> None:
    (group,) = rolled(result("a", 90), result("b", reason="拆迁新建"), result("c", None)).groups
    assert group.total("station").rate("good") == 1
    assert [row.applicable for row in group.rules] == [1] * len(group.rules)
    assert [row.rated for row in group.dimensions if row.level == "total"] == [1, 1]


def test_nothing_rated_has_no_rates() -> None:
    (group,) = rolled(result("a", reason="拆迁新建")).groups
    whole = group.total()
    assert (whole.rate("good"), whole.mean, whole.median, whole.highest, whole.lowest) == (None,) * 5
    assert whole.by_grade == {"good": 0, "medium": 0, "poor": 0}
    assert (group.dimensions, group.rules, len(group.ranking)) == ((), (), 0)


def test_no_results_are_no_groups() -> None:
    summary = rolled()
    assert (summary.groups, summary.sites, summary.newest) == ((), 0, "")


def test_the_bulletins_counts(bulletin: Summary) -> None:
    counts = {
        (a.city, a.tier): (a.sites, a.by_grade, a.not_rated)
        for group in bulletin.groups
        for a in group.areas
        if a.level == "city" and a.tier
    }
    assert counts == {
        ("银川市", "station"): (66, {"good": 63, "medium": 1, "poor": 0}, 2),
        ("银川市", "room"): (12, {"good": 11, "medium": 1, "poor": 0}, 0),
        ("石嘴山市", "station"): (36, {"top": 30, "upper": 6, "rest": 0}, 0),
        ("固原市", "station"): (65, {"good": 32, "medium": 31, "poor": 0}, 2),
        ("中卫市", "station"): (39, {"good": 12, "medium": 27, "poor": 0}, 0),
    }


def test_own_bands_are_a_group_of_their_own(bulletin: Summary) -> None:
    assert [[grade.title for grade in group.grades] for group in bulletin.groups] == [
        ["好", "中", "差"],
        [title for _, title, _ in OWN_BANDS],
    ]
    own = bulletin.groups[1]
    assert {(a.county, tuple(a.by_grade.values())) for a in own.areas if a.level == "county" and a.tier} == {
        ("平罗县", (11, 2, 0)), ("惠农区", (11, 1, 0)), ("大武口区", (8, 3, 0)),
    }  # fmt: skip
    assert "吴忠市" not in {a.city for group in bulletin.groups for a in group.areas}


def test_the_same_standard_under_other_bands_is_another_group() -> None:
    stricter = standard(STANDARD.id, (("good", "好", 90), ("medium", "中", 60), ("poor", "差", 0)), digest="b" * 64)
    roll = RollUp({STANDARD.digest: STANDARD, stricter.digest: stricter})
    roll.add(result("a", 88))
    roll.add(result("b", 88, of=stricter))
    assert [g.total().by_grade for g in roll.finish().groups] == [
        {"good": 1, "medium": 0, "poor": 0},
        {"good": 0, "medium": 1, "poor": 0},
    ]


def test_a_new_digest_with_the_same_bands_is_the_same_group() -> None:
    newer = standard(STANDARD.id, digest="b" * 64)
    roll = RollUp({STANDARD.digest: STANDARD, newer.digest: newer})
    roll.add(result("a", 88))
    roll.add(result("b", 88, of=newer))
    (group,) = roll.finish().groups
    assert group.total().by_grade["good"] == 2


def test_a_standard_that_is_not_at_hand_stands_apart() -> None:
    gone = standard(STANDARD.id, digest="c" * 64)
    unknown, known = rolled(result("a", 88), result("b", 59, of=gone), result("c", 95, of=gone)).groups
    assert known.total().by_grade == {"good": 1, "medium": 0, "poor": 0}
    assert [(g.title, g.from_) for g in unknown.grades] == [("好", None), ("差", None)]
    assert unknown.total().by_grade == {"good": 1, "poor": 1}


def test_kinds_of_sampling(bulletin: Summary) -> None:
    group = bulletin.groups[0]
    assert group.total("room").sampled == Sampled(12, 87)
    assert area(group, "city", "room", "银川市").sampled == Sampled(12, None)
    assert group.total("station").sampled is None
    assert group.total().sampled is None


def test_sampling_is_told_for_the_area_that_was_meant() -> None:
    rooms = [result("a", tier="room"), result("b", tier="room"), result("c", tier="room", place=PINGLUO)]
    (group,) = rolled(*rooms, sampled={"银川市/room": 40}).groups
    assert area(group, "city", "room", "银川市").sampled == Sampled(2, 40)
    assert area(group, "county", "room", "银川市", "兴庆区").sampled == Sampled(2, 40)
    assert area(group, "city", "room", "石嘴山市").sampled is None
    assert group.total("room").sampled is None
    (group,) = rolled(*rooms[:2], sampled={"银川市/room": 40}).groups
    assert group.total("room").sampled == Sampled(2, 40)
    (group,) = rolled(*rooms, sampled={"银川市/兴庆区/room": None}).groups
    assert area(group, "county", "room", "银川市", "兴庆区").sampled == Sampled(2, None)
    assert area(group, "city", "room", "银川市").sampled is None


def test_a_number_that_fits_no_group_is_not_told() -> None:
    rooms = [result("a", tier="room"), result("b", 91, tier="room", of=OWN)]
    assert [g.total("room").sampled for g in rolled(*rooms, sampled={"room": 9}).groups] == [Sampled(1, None)] * 2
    assert rolled(rooms[0], sampled={"room": 0}).groups[0].total("room").sampled == Sampled(1, None)


def test_spot_checks_among_others() -> None:
    (group,) = rolled(result("a"), result("b", kind="spot_check")).groups
    assert group.total("station").sampled == Sampled(1, None)


def test_ranks_with_ties() -> None:
    (group,) = rolled(*(result(sid, score) for sid, score in (("d", 70), ("a", 95), ("c", 88.5), ("b", 88.5)))).groups
    assert [(row.rank, row.id) for row in group.ranking] == [(1, "a"), (2, "b"), (2, "c"), (4, "d")]
    assert group.ranking[1].score == Fraction("88.5")
    assert [row.id for row in group.ranking[2:]] == ["c", "d"]


def test_each_tier_has_its_ranks() -> None:
    (group,) = rolled(result("a", 80), result("r", 99, tier="room"), result("b", 70)).groups
    assert [(row.tier, row.rank) for row in group.ranking] == [("station", 1), ("station", 2), ("room", 1)]


def test_rules_that_fail_most() -> None:
    (group,) = rolled(
        result("a", states={"R-1": ("fail", 0), "R-2": ("partial", 2.5), "R-5": ("partial", -1.5)}),
        result("b", states={"R-1": ("fail", 0), "R-2": ("not_checked", 0), "R-4": ("fail", 0)}),
        result("c", states={"R-1": ("not_applicable", 0), "R-2": ("waived", 0), "R-3": ("fail", 0)}),
    ).groups
    rows = {row.id: row for row in group.rules}
    assert [row.id for row in group.rules] == ["R-1", "R-3", "R-2", "R-5"]
    first, ledgers = rows["R-1"], rows["R-2"]
    assert (first.failing, first.partial, first.applicable, first.points_lost, first.rate) == (
        2,
        0,
        2,
        Fraction(12),
        Fraction(1),
    )
    assert (ledgers.short, ledgers.not_checked, ledgers.applicable, ledgers.points_lost) == (1, 1, 2, Fraction(3, 2))
    assert rows["R-5"].points_lost == Fraction(3, 2)
    assert first.dimension_title == "建设标准化"


def test_open_rules_are_counted() -> None:
    (group,) = rolled(result("a", states={"R-1": ("not_checked", 0), "R-2": ("not_checked", 0)})).groups
    assert group.ranking[0].open == 2


def test_rates_by_dimension() -> None:
    (group,) = rolled(
        result("a", rates=(1, 0.5)), result("b", rates=(0.3333, None)), result("c", rates=(0.5, None), place=XIXIA)
    ).groups
    whole = group.dimensions[0]
    assert whole.rates == {"premises": Fraction("1.8333") / 3, "service": Fraction(1, 2)}
    assert whole.counted == {"premises": 3, "service": 1}
    xixia = next(row for row in group.dimensions if row.county == "西夏区")
    assert xixia.rates == {"premises": Fraction(1, 2), "service": None}
    assert group.dimension_titles == (Titled("premises", "建设标准化"), Titled("service", "服务专业化"))


def test_the_newest_inspection_counts() -> None:
    before = result("a", 55, date="2018-10-23", digest="a" * 64)
    after = result("a", 90, date="2018-12-01", kind="recheck", digest="b" * 64)
    for order in ((before, after), (after, before)):
        summary = rolled(*order)
        assert summary.sites == 1
        assert summary.groups[0].total().by_grade["good"] == 1
        assert summary.superseded == {("a", "a" * 64)}
        assert (summary.counts(before), summary.counts(after)) == (False, True)


def test_a_spot_check_that_was_inspected_again_stays_one() -> None:
    first = result("a", 55, kind="spot_check", date="2018-10-01", digest="x")
    again = result("a", 90, kind="recheck", date="2018-12-01", digest="y")
    assert rolled(again, first).groups[0].total("station").sampled == Sampled(1, None)


def test_places_written_in_several_ways_are_one() -> None:
    places = [
        ("宁夏回族自治区", "银川市", "兴庆区"),
        ("宁夏", "银川", "兴庆"),
        (None, "银川市", "兴 庆 区"),
        ("", "银川", None),
    ]
    summary = rolled(*(result(str(n), place=place) for n, place in enumerate(places)))
    (group,) = summary.groups
    assert [(a.province, a.city, a.sites) for a in group.areas if a.level == "city" and a.tier] == [
        ("宁夏回族自治区", "银川市", 4)
    ]
    assert [(a.county, a.sites) for a in group.areas if a.level == "county" and a.tier] == [("兴庆区", 3), (None, 1)]
    assert summary.place({"province": "宁夏", "city": "银川", "county": "兴庆"}) == Place(*places[0])


def test_a_name_that_may_be_two_places_stays_as_it_is() -> None:
    xinjiang = [Place("新疆维吾尔自治区", "伊犁州", county) for county in ("伊宁市", "伊宁县", "伊宁")]
    assert one_name(xinjiang) == {place: place for place in xinjiang}
    cities = [Place("甘肃省", "兰州市", "城关区"), Place("西藏自治区", "拉萨市", "城关区"), Place(None, None, "城关区")]
    assert one_name(cities) == {place: place for place in cities}


def test_counties_of_one_name_in_two_cities_are_two() -> None:
    (group,) = rolled(
        result("a", place=("甘肃省", "兰州市", "城关区")), result("b", place=("西藏自治区", "拉萨市", "城关区"))
    ).groups
    assert [a.city for a in group.areas if a.level == "county" and a.tier] == ["拉萨市", "兰州市"][::-1]


def test_sites_without_places_are_counted() -> None:
    (group,) = rolled(result("a", place=NOWHERE), result("b")).groups
    assert group.total().sites == 2
    assert area(group, "city").sites == 1


def results_of(data: Any) -> list[dict[str, Any]]:
    made = []
    for number, (kind, score, place, tier, of, states) in enumerate(data):
        more: dict[str, Any] = {"place": place, "tier": tier, "of": of, "states": states}
        if kind == "not_rated":
            more["reason"] = "重新装修"
        made.append(result(f"s{number}", None if kind == "no_score" else score / 100, **more))
    return made


PLACES = st.sampled_from([XIXIA, PINGLUO, ("宁夏", "银川", "西夏"), NOWHERE, ("甘肃省", "兰州市", None)])
STATES = st.dictionaries(
    st.sampled_from(["R-1", "R-2", "R-3"]),
    st.sampled_from([("fail", 0), ("partial", 1.5), ("not_checked", 0), ("not_applicable", 0), ("waived", 0)]),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["rated", "rated", "rated", "not_rated", "no_score"]), st.integers(0, 10000), PLACES,
        st.sampled_from(["station", "room"]), st.sampled_from([STANDARD, OWN]), STATES,
    ), max_size=25,
)  # fmt: skip


@given(ROWS)
def test_counts_add_up(data: Any) -> None:
    summary = rolled(*results_of(data))
    assert summary.sites == len(data) == summary.rated + summary.not_rated + summary.no_score
    assert sum(group.total().sites for group in summary.groups) == summary.sites
    for group in summary.groups:
        for one in group.areas:
            assert one.sites == one.rated + one.not_rated + one.no_score
            assert sum(one.by_grade.values()) == one.rated
            assert len(one.not_rated_sites) == one.not_rated
        for level in ("city", "county"):
            for tier in (None, *(t.id for t in group.tiers)):
                parts = [a for a in group.areas if a.level == level and a.tier == tier]
                whole = group.total(tier)
                assert sum(a.sites for a in parts) == whole.sites
                assert {g: sum(a.by_grade[g] for a in parts) for g in whole.by_grade} == whole.by_grade
        assert sum(group.total(t.id).sites for t in group.tiers) == group.total().sites
        assert len(group.ranking) == group.total().rated
        assert len(group.unscored) == group.total().sites - group.total().rated


@given(ROWS)
def test_rates_come_from_counts(data: Any) -> None:
    for group in rolled(*results_of(data)).groups:
        for one in group.areas:
            rates = [one.rate(grade.id) for grade in group.grades]
            if one.rated:
                assert sum(rate for rate in rates if rate is not None) == 1
                assert rates == [Fraction(one.by_grade[g.id], one.rated) for g in group.grades]
                found = [one.lowest, one.mean, one.median, one.highest]
                lowest, mean, median, highest = (value for value in found if value is not None)
                assert lowest <= min(mean, median) <= max(mean, median) <= highest
            else:
                assert rates == [None] * len(group.grades)
        for row in group.rules:
            assert row.short + row.not_checked <= row.applicable <= group.total(row.tier).rated
            assert row.rate is None or 0 <= row.rate <= 1


@given(ROWS, st.integers())
def test_the_order_of_the_input_never_matters(data: Any, seed: int) -> None:
    results = results_of(data)
    results += [result(r["site"]["id"], 77, kind="recheck", date="2019-01-01", digest=f"again{n}")
                for n, r in enumerate(results[::3])]  # fmt: skip
    shuffled = list(results)
    random.Random(seed).shuffle(shuffled)
    assert rolled(*results) == rolled(*shuffled)


@given(st.lists(st.integers(0, 10000), min_size=1, max_size=30))
def test_ranks_count_the_better_sites(scores: list[int]) -> None:
    (group,) = rolled(*(result(f"s{n}", score / 100) for n, score in enumerate(scores))).groups
    for row in group.ranking:
        assert row.rank == 1 + sum(Fraction(score, 100) > row.score for score in scores)
