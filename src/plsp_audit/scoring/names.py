"""Names of places and plates: `{county}公共法律服务中心` against what the plate says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from plsp_audit.model.text import squeezed
from plsp_audit.scoring.verdict import NO, UNKNOWN, YES

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
_SUFFIX = "(?:" + "|".join(f"{_ANY_PEOPLE}*{s}" if s.startswith("自治") else s for s in _SUFFIXES) + ")"
_NOT_A_PEOPLE = {"内蒙古"}
MAX_PLATES = 256
"""Texts that are listed, which is much quicker than a pattern; with more, a pattern is made."""

_PIECE = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")


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


def _place_pattern(place: str) -> str:
    full, base = squeezed(place), without_suffix(place)
    if full != base:
        return f"(?:{re.escape(full)}|{re.escape(base)})"
    return f"{re.escape(full)}{_SUFFIX}?"


def _pattern(template: str, site: Mapping[str, Any]) -> tuple[str, bool]:
    """Give the regular expression of a piece, and whether the site gives all its places."""
    pattern, last, whole = "", 0, True
    for match in _PLACE.finditer(template):
        pattern += re.escape(squeezed(template[last : match.start()]))
        place = site.get(match[1])
        if place:
            pattern += _place_pattern(place)
        else:
            whole = False
        last = match.end()
    return pattern + re.escape(squeezed(template[last:])), whole


def _texts(template: str, site: Mapping[str, Any]) -> list[str] | None:
    """Give all that a piece may say; None where that is endless: a place without a suffix may take any."""
    found, last = [""], 0
    for match in _PLACE.finditer(template):
        plain = squeezed(template[last : match.start()])
        full = squeezed(site[match[1]])
        base = without_suffix(full)
        if full == base:
            return None
        found = [text + plain + place for text in found for place in (full, base)]
        last = match.end()
    rest = squeezed(template[last:])
    return [text + rest for text in found]


def _plates(template: str, site: Mapping[str, Any]) -> frozenset[str] | None:
    """Give every text that fits, where the site names all places and they are not too many to list."""
    found, last = [""], 0
    for match in _PIECE.finditer(template):
        plain, piece = _texts(template[last : match.start()], site), _texts(match[1], site)
        if plain is None or piece is None:
            return None
        found = [text + before + after for text in found for before in plain for after in ("", *piece)]
        if len(found) > MAX_PLATES:
            return None
        last = match.end()
    plain = _texts(template[last:], site)
    return None if plain is None else frozenset(text + rest for text in found for rest in plain)


@lru_cache(maxsize=4096)
def _compiled(template: str, places: tuple[tuple[str, str | None], ...]) -> tuple[re.Pattern[str], bool, bool]:
    site = dict(places)
    pattern, last, needed, optional = "", 0, True, True
    for match in _PIECE.finditer(template):
        plain, whole = _pattern(template[last : match.start()], site)
        piece, piece_whole = _pattern(match[1], site)
        pattern += plain + (f"(?:{piece})?" if piece_whole else "")
        needed, optional = needed and whole, optional and piece_whole
        last = match.end()
    plain, whole = _pattern(template[last:], site)
    return re.compile(pattern + plain), needed and whole, optional


@lru_cache(maxsize=1024)
def _places_of(template: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_PLACE.findall(template)))


def named(text: str, template: str, site: Mapping[str, Any]) -> int:
    """Hold a name against a template (spec section 3.3, `named`).

    Args:
        text: What the plate says.
        template: Pieces in square brackets may be missing; `{county}` and its like come from the site.
        site: The site block.

    Returns:
        YES, NO, or UNKNOWN where the site does not give a place that is needed to tell.
    """
    used = tuple((name, site.get(name)) for name in _places_of(template))
    if all(place for _, place in used):
        plates = _plates(template, site)
        if plates is not None:
            return YES if squeezed(text) in plates else NO
    pattern, needed, optional = _compiled(template, used)
    if not needed:
        return UNKNOWN
    if pattern.fullmatch(squeezed(text)):
        return YES
    return NO if optional else UNKNOWN
