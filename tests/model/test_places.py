from __future__ import annotations

import pytest

from plsp_audit.model.places import same_place, without_suffix


@pytest.mark.parametrize(
    ("place", "base"),
    [
        ("宁夏回族自治区", "宁夏"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("隆林各族自治县", "隆林"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("东乡族自治县", "东乡族"),
        ("长白朝鲜族自治县", "长白"),
        ("凤凰北街街道", "凤凰北街"),
        ("新华社区", "新华"),
        ("阿拉善盟", "阿拉善"),
        ("县", "县"),
        ("兴庆", "兴庆"),
    ],
)
def test_what_a_place_is_called_without_its_suffix(place: str, base: str) -> None:
    assert without_suffix(place) == base
    assert same_place(place, base)
    assert same_place(base, place)


def test_different_places() -> None:
    assert not same_place("甲县", "甲区")
    assert not same_place("甲县", "乙县")
