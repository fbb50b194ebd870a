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
_NESTED = re.compile(r"\[[^\[\]]*(?=\[)")
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


Segment = tuple[tuple[tuple[str, str], ...], str]
"""Texts each followed by a place, and the text behind the last."""


def _segment(template: str) -> Segment:
    places, last = [], 0
    for match in _PLACE.finditer(template):
        places.append((squeezed(template[last : match.start()]), match[1]))
        last = match.end()
    return tuple(places), squeezed(template[last:])


@lru_cache(maxsize=1024)
def _segments(template: str) -> tuple[tuple[tuple[Segment, Segment], ...], Segment]:
    """Give a template's pieces, each with what stands before it, and what stands behind them all."""
    pieces, last = [], 0
    for match in _PIECE.finditer(template):
        pieces.append((_segment(template[last : match.start()]), _segment(match[1])))
        last = match.end()
    return tuple(pieces), _segment(template[last:])


def _texts(segment: Segment, site: Mapping[str, Any]) -> list[str] | None:
    """Give all that a segment may say; None where that is endless: a place without a suffix may take any."""
    places, rest = segment
    found = [""]
    for plain, name in places:
        full = squeezed(site[name])
        base = without_suffix(full)
        if full == base:
            return None
        found = [text + plain + place for text in found for place in (full, base)]
    return [text + rest for text in found] if rest else found


@lru_cache(maxsize=1024)
def _places_before(template: str) -> tuple[str, ...]:
    """Give the places that stand before the last optional piece ends."""
    end = max((match.end() for match in _PIECE.finditer(template)), default=0)
    return _places_of(template[:end])


@lru_cache(maxsize=4096)
def _beginnings(template: str, places: tuple[tuple[str, str], ...]) -> frozenset[str] | None:
    """Give all that may stand up to the end of the last optional piece: the same for all sites of a county.

    Returns:
        None where it is endless, or too much to list.
    """
    site = dict(places)
    found = [""]
    for before, piece in _segments(template)[0]:
        plain, maybe = _texts(before, site), _texts(piece, site)
        if plain is None or maybe is None:
            return None
        found = [text + one + other for text in found for one in plain for other in ("", *maybe)]
        if len(found) > MAX_PLATES:
            return None
    return frozenset(found)


def _fits(text: str, template: str, site: Mapping[str, Any]) -> bool | None:
    """Tell whether a text fits, where the site names all places; None where what fits cannot be listed."""
    beginnings = _beginnings(template, tuple([(name, site[name]) for name in _places_before(template)]))
    ends = _texts(_segments(template)[1], site) if beginnings is not None else None
    if beginnings is None or ends is None:
        return None
    return any(text.endswith(end) and text[: len(text) - len(end)] in beginnings for end in ends)


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


@lru_cache(maxsize=1024)
def _flat(template: str) -> tuple[str, ...]:
    """Give templates without a piece inside another that together allow the same: `[[a]b]c` is `[a]bc` or `c`."""
    found = _NESTED.search(template)
    start = found.start() if found else -1
    depth = 0
    for at in range(start, len(template)) if found else ():
        depth += {"[": 1, "]": -1}.get(template[at], 0)
        if not depth:
            before, inside, behind = template[:start], template[start + 1 : at], template[at + 1 :]
            return (*_flat(before + inside + behind), *_flat(before + behind))
    return (template,)


def named(text: str, template: str, site: Mapping[str, Any]) -> int:
    """Hold a name against a template (spec section 3.3, `named`).

    Args:
        text: What the plate says.
        template: Pieces in square brackets may be missing; `{county}` and its like come from the site.
        site: The site block.

    Returns:
        YES, NO, or UNKNOWN where the site does not give a place that is needed to tell.
    """
    return max(_named(text, one, site) for one in _flat(template))


def _named(text: str, template: str, site: Mapping[str, Any]) -> int:
    used = tuple((name, site.get(name)) for name in _places_of(template))
    if all(place for _, place in used):
        fits = _fits(squeezed(text), template, site)
        if fits is not None:
            return YES if fits else NO
    pattern, needed, optional = _compiled(template, used)
    if not needed:
        return UNKNOWN
    if pattern.fullmatch(squeezed(text)):
        return YES
    return NO if optional else UNKNOWN
