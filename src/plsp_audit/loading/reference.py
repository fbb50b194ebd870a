"""The reference reader of YAML: an iterative loop over parser events, which every other reader has to agree with.

It keeps the text of every scalar, and refuses what a form of answers never needs and what can hide a mistake.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from plsp_audit.loading.anchors import Anchors
from plsp_audit.loading.characters import ESCAPED, place_of
from plsp_audit.loading.events import NULLS, event_parser, has_odd_breaks, hide_breaks, show_breaks
from plsp_audit.loading.faults import EnoughError, Faults
from plsp_audit.loading.limits import MAX_CONTAINERS, MAX_DEPTH, MAX_SCALARS
from plsp_audit.loading.mend import BrokenTextError, Once, mend
from plsp_audit.loading.syntax import syntax_problem
from plsp_audit.model.problem import Problem

_TAG_HANDLE = re.compile(r"^%TAG", re.MULTILINE)
_WIDE_SPACES = ("\u3000", "\u00a0")
_AFTER_THE_END = frozenset(("yaml_second_document", "yaml_text_after_end"))


class _NoKey:
    """Stands where a mapping waits for its next key."""


_NO_KEY: Any = _NoKey()


def read_yaml(text: str, file: str) -> Any:
    """Read YAML text without unreadable characters, its lines ended by line feeds.

    Raises:
        BrokenTextError: With every problem that could be found, and what can be read all the same.
    """
    once = read_once(text, file)
    if once.stop is None and not once.faults:
        return once.tree
    first = [once]
    raise BrokenTextError(mend(text, lambda tried: first.pop() if first else read_once(tried, file), "yaml"))


def read_once(text: str, file: str) -> Once:
    """Read YAML text as far as it can be read."""
    handles = _TAG_HANDLE.search(text)
    if handles is not None:
        # The parser compares each with all others, which takes minutes for many.
        return Once(None, [], Problem("yaml_directive", {}, place_of(text, handles.start(), file)))
    odd = has_odd_breaks(text)
    faults = Faults(text, file)
    builder = _Builder(faults)
    stop, root = None, None
    try:
        builder.run(event_parser(hide_breaks(text) if odd else text))
        builder.anchors.finish()
        whole = True
    except EnoughError:
        whole = faults.problems[-1].code in _AFTER_THE_END
    except yaml.YAMLError as error:
        whole, stop = False, syntax_problem(error, text, file)
    if whole:
        root = builder.documents[0] if builder.documents else None
        stop = next((p for p in faults.problems if p.code == "yaml_wide_space_indent"), None)
    return Once(_shown(root) if odd else root, faults.found(), stop)


class _Builder:
    """Builds the tree of a file from its events; holds the faults met on the way."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.documents: list[Any] = []
        self.anchors = Anchors(faults)
        self._stack: list[tuple[Any, Any, Any]] = []
        self._document_count = 0
        self._containers = 0

    def run(self, parser: Any) -> None:
        """Take all events of `parser`; the loop is flat because nesting must not cost stack."""
        get, stack, faults = parser.get_event, self._stack, self.faults
        node: Any = self.documents
        key: Any = _NO_KEY
        count = 0
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent:
                value = event.value
                if not event.style:
                    if value in NULLS:
                        value = None
                elif event.style == '"' and ESCAPED.search(value):
                    faults.add("file_escaped_control", event.start_mark.index)
                if event.tag is not None or event.anchor is not None:
                    self._decorated(event, value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                new: Any = {} if kind is MappingStartEvent else []
                if event.tag is not None or event.anchor is not None:
                    self._decorated(event, new)
                node, key = self._open(event, node, key, new)
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node, key, _ = stack.pop()
                continue
            elif kind is AliasEvent:
                value, more = self._named(event, node, key)
                count += more - 1
            elif kind is StreamEndEvent:
                return
            else:
                self._document(event, kind)
                continue
            count += 1
            if node.__class__ is list:
                node.append(value)
            elif key is _NO_KEY:
                if value is None or value in node or value == "<<" or value.startswith(_WIDE_SPACES):
                    value = self._bad_key(event, node, value)
                key = value
            else:
                node[key] = value
                key = _NO_KEY
            if count > MAX_SCALARS:
                raise faults.stop("file_too_many_values", event.start_mark.index, limit=str(MAX_SCALARS))

    def _open(self, event: Any, node: Any, key: Any, new: Any) -> tuple[Any, Any]:
        stack, offset = self._stack, event.start_mark.index
        if len(stack) >= MAX_DEPTH:
            raise self.faults.stop("file_too_deep", offset, limit=str(MAX_DEPTH))
        self._containers += 1
        if self._containers > MAX_CONTAINERS:
            raise self.faults.stop("file_too_many_values", offset, limit=str(MAX_CONTAINERS))
        after = _NO_KEY
        if node.__class__ is list:
            node.append(new)
        elif key is _NO_KEY:
            self.faults.add("yaml_key_not_text", offset)
            after = key = _unique("", offset)
        else:
            node[key] = new
        stack.append((node, after, key))
        return new, _NO_KEY

    def _bad_key(self, event: Any, node: Any, value: str | None) -> str:
        offset = event.start_mark.index
        if value is None:
            self.faults.add("yaml_key_empty", offset)
        elif value in node:
            path = tuple(show_breaks(part) if isinstance(part, str) else part for part in (*self._path(), value))
            self.faults.add_repeated(show_breaks(value), offset, path)
        elif value == "<<":
            if getattr(event, "style", None):
                return value
            self.faults.add("yaml_merge", offset)
        elif getattr(event, "style", None):
            return value
        else:
            self.faults.add("yaml_wide_space_indent", offset, key=show_breaks(value).strip())
        return _unique(value or "", offset)

    def _path(self) -> tuple[str | int, ...]:
        """Give the keys and indexes that lead to the container being filled."""
        frames = self._stack[1:]
        return tuple(len(node) - 1 if node.__class__ is list else key for node, _, key in frames)

    def _named(self, event: Any, node: Any, key: Any) -> tuple[Any, int]:
        """Give what an alias stands for, and how many scalars that is."""
        offset = event.start_mark.index
        found = self.anchors.get(event.anchor, offset, [node, *(frame[0] for frame in self._stack)])
        if found is None:
            return _unique("", offset), 1
        value, extent = found
        self._containers += extent.containers
        if len(self._stack) + extent.depth > MAX_DEPTH:
            raise self.faults.stop("file_too_deep", offset, limit=str(MAX_DEPTH))
        if self._containers > MAX_CONTAINERS:
            raise self.faults.stop("file_too_many_values", offset, limit=str(MAX_CONTAINERS))
        if extent.containers and node.__class__ is dict and key is _NO_KEY:
            self.faults.add("yaml_key_not_text", offset)
            return _unique("", offset), 1
        return value, extent.scalars

    def _decorated(self, event: Any, value: Any) -> None:
        offset = event.start_mark.index
        if event.anchor is not None:
            self.anchors.put(event.anchor, value, offset)
        if event.tag is not None:
            self.faults.add("yaml_tag", offset, name=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _document(self, event: Any, kind: type) -> None:
        if kind is DocumentStartEvent:
            self._document_count += 1
            if self._document_count > 1:
                code = "yaml_second_document" if event.explicit else "yaml_text_after_end"
                raise self.faults.stop(code, event.start_mark.index)


def _unique(key: str, offset: int) -> str:
    return f"{key}\0{offset}"


def _shown(node: Any) -> Any:
    """Put the odd line separators back; nesting is at most 50 deep here."""
    if isinstance(node, str):
        return show_breaks(node)
    if isinstance(node, list):
        return [_shown(item) for item in node]
    if isinstance(node, dict):
        return {show_breaks(key): _shown(value) for key, value in node.items()}
    return node
