"""What is left of a file without its faults: enough to look for more, and nothing made up."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pydantic import ValidationError

from plsp_audit.loading.salvage import in_english, salvaged, salvaged_standard
from plsp_audit.model.site import SiteFile
from plsp_audit.model.values import Fault

GOOD: dict[str, Any] = {
    "plsp": "site/1",
    "site": {"id": "a", "name": "甲", "tier": "station"},
    "inspection": {"date": "2018-10-23"},
    "judgements": {"R1": {"points": "1"}},
    "waivers": [{"rule": "R1", "reason": "x"}, {"rule": "R2", "reason": "y"}],
}


def left(**changes: Any) -> tuple[SiteFile | None, bool]:
    raw = {**copy.deepcopy(GOOD), **changes}
    before = copy.deepcopy(raw)
    with pytest.raises(ValidationError) as caught:
        SiteFile.model_validate(raw)
    found = salvaged(raw, caught.value)
    assert raw == before, "what readers give is shared"
    return found


def test_only_what_is_faulty_is_taken_away() -> None:
    file, tier_known = left(judgements={"R1": {"points": "x"}, "R2": {"points": "1"}})
    assert file is not None
    assert tier_known
    assert set(file.judgements) == {"R1", "R2"}
    assert file.judgements["R1"] is None
    assert len(file.waivers) == 2


def test_rows_stay_at_their_places() -> None:
    file, _ = left(waivers=[{"rule": "", "reason": "x"}, {"rule": "R2"}])
    assert file is not None
    assert file.waivers[0] is None
    assert file.waivers[1] is not None
    assert file.waivers[1].rule == "R2"


@pytest.mark.parametrize(
    ("site", "known"),
    [
        ({"id": "a", "name": "", "tier": "station"}, True),
        ({"id": "a", "name": "甲"}, False),
        ("甲", False),
        ({"id": "a", "name": "甲", "tier": ["x"]}, False),
    ],
)
def test_whether_the_tier_is_known(site: Any, known: bool) -> None:
    file, tier_known = left(site=site)
    assert file is not None
    assert tier_known is known


def test_a_word_in_both_languages_is_a_fault() -> None:
    faults: list[Fault] = []
    both = {"编号": "a", "id": "b"}
    raw = in_english({"场所": both, "评分": {"R1": [{"得分": "1"}]}, "检查": {"类型": "自查"}}, faults)
    assert raw["site"] == {"id": "a"}
    assert raw["judgements"] == {"R1": [{"points": "1"}]}
    assert raw["inspection"] == {"kind": "self"}
    assert [(f.code, f.path) for f in faults] == [("key_twice", ("site", "id"))]


STANDARD: dict[str, Any] = {"plsp": "standard/1", "id": "s", "title": "甲", "extends": "base"}


def test_a_standard_without_its_faults() -> None:
    tailoring = {
        "parameters": {"a": {"value": "1"}, "b": {"reason": "x"}},
        "remove": [{"rule": "A-1"}],
        "alter": [{"rule": "A-2", "set": "x", "reason": "y"}, {"rule": "A-3", "set": {"points": "1"}, "reason": "z"}],
    }
    file = salvaged_standard({**STANDARD, "provice": "x", "points_basis": "y", "tailoring": tailoring})
    assert file is not None
    assert file.tailoring is not None
    assert list(file.tailoring.parameters) == ["a"]
    assert [change.set for change in file.tailoring.alter] == [{}, {"points": "1"}]
    assert file.points_basis is None


@pytest.mark.parametrize("tree", [{}, {**STANDARD, "title": ["x"]}, {**STANDARD, "grades": [{"id": "a"}]}])
def test_a_standard_that_lacks_what_cannot_be_made_up(tree: Any) -> None:
    assert salvaged_standard(tree) is None
