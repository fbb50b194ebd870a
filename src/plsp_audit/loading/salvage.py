"""Files with faults in their fixed part: what is left of them, so that the faults of the rest are told as well."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from plsp_audit.model.site import SiteFile
from plsp_audit.model.standard import StandardFile
from plsp_audit.model.text import folded
from plsp_audit.model.values import Fault, shown
from plsp_audit.model.vocabulary import KINDS, SITE_WORDS

Path = tuple[str | int, ...]
_ENGLISH = {block: frozenset(("plsp", *table.values())) for block, table in SITE_WORDS.items()}
_NEEDED = {
    "site": {"id": "x", "name": "x", "tier": "x"},
    "inspection": {"date": "2000-01-01"},
}
_WITHOUT_HARM = {"judgements": None, "self_scores": None, "evidence": None, "notes": None, "not_applicable": "x"}
"""By block: what may stand there for a faulty entry, so that its key is still looked at."""


def _renamed(node: Any, block: str, path: Path, faults: list[Fault]) -> Any:
    """Give a mapping with its fixed Chinese keys in English; a key given both ways is a fault."""
    if not isinstance(node, dict):
        return node
    words, known = SITE_WORDS[block], _ENGLISH[block]
    if node.keys() <= known:
        return dict(node)
    plain: dict[str, Any] = {}
    written: dict[str, str] = {}
    for key, value in node.items():
        name = key if key in known else words.get(folded(key), key)
        if name in plain:
            faults.append(Fault("key_twice", {"key": shown(key), "name": shown(written[name])}, (*path, key)))
            continue
        plain[name], written[name] = value, key
    return plain


def in_english(tree: Any, faults: list[Fault]) -> dict[str, Any]:
    """Give a site file with its fixed words in English; a word given both ways is a fault."""
    top: dict[str, Any] = _renamed(tree, "top", (), faults)
    for block in ("site", "inspection"):
        if block in top:
            top[block] = _renamed(top[block], block, (block,), faults)
    kind = top.get("inspection")
    if isinstance(kind, dict) and isinstance(kind.get("kind"), str):
        kind["kind"] = KINDS.get(folded(kind["kind"]), kind["kind"])
    judged = top.get("judgements")
    if isinstance(judged, dict):
        top["judgements"] = {
            rule: [_renamed(v, "judgement", ("judgements", rule, i), faults) for i, v in enumerate(value)]
            if isinstance(value, list) else _renamed(value, "judgement", ("judgements", rule), faults)
            for rule, value in judged.items()
        }  # fmt: skip
    if isinstance(top.get("waivers"), list):
        top["waivers"] = [_renamed(w, "waiver", ("waivers", i), faults) for i, w in enumerate(top["waivers"])]
    return top


def salvaged(raw: dict[str, Any], error: ValidationError) -> tuple[SiteFile | None, bool]:
    """Give what is left of a site file without what `error` complains about, and whether its tier is.

    Args:
        raw: The file in English.
        error: What is wrong with it.
    """
    tier_known = True
    # What readers give is shared between files, and not to be changed.
    raw = {key: value if key == "facts" else copy.deepcopy(value) for key, value in raw.items()}
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        path = tuple(step for step in detail["loc"] if not str(step).startswith("~"))
        tier_known = tier_known and path[:2] not in (("site",), ("site", "tier"))
        _drop(raw, path)
    raw["plsp"] = "site/1"
    for block, needed in _NEEDED.items():
        given = raw.get(block)
        raw[block] = {**needed, **(given if isinstance(given, dict) else {})}
    try:
        return SiteFile.model_validate(raw), tier_known
    except ValidationError:
        return None, False


def _drop(raw: dict[str, Any], path: Path) -> None:
    """Take away what is faulty, as little as can be."""
    block = raw.get(str(path[0])) if path else None
    if len(path) < 2 or not isinstance(block, dict | list):
        raw.pop(str(path[0]) if path else "", None)
    elif isinstance(block, list):
        _drop_row(block, path)
    elif path[0] in _WITHOUT_HARM and path[1] in block:
        block[str(path[1])] = _WITHOUT_HARM[str(path[0])]
    else:
        block.pop(str(path[1]), None)


def _drop_row(rows: list[Any], path: Path) -> None:
    number = path[1]
    if not isinstance(number, int) or number >= len(rows):
        return
    row = rows[number]
    if len(path) < 3 or path[2] == "rule" or not isinstance(row, dict):
        rows[number] = None
        return
    row.pop(str(path[2]), None)
    if path[2] == "reason":
        row["reason"] = "x"


_ROUNDS = 4
_HARMLESS = {"reason": "x", "set": {}}
"""What may stand in a change of a tailoring for what is faulty."""


def salvaged_standard(tree: Any) -> StandardFile | None:
    """Give what is left of a standard.yaml without what is faulty in it, each thing at its old place in lists."""
    raw = copy.deepcopy(tree)
    for _ in range(_ROUNDS):
        try:
            return StandardFile.model_validate(raw)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
        for detail in details:
            path = tuple(step for step in detail["loc"] if not str(step).startswith("~"))
            if not path or not _defused(raw, path, missing=detail["type"] == "missing"):
                return None
    return None


def _defused(raw: Any, path: Path, missing: bool) -> bool:
    """Take one faulty thing out of a raw standard; tell whether that can be done without making up another."""
    holder = raw
    for step in path[:-1]:
        inside = isinstance(holder, dict) and step in holder
        if not inside and not (isinstance(holder, list) and step in range(len(holder))):
            return False
        holder = holder[step]
    if path[0] == "tailoring" and len(path) > 2:
        if path[-1] in _HARMLESS and len(path) == 4 and isinstance(holder, dict):
            holder[path[-1]] = _HARMLESS[str(path[-1])]
        elif path[1] == "parameters":
            raw["tailoring"]["parameters"].pop(path[2], None)
        elif missing or len(path) == 3 or path[-1] == "rule":
            raw["tailoring"].pop(path[1], None)
        else:
            holder.pop(path[-1], None)
        return True
    if missing or not isinstance(holder, dict):
        return False
    holder.pop(path[-1], None)
    return True
