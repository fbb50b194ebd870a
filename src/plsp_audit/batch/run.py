"""A whole batch: sites scored, results rolled up, files drawn. The same inputs give the same bytes always."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from plsp_audit.analysis.bulletin_places import tiers_of, unknown_samples
from plsp_audit.batch.desk import TOOL
from plsp_audit.batch.executors import SERIAL_BELOW, Executor, ExecutorError, Serial
from plsp_audit.batch.faults import errors_csv
from plsp_audit.batch.files import why, write_whole
from plsp_audit.batch.inputs import Listing, list_inputs
from plsp_audit.batch.journal import RESULTS
from plsp_audit.batch.limit import Limit
from plsp_audit.batch.order import Ending, Listener, Order
from plsp_audit.batch.outputs import (
    DASHBOARD,
    ERRORS,
    MANIFEST,
    PASSES,
    SUMMARY,
    rolled_up,
    write_dashboard,
    write_manifest,
    write_summary_book,
)
from plsp_audit.batch.pool import Pool
from plsp_audit.batch.reports import Reports, Wanted
from plsp_audit.batch.scoring import Scoring, few
from plsp_audit.batch.store import Store
from plsp_audit.batch.tasks import NO_TABLE, Item, Reader
from plsp_audit.batch.work import desk_for
from plsp_audit.model.catalogue import say
from plsp_audit.model.problem import Problem, bracketed, enumerated
from plsp_audit.model.rollup import Summary
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting import pango
from plsp_audit.reporting.wording import label


class Batch:
    """One batch.

    Args:
        order: What is asked for.
        listener: Who is told how it goes on.

    Raises:
        InputError: The standard that was named, or a folder of standards, is not there or unfit.
    """

    def __init__(self, order: Order, listener: Listener) -> None:
        self.order = order
        self.listener = listener
        self.lang = order.settings.lang
        self.desk = desk_for(order.settings)
        if order.settings.standard is not None:
            self.desk.standard(order.settings.standard)
        self.workers = order.workers or os.cpu_count() or 1
        self._cluster: Executor | None = None
        self._formats = list(order.formats)
        self._done = Ending()

    def grades(self) -> list[str]:
        """Give the grades of the standards that may score."""
        every = (grade for standard in self._standards() for grade in standard.grades)
        return list(dict.fromkeys(bracketed(grade.id, grade.title) for grade in every))

    def fits(self, limit: Limit) -> bool:
        """Tell whether sites can be held against a limit: it is a number, or a grade of some standard at hand."""
        return limit.is_number or any(limit.fits(standard) for standard in self._standards())

    def _standards(self) -> Iterator[ResolvedStandard]:
        wanted = self.order.settings.standard
        for name in [wanted] if wanted is not None else [pack.id for pack in self.desk.library.names()]:
            if self.desk.digest(name):
                yield self.desk.standard(name).standard

    def run(self) -> Ending:
        """Do it all.

        Returns:
            How it ended.

        Raises:
            ExecutorError: The cluster cannot be used.
            KeyboardInterrupt: The user stopped it; what was done stays for a later run.
        """
        listing = list_inputs(self.order.paths, self.order.out)
        for pattern in listing.missing:
            self.listener.say(say("batch.missing", self.lang, path=pattern))
        for kind in list(listing.passed):
            self._tell_passed(listing, kind)
        if not listing.sources:
            return Ending()
        self._look_for_pango()
        if self.order.executor is not None:
            from plsp_audit.batch.cluster import Cluster

            self._cluster = Cluster(self.order.settings, self.order.executor)
        try:
            return self._run(listing)
        except BlockingIOError:
            self.listener.say(say("batch.locked", self.lang, folder=str(self.order.out)))
        except ExecutorError as error:
            self.listener.end()
            self.listener.say(str(error))
        except OSError as error:
            self._not_written(str(error.filename or self.order.out), error)
        return Ending(unwritten=True)

    def _run(self, listing: Listing) -> Ending:
        if self.order.out is None:
            return self._score(listing, None).ending
        store = Store(self.order.out, self._options(), self.desk.digest)
        try:
            return self._stored(listing, store, self.order.out)
        except KeyboardInterrupt:
            self.listener.end()
            count = self._done.sites + self._done.failed
            self.listener.say(say("batch.stopped", self.lang, count=count))
            raise
        finally:
            store.close()

    def _stored(self, listing: Listing, store: Store, out: Path) -> Ending:
        changed = store.begin(self.order.resume)
        if store.replaces and not changed:
            self.listener.say(say("batch.replaces", self.lang, folder=str(out)))
        if changed:
            words = enumerated(say(f"batch.option.{name}", self.lang) for name in changed).told(self.lang)
            self.listener.say(say("batch.changed", self.lang, options=words))
        scoring = self._score(listing, store)
        ending = scoring.ending
        if ending.nothing:
            return ending
        if self.order.resume:
            fresh = ending.sites + ending.failed - ending.kept
            self.listener.say(say("batch.resumed", self.lang, kept=ending.kept, fresh=fresh))
        (out / MANIFEST).unlink(missing_ok=True)
        store.finish()
        ending.written.append(RESULTS)
        self._write(out, ERRORS, ending, lambda path: write_whole(path, errors_csv(ending.errors, self.lang)))
        summary = self._summary(out, scoring)
        if len(self._formats) < len(self.order.formats):
            self.listener.say(say("batch.no_pdf", self.lang))
            ending.unwritten = True
        if self._formats:
            self._reports(out, listing, store, summary, scoring)
        standards = [
            {"id": name, "title": self.desk.standard(name).standard.title, "digest": digest}
            for name, digest in sorted(scoring.standards)
        ]
        manifest = partial(write_manifest, out, store.entries(), standards, summary, self.order, ending)
        self._write(out, MANIFEST, ending, lambda path: manifest())
        return ending

    def _score(self, listing: Listing, store: Store | None) -> Scoring:
        find = store.find if store is not None and self.order.resume and store.taken_over else None
        items = Reader(self.desk, listing, self._warn, find).items()
        tables = any(source.table for source in listing.sources)
        self.listener.begin("scoring", None if tables else len(listing.sources))
        scoring = Scoring(self.order, self.desk, self.listener, store)
        self._done = scoring.ending
        first, all_there = few(items, SERIAL_BELOW)
        executor = self._executor(sum(item.known is None for item in first), all_there)
        try:
            scoring.run(chain(first, items), executor)
        finally:
            executor.close()
        self.listener.end()
        if NO_TABLE in listing.passed:
            self._tell_passed(listing, NO_TABLE)
        return scoring

    def _look_for_pango(self) -> None:
        """Say before the work begins where this machine cannot draw the PDFs that are asked for; the rest is done."""
        if self.order.out is not None and "pdf" in self._formats and (missing := pango.pango_missing(self.lang)):
            self.listener.say(missing)
            self._formats.remove("pdf")

    def _executor(self, todo: int, all_there: bool) -> Executor:
        if self._cluster is not None:
            return self._cluster
        settings = self.order.settings
        asked = self.order.workers
        if self.workers < 2 or asked is None and all_there or all_there and todo < 2:
            return Serial(settings)
        return Pool(settings, self.workers)

    def _summary(self, out: Path, scoring: Scoring) -> Summary:
        ending, lang = scoring.ending, self.lang
        self.listener.begin("summary", PASSES * ending.sites)
        step = partial(self.listener.step, 1, 0)
        summary = ending.summary = rolled_up(out, self.desk, list(scoring.standards), self.order, step)
        if unknown := unknown_samples(summary, self.order.sampled):
            tiers = [bracketed(tier, label(f"tier.{tier}", lang, tier)) for tier in tiers_of(summary)]
            given, known = (enumerated(words).told(lang) for words in (unknown, tiers))
            self.listener.end()
            self.listener.say(say("batch.no_such_sample", lang, given=given, known=known))
        self._write(out, SUMMARY, ending, lambda path: write_summary_book(out, summary, ending.errors, lang, step))
        self._write(out, DASHBOARD, ending, lambda path: write_dashboard(out, summary, self.order, step))
        self.listener.end()
        return summary

    def _reports(self, out: Path, listing: Listing, store: Store, summary: Summary, scoring: Scoring) -> None:
        """Draw the files of the sites that count."""
        again = Reader(self.desk, Listing(listing.sources), lambda problem: None)
        wanted = self._wanted(again.items(), store, summary)
        self.listener.begin("reports", summary.sites)
        workers = min(self.workers, max(summary.sites, 1))
        reports = Reports(out, replace(self.order, formats=self._formats), workers, self.listener)
        reports.run(wanted)
        self.listener.end()
        scoring.ending.drawn = reports.whole, len(reports.errors)
        if reports.errors:
            scoring.ending.unwritten = True
            rows = [*scoring.ending.errors, *reports.errors]
            self._write(out, ERRORS, scoring.ending, lambda path: write_whole(path, errors_csv(rows, self.lang)))

    def _wanted(self, items: Iterator[Item], store: Store, summary: Summary) -> Iterator[Wanted]:
        for item, entry in zip(items, store.entries(), strict=False):
            if entry.length and (entry.about[0], entry.about[3]) not in summary.superseded:
                yield Wanted(item.task, entry)

    def _write(self, out: Path, name: str, ending: Ending, write: Callable[[Path], None]) -> None:
        """Write an output; where that fails it is said, and the others are still written."""
        try:
            write(out / name)
        except OSError as error:
            self._not_written(str(out / name), error)
            ending.unwritten = True
        else:
            if name not in ending.written:
                ending.written.append(name)

    def _not_written(self, file: str, error: OSError) -> None:
        self.listener.end()
        self.listener.say(say("cli.not_written", self.lang, file=file, fault=why(error, self.lang)))

    def _options(self) -> dict[str, str]:
        """Give what results depend on beside their inputs and the standards that scored them."""
        packs = ";".join(f"{p.id},{p.province or ''}" for p in self.desk.library.names())
        settings = self.order.settings
        return {"tool": TOOL, "standard": settings.standard or "", "lang": settings.lang, "packs": packs}

    def _warn(self, problem: Problem) -> None:
        self.listener.warn(problem.text(self.lang))

    def _tell_passed(self, listing: Listing, kind: str) -> None:
        """Say what was passed over."""
        passed = listing.passed[kind]
        more = say("batch.and_more", self.lang, count=passed.count) if passed.count > len(passed.first) else ""
        names = enumerated(passed.first).told(self.lang) + more
        what = say(f"batch.passed.{kind}", self.lang)
        self.listener.say(say("batch.passed_over", self.lang, what=what, count=passed.count, names=names))
