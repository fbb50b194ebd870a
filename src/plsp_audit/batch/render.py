"""A process that draws the files of one site after another, so that one which hangs or dies can be given up.

`Renderer` starts it and talks with it by pickles: a `Drawing` first, then tasks, each answered by what was drawn.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from plsp_audit.batch.work import Settings, Task, opened_task
from plsp_audit.model.problem import InputError

_START = f"from {__name__} import main; main()"


class Drawing(NamedTuple):
    """How the files of sites are drawn.

    Attributes:
        settings: How sites are scored.
        folder: Where files go.
        formats: Which files.
        templates: Folders of templates that come before the shipped ones.
        fonts: `bundled` or `system`.
    """

    settings: Settings
    folder: str
    formats: tuple[str, ...]
    templates: tuple[str, ...] = ()
    fonts: Any = "bundled"


class Drawn(NamedTuple):
    """What came of one site.

    Attributes:
        digest: The fingerprint of the inspection that was drawn; empty where it could not be read.
        written: Whether every file was written.
        told: What is to be said, in order.
    """

    digest: str
    written: bool
    told: tuple[str, ...] = ()


class Renderer:
    """Holds one such process, started when it is needed, again after it was given up."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[Drawn | None] = queue.SimpleQueue()
        self._stopped = False

    def draw(self, task: Task, seconds: float) -> Drawn | str:
        """Draw the files of one site.

        Args:
            task: The site.
            seconds: How long that may take.

        Returns:
            What came of it, or why it was given up: `late` or `died`.
        """
        if self._stopped:
            return "died"
        try:
            answer = self._ask(task, seconds)
        except queue.Empty:
            self._kill()
            return "late"
        except OSError:
            answer = None
        if answer is None:
            self._kill()
            return "died"
        return answer

    def stop(self) -> None:
        """End the process, whatever it is at; it is not started again."""
        self._stopped = True
        self._kill()

    def _ask(self, task: Task, seconds: float) -> Drawn | None:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._answers = queue.SimpleQueue()
            threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
            self._send(self._drawing)
        self._send(task)
        return self._answers.get(timeout=seconds)

    def _send(self, item: Any) -> None:
        process = self._process
        if process is None or process.stdin is None:
            raise BrokenPipeError
        pickle.dump(item, process.stdin)
        process.stdin.flush()

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    try:
                        stream.close()
                    except OSError:  # what was not sent yet
                        continue


def _listen(stream: BinaryIO, answers: queue.SimpleQueue[Drawn | None]) -> None:
    """Pass on what the process says; None when it has ended."""
    try:
        while True:
            answers.put(pickle.load(stream))
    except Exception:  # its end, also in the middle of an answer
        answers.put(None)


def draw_site(drawing: Drawing, task: Task) -> Drawn:
    """Score one site again and write its files."""
    from plsp_audit.batch.files import Writer
    from plsp_audit.batch.work import desk_for

    lang = drawing.settings.lang
    desk = desk_for(drawing.settings)
    try:
        opened = opened_task(desk, task)
    except InputError as error:
        return Drawn("", False, tuple(problem.text(lang) for problem in error.problems))
    source = Path(task.file)
    scored = desk.score_opened(opened, source.parent)
    told: list[str] = []
    templates = [Path(folder) for folder in drawing.templates]
    writer = Writer(Path(drawing.folder), drawing.formats, lang, templates, drawing.fonts)
    written = writer.write(scored, source, told.append)
    return Drawn(scored.result.input_digest, written, tuple(told))


def main() -> None:
    """Draw what is asked for until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that a library says may come between the answers
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def listen() -> None:
        try:
            while True:
                waiting.put(pickle.load(asked))
        finally:
            os._exit(0)  # also out of a drawing that hangs: whoever asked is gone

    threading.Thread(target=listen, daemon=True).start()
    drawing: Drawing = waiting.get()
    while True:
        task: Task = waiting.get()
        try:
            drawn = draw_site(drawing, task)
        except Exception as error:
            drawn = Drawn("", False, (f"{type(error).__name__}: {error}",))
        pickle.dump(drawn, answers)
        answers.flush()
