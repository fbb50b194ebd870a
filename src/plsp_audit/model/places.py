"""Names of places: 宁夏 is 宁夏回族自治区, with its suffix or without it."""

from __future__ import annotations

import re
from functools import lru_cache

from plsp_audit.model.text import squeezed

_SUFFIXES = (
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "街道",
    "社区",
    "省",
    "市",
    "县",
    "区",
    "乡",
    "镇",
    "村",
    "州",
    "盟",
    "旗",
)
_PEOPLES = [
    "各族", "蒙古族", "蒙古", "回族", "藏族", "维吾尔族", "维吾尔", "苗族", "彝族", "壮族", "布依族", "朝鲜族",
    "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "哈萨克", "傣族", "黎族", "傈僳族", "佤族",
    "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "柯尔克孜", "土族", "达斡尔族",
    "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "锡伯", "阿昌族", "普米族", "塔吉克族",
    "塔吉克", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族", "保安族", "裕固族", "京族", "塔塔尔族",
    "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族",
]  # fmt: skip
_ANY_PEOPLE = "(?:" + "|".join(sorted(_PEOPLES, key=len, reverse=True)) + ")"
_PEOPLE = re.compile(_ANY_PEOPLE + "$")
SUFFIX = "(?:" + "|".join(f"{_ANY_PEOPLE}*{s}" if s.startswith("自治") else s for s in _SUFFIXES) + ")"
"""A pattern of any suffix that a place's name may have."""

_NOT_A_PEOPLE = {"内蒙古"}


@lru_cache(maxsize=8192)
def without_suffix(place: str) -> str:
    """Give a place's name without its suffix, and without the people's name before 自治…: 宁夏回族自治区 → 宁夏."""
    name = squeezed(place)
    suffix = next((s for s in _SUFFIXES if name.endswith(s) and len(name) > len(s)), "")
    base = name.removesuffix(suffix) if suffix else name
    while suffix.startswith("自治") and base not in _NOT_A_PEOPLE and (match := _PEOPLE.search(base)) and match.start():
        base = base[: match.start()]
    return base


def same_place(one: str, other: str) -> bool:
    """Tell whether two names mean the same place: equal, or equal when one of them leaves its suffix out."""
    a, b = squeezed(one), squeezed(other)
    return a == b or without_suffix(a) == b or a == without_suffix(b)
