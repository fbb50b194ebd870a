"""`plan`: the cheapest set of fixes by which a site reaches a grade or a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from plsp_audit.analysis.plan import make_plan
from plsp_audit.analysis.plan_target import read_target
from plsp_audit.batch.desk import Desk, Scored
from plsp_audit.batch.files import why, write_whole
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import (
    FOLDER,
    expanded,
    folders_of,
    help_option,
    json_option,
    no_such_format,
    standard_option,
    standards_option,
)
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.plan import Plan
from plsp_audit.model.problem import InputError, bracketed, enumerated
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.plan_json import json_line, render_json

FORMATS = ("xlsx", "json")


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""
    formats = ",".join(FORMATS)

    @click.command("plan", help=say("plan.cli.help", lang), add_help_option=False)
    @click.argument("sites", nargs=-1, required=True, type=FOLDER, metavar="SITE...")
    @click.option("--target", metavar="GRADE|N", help=say("plan.cli.help_target", lang))
    @click.option("--unknowns", is_flag=True, help=say("plan.cli.help_unknowns", lang))
    @standard_option(lang)
    @standards_option(lang)
    @click.option("--out", type=FOLDER, metavar="DIR", help=say("plan.cli.help_out", lang))
    @click.option("--format", "formats", metavar=formats, help=say("plan.cli.help_format", lang, formats=formats))
    @json_option(lang)
    @help_option(lang)
    def plan(
        sites: Sequence[Path],
        target: str | None,
        unknowns: bool,
        standard: str | None,
        folders: Sequence[Path],
        out: Path | None,
        formats: str | None,
        as_json: bool,
    ) -> int:
        if target is None:
            raise click.UsageError(say("plan.cli.no_target", lang))
        chosen = _formats(formats, lang)
        folder = out if out is not None or formats is None else Path("plsp-out")
        done = _Done(lang, as_json, folder, chosen)
        desk = Desk(Library(folders_of(folders, "PLSP_STANDARDS")), standard, lang)
        for path in expanded(sites, lang):
            try:
                scored = desk.score(path)
            except InputError as error:
                tell_problems(error.problems, lang)
                done.invalid = True
                continue
            tell_problems(scored.opened.warnings, lang)
            if scored.opened.aside:
                tell(say("input.aside", lang, file=str(path), names=enumerated(scored.opened.aside).told(lang)))
            done.take(_planned(scored, target, unknowns, lang), scored.standard, path)
        return done.exit_code()

    return plan


def _planned(scored: Scored, target: str, unknowns: bool, lang: Lang) -> Plan:
    wanted = read_target(target, scored.standard)
    if wanted is None:
        known = enumerated(bracketed(g.id, g.title) for g in scored.standard.grades).told(lang)
        params = {"given": target, "standard": scored.standard.title, "known": known}
        raise click.UsageError(say("plan.cli.bad_target", lang, **params))
    compiled = scored.opened.prepared.compiled
    return make_plan(compiled, scored.result, scored.assessment, wanted, unknowns)


def _formats(given: str | None, lang: Lang) -> list[str]:
    wanted = [f.strip().lower() for f in (given or ",".join(FORMATS)).replace("，", ",").split(",") if f.strip()]
    unknown = [f for f in wanted if f not in FORMATS]
    if unknown or not wanted:
        raise no_such_format(unknown, FORMATS, lang)
    return list(dict.fromkeys(wanted))


@dataclass(slots=True)
class _Done:
    """What the user asked for, and what has happened so far."""

    lang: Lang
    as_json: bool
    folder: Path | None
    formats: Sequence[str]
    invalid: bool = False
    unwritten: bool = False
    unreachable: bool = False
    planned: int = 0
    shown: bool = False
    written: dict[str, Path] = field(default_factory=dict)

    def take(self, plan: Plan, standard: ResolvedStandard, source: Path) -> None:
        """Say one site's plan, and write its files."""
        if self.as_json:
            print(json_line(plan), flush=True)
        else:
            from plsp_audit.cli.plan_table import show_plan

            if self.shown:
                print()
            self.shown = True
            show_plan(plan, standard, self.lang)
        self.planned += plan.status not in ("not_rated", "no_score")
        self.unreachable = self.unreachable or plan.status == "unreachable"
        if self.folder is not None:
            self._write(self.folder, plan, standard, source)

    def _write(self, folder: Path, plan: Plan, standard: ResolvedStandard, source: Path) -> None:
        stem = f"{plan.site.id}-plan"
        first = self.written.setdefault(stem.casefold(), source)
        if first.resolve() != source.resolve():
            tell(say("plan.cli.same_site", self.lang, id=plan.site.id, first=str(first), second=str(source)))
            self.unwritten = True
            return
        done = []
        for name in self.formats:
            target = folder / f"{stem}.{name}"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                write_whole(target, self._content(name, plan, standard))
                done.append(str(target))
            except OSError as error:
                tell(say("cli.not_written", self.lang, file=str(target), fault=why(error, self.lang)))
                self.unwritten = True
        if done:
            tell(say("cli.written", self.lang, files="  ".join(done)))

    def _content(self, name: str, plan: Plan, standard: ResolvedStandard) -> bytes:
        if name == "json":
            return render_json(plan)
        from plsp_audit.reporting.plan_xlsx import render_plan_xlsx

        return render_plan_xlsx(plan, standard, self.lang)

    def exit_code(self) -> Exit:
        """Give the exit code of everything together."""
        if self.invalid:
            return Exit.INVALID
        if self.unwritten:
            return Exit.NOT_WRITTEN
        if not self.planned:
            return Exit.NOTHING
        return Exit.FOUND if self.unreachable else Exit.DONE
