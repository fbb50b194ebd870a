"""`recheck`: second inspections held against the first ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.recheck import Gathered, Rechecker, single
from plsp_audit.batch.recheck_files import FORMATS, RecheckWriter
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import FOLDER, folders_of, help_option, no_such_format, standards_option
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.recheck import RecheckSummary
from plsp_audit.reporting.recheck_json import recheck_json


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the user asked for."""

    lang: Lang
    as_json: bool
    formats: Sequence[str]
    site_formats: Sequence[str]
    writer: RecheckWriter | None


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    def told(key: str) -> str:
        return say(f"recheck.cli.{key}", lang)

    @click.command("recheck", help=told("about"), add_help_option=False)
    @click.argument("before", type=FOLDER, metavar="BEFORE")
    @click.argument("after", type=FOLDER, metavar="AFTER")
    @click.option("--ledger", "ledgers", type=FOLDER, multiple=True, metavar="LEDGER.xlsx", help=told("ledger"))
    @click.option("--standard", metavar="ID", help=told("standard"))
    @click.option("--before-standard", metavar="ID", help=told("before_standard"))
    @standards_option(lang)
    @click.option("--before-standards", "before_folders", type=FOLDER, multiple=True, metavar="DIR",
                  help=told("before_standards"))  # fmt: skip
    @click.option("--out", type=FOLDER, metavar="DIR", help=say("cli.help_out", lang))
    @click.option("--format", "formats", metavar="pdf,xlsx,…", help=told("format"))
    @click.option("--site-reports", metavar="pdf,xlsx,…", help=told("site_reports"))
    @click.option("--templates", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_templates", lang))
    @click.option("--fonts", type=click.Choice(["bundled", "system"]), default="bundled",
                  help=say("cli.help_fonts", lang))  # fmt: skip
    @click.option("--json", "as_json", is_flag=True, help=told("json"))
    @help_option(lang)
    def recheck(before: Path, after: Path, ledgers: Sequence[Path], **given: Any) -> int:
        wanted = _wanted(lang, **{key: given[key] for key in (
            "out", "formats", "site_reports", "templates", "fonts", "as_json")})  # fmt: skip
        folders = folders_of(given["folders"], "PLSP_STANDARDS")
        desks = (
            Desk(Library([*given["before_folders"], *folders]), given["before_standard"] or given["standard"], lang),
            Desk(Library(folders), given["standard"], lang),
        )
        found = Rechecker(*desks, tell).gather(before, after, ledgers)
        return _report(found, wanted, single(before) and single(after))

    return recheck


def _wanted(
    lang: Lang,
    *,
    out: Path | None,
    formats: str | None,
    site_reports: str | None,
    templates: Sequence[Path],
    fonts: Any,
    as_json: bool,
) -> _Wanted:
    chosen = _formats(formats or ",".join(FORMATS), lang)
    of_sites = _formats(site_reports, lang) if site_reports is not None else []
    writer = None
    if not as_json or out is not None:
        writer = RecheckWriter(out or Path("plsp-out"), lang, folders_of(templates, "PLSP_TEMPLATES"), fonts, tell)
    return _Wanted(lang, as_json, chosen, of_sites, writer)


def _formats(given: str, lang: Lang) -> list[str]:
    wanted = [f.strip().lower() for f in given.replace("，", ",").split(",") if f.strip()]
    unknown = [f for f in wanted if f not in FORMATS]
    if unknown or not wanted:
        raise no_such_format(unknown, FORMATS, lang)
    return list(dict.fromkeys(wanted))


def _report(found: Gathered, wanted: _Wanted, one_file: bool) -> int:
    """Say what was found, write the files, and give the exit code."""
    lang = wanted.lang
    tell_problems(found.problems, lang)
    summary = found.summary()
    if not summary.sites:
        if not found.problems:
            counts = {"before": len(summary.only_before), "after": len(summary.only_after)}
            tell(say("cli.error", lang) + say("recheck.problem.nothing_in_common", lang, **counts))
        return Exit.INVALID if found.problems else Exit.NOTHING
    _show(summary, wanted, one_file)
    for line in found.unpaired(lang):
        tell(line)
    if wanted.writer is not None and not _write(summary, wanted, one_file):
        return Exit.NOT_WRITTEN
    return Exit.SOME_FAILED if found.problems else Exit.DONE


def _show(summary: RecheckSummary, wanted: _Wanted, one_file: bool) -> None:
    if wanted.as_json:
        for one in summary.sites:
            print(json.dumps(recheck_json(one), ensure_ascii=False, separators=(",", ":")), flush=True)
        return
    from plsp_audit.cli.recheck_table import show_recheck, show_summary

    if one_file:
        show_recheck(summary.sites[0], wanted.lang)
    else:
        show_summary(summary, wanted.lang)


def _write(summary: RecheckSummary, wanted: _Wanted, one_file: bool) -> bool:
    writer = wanted.writer
    if writer is None:
        return True
    if one_file:
        return writer.site(summary.sites[0], wanted.formats)
    done = writer.summary(summary, wanted.formats)
    for one in summary.sites if wanted.site_formats else ():
        done = writer.site(one, wanted.site_formats) and done
    return done
