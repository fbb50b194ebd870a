"""Numbers that can be read and cannot well be so: below nothing, or more than the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from plsp_audit.loading.document import Document
from plsp_audit.loading.site import facts_of
from plsp_audit.loading.tree import Tree
from plsp_audit.loading.validation import Path
from plsp_audit.model.base import number_text
from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.problem import Place, Problem
from plsp_audit.model.values import Value

_WHOLE = 100
"""What a share in percent cannot exceed."""


class OddNumbers:
    """Looks at many inspections under one dictionary.

    Args:
        dictionary: The facts of the standard.
    """

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary
        facts = dictionary.facts
        self._percent = {name: fact.unit == "%" for name, fact in facts.items() if fact.type in ("number", "integer")}

    def warnings(self, values: Mapping[str, Value], document: Document) -> list[Problem]:
        """Give a warning for every number of something that is below 0, and every percentage above 100."""
        found = []
        for name, value in values.items():
            percent = self._percent.get(name)
            if percent is None or value is None or 0 <= value <= _WHOLE:
                continue
            if value < 0 or percent:
                code = "input.below_nothing" if value < 0 else "input.above_whole"
                params = {"label": self._dictionary.facts[name].label, "value": number_text(Fraction(value), 4)}
                found.append(Problem(code, params, self._place(document, name), severity="warning"))
        return found

    def _place(self, document: Document, name: str) -> Place:
        path, facts = facts_of(document)
        return document.place(next((at for at, dotted in _leaves(facts, path, "") if self._is(dotted, name)), path))

    def _is(self, dotted: str, name: str) -> bool:
        return name in (self._dictionary.find(dotted), self._dictionary.find(dotted.rpartition(".")[2]))


def _leaves(tree: Tree, path: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    """Give every entry that holds a text with its path, and its keys put together by dots."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            dotted = f"{prefix}.{key}" if prefix else key
            if isinstance(value, dict):
                yield from _leaves(value, (*path, key), dotted)
            else:
                yield (*path, key), dotted
