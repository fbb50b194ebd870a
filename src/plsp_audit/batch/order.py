"""What a batch is asked to do, who is told of it, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from plsp_audit.batch.limit import Limit
from plsp_audit.batch.work import Settings

if TYPE_CHECKING:
    from plsp_audit.model.rollup import ErrorRow, Summary
    from plsp_audit.reporting.fonts import FontChoice

Stage = Literal["checking", "scoring", "summary", "reports"]


class Listener(Protocol):
    """Who is told how the batch goes on."""

    def say(self, text: str) -> None:
        """Hear of something worth knowing."""

    def warn(self, text: str) -> None:
        """Hear of something that may be wrong; there may be very many of these."""

    def line(self, line: bytes) -> None:
        """Take the next result, a line of JSON without the line feed."""

    def begin(self, stage: Stage, total: int | None) -> None:
        """Hear that a stage begins, and of how many steps; None where that is not known yet."""

    def step(self, done: int, failed: int) -> None:
        """Hear how many more are done, and how many of these failed."""

    def end(self) -> None:
        """Hear that the stage is over."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    Attributes:
        paths: Folders, files and patterns.
        settings: How sites are scored.
        out: Where outputs go; None writes nothing.
        workers: How many processes; None takes as many as there are processors, and one for few sites.
        resume: Whether to take over what an earlier run has done.
        executor: The address of a cluster, which works instead of processes of this machine.
        formats: Which files are made of every site.
        templates: Folders of templates that come before the shipped ones.
        fonts: Whether reports may use fonts of this machine.
        limit: What sites should reach.
        sampled: What was only sampled, as `RollUp` takes it.
        report_seconds: How long the files of one site may take.
    """

    paths: Sequence[Path]
    settings: Settings = field(default_factory=Settings)
    out: Path | None = None
    workers: int | None = None
    resume: bool = False
    executor: str | None = None
    formats: Sequence[str] = ()
    templates: Sequence[Path] = ()
    fonts: FontChoice = "bundled"
    limit: Limit | None = None
    sampled: Mapping[str, int | None] = field(default_factory=dict)
    report_seconds: float = 120


@dataclass(slots=True)
class Ending:
    """How it ended.

    Attributes:
        sites: How many were scored.
        failed: How many could not be assessed.
        under: How many are below the limit.
        kept: How many results of an earlier run still held.
        drawn: How many sites have all their files, and how many have not; None where none were asked for.
        unwritten: Whether an output could not be written.
        errors: What could not be assessed.
        summary: What the results come to; None where nothing is written.
        written: The names of the outputs.
    """

    sites: int = 0
    failed: int = 0
    under: int = 0
    kept: int = 0
    drawn: tuple[int, int] | None = None
    unwritten: bool = False
    errors: list[ErrorRow] = field(default_factory=list)
    summary: Summary | None = None
    written: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to inspect."""
        return not self.sites and not self.failed
