"""Running files of cases: every case is an inspection of its own, held against what its author expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from plsp_audit.batch.desk import Desk, Opened
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import RawDocument, read_path
from plsp_audit.model.base import rounded
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.result import RuleResult, State
from plsp_audit.standards.cases import Case, CasesFile, each_case, read_cases, site_document, unknown_rules

SUFFIXES: Final = (".yaml", ".yml", ".json")
_NUMBERS: Final = ("awarded", "low", "high")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of a case that came out otherwise: `state`, `awarded`, `low`, `high` or `missing`."""

    key: str
    wanted: State | Fraction | tuple[str, ...]
    got: State | Fraction | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case.

    Attributes:
        problems: Why it could not be computed.
        opened: Its inspection; None where it could not be read.
        result: What its rule came to; None where it could not be computed.
    """

    rule: str
    case: Case
    place: Place
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    opened: Opened | None = None
    result: RuleResult | None = None

    @property
    def holds(self) -> bool:
        """Whether all came out as expected."""
        return not self.differences and not self.problems


@dataclass(frozen=True, slots=True)
class Run:
    """A file of cases that was run."""

    path: Path
    file: CasesFile
    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The cases that did not come out as expected."""
        return tuple(outcome for outcome in self.outcomes if not outcome.holds)


def case_files(path: Path) -> list[Path]:
    """Give the files of cases that a path means: the file itself, or every one below a folder."""
    if not path.is_dir():
        return [path]
    found = sorted(f for f in path.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
    return [file for file in found if _has_cases(file)]


def _has_cases(path: Path) -> bool:
    """Tell whether a file says that it holds cases, or stands where cases do and cannot be read."""
    try:
        tree = read_path(path).tree
    except InputError:
        return path.parent.name == "cases"
    header = tree.get("plsp") if isinstance(tree, dict) else None
    return isinstance(header, str) and header.partition("/")[0].strip() == "cases"


def desk_for(path: Path, file: CasesFile, desk: Desk) -> Desk:
    """Give the desk that finds the standard of a file of cases: in the pack around it, else where `desk` looks."""
    pack = path.resolve().parent.parent
    if pack.name != file.standard or not (pack / "standard.yaml").is_file():
        return desk
    return Desk(Library([pack.parent, *desk.library.folders[:-1]], desk.library.shipped), None, desk.lang)


def run_cases(path: Path, desk: Desk, shown: str | None = None) -> Run:
    """Run a file of cases.

    Args:
        path: The file.
        desk: What the inspections are scored at.
        shown: The name under which problems are reported; left out, the path as given.

    Raises:
        InputError: The file, its standard, or a rule that it names is not there or not right.
    """
    document = read_path(path, shown)
    file = read_cases(document)
    used = desk_for(path, file, desk)
    try:
        resolution = used.standard(file.standard)
    except InputError as error:
        place = document.place(("standard",))
        raise InputError(p if p.place.file else p.at(place) for p in error.problems) from None
    unknown = unknown_rules(file, document, resolution)
    if unknown:
        raise InputError(unknown)
    return Run(path, file, tuple(_outcomes(file, document, used, path.parent)))


def _outcomes(file: CasesFile, document: RawDocument, desk: Desk, folder: Path) -> Iterator[Outcome]:
    for rule, number, case in each_case(file):
        place = document.place(("cases", rule, number))
        try:
            opened = desk.open_document(site_document(file, rule, case, document.file))
        except InputError as error:
            yield Outcome(rule, case, place, problems=tuple(p.at(place) for p in error.problems))
            continue
        results = desk.score_opened(opened, folder).result.rules or ()
        result = next(r for r in results if r.id == rule)
        yield Outcome(rule, case, place, tuple(_differences(case, result)), opened=opened, result=result)


def _differences(case: Case, result: RuleResult) -> Iterator[Difference]:
    if result.state != case.expect:
        yield Difference("state", case.expect, result.state)
    for key in _NUMBERS:
        wanted, got = getattr(case, key), getattr(result, key)
        if wanted is not None and rounded(got, 4) != rounded(wanted, 4):
            yield Difference(key, wanted, got)
    if case.missing is not None and sorted(result.parts.missing) != sorted(case.missing):
        yield Difference("missing", tuple(case.missing), tuple(result.parts.missing))


def run_all(paths: Sequence[Path], desk: Desk) -> Iterator[Run | InputError]:
    """Run every file of cases below the paths, each once; what is wrong with one does not stop the others."""
    for path in dict.fromkeys(file for given in paths for file in case_files(given)):
        try:
            yield run_cases(path, desk)
        except InputError as error:
            yield error
