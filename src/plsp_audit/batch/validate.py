"""Every problem of a file, whatever kind it is; nothing is scored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from plsp_audit.batch.cases import desk_for
from plsp_audit.batch.desk import Desk
from plsp_audit.batch.tasks import head_names
from plsp_audit.loading.facts import read_facts
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import BrokenFileError, RawDocument, read_path
from plsp_audit.loading.site import place_of
from plsp_audit.loading.site_tables import RowDocument, is_table, site_rows
from plsp_audit.loading.validation import problems_of, validated
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.rules import Rule, RulesFile
from plsp_audit.standards.cases import each_case, read_cases, site_document, unknown_rules
from plsp_audit.standards.lint import in_order, lint
from plsp_audit.standards.parameters import names_in
from plsp_audit.standards.resolve import resolve
from plsp_audit.standards.ruletypes import all_problems

SUFFIXES: Final = (".yaml", ".yml", ".json")


def files_of(path: Path) -> list[Path]:
    """Give what there is to look into: the file, the pack folder, or all that lies below another folder."""
    if not path.is_dir() or (path / "standard.yaml").is_file():
        return [path]
    packs = sorted(found.parent for found in path.glob("**/standard.yaml"))
    files = sorted(f for f in path.glob("**/*") if f.suffix.lower() in SUFFIXES and f.is_file())
    loose = [f for f in files if not any(f.is_relative_to(pack) for pack in packs)]
    return [*packs, *loose]


def check(path: Path, desk: Desk) -> list[Problem]:
    """Give every problem of a file or of a pack's folder, in the order of its lines; errors and warnings.

    Args:
        path: Where it is.
        desk: What inspections are held against.
    """
    try:
        if path.is_dir():
            return in_order(_pack(path, desk))
        if is_table(path):
            return in_order(_table(path, desk))
        document = read_path(path)
    except BrokenFileError as error:
        return error.with_more(_looked(error.document, path, desk))
    except InputError as error:
        return list(error.problems)
    return in_order([*document.warnings, *_looked(document, path, desk)])


def _table(path: Path, desk: Desk) -> list[Problem]:
    """Give the problems of a table of sites, row by row."""
    found: list[Problem] = []
    first: dict[str, str] = {}
    try:
        for row in site_rows(path, str(path), head_names(desk), found.append):
            found += _row(row, path, desk, first)
    except InputError as error:
        found += error.problems
    return found


def _row(row: RowDocument, path: Path, desk: Desk, first: dict[str, str]) -> list[Problem]:
    try:
        opened = desk.open_document(row)
    except InputError as error:
        return list(error.problems)
    found = [*opened.warnings, *desk.missing_evidence(opened, path.parent)]
    site, info = opened.inspection.site.id, opened.inspection.info
    if info.kind != "recheck":
        place = place_of(row, "site", "id")
        before = first.setdefault(site, place.text())
        if before != place.text():
            found.append(Problem("batch.same_site", {"id": site, "first": before}, place))
    return found


def _looked(document: RawDocument, path: Path, desk: Desk) -> list[Problem]:
    try:
        return _KINDS[_kind(document, path)](document, path, desk)
    except InputError as error:
        return list(error.problems)


def _kind(document: RawDocument, path: Path) -> str:
    """Tell what kind of file it is, by its first line, else by what is in it."""
    tree = document.tree
    if not isinstance(tree, dict):
        return _NAMES.get(path.name, "site")
    header = tree.get("plsp")
    if isinstance(header, str) and (kind := header.partition("/")[0].strip()) in _KINDS:
        return kind
    if path.name in _NAMES:
        return _NAMES[path.name]
    if "rules" in tree and "tiers" not in tree:
        return "rules"
    signs = {"site": ("site", "场所", "inspection", "检查"), "cases": ("cases",), "standard": ("tiers", "grades")}
    for kind, keys in signs.items():
        if any(key in tree for key in keys):
            return kind
    if "facts" in tree or "more_options" in tree:
        return "facts"
    raise InputError([Problem("standards_cli.validate.unknown_kind", {}, document.place(("plsp",)))])


_NAMES: Final = {"standard.yaml": "standard", "facts.yaml": "facts"}


def _library_of(folder: Path, desk: Desk) -> Library:
    """Give where a pack in `folder` is looked for: beside it first."""
    here = folder.resolve().parent
    beside = folder.parent if folder.name and (folder.parent / folder.resolve().name).is_dir() else here
    return Library([beside, *desk.library.folders[:-1]], desk.library.shipped)


def _pack(folder: Path, desk: Desk) -> list[Problem]:
    if not (folder / "standard.yaml").is_file():
        return [Problem("file_is_folder", {"file": str(folder)}, Place(str(folder)))]
    try:
        found = lint(resolve(_library_of(folder, desk), folder.resolve().name))
    except InputError as error:
        found = all_problems(error)
    for path in sorted((folder / "cases").glob("*.y*ml")):
        found += check(path, desk)
    return found


def _of_file(document: RawDocument, path: Path, desk: Desk) -> list[Problem]:
    """Give the problems of the pack around a file that stand in the file."""
    wanted = path.resolve()
    return [p for p in _pack(path.parent, desk) if p.place.file and Path(p.place.file).resolve() == wanted]


def _standard(document: RawDocument, path: Path, desk: Desk) -> list[Problem]:
    return _pack(path.parent, desk) if path.name == "standard.yaml" else [_misnamed(document)]


def _misnamed(document: RawDocument) -> Problem:
    return Problem("standards_cli.validate.standard_name", {}, document.place(()))


def _facts(document: RawDocument, path: Path, desk: Desk) -> list[Problem]:
    read_facts(document)
    beside = (path.parent / "standard.yaml").is_file() and path.name == "facts.yaml"
    return _of_file(document, path, desk) if beside else []


def _rules(document: RawDocument, path: Path, desk: Desk) -> list[Problem]:
    if (path.parent / "standard.yaml").is_file():
        tiers = read_path(path.parent / "standard.yaml").tree
        listed = tiers.get("tiers") if isinstance(tiers, dict) else None
        names = [t.get("rules") for t in listed if isinstance(t, dict)] if isinstance(listed, list) else []
        if path.name in names:
            return _of_file(document, path, desk)
        return [*_alone(document), _note(document, "not_listed")]
    return [*_alone(document), _note(document, "not_of_a_pack")]


def _note(document: RawDocument, code: str) -> Problem:
    return Problem(f"standards_cli.validate.{code}", {}, document.place(()), severity="warning")


def _alone(document: RawDocument) -> Iterator[Problem]:
    """Find what is wrong with the rules of a file that belongs to no standard; those with parameters stay unread."""
    file = validated(RulesFile, document.tree, document)
    for number, raw in enumerate(file.rules):
        if names_in(raw):
            continue
        try:
            Rule.model_validate(raw)
        except ValidationError as error:
            for problem in problems_of(error, Rule, document, prefix=("rules", number)):
                params = {"rule": str(raw.get("id")), **problem.params}
                yield Problem(problem.code, params, problem.place)


def _cases(document: RawDocument, path: Path, desk: Desk) -> list[Problem]:
    file = read_cases(document)
    used = desk_for(path, file, desk)
    try:
        resolution = used.standard(file.standard)
    except InputError as error:
        place = document.place(("standard",))
        return [p if p.place.file else p.at(place) for p in error.problems]
    found = unknown_rules(file, document, resolution)
    unknown = {str(p.params.get("key")) for p in found}
    if resolution.standard.tier(file.tier) is None:
        return found
    for rule, number, case in each_case(file):
        if rule not in unknown:
            found += _case(used, file, rule, case, document, number)
    return found


def _case(desk: Desk, file: Any, rule: str, case: Any, document: RawDocument, number: int) -> list[Problem]:
    try:
        desk.open_document(site_document(file, rule, case, document.file))
    except InputError as error:
        place = document.place(("cases", rule, number))
        return [p.at(place) for p in error.problems]
    return []


def _site(document: RawDocument, path: Path, desk: Desk) -> list[Problem]:
    opened = desk.open_document(document)
    return [*opened.warnings, *desk.missing_evidence(opened, path.parent)]


_KINDS: Final[dict[str, Callable[[RawDocument, Path, Desk], list[Problem]]]] = {
    "site": _site,
    "standard": _standard,
    "facts": _facts,
    "rules": _rules,
    "cases": _cases,
}
