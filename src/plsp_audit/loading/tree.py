"""Text to a raw tree: every scalar stays as it was written, and each type reads it later by its own rules."""

from __future__ import annotations

from typing import TypeAlias, cast

from plsp_audit.loading.characters import UNREADABLE, unix_lines, unreadable
from plsp_audit.loading.fast import GAVE_UP, read_fast
from plsp_audit.loading.hints import root_problem
from plsp_audit.loading.json_read import read_json
from plsp_audit.loading.locate import Kind, Marks, locate
from plsp_audit.loading.mend import BrokenTextError, Once, mend
from plsp_audit.loading.reference import read_once, read_yaml
from plsp_audit.model.problem import InputError, Place, Problem

__all__ = ["Kind", "Marks", "Tree", "locate", "read_tree"]

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"


def read_tree(text: str, file: str, kind: Kind = "yaml") -> Tree:
    """Read YAML or JSON text.

    Scalars keep the text that was written (`010`, `no`, `1:30`, `1e3`); only a plain `null`, `~` or nothing at all
    becomes None. JSON's numbers keep their text too, its true and false become those words.

    Args:
        text: The whole text.
        file: The name under which problems are reported.
        kind: Which of the two it is.

    Raises:
        InputError: The text is no text of that kind.
        BrokenTextError: The text breaks the syntax or the limits, or holds what such files may not: repeated keys,
            anchors that explode, tags, merge keys, a second document. Carries all problems that could be found.
    """
    text = unix_lines(text)
    if kind == "json":
        return cast("Tree", read_json(text, file))
    tree = read_fast(text)
    if tree is not GAVE_UP:
        return cast("Tree", tree)
    if UNREADABLE.search(text):
        fault = unreadable(text, file)
        raise InputError([fault] if fault else [])
    tree = read_yaml(text, file)
    if tree is None and not any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n")):
        raise InputError([Problem("file_empty", {}, Place(file))])
    fault = root_problem(text, tree, file)
    if fault is not None:
        first = [Once(None, [], fault)]
        raise BrokenTextError(mend(text, lambda tried: first.pop() if first else read_once(tried, file), "yaml"))
    return cast("Tree", tree)
