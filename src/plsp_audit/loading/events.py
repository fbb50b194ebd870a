"""YAML events from PyYAML's C parser, or from its Python one where the C extension is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

# YAML 1.1 ends a line at these two, no editor does. The parser sees stand-ins, which a text may not hold itself.
_HIDE = {0x2028: "\ufdd0", 0x2029: "\ufdd1"}
_SHOW = {0xFDD0: "\u2028", 0xFDD1: "\u2029"}

#: Plain scalars that mean "no value".
NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class _PythonParser(Reader, Scanner, Parser):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def has_c_parser() -> bool:
    """Tell whether PyYAML was built with its C parser."""
    return bool(yaml.__with_libyaml__)


def event_parser(text: str) -> Any:
    """Give a parser over `text`; its `get_event()` gives one event a call, None after the last."""
    if has_c_parser():
        return import_module("yaml._yaml").CParser(text)
    return _PythonParser(text)


def has_odd_breaks(text: str) -> bool:
    """Tell whether `text` holds line separators that editors do not treat as line ends."""
    return "\u2028" in text or "\u2029" in text


def hide_breaks(text: str) -> str:
    """Give `text` with stand-ins for the odd line separators."""
    return text.translate(_HIDE)


def show_breaks(text: str) -> str:
    """Undo `hide_breaks` in a scalar."""
    return text.translate(_SHOW)
