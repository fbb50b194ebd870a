"""Many sites inspected twice, added up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plsp_audit.analysis.recheck import recheck
from plsp_audit.analysis.recheck_summary import summary
from plsp_audit.model.recheck import Recheck, Seen
from tests.analysis.factory_recheck import NO, UNSEEN, YES, asks, pack, seen

MADE = pack(asks("R1", "y1", veto="poor"), asks("R2", "y2"), asks("R3", "y3", 20))


def named(one: Seen, sid: str, county: str) -> Seen:
    site = one.result.site.model_copy(update={"id": sid, "county": county})
    return replace(one, result=one.result.model_copy(update={"site": site}))


def site(sid: str, county: str, before: tuple[Any, Any, Any], after: tuple[Any, Any, Any]) -> Recheck:
    first, second = (seen(MADE, **dict(zip(("y1", "y2", "y3"), facts, strict=True))) for facts in (before, after))
    return recheck(named(first, sid, county), named(second, sid, county))


def test_counts_by_county_and_rule() -> None:
    sites = [
        site("a", "甲县", (NO, NO, NO), (YES, YES, YES)),
        site("b", "甲县", (YES, NO, YES), (YES, NO, NO)),
        site("c", "乙县", (NO, NO, YES), (NO, UNSEEN, YES)),
    ]
    found = summary(sites, [], [])
    assert found.counts == {"fixed": 3, "open": 2, "new": 1, "unchecked": 1}
    assert found.moves == {"up": 1, "down": 1, "same": 1}
    assert found.grade_moves == {"up": 1, "same": 2}
    assert {(t.title, t.sites): dict(t.counts) for t in found.counties} == {
        ("甲县", 2): {"fixed": 3, "open": 1, "new": 1},
        ("乙县", 1): {"open": 1, "unchecked": 1},
    }
    assert [(t.key[2], t.sites, dict(t.counts)) for t in found.rules] == [
        ("R2", 3, {"fixed": 1, "open": 1, "unchecked": 1}),
        ("R1", 2, {"fixed": 1, "open": 1}),
        ("R3", 2, {"fixed": 1, "new": 1}),
    ]


def test_sites_still_failing_are_named_a_veto_first() -> None:
    sites = [
        site("fine", "甲县", (NO, NO, NO), (YES, YES, YES)),
        site("two", "甲县", (YES, NO, NO), (YES, NO, NO)),
        site("veto", "甲县", (NO, YES, YES), (NO, YES, YES)),
    ]
    found = summary(sites, [], [])
    assert [one.after.result.site.id for one in found.standing] == ["veto", "two"]


def test_sites_of_one_side_only_are_named() -> None:
    one = named(seen(MADE, y1=YES), "x", "甲县").result
    found = summary([], [one], [])
    assert found.only_before == (("x", one.site.name),)
    assert found.only_after == ()


def test_a_county_under_two_names_is_one() -> None:
    sites = [site("a", "甲县", (NO, NO, NO), (NO, NO, NO)), site("b", "甲", (NO, NO, NO), (NO, NO, NO))]
    assert [(t.title, t.sites) for t in summary(sites, [], []).counties] == [("甲县", 2)]
