"""Words that an open list keeps though they stand nowhere among its options: which of them look misspelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plsp_audit.loading.document import Document
from plsp_audit.loading.site import facts_of
from plsp_audit.loading.tree import Tree
from plsp_audit.loading.validation import Path
from plsp_audit.model.facts import FactDictionary, FactField
from plsp_audit.model.problem import Place, Problem, enumerated
from plsp_audit.model.text import misspelt
from plsp_audit.model.values import Counts, Members, Value, run_together, shown

MEMO = 2000
MAX_WARNINGS = 20


class OpenWords:
    """Looks at many inspections under one dictionary.

    An open list takes what its options do not name (spec 3.1), and such a word earns no points: one that is written
    nearly like an option may have been meant for it, and would be lost without a word.

    Args:
        dictionary: The facts of the standard.
    """

    def __init__(self, dictionary: FactDictionary) -> None:
        self._open: dict[str, FactField] = {name: fact for name, fact in dictionary.facts.items() if fact.open}
        self._fine: dict[str, set[Value]] = {name: set() for name in self._open}
        self._rows: dict[str, dict[str, FactField]] = {
            name: fields
            for name, fact in dictionary.facts.items()
            if (fields := {key: field for key, field in fact.fields.items() if field.open})
        }
        self._known: dict[tuple[str, str], str | None] = {}

    def warnings(self, values: Mapping[str, Value], document: Document) -> list[Problem]:
        """Give a warning for every word that is written nearly like an option, at the place where it stands."""
        found: list[Problem] = []
        for name, field, word in self._words(values):
            near = self._near(name, field, word)
            if near is not None and len(found) < MAX_WARNINGS:
                params = {"label": field.label, "value": shown(word), "near": near}
                found.append(Problem("input.near_option", params, _place(document, word), severity="warning"))
        return found

    def _words(self, values: Mapping[str, Value]) -> Iterator[tuple[str, FactField, str]]:
        """Give every word that is no option, with the name of its field; each once."""
        for name, value in values.items():
            fine = self._fine.get(name)
            if fine is not None:
                # The same few values come again in thousands of files, nearly always made of options alone.
                if value not in fine:
                    foreign = list(_foreign(name, self._open[name], [value]))
                    if not foreign and len(fine) < MEMO:
                        fine.add(value)
                    yield from foreign
            elif name in self._rows and isinstance(value, list):
                for key, inner in self._rows[name].items():
                    given = [word for row in value if (word := row.get(key)) is not None and word not in inner.options]
                    yield from _foreign(f"{name}/{key}", inner, given)

    def _near(self, name: str, field: FactField, word: str) -> str | None:
        key = (name, word)
        if key in self._known:
            return self._known[key]
        names = {text: o.label for key, o in field.options.items() for text in (key, *o.aliases, o.label)}
        like = misspelt(word, names)
        several = run_together(field, word)
        near = enumerated(several) if several else names[like] if like is not None else None
        if len(self._known) < MEMO:
            self._known[key] = near
        return near


def _words_of(value: Value) -> Iterable[str]:
    if isinstance(value, Members):
        return value.present if not value.absent and not value.unknown else value.present | value.absent | value.unknown
    if isinstance(value, Counts):
        return value
    return (value,) if isinstance(value, str) else ()


def _foreign(name: str, field: FactField, values: Iterable[Value]) -> Iterator[tuple[str, FactField, str]]:
    told: set[str] = set()
    for value in values:
        for word in sorted(set(_words_of(value)) - field.options.keys() - told):
            told.add(word)
            yield name, field, word


def _place(document: Document, word: str) -> Place:
    """Give the place below the facts where the word stands, rather by itself than in a longer text."""
    path, facts = facts_of(document)
    found = [one for one in _texts(facts, path) if word in one[2]]
    alone = [one for one in found if one[2].strip() == word]
    where, is_key, _ = (alone or found or [(path, False, "")])[0]
    return document.place(where, is_key)


def _texts(tree: Tree, path: Path) -> Iterator[tuple[Path, bool, str]]:
    """Give every text and key with its path, and whether it is a key."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield (*path, key), True, key
            yield from _texts(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from _texts(value, (*path, number))
    elif tree is not None:
        yield path, False, tree
