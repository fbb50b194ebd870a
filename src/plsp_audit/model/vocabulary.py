"""The Chinese words by which the fixed keys and values of a site file may be written, and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from plsp_audit.model.catalogue import say

Block = Literal["top", "site", "inspection", "judgement", "waiver"]

_KEYS: Final[Mapping[Block, tuple[str, tuple[str, ...]]]] = {
    "top": (
        "site",
        (
            "site",
            "standard",
            "inspection",
            "not_rated",
            "facts",
            "judgements",
            "self_scores",
            "not_applicable",
            "waivers",
            "evidence",
            "notes",
        ),
    ),
    "site": ("site", ("id", "name", "tier", "province", "city", "county", "town", "village", "head", "phone")),
    "inspection": ("inspection", ("date", "kind", "team", "inspectors", "methods")),
    "judgement": ("judgement", ("points", "deduct", "note")),
    "waiver": ("waiver", ("rule", "reason", "approved_by", "until")),
}


def _words(table: str, keys: tuple[str, ...]) -> Mapping[str, str]:
    return MappingProxyType({say(f"label.{table}.{key}"): key for key in keys})


SITE_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {block: _words(table, keys) for block, (table, keys) in _KEYS.items()}
)
"""By block (`top`, `site`, `inspection`, `judgement`, `waiver`): Chinese word -> key, as in 场所 -> `site`."""

KINDS: Final[Mapping[str, str]] = _words("kind", ("self", "acceptance", "recheck", "spot_check"))
"""Chinese word -> kind of inspection, as in 验收 -> `acceptance`."""

METHODS: Final[tuple[str, ...]] = tuple(
    _words("method", ("visit", "records", "talks", "scoring", "hearing", "testing", "interviews", "platform"))
)
"""The usual words for a method of checking; the list is free."""
