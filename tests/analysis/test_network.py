from __future__ import annotations

from plsp_audit.analysis.network import network_facts
from plsp_audit.model.roster import Planned
from plsp_audit.model.values import Span, read_date


def day(text: str) -> Span:
    return read_date(text)


def site(tier: str, planned: str | None, opened: str | bool | None, adviser: str | bool | None = None) -> Planned:
    return Planned(
        tier,
        None,
        None,
        None,
        day(planned) if planned else None,
        day(opened) if isinstance(opened, str) else opened,
        adviser,
    )


def test_counts_by_level() -> None:
    facts = network_facts(
        [
            site("county_center", "2018-10-31", "2018-09-01"),
            site("station", "2018-10-31", "2018-10-31"),
            site("station", "2018-10-31", "2018-11-01"),
            site("room", "2018-10-31", False, "某律师"),
            site("room", "2018-10-31", "2018-05", False),
        ]
    )
    assert facts["network.center.planned"] == facts["network.center.built"] == facts["network.center.on_time"] == 1
    assert (facts["network.station.planned"], facts["network.station.built"], facts["network.station.on_time"]) == (
        2,
        2,
        1,
    )
    assert (facts["network.room.planned"], facts["network.room.built"], facts["network.room.on_time"]) == (2, 1, 1)
    assert facts["network.room.advised"] == 1


def test_what_is_not_known_makes_a_count_unknown_rather_than_small() -> None:
    facts = network_facts([site("room", "2018-10-31", None, None), site("room", "2018-10-31", "2018-10-01", "某律师")])
    assert facts["network.room.planned"] == 2
    assert facts["network.room.built"] is None
    assert facts["network.room.on_time"] is None
    assert facts["network.room.advised"] is None


def test_a_month_that_straddles_the_plan_is_unknown() -> None:
    facts = network_facts([site("room", "2018-10-15", "2018-10")])
    assert facts["network.room.built"] == 1
    assert facts["network.room.on_time"] is None


def test_an_empty_level_counts_nought() -> None:
    assert network_facts([])["network.station.built"] == 0
