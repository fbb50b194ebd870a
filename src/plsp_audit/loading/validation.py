"""What pydantic finds wrong, told to inspectors: the place in the file, the fault, and what would be right."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from plsp_audit.loading.read_file import RawDocument
from plsp_audit.loading.tree import Tree
from plsp_audit.model.catalogue import known
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.text import nearest
from plsp_audit.model.values import Fault, shown

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
_CODES = {
    "extra_forbidden": "schema.unknown_key",
    "missing": "schema.missing_key",
    "string_type": "schema.text_wanted",
    "dict_type": "schema.mapping_wanted",
    "model_type": "schema.mapping_wanted",
    "model_attributes_type": "schema.mapping_wanted",
    "list_type": "schema.list_wanted",
    "tuple_type": "schema.list_wanted",
    "literal_error": "schema.one_of_wanted",
    "int_parsing": "schema.whole_number_wanted",
    "int_type": "schema.whole_number_wanted",
    "int_from_float": "schema.whole_number_wanted",
}


def raw_path(tree: Tree, path: Sequence[str | int], words: Mapping[str, tuple[str, ...]] | None = None) -> Path:
    """Give the path as the file writes it, as far as it goes: without union tags, Chinese keys where they stand."""
    node: Any = tree
    real: list[str | int] = []
    for step in path:
        if isinstance(step, str) and step.startswith("~") and not (isinstance(node, dict) and step in node):
            continue
        key: str | int | None = step
        if isinstance(node, dict) and step not in node:
            key = next((w for w in (words or {}).get(str(step), ()) if w in node), None)
        if isinstance(node, dict) and key in node:
            node = node[key]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
        real.append(key if key is not None else step)
    return tuple(real)


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
        found = []
        for arg in get_args(annotation):
            if arg is not type(None):
                found.append(arg)
        return found, tags
    return [annotation], tags


def _step(annotation: Any, step: str | int) -> Any:
    """Follow one step of an error's place through the types; None where it cannot be followed."""
    if isinstance(step, str) and step.startswith("~"):
        for member in _members(annotation)[0]:
            if step in _members(member)[1]:
                return member
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
                    return typing.get_type_hints(plain, include_extras=True).get(name, info.annotation)
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


def _problem(error: ErrorDetails, model: type[BaseModel]) -> Problem:
    kind, loc = error["type"], tuple(error["loc"])
    code = _CODES.get(kind, f"schema.{kind}")
    params = {k: shown(v) for k, v in (error.get("ctx") or {}).items() if k != "error"}
    key = str(loc[-1]) if loc else ""
    params.setdefault("key", shown(key))
    params.setdefault("value", shown(error.get("input")))
    if kind == "extra_forbidden":
        keys = known_keys(model, loc[:-1])
        near = nearest(key, keys, 1)
        params["known"] = "、".join(keys)
        if near:
            code, params["near"] = "schema.unknown_key_near", near[0]
    if not known(code):
        code, params["fault"] = "schema.other", error["msg"]
    return Problem(code, params, path=loc)


def problems_of(
    error: ValidationError,
    model: type[BaseModel],
    document: RawDocument,
    words: Mapping[str, tuple[str, ...]] | None = None,
    prefix: Path = (),
) -> list[Problem]:
    """Translate every validation error, each at the nearest place in the file that is known.

    Args:
        error: What pydantic raised.
        model: The model that was validated.
        document: The file.
        words: Other ways to write a key, by key.
        prefix: Where in the file the validated mapping stands.
    """
    found = []
    for detail in error.errors(include_url=False):
        problem = _problem(detail, model)
        path = raw_path(document.tree, (*prefix, *problem.path), words)
        whole = detail["type"] == "extra_forbidden"
        found.append(Problem(problem.code, problem.params, document.place(path, key=whole), path))
    return found


def validated(
    model: type[M],
    raw: Any,
    document: RawDocument,
    words: Mapping[str, tuple[str, ...]] | None = None,
    prefix: Path = (),
) -> M:
    """Read `raw` as `model`.

    Raises:
        InputError: Everything that is wrong with it.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise InputError(problems_of(error, model, document, words, prefix)) from None


def fault_problems(
    faults: Sequence[Fault], document: RawDocument, words: Mapping[str, tuple[str, ...]] | None = None
) -> list[Problem]:
    """Give the problems of values that cannot be read, each at its place."""
    found = []
    for fault in faults:
        path = raw_path(document.tree, fault.path, words)
        at_key = fault.code in ("unknown_fact", "unknown_fact_near", "fact_twice", "unknown_field")
        place: Place = document.place(path, key=at_key)
        found.append(Problem(f"input.{fault.code}", fault.params, place, path))
    return found
