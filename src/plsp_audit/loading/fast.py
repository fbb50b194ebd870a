"""A quick reader for the plain shape that these files nearly always have, about five times as fast as the parser.

It works line by line on block mappings and lists, with plain or simply quoted values and bracketed lists and
mappings, and gives up on everything else. What it does give is exactly what the reference reader gives; the
property tests hold the two against each other.
"""

from __future__ import annotations

import re
from typing import Any, Final

from plsp_audit.loading.characters import printable
from plsp_audit.loading.events import NULLS


class _GaveUp:
    """Says that the text is for the reference reader."""


GAVE_UP: Final = _GaveUp()

#: Larger texts go to the reference reader: all lines of a text are held at once here.
_MAX_LENGTH = 256 * 1024
_MAX_OPEN = 40
_MAX_BRACKETS = 4
_KNOWN: dict[str, Any] = {}
_MOST_KNOWN = 5000

# Tabs, carriage returns, odd line separators, control characters, marks, half surrogates, no characters.
_DOUBT = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

# Every repetition is possessive: no line, however long and odd, makes the matching go back and forth.
_KEY = r"(\w[\w./()（）-]{0,120}+):"
_FIRST = r"""(?:[^\s\-?:,\[\]{}#&*!|>'"%@`]|-(?=\w))"""
_SKIP = r"(?:[ ]*+(?:\#[^\n]*+)?+\n)*+"
_HEAD = re.compile(rf"{_SKIP}(?:---[ ]*+\n{_SKIP})?+")
_LINE = re.compile(
    rf"""
    ([ ]*+) (-[ ]++)?+ (?:{_KEY}(?=[ \n])[ ]*+)?+        # indentation, dash, key
    (
        {_FIRST}[^:\#\n]*+(?:(?::(?=\S)|(?<=[^ ])\#)[^:\#\n]*+)*+
      | [\[{{][^\n\#]*+(?:(?<=[,\[{{])\n[ ]++[^\n\#]*+)*+  # brackets; a line that ends with a comma goes on
      | "[^"\\\n]*+"
      | '[^'\n]*+'
      |
    )
    [ ]*+(?:(?<=[ ])\#[^\n]*+)?+\n                          # a comment
    {_SKIP}
  | [^\n]*+\n                                               # anything else: no group matches
    """,
    re.VERBOSE,
)

# Inside brackets; a last group takes one character of anything else.
_ITEM = rf"""{_FIRST}[^,\[\]{{}}:#"'?\n]*+(?::(?=\w)[^,\[\]{{}}:#"'?\n]*+)*+"""
_LIST = re.compile(rf"\[ *+{_ITEM}(?:, *+{_ITEM})*+\]")
_QUOTED = r"""(?:"[^"\\\n]*+"|'[^'\n]*+'(?!'))"""
_PAIR = re.compile(rf"{_KEY} ++({_ITEM}|{_QUOTED})")
_MAP = re.compile(rf"\{{{_PAIR.pattern}(?:,[ \n]*+{_PAIR.pattern})*+\}}")
# One entry with its key, the brackets that open or end with it, and the comma after it.
_ENTRY = re.compile(rf"[ \n]*+(?:{_KEY} ++)?+(?:([\[{{])|({_QUOTED}|{_ITEM}))[ \n]*+([\]}}]*+)[ \n]*+(,?)|([^ \n])")


def read_fast(text: str) -> Any:
    """Give the tree of `text`, or `GAVE_UP` where there is the slightest doubt."""
    if len(text) > _MAX_LENGTH or (not printable(text) and _DOUBT.search(text)):
        return GAVE_UP
    if text[-1:] != "\n":
        text += "\n"
    head = _HEAD.match(text)
    lines = _LINE.findall(text, head.end() if head else 0)
    if not lines:
        return GAVE_UP
    return _block(lines)


def _block(lines: list[tuple[str, str, str, str]]) -> Any:
    """Build the tree by indentation: a stack of open containers with the columns that their entries stand at."""
    root: Any = [] if lines[0][1] else {}
    node, level = root, 0
    stack: list[tuple[Any, int]] = []
    open_key: str | None = None
    for indent, dash, key, value in lines:
        column = len(indent)
        if open_key is not None and (column > level or dash and column == level):
            new: Any = [] if dash else {}
            node[open_key] = new
            stack.append((node, level))
            node, level = new, column
        open_key = None
        while column < level:
            node, level = stack.pop()
        if column != level or (dash and node.__class__ is dict):
            return GAVE_UP
        if dash:
            if key:
                new = {}
                node.append(new)
                stack.append((node, level))
                node, level = new, column + len(dash)
        elif node.__class__ is list:
            # A list may stand at the column of the key that it belongs to.
            if not key or not stack or stack[-1][1] != column:
                return GAVE_UP
            node, level = stack.pop()
        if len(stack) > _MAX_OPEN:
            return GAVE_UP
        item: Any = value.rstrip(" ")
        if item in NULLS:
            item = None
        elif item[0] in "[{\"'":
            item = item[1:-1] if item[0] in "\"'" else _brackets(item)
            if item is GAVE_UP:
                return GAVE_UP
        if key:
            if key in node or key in NULLS:
                return GAVE_UP
            node[key] = item
            if not value:
                open_key = key
        elif value and dash:
            node.append(item)
        else:
            return GAVE_UP
    return root


def _brackets(value: str) -> Any:
    """Read what stands in brackets; the same short lists come again in thousands of files, and are read once.

    The list or mapping is then shared between trees, which nobody changes.
    """
    found = _KNOWN.get(value)
    if found is None:
        found = _read_brackets(value)
        if len(value) <= 200 and len(_KNOWN) < _MOST_KNOWN:
            _KNOWN[value] = found
    return found


def _read_brackets(value: str) -> Any:
    """Read mostly a flat list of plain words, or a flat mapping to them."""
    if _LIST.fullmatch(value):
        items = [item.strip(" ") for item in value[1:-1].split(",")]
        if NULLS.isdisjoint(items):
            return items
    elif " ," not in value and " }" not in value and _MAP.fullmatch(value):
        pairs = _PAIR.findall(value)
        made = dict(pairs)
        if len(made) == len(pairs) and NULLS.isdisjoint(made) and NULLS.isdisjoint(made.values()):
            if '"' in value or "'" in value:
                return {key: item[1:-1] if item[0] in "\"'" else item for key, item in pairs}
            return made
    return _nested(value)


def _nested(value: str) -> Any:
    """Read brackets in brackets, and empty values, entry by entry."""
    top: list[Any] = []
    node: Any = top
    stack: list[Any] = []
    due = True
    for key, mark, scalar, ends, comma, rest in _ENTRY.findall(value):
        if rest or not due:
            return GAVE_UP
        item: Any
        if mark:
            item = [] if mark == "[" else {}
        elif scalar[0] in "\"'":
            item = scalar[1:-1]
        else:
            item = scalar.rstrip(" ")
            if item in NULLS:
                item = None
        if node.__class__ is list:
            if key:
                return GAVE_UP
            node.append(item)
        elif key and key not in node and key not in NULLS:
            node[key] = item
        else:
            return GAVE_UP
        if mark:
            if len(stack) > _MAX_BRACKETS or comma and not ends:
                return GAVE_UP
            stack.append(node)
            node = item
        for end in ends:
            if not stack or (node.__class__ is list) is not (end == "]"):
                return GAVE_UP
            node = stack.pop()
        due = bool(comma or mark and not ends)
    return GAVE_UP if due or stack or len(top) != 1 else top[0]
