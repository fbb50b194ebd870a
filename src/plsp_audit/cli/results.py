"""What several commands do with scored sites: say them, write their files, hold them against a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from plsp_audit.batch.desk import Scored
from plsp_audit.batch.files import FORMATS, Writer
from plsp_audit.batch.limit import Limit
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import FOLDER, folders_of, json_option, no_such_format, standards_option
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, bracketed, enumerated
from plsp_audit.reporting.json_file import json_line

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Counter:
    """What the user asked for, and what has happened so far."""

    lang: Lang
    as_json: bool
    fail_under: str | None
    writer: Writer | None
    invalid: bool = False
    under: bool = False
    unwritten: bool = False
    shown: list[Scored] = field(default_factory=list)

    def refuse(self, problems: Iterable[Any]) -> None:
        """Say why a file cannot be used."""
        tell_problems(problems, self.lang)
        self.invalid = True

    def take(self, scored: Scored, source: Path, show: bool = True, suffix: str = "") -> None:
        """Say one site's result, write its files, and hold it against the limit."""
        tell_problems(scored.opened.warnings, self.lang)
        if scored.opened.aside:
            tell(say("input.aside", self.lang, file=str(source), names=enumerated(scored.opened.aside).told(self.lang)))
        tell_problems(scored.missing_evidence(), self.lang)
        self.shown.append(scored)
        if self.as_json:
            print(json_line(scored.result), flush=True)
        elif show:
            from plsp_audit.cli.table import show_score

            show_score(scored.result, self.lang, standard=scored.standard)
        self.under = _under(scored, self.fail_under, self.lang) or self.under
        if self.writer is not None:
            self.unwritten = not self.writer.write(scored, source, tell, suffix) or self.unwritten

    def exit_code(self) -> Exit:
        """Give the exit code of everything together."""
        if self.invalid:
            return Exit.INVALID
        return Exit.NOT_WRITTEN if self.unwritten else Exit.FOUND if self.under else Exit.DONE


def output_options(lang: Lang) -> Callable[[F], F]:
    """Give the options by which results are asked for; the command gets them as keywords for `counter`."""
    formats = say("cli.help_format", lang, formats=",".join(FORMATS))
    fonts = click.Choice(["bundled", "system"])
    options = [
        standards_option(lang),
        click.option("--out", type=FOLDER, metavar="DIR", help=say("cli.help_out", lang)),
        click.option("--format", "formats", metavar="pdf,xlsx,…", help=formats),
        click.option("--fail-under", metavar="N|GRADE", help=say("cli.help_fail_under", lang)),
        click.option("--templates", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_templates", lang)),
        click.option("--fonts", type=fonts, default="bundled", help=say("cli.help_fonts", lang)),
        json_option(lang),
    ]

    def wrapped(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return wrapped


def counter(
    lang: Lang,
    *,
    out: Path | None,
    formats: str | None,
    fail_under: str | None,
    templates: Sequence[Path],
    fonts: Any,
    as_json: bool,
) -> Counter:
    """Give the counter that the output options ask for; with `--json` nothing is written unless `--out` is given."""
    chosen = chosen_formats(formats, lang)
    writer = None
    if not as_json or out is not None:
        folder = out if out is not None else Path("plsp-out")
        writer = Writer(folder, chosen, lang, folders_of(templates, "PLSP_TEMPLATES"), fonts)
    return Counter(lang, as_json, fail_under, writer)


def chosen_formats(given: str | None, lang: Lang) -> list[str]:
    """Read a list of formats; left out, those of `score`.

    Raises:
        click.UsageError: One is not known, or none is named.
    """
    wanted = [f.strip().lower() for f in (given or "pdf,xlsx,json").replace("，", ",").split(",") if f.strip()]
    unknown = [f for f in wanted if f not in FORMATS]
    if unknown or not wanted:
        raise no_such_format(unknown, FORMATS, lang)
    return list(dict.fromkeys(wanted))


def _under(scored: Scored, text: str | None, lang: Lang) -> bool:
    """Tell whether the rounded score, or the grade, is below the limit; sites without a score never are."""
    if text is None:
        return False
    limit, result = Limit(text), scored.result
    if not limit.fits(scored.standard):
        known = enumerated(bracketed(g.id, g.title) for g in scored.standard.grades).told(lang)
        raise click.UsageError(say("cli.bad_fail_under", lang, given=text, known=known))
    rounded = result.score.rounded if result.score is not None else None
    return limit.under(rounded, result.grade.id if result.grade is not None else None, scored.standard)


def only_tier(error: InputError) -> bool:
    """Tell whether a standard merely lacks the site's tier."""
    return all(p.code == "input.unknown_tier" for p in error.problems)
