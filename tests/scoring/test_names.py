from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.scoring import names
from plsp_audit.scoring.names import named
from plsp_audit.scoring.verdict import NO, UNKNOWN, YES


@pytest.mark.parametrize(
    ("text", "site", "verdict"),
    [
        ("甲县丙镇站", {"county": "甲县", "town": "丙镇"}, YES),
        ("甲丙站", {"county": "甲县", "town": "丙镇"}, YES),
        ("丙镇站", {"county": "甲县", "town": "丙镇"}, YES),
        ("丙镇站", {"town": "丙镇"}, YES),
        ("戊县丙镇站", {"town": "丙镇"}, UNKNOWN),
        ("丙镇站", {"county": "甲县"}, UNKNOWN),
        ("戊镇站", {"county": "甲县", "town": "丙镇"}, NO),
        ("甲县(丙)镇站", {"county": "甲县", "town": "(丙)镇"}, YES),
    ],
)
def test_a_template_with_a_piece_that_may_be_missing(text: str, site: dict[str, str], verdict: int) -> None:
    assert named(text, "[{county}]{town}站", site) == verdict


def test_signs_of_patterns_are_ordinary_text() -> None:
    assert named("a.b*站", "a.b*站", {}) == YES
    assert named("axbb站", "a.b*站", {}) == NO


@given(
    template=st.sampled_from(
        ["{county}公共法律服务中心", "[{city}][{county}]{town}[工作]站", "{town}{town}站[甲]", "[{town}]"]
    ),
    town=st.sampled_from(["青禾街道", "丙镇", "镇镇", "丙", "回族自治县"]),
    county=st.sampled_from(["兴庆区", "积石山保安族东乡族撒拉族自治县", "甲县", "甲"]),
    text=st.lists(
        st.sampled_from(["青禾", "街道", "丙", "镇", "兴庆区", "甲", "县", "公共法律服务中心",
                         "工作", "站", " ", "乙市", "积石山"]),
        max_size=8,
    ),
)  # fmt: skip
def test_listing_what_fits_and_a_pattern_of_it_agree(template: str, town: str, county: str, text: list[str]) -> None:
    site = {"city": "乙市", "county": county, "town": town}
    said = "".join(text)
    listed = named(said, template, site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "_fits", lambda *_: None)
        assert named(said, template, site) == listed


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("乙市甲县丙镇站", YES), ("甲县丙镇站", YES), ("丙镇站", YES), ("乙甲丙站", YES),
        ("乙市丙镇站", NO), ("[甲县]丙镇站", NO),
    ],
)  # fmt: skip
def test_a_piece_inside_a_piece(text: str, verdict: int) -> None:
    site = {"city": "乙市", "county": "甲县", "town": "丙镇"}
    assert named(text, "[[{city}]{county}]{town}站", site) == verdict
