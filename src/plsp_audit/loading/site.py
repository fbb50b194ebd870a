"""The fixed part of an inspection file: from the raw tree to a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic import ValidationError

from plsp_audit.loading.document import Document
from plsp_audit.loading.keys import SITE
from plsp_audit.loading.salvage import in_english, salvaged
from plsp_audit.loading.tree import Tree
from plsp_audit.loading.validation import MAX_ENTRIES, Path, entries, fault_problems, problems_of, raw_path
from plsp_audit.model.facts import FactDictionary
from plsp_audit.model.problem import InputError, Place, Problem, Worded, in_order
from plsp_audit.model.site import SiteFile
from plsp_audit.model.values import Fault, shown

_KINDS_OF_FILE = {
    "standard": ("standard/1", "标准文件（standard.yaml）", "a standard (standard.yaml)"),
    "facts": ("facts/1", "检查项目字典（facts.yaml）", "a dictionary of facts (facts.yaml)"),
    "rules": ("rules/1", "标准的条目文件", "a rules file of a standard"),
    "result": ("result/1", "评分结果", "a result"),
}


@dataclass(frozen=True, slots=True)
class ReadSite:
    """The fixed part of a file, as far as it is sound.

    Attributes:
        file: What could be read; what is faulty in it is left out or stands for nothing.
        problems: What is wrong with it. With any the file must not be scored, only looked at for more.
        tier_known: Whether the file says which tier it is.
        standard_known: Whether it names its standard, or leaves it open, in a way that can be read.
    """

    file: SiteFile
    problems: tuple[Problem, ...] = ()
    tier_known: bool = True
    standard_known: bool = True


def read_site(document: Document) -> ReadSite:
    """Read the fixed part of an inspection file; its facts stay raw until a standard is known.

    Raises:
        InputError: The file is no inspection, or so broken that nothing more can be said.
    """
    _is_site(document)
    faults: list[Fault] = []
    raw = in_english(document.tree, faults)
    problems = [*document.problems, *fault_problems(faults, document, SITE)]
    if len(document.text) > MAX_ENTRIES and entries({**raw, "facts": None}) > MAX_ENTRIES:
        raise InputError([Problem("schema.too_many_entries", {"limit": str(MAX_ENTRIES)}, document.place(()))])
    try:
        return ReadSite(SiteFile.model_validate(raw), tuple(problems))
    except ValidationError as error:
        problems += problems_of(error, SiteFile, document, SITE)
        file, tier_known = salvaged(raw, error)
    if file is None:
        raise InputError(in_order(problems))
    standard_known = not any(raw_path(document.tree, ("standard",), SITE) == p.path for p in problems if p.path)
    return ReadSite(file, tuple(problems), tier_known, standard_known)


def _is_site(document: Document) -> None:
    tree = document.tree
    if not isinstance(tree, dict):
        raise InputError([Problem("input.not_a_site", {}, document.place(()))])
    given = tree.get("plsp")
    if isinstance(given, str) and given.strip() != "site/1":
        kind, _, version = given.strip().partition("/")
        code, params = "input.not_site_1", {"value": shown(given), "what": ""}
        if kind in _KINDS_OF_FILE:
            code, params["what"] = "input.another_kind", Worded(*_KINDS_OF_FILE[kind][1:])
        elif kind == "site" and version.isdecimal():
            code = "input.newer_site"
        raise InputError([Problem(code, params, document.place(("plsp",)))])
    if "plsp" not in tree and ("rules" in tree or {"tiers", "grades"} & tree.keys()):
        what = Worded(*_KINDS_OF_FILE["rules" if "rules" in tree else "standard"][1:])
        raise InputError([Problem("input.another_kind", {"what": what}, document.place(()))])


def facts_outside(problems: Iterable[Problem], facts: FactDictionary) -> list[Problem]:
    """Say of unknown keys that are facts where they belong: their lines were not indented."""
    found = []
    for problem in problems:
        name = str(problem.path[-1]) if problem.path else ""
        if problem.code.startswith("schema.unknown_key") and len(problem.path) < 3 and facts.find(name) is not None:
            problem = replace(problem, code="input.fact_outside", params={"key": shown(name)})
        found.append(problem)
    return found


def facts_of(document: Document) -> tuple[Path, Tree]:
    """Give where the facts of a site file stand, however the key is written, and what is written there."""
    path = raw_path(document.tree, ("facts",), SITE)
    return path, document.tree.get(str(path[0])) if path and isinstance(document.tree, dict) else None


def place_of(document: Document, *path: str | int) -> Place:
    """Give the place of a key of a site file, however it is written."""
    return document.place(raw_path(document.tree, path, SITE))
