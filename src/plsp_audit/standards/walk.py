"""Going through everything a rule is made of, each piece with its place below the rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from plsp_audit.model.base import Strict
from plsp_audit.model.checks import Rows
from plsp_audit.model.facts import Fact, FactDictionary

Path = tuple[str | int, ...]


class Node(NamedTuple):
    """A piece of a rule, its path as the file writes it, and the records fact whose rows are looked at there."""

    path: Path
    value: Any
    row: Fact | None


def nodes(value: Any, facts: FactDictionary, path: Path = (), row: Fact | None = None) -> Iterator[Node]:
    """Give a piece and everything below it, from the top, in the order of the model."""
    if isinstance(value, Strict):
        yield Node(path, value, row)
        inner = facts.get(value.of) if isinstance(value, Rows) else row
        for name, info in type(value).model_fields.items():
            yield from nodes(getattr(value, name), facts, (*path, info.alias or name), inner)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from nodes(item, facts, (*path, number), row)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from nodes(item, facts, (*path, key), row)
