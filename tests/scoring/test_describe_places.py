"""A requirement that names places is written once with marks in their stead, and reads as if written for the site."""

from __future__ import annotations

from typing import Any

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.rules import Rule
from plsp_audit.scoring import describe
from plsp_audit.scoring.describe import Describer
from plsp_audit.standards.wording import requirement_text

PLACES: list[dict[str, str]] = [
    {"province": "宁夏回族自治区", "city": "银川市", "county": "兴庆区", "town": "凤凰北街街道", "village": "甲村"},
    {"province": "宁夏", "county": "兴庆"},
    {},
    {"city": "a", "town": "{county}“[x]”\\1", "county": "\ue000town\ue000"},
]
DESK = Desk(Library())


def described(standard: Any, tier: str, places: dict[str, str]) -> list[tuple[str, str]]:
    """Give what is asked for and what should be said of it, by every rule and part of a tier."""
    block = "".join(f"  {key}: {value!r}\n" for key, value in places.items() if "\ue000" not in value)
    text = f"plsp: site/1\nsite:\n  id: a\n  name: b\n  tier: {tier}\n{block}standard: {standard.id}\n"
    opened = DESK.open_document(read_bytes((text + "inspection: {date: 2018-10-23}\nfacts: {}\n").encode(), "a.yaml"))
    site = opened.inspection.site.model_copy(update=places)
    inspection = opened.inspection
    describer: Describer = opened.prepared.describer
    object.__setattr__(inspection, "site", site)
    return [
        (describer._requirement(one, inspection), requirement_text(one, standard, tier, "zh", places))
        for rule in standard.rules[tier]
        for one in (rule, *(rule.parts or []))
    ]


@pytest.mark.parametrize("places", PLACES, ids=["all", "some", "none", "odd"])
@pytest.mark.parametrize("name", [pack.id for pack in Library().names()])
def test_requirements_of_the_shipped_standards(name: str, places: dict[str, str]) -> None:
    standard = DESK.standard(name).standard
    kinds = set()
    for tier in standard.tiers:
        for got, wanted in described(standard, tier.id, places):
            assert got == wanted
        kinds |= set(DESK.prepared(standard, tier.id).describer._by_place.values())
    if name == "ningxia-2018":
        assert "named" in kinds


def test_a_value_that_is_chosen_by_a_place_is_written_for_the_place() -> None:
    standard = DESK.standard("ningxia-2018").standard
    rule = Rule.model_validate({
        "id": "X", "title": "t", "dimension": standard.dimensions[0].id, "points": 1, "level": "required",
        "clause": {"source": standard.sources[0].id, "at": "一"},
        "check": {"fact": "premises.area", "at_least": {"by": "county", "of": {"甲县": "5"}, "default": "7"}},
    })  # fmt: skip
    assert describe._by_place(rule, standard) == "chosen"
