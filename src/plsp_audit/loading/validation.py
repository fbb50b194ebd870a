"""What pydantic finds wrong, told to inspectors: the place in the file, the fault, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plsp_audit.loading.document import Document
from plsp_audit.loading.keys import Words, known_keys, misplaced, named, named_list, near_key
from plsp_audit.loading.tree import Tree
from plsp_audit.model.catalogue import known
from plsp_audit.model.problem import InputError, Problem, Worded
from plsp_audit.model.values import Fault, shown

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
#: More faults of one file than this are counted, not told: nobody reads them, and each costs time and memory.
MAX_FAULTS = 300
#: More entries than this are not held against a model.
MAX_ENTRIES = 60_000
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
#: What may be meant where a check, an award and the like cannot be told.
FORMS = {
    "bad_check": ("fact", "all", "any", "not", "each", "count", "sum", "ratio", "percent", "judged"),
    "bad_measure": ("count", "sum", "ratio", "percent"),
    "bad_award": ("share", "each_missing", "each_met", "over", "deduct", "per", "judged"),
    "bad_branch": ("when", "per", "missing_of", "judged"),
    "bad_operand": ("fact", "by"),
}
#: Faults of the name, not of what stands behind it.
_AT_KEY = frozenset(
    {
        "unknown_fact",
        "unknown_fact_near",
        "fact_twice",
        "unknown_field",
        "unknown_field_near",
        "choices_keys",
        "unknown_rule",
        "unknown_rule_near",
        "rule_of_another_tier",
        "not_a_part",
        "no_parts",
        "whole_rule_wanted",
        "unknown_fact_or_rule",
        "unknown_fact_or_rule_near",
        "key_twice",
        "not_judged",
        "judge_the_part",
        "na_not_allowed",
        "key_not_offered",
        "key_not_offered_near",
        "key_count_in_text",
        "key_members_not_parted",
        "key_text_too_long",
        "key_member_twice",
    }
)


def raw_path(tree: Tree, path: Sequence[str | int], words: Words | None = None) -> Path:
    """Give the path as the file writes it, as far as it goes: without union tags, keys as they are written."""
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


def _value(given: object) -> str:
    """Give a value for a message; what is no text is told by its kind."""
    if given is None or isinstance(given, str) and not given.strip():
        return Worded("空白", "nothing")
    if isinstance(given, Mapping):
        return Worded("一组内容", "several entries")
    return Worded("一个列表", "a list") if isinstance(given, list | tuple) else shown(given)


def _expected(ctx: Mapping[str, Any], words: Words | None) -> str:
    """Give the allowed values that pydantic lists in its own way, with their Chinese words."""
    expected = str(ctx.get("expected", ""))
    return named_list(re.findall(r"'([^']*)'", expected) or [expected.lower()], words)


def _problem(error: ErrorDetails, model: type[BaseModel], path: Path, words: Words | None, hints: bool) -> Problem:
    kind, ctx, given = error["type"], error.get("ctx") or {}, error.get("input")
    # Steps that begin with ~ are no keys but which of several forms was meant; an unknown key may begin so as well.
    loc = tuple(step for step in error["loc"] if not str(step).startswith("~"))
    loc = (*loc, error["loc"][-1]) if kind == "extra_forbidden" and loc[-1:] != error["loc"][-1:] else loc
    code = _CODES.get(kind, f"schema.{kind}")
    params = {k: str(v)[:200] for k, v in ctx.items() if k != "error"}
    if kind == "missing" and isinstance(loc[-1], int):
        code, params["key"] = "schema.pair_wanted", _key_text(loc[:-1])
    elif kind == "missing":
        params["key"] = named(str(loc[-1]), words)
    elif kind == "extra_forbidden" and path[-1:] != loc[-1:] and words is None:
        params["key"] = shown(loc[-1])
    else:
        params["key"] = _key_text(path if len(loc) != 1 or words is not None else loc)
    params["value"] = _value(given)
    if kind == "extra_forbidden":
        keys = known_keys(model, error["loc"][:-1])
        near = near_key(str(loc[-1]), keys, words) if hints else None
        block = misplaced(str(loc[-1]), keys, words)
        params["known"] = named_list(keys, words)
        if block is not None:
            code, params["block"] = "schema.misplaced_key" if block else "schema.misplaced_top", block
        elif near is not None:
            code, params["near"] = "schema.unknown_key_near", near
    elif code == "schema.mapping_wanted" and isinstance(given, str) and (slip := glued(given)):
        code, params["near"] = "schema.glued", slip
    elif given is None and kind.endswith("_type"):
        code = "schema.not_filled"
    elif not loc and code == "schema.mapping_wanted":
        code = "schema.file_mapping_wanted"
    elif kind in FORMS and hints:
        meant = given if isinstance(given, str) else next(iter(given), "") if isinstance(given, Mapping) else ""
        near = near_key(str(meant), FORMS[kind], None) if meant else None
        code, params["near"] = (f"{code}_near", near) if near is not None else (code, "")
    elif kind == "literal_error":
        params["expected"] = _expected(ctx, words)
    if not known(code):
        code, params["fault"] = "schema.other", error["msg"]
    return Problem(code, params, path=loc)


_GLUED = re.compile(r"([^\s:：]{1,40})[:：](?=\S)(.{1,40})")


def glued(text: str) -> str:
    """Give `name: content` as it was meant where a line has a colon that YAML takes for text; else nothing."""
    found = _GLUED.match(text)
    return f"{found[1]}: {found[2]}" if found else ""


def _key_text(path: Path) -> str:
    """Name the node at `path`: its key, or which one of a list it is."""
    words = [number for number, step in enumerate(path) if isinstance(step, str)]
    if not path:
        return Worded("文件", "the file")
    name, numbers = shown(path[words[-1]]) if words else "", path[words[-1] + 1 if words else 0 :]
    if not numbers:
        return name
    zh, en = "".join(f"第{int(n) + 1}项" for n in numbers), ", ".join(f"entry {int(n) + 1}" for n in numbers)
    return Worded(f"{name}（{zh}）", f"{name} ({en})")


def problems_of(error: ValidationError, model: type[BaseModel], document: Document,
                words: Words | None = None, prefix: Path = ()) -> list[Problem]:
    """Translate every validation error, each at the nearest place in the file that is known.

    Args:
        error: What pydantic raised.
        model: The model that was validated.
        document: The file.
        words: Other ways to write a key, by key.
        prefix: Where in the file the validated mapping stands.
    """
    found = []
    details = error.errors(include_url=False)
    for number, detail in enumerate(details[:MAX_FAULTS]):
        path = raw_path(document.tree, (*prefix, *detail["loc"]), words)
        problem = _problem(detail, model, path, words, hints=number < MAX_FAULTS)
        if "key" in problem.params and (head := document.called(path)) is not None:
            problem = replace(problem, params={**problem.params, "key": shown(head)})
        whole = detail["type"] == "extra_forbidden"
        found.append(Problem(problem.code, problem.params, document.place(path, key=whole), path))
    if len(details) > MAX_FAULTS:
        found.append(too_many_faults(document))
    return found


def too_many_faults(document: Document) -> Problem:
    """Give the problem of a file that has more faults than are told."""
    return Problem("schema.more_faults", {"limit": str(MAX_FAULTS)}, document.place(()))


def validated(model: type[M], raw: Any, document: Document, words: Words | None = None, prefix: Path = ()) -> M:
    """Read `raw` as `model`.

    Raises:
        InputError: Everything that is wrong with it.
    """
    if entries(raw) > MAX_ENTRIES:
        raise InputError([Problem("schema.too_many_entries", {"limit": str(MAX_ENTRIES)}, document.place(prefix))])
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise InputError(problems_of(error, model, document, words, prefix)) from None


def entries(node: Any) -> int:
    """Count everything in a raw tree, no further than matters."""
    count, open_nodes = 0, [node]
    while open_nodes and count <= MAX_ENTRIES:
        node = open_nodes.pop()
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        count += len(children)
        open_nodes += [child for child in children if child.__class__ is dict or child.__class__ is list]
    return count


def fault_problems(faults: Sequence[Fault], document: Document, words: Words | None = None) -> list[Problem]:
    """Give the problems of values that cannot be read, each at its place."""
    found = []
    for fault in faults[:MAX_FAULTS]:
        path = raw_path(document.tree, fault.path, words)
        place = document.place(path, key=fault.code in _AT_KEY)
        found.append(Problem(f"input.{fault.code}", fault.params, place, path))
    if len(faults) > MAX_FAULTS:
        found.append(too_many_faults(document))
    return found
