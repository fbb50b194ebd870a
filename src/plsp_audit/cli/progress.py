"""How a batch goes on, told on stderr: a bar with rate and time left on a terminal, plain lines in a file or pipe."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final, TextIO

from plsp_audit.batch.order import Stage
from plsp_audit.model.catalogue import Lang, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_EVERY: Final = 10.0
"""Seconds between two plain lines."""

_MOST: Final = 50
"""Warnings that are told one by one."""


class Teller:
    """Tells how a batch goes on.

    Args:
        lang: The language.
        results: Where results go as they come, None for nowhere.
        stream: Where talk goes; stderr when left out.
    """

    def __init__(self, lang: Lang, results: TextIO | None = None, stream: TextIO | None = None) -> None:
        self._lang = lang
        self._results = results
        self._stream = stream or sys.stderr
        self._warned: dict[str, None] = {}
        self._untold = 0
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._stage: Stage = "scoring"
        self._total: int | None = None
        self._done = 0
        self._failed = 0
        self._told = 0.0

    def say(self, text: str) -> None:
        """Tell a sentence."""
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)
        else:
            print(text, file=self._stream, flush=True)

    def warn(self, text: str) -> None:
        """Tell a warning, the same one once; of very many only the first ones."""
        if text in self._warned:
            return
        if len(self._warned) >= _MOST:
            self._untold += 1
            return
        self._warned[text] = None
        self.say(say("cli.warning", self._lang) + text)

    def line(self, line: bytes) -> None:
        """Pass on a result."""
        if self._results is not None:
            self._results.write(line.decode("utf-8") + "\n")

    def begin(self, stage: Stage, total: int | None) -> None:
        """Begin a stage."""
        self.end()
        self._stage, self._total, self._done, self._failed = stage, total, 0, 0
        self._told = time.monotonic()
        if self._stream.isatty():
            self._bar = _bar(self._stream)
            self._task = self._bar.add_task(say(f"batch.stage.{stage}", self._lang), total=total, failed="")
            self._bar.start()

    def step(self, done: int, failed: int) -> None:
        """Count on."""
        self._done += done
        self._failed += failed
        if self._bar is not None and self._task is not None:
            told = say("batch.failed", self._lang, count=self._failed) if self._failed else ""
            self._bar.update(self._task, advance=done, failed=told)
        elif time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            self.say(self._count())

    def end(self) -> None:
        """End a stage."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = self._task = None

    def rest(self) -> None:
        """Tell how much was not told."""
        self.end()
        if self._untold:
            self.say(say("batch.more_warnings", self._lang, count=self._untold))

    def _count(self) -> str:
        stage = say(f"batch.stage.{self._stage}", self._lang)
        if self._stage == "summary" and self._total:
            return say("batch.progress_part", self._lang, stage=stage, percent=100 * self._done // self._total)
        known = "progress" if self._total is None else "progress_of"
        return say(f"batch.{known}", self._lang, stage=stage, done=self._done, total=self._total, failed=self._failed)


def _bar(stream: TextIO) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    class Rate(ProgressColumn):
        """Steps a second."""

        def render(self, task: Task) -> str:
            return "" if not task.speed else f"{task.speed:,.0f}/s" if task.speed >= 10 else f"{task.speed:.1f}/s"

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeElapsedColumn(),
        TimeRemainingColumn(), TextColumn("{task.fields[failed]}", style="red"),
    )  # fmt: skip
    return Progress(*columns, console=Console(file=stream, highlight=False, emoji=False, markup=False), transient=True)
