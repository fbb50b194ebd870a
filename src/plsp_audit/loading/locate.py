"""Where in a text the nodes of its tree stand. Read only when there is something to complain about."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Literal

import yaml
from yaml.events import MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from plsp_audit.loading.characters import UNREADABLE, unix_lines
from plsp_audit.loading.events import event_parser, has_odd_breaks, hide_breaks, show_breaks
from plsp_audit.loading.json_scan import Item, JsonFaultError, json_items
from plsp_audit.loading.limits import MAX_CONTAINERS, MAX_DEPTH, MAX_SCALARS

Kind = Literal["yaml", "json"]


class Marks:
    """The places of all nodes of a text, found in one parse. A broken text has places up to the break."""

    def __init__(self, text: str, kind: Kind = "yaml") -> None:
        text = unix_lines(text)
        self._breaks = array("L", (at for at, char in enumerate(text) if char == "\n"))
        # One entry a node, in the order of the text; a subtree is a run of entries.
        self._at = array("L")
        self._key_at = array("L")
        self._size = array("L")
        self._keys: list[str | None] = []
        self._children: dict[int, dict[str | int, int]] = {}
        self._read(json_items(text) if kind == "json" else _yaml_items(text))

    def at(self, path: tuple[str | int, ...], key: bool = False) -> tuple[int, int]:
        """Give the line and column, from 1, of the node at `path` or of its nearest ancestor that exists.

        Args:
            path: Keys and list indexes from the top.
            key: Give the place of the node's key instead of its value, where the node exists and has one.
        """
        if not self._at:
            return 1, 1
        node, reached = 0, 0
        for part in path:
            child = self._children_of(node).get(part)
            if child is None:
                break
            node, reached = child, reached + 1
        wants_key = key and reached == len(path) and self._keys[node] is not None
        offset = (self._key_at if wants_key else self._at)[node]
        line = bisect_right(self._breaks, offset - 1) if offset else 0
        return line + 1, offset - (self._breaks[line - 1] if line else -1)

    def _read(self, items: Iterator[Item]) -> None:
        stack: list[tuple[int, str]] = []
        key: tuple[str, int] | None = None
        keys: dict[str, str] = {}
        try:
            for mark, offset, text in items:
                if mark == "}":
                    node, _ = stack.pop()
                    self._size[node] = len(self._at) - node
                    continue
                if mark == "=" and stack and stack[-1][1] == "{" and key is None:
                    text = text or ""
                    key = keys.setdefault(text, text), offset
                    continue
                if len(self._at) > MAX_SCALARS + MAX_CONTAINERS:
                    break
                self._keys.append(key[0] if key else None)
                self._key_at.append(key[1] if key else offset)
                self._at.append(offset)
                self._size.append(1)
                key = None
                if mark != "=":
                    stack.append((len(self._at) - 1, mark))
        except (yaml.YAMLError, JsonFaultError):
            pass
        for node, _ in stack:
            self._size[node] = len(self._at) - node

    def _children_of(self, node: int) -> dict[str | int, int]:
        known = self._children.get(node)
        if known is not None:
            return known
        children: dict[str | int, int] = {}
        child, end = node + 1, node + self._size[node]
        while child < end:
            name: str | int | None = self._keys[child]
            if name is None:
                name = len(children)
            elif name in children:
                # The first of two equal keys keeps the name; the readers call the second one so too.
                name = f"{name}\0{self._key_at[child]}"
            children[name] = child
            child += self._size[child]
        self._children[node] = children
        return children


def locate(text: str, path: tuple[str | int, ...], kind: Kind = "yaml", key: bool = False) -> tuple[int, int]:
    """Give the line and column of one node; `Marks` answers many questions for the price of one."""
    return Marks(text, kind).at(path, key)


def _yaml_items(text: str) -> Iterator[Item]:
    """Go through the first document; a mapping that stands as a key is passed over as an empty key."""
    if UNREADABLE.search(text):
        return
    show = show_breaks if has_odd_breaks(text) else str
    get = event_parser(hide_breaks(text)).get_event
    # For every open container: is it a mapping, and is its next child a key.
    stack: list[list[bool]] = []
    hidden = 0
    while True:
        event: Any = get()
        if event is None:
            return
        offset: int = event.start_mark.index
        opens = isinstance(event, (MappingStartEvent, SequenceStartEvent))
        if not isinstance(event, NodeEvent):
            if not event.__class__.__name__.endswith(("MappingEndEvent", "SequenceEndEvent")):
                continue
            if hidden:
                hidden -= 1
                continue
            stack.pop()
            yield "}", offset, None
            if not stack:
                return
            continue
        if hidden:
            hidden += opens
            continue
        is_key = _turn(stack)
        if opens and is_key:
            hidden = 1
            yield "=", offset, f"\0{offset}"
        elif opens:
            if len(stack) >= MAX_DEPTH:
                return
            mapping = isinstance(event, MappingStartEvent)
            stack.append([mapping, True])
            yield "{" if mapping else "[", offset, None
        else:
            yield "=", offset, _scalar_text(event, show)


def _turn(stack: list[list[bool]]) -> bool:
    """Tell whether the next child of the open container is a key, and turn from key to value or back."""
    if not stack or not stack[-1][0]:
        return False
    is_key = stack[-1][1]
    stack[-1][1] = not is_key
    return is_key


def _scalar_text(event: Any, show: Any) -> str:
    return str(show(event.value)) if isinstance(event, ScalarEvent) else f"\0{event.start_mark.index}"
