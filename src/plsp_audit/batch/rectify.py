"""Results and inspections gathered into rectification lists, a site at a time: only its list is kept of a result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from plsp_audit.analysis.rectify import Owner, SiteList, no_owner, site_list
from plsp_audit.analysis.workdays import Workdays, workdays
from plsp_audit.batch.desk import Desk, Opened
from plsp_audit.batch.inputs import list_inputs
from plsp_audit.batch.tasks import Reader
from plsp_audit.batch.work import Failed, opened_task
from plsp_audit.loading.holidays import read_holidays
from plsp_audit.loading.ledger import is_ledger
from plsp_audit.loading.owners import read_owners
from plsp_audit.loading.results import age, holds, read_results
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, Place, Problem, enumerated
from plsp_audit.model.result import Result
from plsp_audit.model.rollup import ErrorRow
from plsp_audit.model.standard import ResolvedStandard

_TABLES: Final = (".csv", ".xlsx", ".xlsm", ".txt")


@dataclass(slots=True)
class _Newest:
    age: tuple[date, bool, str]
    lists: dict[str, SiteList]


@dataclass(slots=True)
class Gatherer:
    """Takes results and inspections, and keeps of each site the lists of its newest inspection.

    Attributes:
        desk: Scores inspections, and knows the sources of standards.
        tell: Says what is worth knowing of a file.
        owner: Who is to rectify what.
        calendar: Counts deadlines in working days; None leaves calendar days.
        problems: What is wrong with the files; `unread` says which tables cannot be read, and why.
    """

    desk: Desk
    tell: Callable[[str], None]
    owner: Owner = no_owner
    calendar: Workdays | None = None
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    _sites: dict[str, _Newest] = field(default_factory=dict)

    def take(self, paths: Sequence[Path]) -> None:
        """Take files and folders of results or inspections."""
        stored = [path for path in paths if holds(path) == "results"]
        try:
            for loaded in read_results(stored):
                self._add(loaded.result)
        except InputError as error:
            self.problems += error.problems
        for path in paths:
            if path not in stored:
                self._inspections(path)

    def lists(self) -> list[SiteList]:
        """Give what each site has to rectify."""
        return [one for newest in self._sites.values() for one in newest.lists.values()]

    def sources(self) -> dict[str, dict[str, str]]:
        """Give the titles of the sources of the standards that are at hand."""
        found = {}
        for standard in dict.fromkeys(one.standard for one in self.lists()):
            try:
                resolved: ResolvedStandard = self.desk.standard(standard).standard
            except InputError:
                self.tell(say("rectify.tell.no_standard", self.desk.lang, standard=standard))
                continue
            found[standard] = {source.id: source.title for source in resolved.sources}
        return found

    def unsure_years(self) -> list[int]:
        """Give the years into which deadlines reach and of which no holidays are listed."""
        if self.calendar is None:
            return []
        reach = [(f.entry.inspected, f.entry.due) for one in self.lists() for f in one.findings]
        return sorted({year for start, end in reach if end for year in self.calendar.unknown_years(start, end)})

    def _add(self, result: Result) -> None:
        made = site_list(result, self.owner, self.calendar)
        known = self._sites.get(result.site.id)
        now = age(result)
        if known is None or now > known.age:
            self._sites[result.site.id] = _Newest(now, {made.standard: made})
        elif now == known.age:
            known.lists[made.standard] = made

    def _inspections(self, path: Path) -> None:
        listing = list_inputs([path])
        for name in listing.missing:
            self.problems.append(Problem("file_missing", {"file": name}, Place(name)))
        for item in Reader(self.desk, listing, lambda problem: self.tell(problem.text(self.desk.lang))).items():
            if isinstance(item.known, Failed):
                if is_ledger(path):
                    self.problems.append(Problem("ledger.given_to_rectify", {}, Place(str(path))))
                    return
                self.unread += [_line(row, self.desk.lang) for row in item.known.rows]
                continue
            try:
                self._score(opened_task(self.desk, item.task), Path(item.task.file).parent)
            except InputError as error:
                self.problems += error.problems

    def _score(self, opened: Opened, folder: Path) -> None:
        for warning in opened.warnings:
            self.tell(warning.text(self.desk.lang))
        if opened.aside:
            names = enumerated(opened.aside).told(self.desk.lang)
            self.tell(say("input.aside", self.desk.lang, file=opened.document.file, names=names))
        self._add(self.desk.score_opened(opened, folder).result)


def _line(row: ErrorRow, lang: Lang) -> str:
    place = Place(row.file, row.line, row.column, row.sheet, row.cell)
    end = ("。" if lang == "zh" else ". ") if row.remedy and row.fault[-1:] not in "。！？.!?" else ""
    return f"{place.text()}: {say('cli.error', lang)}{row.fault}{end}{row.remedy}"


def owners(given: str | None) -> Owner:
    """Give who is to rectify what: a table of owners where a file of that name is there, else that person.

    Raises:
        InputError: The table cannot be read.
    """
    if not given:
        return no_owner
    path = Path(given)
    if path.is_file() or path.suffix.lower() in _TABLES:
        return read_owners(path)
    return lambda site, rule: given


def calendar_of(files: Iterable[Path]) -> Workdays | None:
    """Give the calendar of working days that lists of holidays describe; None without any.

    Raises:
        InputError: A list cannot be read.
    """
    listed = [day for file in files for day in read_holidays(file)]
    return workdays(listed) if listed else None
