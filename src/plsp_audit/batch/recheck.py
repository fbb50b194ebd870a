"""Two sides of inspections or results gathered, paired by site id, and each pair held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from plsp_audit.analysis.recheck import Middle, recheck, same_standard
from plsp_audit.analysis.recheck_claims import strangers, with_claims
from plsp_audit.analysis.recheck_summary import summary
from plsp_audit.batch.desk import Desk, Opened
from plsp_audit.batch.inputs import list_inputs
from plsp_audit.batch.tasks import Reader
from plsp_audit.batch.work import Failed, opened_task
from plsp_audit.loading.bind import bind
from plsp_audit.loading.keys import SITE
from plsp_audit.loading.read_file import RawDocument, read_path
from plsp_audit.loading.results import RESULTS, LoadedResult, holds, read_results
from plsp_audit.loading.site_tables import is_table
from plsp_audit.loading.validation import fault_problems
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.ledger import LedgerRow
from plsp_audit.model.problem import InputError, Place, Problem, enumerated, in_order
from plsp_audit.model.recheck import Claim, Recheck, RecheckSummary, Seen
from plsp_audit.model.result import Result
from plsp_audit.model.rollup import ErrorRow
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.recheck_json import file_name

_SUFFIXES: Final = (".yaml", ".yml", ".json")
MOST_NAMES: Final = 20
_OTHERS: Final = ("standard", "facts", "rules", "cases", "recheck", "recheck-summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """One inspection of a site on one side. `opened` is the file, None where only its result is there."""

    seen: Seen
    opened: Opened | None = None

    @property
    def site(self) -> str:
        """The site's id."""
        return self.seen.result.site.id

    @property
    def age(self) -> tuple[date, bool, bool]:
        """What tells the one that counts: the newest, of one day the recheck, and a file before its result."""
        given = self.seen.result.inspection
        return date.fromisoformat(given.date), given.kind == "recheck", self.opened is not None


@dataclass(slots=True)
class Gathered:
    """What both sides came to."""

    found: list[Recheck] = field(default_factory=list)
    only_before: list[Result] = field(default_factory=list)
    only_after: list[Result] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    strangers: list[Claim] = field(default_factory=list)

    def summary(self) -> RecheckSummary:
        """Add up what the sites came to."""
        return summary(self.found, self.only_before, self.only_after)

    def unpaired(self, lang: Lang) -> Iterator[str]:
        """Say which sites only one side has, and of which a ledger speaks that were not rechecked."""
        for key, sites in (("only_before", self.only_before), ("only_after", self.only_after)):
            if sites:
                named = [(r.site.name, r.site.id) for r in sites[:MOST_NAMES]]
                names = [say("recheck.many.site", lang, name=name, id=sid) for name, sid in named]
                yield say(f"recheck.tell.{key}", lang, count=len(sites), sites=listed(names, len(sites), lang))
        if self.strangers:
            ids = list(dict.fromkeys(claim.site for claim in self.strangers))
            count = len(self.strangers)
            yield say("recheck.tell.strangers", lang, count=count, sites=listed(ids[:MOST_NAMES], len(ids), lang))


def listed(names: Sequence[str], count: int, lang: Lang) -> str:
    """Join names, with a mark where there are more."""
    joined = ("、" if lang == "zh" else ", ").join(names)
    return joined if len(names) == count else f"{joined} …"


class Rechecker:
    """Holds second inspections against first ones.

    Args:
        before: The desk of the first: its library is where their standards are looked for.
        after: The desk of the second.
        tell: Says what is worth knowing of a file.
    """

    def __init__(self, before: Desk, after: Desk, tell: Callable[[str], None]) -> None:
        self._before, self._after, self._tell = before, after, tell
        self.lang: Lang = after.lang

    def gather(self, before: Path, after: Path, ledgers: Sequence[Path] = ()) -> Gathered:
        """Read both sides and hold every site that both have against itself, and against what ledgers claim.

        What is wrong with a file stands in `problems`; the others go on.
        """
        done = Gathered()
        self._compare(before, after, done)
        claims = self._claims(ledgers, done.problems) if ledgers else None
        if claims is not None:
            done.found = [with_claims(one, claims) for one in done.found]
            done.strangers = strangers(claims, [one.after.result.site.id for one in done.found])
        return done

    def _claims(self, ledgers: Sequence[Path], problems: list[Problem]) -> list[Claim] | None:
        """Give what ledgers claim; None where one cannot be read, since what it claims would seem unclaimed."""
        from plsp_audit.loading.ledger import read_ledgers

        try:
            read = read_ledgers(ledgers)
        except InputError as error:
            problems += error.problems
            return None
        for remark in read.remarks:
            self._tell(remark.text(self.lang))
        for stray in read.strays:
            what = stray.meant or stray.key or "；".join(filter(None, stray.said.values()))
            self._tell(say("recheck.tell.stray", self.lang, place=stray.place.text(), what=what[:80]))
        return [claim_of(row) for row in read.rows]

    def _compare(self, before: Path, after: Path, done: Gathered) -> None:
        old = self._side(before, after, self._before, done.problems)
        new = self._side(after, before, self._after, done.problems)
        if single(before) and single(after) and old and new and not old.keys() & new.keys():
            done.problems.append(_other_site(next(iter(old.values()))[0], next(iter(new.values()))[0]))
            return
        for site, entries in new.items():
            if site in old:
                done.found.append(self._pair(old[site], entries))
            else:
                done.only_after.append(entries[0].seen.result)
        done.only_before += [entries[0].seen.result for site, entries in old.items() if site not in new]

    def _side(self, path: Path, other: Path, desk: Desk, problems: list[Problem]) -> dict[str, list[Entry]]:
        """Give the inspections of a side that count, by site; one may have results under several standards."""
        found: dict[str, list[Entry]] = {}
        for entry in self._entries(path, other, desk, problems):
            found.setdefault(entry.site, []).append(entry)
        return {site: self._newest(entries) for site, entries in found.items()}

    def _entries(self, path: Path, other: Path, desk: Desk, problems: list[Problem]) -> Iterator[Entry]:
        if holds(path) == "results":
            yield from self._results(path, desk, problems)
            return
        yield from self._rows(path, other.resolve(), desk, problems)
        for file in _files(path, other.resolve()):
            try:
                if holds(file) == "results":
                    yield from self._results(file, desk, problems)
                elif (document := _inspection(file, path.is_dir())) is not None:
                    yield self._scored(desk.open_document(document), file, desk)
            except InputError as error:
                problems += error.problems

    def _rows(self, path: Path, other: Path, desk: Desk, problems: list[Problem]) -> Iterator[Entry]:
        """Give the sites that stand in tables."""
        listing = list_inputs([path])
        listing.sources = [s for s in listing.sources if s.table and not Path(s.path).resolve().is_relative_to(other)]
        for item in Reader(desk, listing, lambda problem: self._tell(problem.text(self.lang))).items():
            if isinstance(item.known, Failed):
                problems += [_problem(row) for row in item.known.rows]
                continue
            try:
                yield self._scored(opened_task(desk, item.task), Path(item.task.file), desk)
            except InputError as error:
                problems += error.problems

    def _scored(self, opened: Opened, file: Path, desk: Desk) -> Entry:
        for warning in opened.warnings:
            self._tell(warning.text(self.lang))
        if opened.aside:
            self._tell(say("input.aside", self.lang, file=str(file), names=enumerated(opened.aside).told(self.lang)))
        scored = desk.score_opened(opened, file.parent)
        return Entry(Seen(scored.result, scored.standard, str(file)), opened)

    def _results(self, path: Path, desk: Desk, problems: list[Problem]) -> Iterator[Entry]:
        try:
            for loaded in read_results([path]):
                self._ask(desk, loaded)
                standard = at_hand(desk, loaded.result)
                yield Entry(Seen(loaded.result, standard, loaded.place.text(), exact=False))
        except InputError as error:
            problems += error.problems

    def _ask(self, desk: Desk, loaded: LoadedResult) -> None:
        """Say where a result cannot be had under the standard that was asked for."""
        own = loaded.result.standard.id
        if desk.wanted is not None and desk.standard(desk.wanted).standard.id != own:
            params = {"file": loaded.place.text(), "standard": desk.wanted, "own": own}
            self._tell(say("recheck.tell.result_standard", self.lang, **params))

    def _newest(self, entries: Sequence[Entry]) -> list[Entry]:
        """Give the inspection that counts: an entry, or one for each standard under which it has results."""
        last = max(entries, key=lambda e: e.age)
        if len({e.seen.result.input_digest for e in entries}) > 1:
            params = {"site": last.site, "count": len(entries), "file": last.seen.source}
            self._tell(say("recheck.tell.several", self.lang, **params, date=last.seen.result.inspection.date))
        return [last, *(e for e in entries if e is not last and e.age == last.age)]

    def _pair(self, old: Sequence[Entry], new: Sequence[Entry]) -> Recheck:
        pairs = ((one, other) for other in new for one in old)
        before, after = next(
            (pair for pair in pairs if same_standard(pair[0].seen, pair[1].seen)), (old[0], new[0])
        )  # fmt: skip
        if same_standard(before.seen, after.seen):
            return recheck(before.seen, after.seen)
        return recheck(before.seen, after.seen, self._middle(before, after.seen))

    def _middle(self, before: Entry, after: Seen) -> Middle:
        """Score the first inspection under the second's standard."""
        if before.opened is None:
            return Middle(why="results_only")
        if after.standard is None:
            return Middle(why="standard_missing", detail=after.result.standard.id)
        if before.seen.result.status == "not_rated":
            return Middle(why="no_score")
        opened, tier = before.opened, before.seen.result.site.tier
        if after.standard.tier(tier) is None:
            return Middle(why="tier", detail=tier)
        try:
            return _rescored(self._after, opened, after.standard, before.seen.standard, Path(before.seen.source))
        except InputError as error:
            return Middle(why="unfit", detail="；".join(p.text(self.lang) for p in error.problems[:3]))


def _rescored(
    desk: Desk, opened: Opened, standard: ResolvedStandard, own: ResolvedStandard | None, file: Path
) -> Middle:
    """Score an opened file under another standard, setting aside what only its own standard knows.

    Raises:
        InputError: It does not fit that standard.
    """
    tier = opened.inspection.site.tier
    prepared = desk.prepared(standard, tier)
    bound = bind(opened.file, opened.document.tree, standard, tier, prepared.names, prepared.observer, own)
    faults = [*bound.faults, *prepared.limits.faults(bound.inspection)]
    if faults:
        raise InputError(in_order(fault_problems(faults, opened.document, SITE)))
    again = Opened(opened.document, opened.file, bound.inspection, prepared, bound.aside, ())
    return Middle(desk.score_opened(again, file.parent).result, bound.aside)


def claim_of(row: LedgerRow) -> Claim:
    """Give what a ledger's row claims."""
    place = replace(row.place, file=file_name(row.place.file)) if row.place.file else row.place
    said = [row.said.get(key, "") for key in ("progress", "opinion", "closed")]
    return Claim(
        site=row.entry.site,
        rule=row.entry.rule,
        done=row.claimed,
        said="；".join(filter(None, (text.strip() for text in said))),
        on=row.done.isoformat() if row.done is not None else None,
        by=row.reviewer or "",
        place=place.text(),
    )


def at_hand(desk: Desk, result: Result) -> ResolvedStandard | None:
    """Give the standard that a stored result was scored under, None where it is not, or no longer, at hand."""
    try:
        found = desk.standard(result.standard.id).standard
    except InputError:
        return None
    return found if found.digest == result.standard.digest else None


def single(path: Path) -> bool:
    """Tell whether a path is one file of one inspection or result."""
    return not path.is_dir() and not is_table(path)


def _files(path: Path, other: Path) -> Iterable[Path]:
    """Give the files of a side, in order; what begins with a dot is left out, and so is the other side within it."""
    if not path.is_dir():
        if not is_table(path) or holds(path) == "results":
            yield path
        return
    for inside in sorted(path.iterdir()):
        if inside.name.startswith(".") or inside.resolve() == other:
            continue
        if inside.is_dir():
            yield from _files(inside, other)
        elif inside.suffix.lower() in _SUFFIXES or inside.name == RESULTS:
            yield inside


def _inspection(file: Path, among_others: bool) -> RawDocument | None:
    """Read an inspection; None for a file of another kind that lies in the same folder.

    Raises:
        InputError: It cannot be read.
    """
    if among_others and holds(file) == "nothing":
        return None
    document = read_path(file)
    tree = document.tree
    kind = str(tree.get("plsp") or "").partition("/")[0].strip() if isinstance(tree, dict) else ""
    return None if among_others and kind in _OTHERS else document


def _problem(row: ErrorRow) -> Problem:
    params = {"fault": row.fault, "remedy": row.remedy}
    return Problem("recheck.problem.unread", params, Place(row.file, row.line, row.column, row.sheet, row.cell))


def _other_site(before: Entry, after: Entry) -> Problem:
    one, other = before.seen.result.site, after.seen.result.site
    params = {"before": one.id, "before_name": one.name, "after": other.id, "after_name": other.name}
    return Problem("recheck.problem.other_site", params, Place(after.seen.source))
