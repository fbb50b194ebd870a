"""The files of every site, drawn in processes of their own: what hangs or dies costs that site's files alone."""

from __future__ import annotations

import hashlib
import json
import queue
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from plsp_audit.batch.desk import TOOL
from plsp_audit.batch.journal import FOLDER, RESULTS, Entry
from plsp_audit.batch.order import Listener, Order
from plsp_audit.batch.outputs import DASHBOARD, ERRORS, MANIFEST, SUMMARY
from plsp_audit.batch.render import Drawing, Drawn, Renderer
from plsp_audit.batch.tasks import file_hash
from plsp_audit.batch.work import Task
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.rollup import ErrorRow

_MADE = "reports.jsonl"


class Wanted(NamedTuple):
    """A site whose files are wanted."""

    task: Task
    entry: Entry


class Reports:
    """Draws the files of sites.

    Attributes:
        errors: What could not be drawn, a line for every site.
        whole: How many sites have all their files.

    Args:
        out: Where they go.
        order: What is asked for.
        workers: How many processes draw.
        listener: Who is told.
    """

    def __init__(self, out: Path, order: Order, workers: int, listener: Listener) -> None:
        self.errors: list[ErrorRow] = []
        self.whole = 0
        self._out = out
        self._order = order
        self._listener = listener
        self._lang: Lang = order.settings.lang
        self._names: dict[str, str] = {}
        self._made = out / FOLDER / _MADE
        templates = tuple(map(str, order.templates))
        drawing = Drawing(order.settings, str(out), tuple(order.formats), templates, order.fonts)
        self._look = [drawing.formats, order.fonts, self._lang, TOOL, _folder_hashes(order.templates)]
        self._renderers = [Renderer(drawing) for _ in range(workers)]
        self._free: queue.SimpleQueue[Renderer] = queue.SimpleQueue()
        for renderer in self._renderers:
            self._free.put(renderer)

    def run(self, wanted: Iterable[Wanted]) -> None:
        """Draw the files of every site; what cannot be drawn is told and goes to `errors`.

        Raises:
            OSError: What was made cannot be noted down.
        """
        known = self._known() if self._order.resume else {}
        pool = ThreadPoolExecutor(len(self._renderers))
        waiting: deque[tuple[Wanted, Future[Drawn | str] | None]] = deque()
        source = iter(wanted)
        try:
            with self._made.open("ab" if known else "wb") as made:
                made.write(b"\n")  # what was cut off ends here
                while True:
                    while len(waiting) < 2 * len(self._renderers) and (one := next(source, None)) is not None:
                        if self._may(one):
                            kept = self._stands(one, known)
                            waiting.append((one, None if kept else pool.submit(self._draw, one.task)))
                    if not waiting:
                        return
                    one, future = waiting.popleft()
                    failed = future is not None and not self._take(one, future.result())
                    if future is not None and not failed:
                        made.write(self._note(one))
                        made.flush()
                    self.whole += not failed
                    self._listener.step(1, int(failed))
        finally:
            for renderer in self._renderers:
                renderer.stop()
            pool.shutdown(wait=True, cancel_futures=True)

    def _draw(self, task: Task) -> Drawn | str:
        renderer = self._free.get()
        try:
            return renderer.draw(task, self._order.report_seconds)
        finally:
            self._free.put(renderer)

    def _may(self, one: Wanted) -> bool:
        """Tell, after saying so, whether a site's files would take the place of others."""
        site = one.entry.about[0]
        # Windows and macOS take names that differ in case or in how an accent is written for the same file.
        name = unicodedata.normalize("NFC", site).casefold()
        taken = [f"{name}.{kind}" for kind in self._order.formats]
        own = next((file for file in (RESULTS, SUMMARY, DASHBOARD, ERRORS, MANIFEST) if file in taken), None)
        first = own or self._names.setdefault(name, one.task.file)
        if first is one.task.file:
            return True
        self._error(one, say("batch.same_name", self._lang, id=site, first=first), say("batch.remedy_name", self._lang))
        self._listener.step(1, 1)
        return False

    def _take(self, one: Wanted, drawn: Drawn | str) -> bool:
        """Say what came of a site; tell whether all its files are there."""
        if isinstance(drawn, str):
            self._error(one, say(f"batch.report_{drawn}", self._lang, seconds=f"{self._order.report_seconds:g}"),
                        say(f"batch.report_{drawn}_remedy", self._lang))  # fmt: skip
            return False
        if drawn.digest and drawn.digest != one.entry.about[3]:
            self._error(one, say("batch.report_changed", self._lang), say("batch.report_changed_remedy", self._lang))
            return False
        if not drawn.written:
            fault = "  ".join(drawn.told) or say("batch.report_died", self._lang)
            self._error(one, fault, say("batch.report_unwritten_remedy", self._lang))
            return False
        for text in drawn.told[:-1]:  # the last one lists the files
            self._listener.warn(f"{one.task.file}: {text}")
        return True

    def _error(self, one: Wanted, fault: str, remedy: str) -> None:
        site = one.entry.about[0]
        fault = say("batch.report", self._lang, id=site, fault=fault)
        self.errors.append(ErrorRow(one.task.file, fault=fault, remedy=remedy))
        told = say("batch.told", self._lang, fault=fault, remedy=remedy)
        self._listener.warn(f"{one.task.file}: {told}")

    def _key(self, one: Wanted) -> str:
        about = json.dumps([one.entry[:5], one.entry.about[4], one.entry.about[7], self._look])
        return hashlib.sha256(about.encode("ascii")).hexdigest()

    def _files(self, one: Wanted) -> list[Path]:
        return [self._out / f"{one.entry.about[0]}.{kind}" for kind in self._order.formats]

    def _note(self, one: Wanted) -> bytes:
        note = [self._key(one), [file_hash(path) for path in self._files(one)]]
        return json.dumps(note).encode("ascii") + b"\n"

    def _known(self) -> dict[str, list[str]]:
        """Give the hashes of the files that an earlier run has made."""
        found: dict[str, list[str]] = {}
        try:
            lines = self._made.read_bytes().splitlines()
        except OSError:
            return found
        for line in lines:
            try:
                key, hashes = json.loads(line)
            except ValueError:  # cut off when the run was stopped
                continue
            found[key] = hashes
        return found

    def _stands(self, one: Wanted, known: Mapping[str, list[str]]) -> bool:
        hashes = known.get(self._key(one)) if known else None
        try:
            return hashes is not None and hashes == [file_hash(path) for path in self._files(one)]
        except OSError:
            return False


def _folder_hashes(folders: Iterable[Path]) -> list[list[str]]:
    return [[str(path.relative_to(folder)), file_hash(path)] for folder in folders for path in _below(folder)]


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
