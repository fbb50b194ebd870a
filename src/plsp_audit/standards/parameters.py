"""`$name`: a standard's parameters put into its rules, in checks as values and in words as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plsp_audit.model.standard import Parameter
from plsp_audit.model.values import ValueFault, read_date

_NAME = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
WORDS = frozenset({"title", "remedy", "guide", "documents", "method", "scored_by", "assumed"})
"""Keys of a rule, its parts and checks that hold words, not values."""


def names_in(node: Any) -> set[str]:
    """Give the parameters that a raw rule names anywhere."""
    if isinstance(node, str):
        return set(_NAME.findall(node)) if "$" in node else set()
    if isinstance(node, dict):
        return set().union(*(names_in(v) for v in node.values()), *(names_in(k) for k in node)) if node else set()
    if isinstance(node, list):
        return set().union(*(names_in(v) for v in node)) if node else set()
    return set()


def in_words(parameter: Parameter) -> str:
    """Give a parameter as it reads in a sentence: `100㎡`, `2018年10月31日`, a list joined by 、."""
    value = parameter.value
    if isinstance(value, list):
        return "、".join(str(v) for v in value)
    if isinstance(value, dict):
        return parameter.title or ""
    text = str(value)
    try:
        year, month, *day = read_date(text).iso().split("-")
        return f"{year}年{int(month)}月" + (f"{int(day[0])}日" if day else "")
    except ValueFault:
        unit = parameter.unit or ""
        return text if unit and text.endswith(unit) else text + unit


def filled(node: Any, parameters: Mapping[str, Parameter], unknown: set[str], words: bool = False) -> Any:
    """Give a raw rule with its parameters filled in; `unknown` takes names that are none."""
    if isinstance(node, str):
        return _filled_text(node, parameters, unknown, words)
    if isinstance(node, dict):
        return {k: filled(v, parameters, unknown, words or k in WORDS) for k, v in node.items()}
    if isinstance(node, list):
        return [filled(v, parameters, unknown, words) for v in node]
    return node


def _filled_text(text: str, parameters: Mapping[str, Parameter], unknown: set[str], words: bool) -> Any:
    if "$" not in text:
        return text
    unknown.update(n for n in _NAME.findall(text) if n not in parameters)
    whole = _NAME.fullmatch(text.strip())
    if whole is not None and not words and whole[1] in parameters:
        return parameters[whole[1]].value
    return _NAME.sub(lambda m: in_words(parameters[m[1]]) if m[1] in parameters else m[0], text)
