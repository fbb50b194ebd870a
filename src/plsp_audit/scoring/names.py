"""Names of places and plates: `{county}公共法律服务中心` against what the plate says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from plsp_audit.model.places import SUFFIX, without_suffix
from plsp_audit.model.text import squeezed
from plsp_audit.scoring.verdict import NO, UNKNOWN, YES

MAX_PLATES = 256
"""Texts that are listed, which is much quicker than a pattern; with more, a pattern is made."""

_PIECE = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")


def _place_pattern(place: str) -> str:
    full, base = squeezed(place), without_suffix(place)
    if full != base:
        return f"(?:{re.escape(full)}|{re.escape(base)})"
    return f"{re.escape(full)}{SUFFIX}?"


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
