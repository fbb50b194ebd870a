"""Rectification lists: findings as the result has them, owners, deadlines, and lists by county."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plsp_audit.analysis.rectify import grouped, site_list
from plsp_audit.analysis.workdays import workdays
from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.model.ledger import key_parts, looks_like_key, row_key
from plsp_audit.model.result import Result
from plsp_audit.model.rollup import Place
from tests.analysis.factory_rectify import site


@pytest.fixture(scope="module")
def results(examples: Path) -> dict[str, Result]:
    desk = Desk(Library([]))
    names = ("ningxia-station-medium", "gansu-room-unchecked", "ningxia-station-not-rated")
    return {name: desk.score(examples / f"{name}.yaml").result for name in names}


def test_every_line_of_the_result_is_a_finding(results: dict[str, Result]) -> None:
    result = results["ningxia-station-medium"]
    made = site_list(result)
    lines = result.rectification or []
    assert [(f.no, f.entry.rule, f.gain, f.entry.priority) for f in made.findings] == [
        (x.no, x.rule, x.points_lost, x.priority) for x in lines
    ]
    assert [f.entry.due and f.entry.due.isoformat() for f in made.findings] == [x.due for x in lines]
    assert {f.entry.owner for f in made.findings} == {result.site.head}
    seen = {rule.id: rule for rule in result.rules or []}
    assert all(f.seen == seen[f.entry.rule].observed and f.clause == seen[f.entry.rule].clause for f in made.findings)


def test_the_most_urgent_stand_first(results: dict[str, Result]) -> None:
    made = site_list(results["ningxia-station-medium"])
    ranks = {"veto": 0, "required": 1, "recommended": 2}
    keys = [(ranks[f.entry.priority], -f.gain) for f in made.findings]
    assert keys == sorted(keys)


def test_what_was_not_checked_is_no_finding(results: dict[str, Result]) -> None:
    result = results["gansu-room-unchecked"]
    made = site_list(result)
    states = {rule.id: rule.state for rule in result.rules or []}
    assert made.unchecked
    assert {states[item.rule] for item in made.unchecked} == {"not_checked"}
    assert not {item.rule for item in made.unchecked} & {f.entry.rule for f in made.findings}


def test_a_site_that_is_not_rated_has_nothing_to_rectify(results: dict[str, Result]) -> None:
    made = site_list(results["ningxia-station-not-rated"])
    assert (made.status, made.findings, made.unchecked, made.score) == ("not_rated", (), (), None)
    assert made.reason


def test_owners_are_those_who_are_given_else_the_head(results: dict[str, Result]) -> None:
    made = site_list(results["ningxia-station-medium"], lambda site, rule: "李某" if rule == "NX-S-07" else None)
    owners = {f.entry.rule: f.entry.owner for f in made.findings}
    assert owners["NX-S-07"] == "李某"
    assert owners["NX-S-09"] == results["ningxia-station-medium"].site.head


def test_deadlines_in_working_days_count_the_same_days(results: dict[str, Result]) -> None:
    result = results["ningxia-station-medium"]
    plain, worked = site_list(result), site_list(result, calendar=workdays([]))
    for one, other in zip(plain.findings, worked.findings, strict=True):
        assert one.entry.due is not None
        assert other.entry.due is not None
        days = (one.entry.due - one.entry.inspected).days
        between = [
            one.entry.inspected.toordinal() + n for n in range(1, (other.entry.due - other.entry.inspected).days + 1)
        ]
        assert sum(date.fromordinal(d).weekday() < 5 for d in between) == days
        assert other.entry.due.weekday() < 5


def test_lists_by_county_are_sorted_and_complete() -> None:
    sites = [site(3, county="西夏区"), site(2), site(1), site(4, county="西夏")]
    groups = grouped(sites, "county")
    assert [(g.key, [s.site.id for s in g.sites]) for g in groups] == [
        ("西夏区", ["xq-03", "xq-04"]),
        ("兴庆区", ["xq-01", "xq-02"]),
    ]
    assert {f.entry.county for g in groups for s in g.sites for f in s.findings} == {"西夏区", "兴庆区"}
    [everything] = grouped(sites, "all")
    assert everything.count == sum(g.count for g in groups) == sum(g.count for g in grouped(sites, "site")) == 12


def test_counties_of_one_name_in_two_cities_are_told_apart() -> None:
    sites = [site(1, county="鼓楼区", place=Place("江苏省", city, "鼓楼区")) for city in ("南京市", "徐州市")]
    assert [g.key for g in grouped(sites, "county")] == ["南京市鼓楼区", "徐州市鼓楼区"]


def test_an_identity_says_what_it_names() -> None:
    key = row_key("nx 银川-01", "ningxia-2018", "NX|S-1", date(2018, 10, 23))
    parts = key_parts(key)
    assert parts == ("nx 银川-01", "ningxia-2018", "NX|S-1", date(2018, 10, 23))
    assert looks_like_key(key)


@pytest.mark.parametrize("at", range(0, 40, 3))
def test_a_changed_identity_is_noticed(at: int) -> None:
    key = row_key("xq-01", "ningxia-2018", "NX-S-01", date(2018, 10, 23))
    at %= len(key)
    damaged = key[:at] + ("7" if key[at] != "7" else "8") + key[at + 1 :]
    assert key_parts(damaged) is None
    assert key_parts(key[:at] + key[at + 1 :]) is None


def test_an_identity_is_known_in_other_widths_and_cases() -> None:
    key = row_key("xq-01", "ningxia-2018", "NX-S-01", date(2018, 10, 23))
    assert key_parts(f"  {key} ") is not None
    assert key_parts(key.lower()) is not None
