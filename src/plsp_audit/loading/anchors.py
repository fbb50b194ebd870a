"""Content that is named once (`&name`) and stands in several places (`*name`), kept from growing without end."""

from __future__ import annotations

from typing import Any, NamedTuple

from plsp_audit.loading.faults import Faults
from plsp_audit.loading.limits import MAX_CONTAINERS, MAX_SCALARS


class Extent(NamedTuple):
    """How much a piece of content holds when it is written out, and how deeply it nests."""

    scalars: int
    containers: int
    depth: int


ONE = Extent(1, 0, 0)


class Anchors:
    """The names of one file. A name for mere text that nothing points to is a fault: there `&` belongs to the text."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._named: dict[str, Any] = {}
        self._unused: dict[str, int] = {}

    def put(self, name: str, value: Any, offset: int) -> None:
        """Remember the content of a name; a later one of the same name takes its place."""
        self._named[name] = value
        if value is None or isinstance(value, str):
            self._unused[name] = offset

    def get(self, name: str, offset: int, around: list[Any]) -> tuple[Any, Extent] | None:
        """Give what a name stands for, and how much; None, and a fault, where it is nothing or what it stands in."""
        found = self._named.get(name, self)
        if found is self or any(node is found for node in around):
            self._faults.add_once("yaml_alias", offset, name=name)
            return None
        self._unused.pop(name, None)
        return found, (_extent(found) if isinstance(found, dict | list) else ONE)

    def finish(self) -> None:
        """Note the names that nothing points to."""
        for name, offset in self._unused.items():
            self._faults.add_once("yaml_anchor", offset, name=name)


def _extent(root: Any) -> Extent:
    """Count what is there when all names are written out, as far as a file may hold."""
    scalars = containers = deepest = 0
    left = [(root, 1)]
    while left and scalars <= MAX_SCALARS and containers <= MAX_CONTAINERS:
        node, depth = left.pop()
        containers += 1
        deepest = max(deepest, depth)
        children = node.values() if isinstance(node, dict) else node
        scalars += len(node) if isinstance(node, dict) else 0
        for child in children:
            if isinstance(child, dict | list):
                left.append((child, depth + 1))
            else:
                scalars += 1
    return Extent(scalars, containers, deepest)
