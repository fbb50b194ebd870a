"""Fact dictionaries: the shared one, and a standard's own in front of it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from plsp_audit.loading.read_file import RawDocument
from plsp_audit.loading.tree import Tree
from plsp_audit.loading.validation import validated
from plsp_audit.model.facts import WITH_OPTIONS, Fact, FactDictionary, FactField, FactsFile, MoreOptions, Options
from plsp_audit.model.problem import InputError, Problem, in_order
from plsp_audit.model.text import folded
from plsp_audit.model.values import SEPARATORS

Path = tuple[str | int, ...]


def read_facts(document: RawDocument) -> FactsFile:
    """Read a `facts.yaml`.

    Raises:
        InputError: Everything that is wrong with it, colliding names and unusable options included.
    """
    problems: list[Problem] = []
    file: FactsFile | None = None
    try:
        file = validated(FactsFile, document.tree, document)
    except InputError as error:
        problems += error.problems
        file = _rest(document.tree, problems)
    for code, params, path in _file_faults(file) if file is not None else ():
        problems.append(Problem(code, params, document.place(path, key=True), path))
    if problems or file is None:
        raise InputError(in_order(problems))
    return file


def _rest(tree: Tree, problems: Iterable[Problem]) -> FactsFile | None:
    """Give the facts of a dictionary that have no faults, to look at their names; None where there is more amiss."""
    if not isinstance(tree, dict):
        return None
    faulty = {problem.path[:2] for problem in problems}
    rest: dict[str, Tree] = {"plsp": "facts/1"}
    for block in ("facts", "more_options"):
        entries = tree.get(block)
        if isinstance(entries, dict):
            rest[block] = {key: entry for key, entry in entries.items() if (block, key) not in faulty}
    try:
        return FactsFile.model_validate(rest)
    except ValidationError:
        return None


def _file_faults(file: FactsFile) -> Iterable[tuple[str, dict[str, str], Path]]:
    taken: dict[str, str] = {}
    for fid, fact in file.facts.items():
        path: Path = ("facts", fid)
        if isinstance(fact, MoreOptions):
            yield from _option_faults(fact.more_options, (*path, "more_options"))
            continue
        for name in dict.fromkeys(folded(n) for n in (fid, fact.label, *fact.aliases)):
            other = taken.setdefault(name, fid)
            if other != fid:
                yield "standard.fact_name_taken", {"name": name, "fact": fid, "other": other}, path
        yield from _field_faults(fact, path)
        if (fact.type == "records") != bool(fact.fields):
            yield "standard.records_fields", {"fact": fid}, path
        fields: dict[str, str] = {}
        for key, field in fact.fields.items():
            for name in dict.fromkeys(folded(n) for n in (key, field.label, *field.aliases)):
                other = fields.setdefault(name, key)
                if other != key:
                    yield "standard.fact_name_taken", {"name": name, "fact": key, "other": other}, (*path, "fields")
            yield from _field_faults(field, (*path, "fields", key))


def _field_faults(field: FactField, path: Path) -> Iterable[tuple[str, dict[str, str], Path]]:
    if field.type in WITH_OPTIONS and not field.options and not field.open:
        yield "standard.no_options", {"label": field.label}, path
    if field.type not in WITH_OPTIONS and field.options:
        yield "standard.options_not_wanted", {"label": field.label, "type": field.type}, path
    yield from _option_faults(field.options, (*path, "options"))


def _option_faults(options: Options, path: Path) -> Iterable[tuple[str, dict[str, str], Path]]:
    taken: dict[str, str] = {}
    for key, option in options.items():
        for name in (key, option.label, *option.aliases):
            if SEPARATORS.search(name):
                yield "standard.option_separator", {"name": name}, (*path, key)
            other = taken.setdefault(folded(name), key)
            if other != key:
                yield "standard.option_name_taken", {"name": name, "option": key, "other": other}, (*path, key)


def dictionary(files: Iterable[FactsFile]) -> FactDictionary:
    """Lay dictionaries over one another, the shared one first; later ids, labels and aliases win."""
    facts: dict[str, Fact] = {}
    names: dict[str, str] = {}
    for file in files:
        more = dict(file.more_options)
        for fid, entry in file.facts.items():
            if isinstance(entry, MoreOptions):
                more[fid] = entry.more_options
            else:
                facts[fid] = entry
        for fid, options in more.items():
            if fid in facts:
                facts[fid] = facts[fid].model_copy(update={"options": {**facts[fid].options, **options}})
        for fid, entry in file.facts.items():
            if isinstance(entry, Fact):
                names.update({folded(n): fid for n in (*entry.aliases, entry.label, fid)})
    return FactDictionary(facts=facts, names=names)


def unknown_extensions(file: FactsFile, below: FactDictionary) -> list[str]:
    """Give the ids whose options a file extends though no dictionary below it has them."""
    extended = [*file.more_options, *(fid for fid, e in file.facts.items() if isinstance(e, MoreOptions))]
    return [fid for fid in extended if fid not in below.facts]
