"""JSON text to a raw tree: the standard library where all is well, the strict scanner where there is a fault."""

from __future__ import annotations

import json
import re
from typing import Any

from plsp_audit.loading.characters import ESCAPED, UNREADABLE, place_of, unreadable
from plsp_audit.loading.faults import EnoughError, Faults
from plsp_audit.loading.json_scan import JsonFaultError, json_items
from plsp_audit.loading.limits import MAX_CONTAINERS, MAX_DEPTH, MAX_SCALARS
from plsp_audit.loading.mend import BrokenTextError, Once, mend
from plsp_audit.model.problem import InputError, Problem

# \u may hide half a surrogate or a control character, \b and \f are control characters.
_DOUBTFUL_ESCAPE = re.compile(r"\\[ubf]")


class _DoubtError(Exception):
    """The quick way cannot be sure."""


def read_json(text: str, file: str) -> Any:
    """Read JSON text. Numbers keep their text, true and false become words, null becomes None.

    Raises:
        InputError: With every problem that could be found.
    """
    try:
        return _quick(text)
    except (_DoubtError, ValueError, RecursionError):
        return read_json_strictly(text, file)


def _quick(text: str) -> Any:
    # Commas and brackets inside strings only make the count too high.
    if text.count("{") + text.count("[") > MAX_CONTAINERS or text.count(",") + text.count(":") > MAX_SCALARS:
        raise _DoubtError
    if _DOUBTFUL_ESCAPE.search(text) or UNREADABLE.search(text):
        raise _DoubtError
    tree = json.loads(text, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_refuse)
    return _words(tree, 0)


def _refuse(_: str) -> Any:
    raise _DoubtError


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _DoubtError
    return made


def _words(node: Any, depth: int) -> Any:
    kind = node.__class__
    if kind is bool:
        return "true" if node else "false"
    if kind is str or node is None:
        return node
    if depth >= MAX_DEPTH:
        raise _DoubtError
    if kind is list:
        for at, item in enumerate(node):
            if item.__class__ is not str:
                node[at] = _words(item, depth + 1)
    else:
        for key, item in node.items():
            if item.__class__ is not str:
                node[key] = _words(item, depth + 1)
    return node


def read_json_strictly(text: str, file: str) -> Any:
    """Read JSON text by the strict scanner: slower, and it knows where every fault is."""
    fault = unreadable(text, file)
    if fault is not None:
        raise InputError([fault])
    once = _read_once(text, file)
    if once.stop is None and not once.faults:
        return once.tree
    first = [once]
    raise BrokenTextError(mend(text, lambda tried: first.pop() if first else _read_once(tried, file), "json"))


def _read_once(text: str, file: str) -> Once:
    faults = Faults(text, file, "json")
    top: list[Any] = []
    stop, whole = None, False
    try:
        _build(text, faults, top)
        whole = True
    except JsonFaultError as error:
        stop = Problem(error.code, error.params, place_of(text, error.offset, file))
    except EnoughError:
        pass
    return Once(top[0] if whole else None, faults.found(), stop)


def _build(text: str, faults: Faults, top: list[Any]) -> None:
    stack: list[tuple[Any, str | None]] = []
    node: Any = top
    key: str | None = None
    scalars = containers = 0
    for mark, offset, value in json_items(text):
        if mark == "}":
            node, _ = stack.pop()
            key = None
            continue
        if mark == "=":
            scalars += 1
            if value is not None and ESCAPED.search(value):
                faults.add("file_escaped_control", offset)
            if node.__class__ is dict and key is None:
                key = value or ""
                if key in node:
                    path = tuple(len(above) - 1 if above.__class__ is list else str(name) for above, name in stack[1:])
                    faults.add_repeated(key, offset, (*path, key))
                    key = f"{key}\0{offset}"
                continue
        new: Any = value if mark == "=" else {} if mark == "{" else []
        if node.__class__ is list:
            node.append(new)
        else:
            node[key] = new
        if mark != "=":
            containers += 1
            if len(stack) >= MAX_DEPTH:
                raise faults.stop("file_too_deep", offset, limit=str(MAX_DEPTH))
            stack.append((node, key))
            node = new
        key = None
        if scalars > MAX_SCALARS or containers > MAX_CONTAINERS:
            limit = MAX_SCALARS if scalars > MAX_SCALARS else MAX_CONTAINERS
            raise faults.stop("file_too_many_values", offset, limit=str(limit))
