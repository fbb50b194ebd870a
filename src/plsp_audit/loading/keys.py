"""The names that may stand in a mapping of a file, in both languages, and which of them was probably meant."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.problem import Worded
from plsp_audit.model.text import folded, nearest
from plsp_audit.model.vocabulary import KINDS, SITE_WORDS

Words = Mapping[str, tuple[str, ...]]
"""By key of a file: the other words it may be written as."""


def _site_words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for table in (*SITE_WORDS.values(), KINDS):
        for word, key in table.items():
            words[key] = (*words.get(key, ()), word)
    return words


SITE: Words = _site_words()
"""The Chinese words for the keys and kinds of a site file."""


def named(key: str, words: Words | None) -> str:
    """Give a key for a message: with its Chinese word where it has one."""
    chinese = (words or {}).get(key)
    return Worded(f"{chinese[0]}（{key}）", key) if chinese else key


def named_list(keys: Sequence[str], words: Words | None) -> str:
    """Give keys for a message."""
    return Worded("、".join(named(key, words) for key in keys), ", ".join(keys))


def near_key(key: str, keys: Sequence[str], words: Words | None) -> str | None:
    """Give the key that was probably meant, in the language in which it was written."""
    meant = {name: k for k in keys for name in (k, *(words or {}).get(k, ()))}
    found = nearest(key, meant, 1) or [name for name in meant if len(key) > 1 and _one_sign_off(key, name)]
    return found[0] if len(found) == 1 else None


def _one_sign_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def near_facts(name: str, facts: FactDictionary, more: Sequence[str] = ()) -> str:
    """Give the facts that were probably meant by `name`, and which of `more` names; empty where nothing is like it."""
    ids = {key: fid for fid, fact in facts.facts.items() for key in (fid, fact.label, *fact.aliases)}
    meant = dict.fromkeys(ids.get(found, found) for found in nearest(name, [*ids, *more]))
    words = [_fact_words(name, one, facts) for one in meant]
    return Worded("、".join(words), " / ".join(words))


def _fact_words(name: str, fid: str, facts: FactDictionary) -> str:
    """Name a fact by id and label to who wrote an id, by label alone to who wrote Chinese."""
    fact = facts.facts.get(fid)
    return fid if fact is None else f"{fid}（{fact.label}）" if name.isascii() else fact.label


def misplaced(key: str, keys: Sequence[str], words: Words | None) -> str | None:
    """Give the block of a site file in which `key` belongs, where it stands in another; empty for the top level."""
    if words is not SITE:
        return None
    for block in ("top", "site", "inspection"):
        table = SITE_WORDS[block]
        name = key if key in table.values() else table.get(folded(key))
        if name is not None and name not in keys:
            return "" if block == "top" else named(block, words)
    return None


def _members(annotation: Any) -> tuple[list[Any], list[str]]:
    """Strip Annotated, Optional and unions; give the plain types and the tags beside them."""
    tags: list[str] = []
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extra = get_args(annotation)
        tags = [e.tag for e in extra if isinstance(e, Tag)]
        found, more = _members(inner)
        return found, tags or more
    if origin in (Union, types.UnionType):
        return [arg for arg in get_args(annotation) if arg is not type(None)], tags
    return [annotation], tags


@cache
def _hints(model: type[BaseModel]) -> dict[str, Any]:
    return typing.get_type_hints(model, include_extras=True)


def _step(annotation: Any, step: str | int) -> Any:
    """Follow one step of an error's place through the types; None where it cannot be followed."""
    if isinstance(step, str) and step.startswith("~"):
        for member in _members(annotation)[0]:
            inner, tags = _members(member)
            if step in tags:
                return member
            if any(step in _members(one)[1] for one in inner):
                return _step(member, step)
        return annotation
    for member in _members(annotation)[0]:
        plain = _members(member)[0][0]
        origin, args = get_origin(plain), get_args(plain)
        if origin is dict or origin is list:
            return args[-1]
        if origin is tuple:
            return args[0] if len(args) == 2 and args[1] is Ellipsis else args[step] if isinstance(step, int) else None
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            for name, info in plain.model_fields.items():
                if step in (name, info.alias):
                    return _hints(plain).get(name, info.annotation)
    return None


def known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """Give the keys that may stand in the mapping at `path` of a file described by `model`."""
    annotation: Any = model
    for step in path:
        annotation = _step(annotation, step)
        if annotation is None:
            return []
    for member in _members(annotation)[0]:
        plain = _members(member)[0][0]
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            return [info.alias or name for name, info in plain.model_fields.items()]
    return []
