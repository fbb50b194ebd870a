"""`batch`: many sites in one run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from plsp_audit.batch.executors import ExecutorError
from plsp_audit.batch.files import FORMATS
from plsp_audit.batch.limit import Limit
from plsp_audit.batch.order import Ending, Order
from plsp_audit.batch.run import Batch
from plsp_audit.batch.work import Settings
from plsp_audit.cli.exits import Exit, tell
from plsp_audit.cli.options import FOLDER, folders_of, help_option, standard_option, standards_option
from plsp_audit.cli.progress import Teller
from plsp_audit.cli.results import chosen_formats
from plsp_audit.cli.sampled import sampled_given
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import enumerated


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""
    formats = say("batch.help_site_reports", lang, formats=",".join(FORMATS))
    timeout = say("batch.help_report_timeout", lang)

    @click.command("batch", help=say("batch.command", lang), epilog=say("batch.epilog", lang), add_help_option=False)
    @click.argument("paths", nargs=-1, required=True, type=FOLDER, metavar="PATH...")
    @standard_option(lang)
    @standards_option(lang)
    @click.option("--out", type=FOLDER, metavar="DIR", help=say("batch.help_out", lang))
    @click.option("--resume", is_flag=True, help=say("batch.help_resume", lang))
    @click.option("--workers", metavar="N", help=say("batch.help_workers", lang))
    @click.option("--executor", metavar="ADDRESS", help=say("batch.help_executor", lang))
    @click.option("--site-reports", "formats", metavar="pdf,xlsx,…", help=formats)
    @click.option("--report-timeout", "seconds", metavar="SECONDS", default="120", help=timeout)
    @click.option("--templates", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_templates", lang))
    @click.option("--fonts", type=click.Choice(["bundled", "system"]), default="bundled",
                  help=say("cli.help_fonts", lang))  # fmt: skip
    @click.option("--sampled", multiple=True, metavar="TIER=OF", help=say("batch.help_sampled", lang))
    @click.option("--fail-under", metavar="N|GRADE", help=say("cli.help_fail_under", lang))
    @click.option("--json", "as_json", is_flag=True, help=say("batch.help_json", lang))
    @help_option(lang)
    def batch(paths: Sequence[Path], as_json: bool, **options: Any) -> int:
        order = _order(paths, as_json, options, lang)
        teller = Teller(lang, sys.stdout if as_json else None)
        made = Batch(order, teller)
        if order.limit is not None and not made.fits(order.limit):
            known = enumerated(made.grades()).told(lang)
            raise click.UsageError(say("batch.bad_limit", lang, given=order.limit.text, known=known))
        try:
            ending = made.run()
        except ExecutorError as error:
            raise click.UsageError(str(error)) from None
        finally:
            teller.rest()
        return _told(ending, order, as_json, lang)

    return batch


def _order(paths: Sequence[Path], as_json: bool, options: dict[str, Any], lang: Lang) -> Order:
    """Read the options."""
    out = options["out"] if options["out"] is not None or as_json else Path("plsp-out")
    folders = tuple(map(str, folders_of(options["folders"], "PLSP_STANDARDS")))
    workers, limit = options["workers"], options["fail_under"]
    if workers is not None and not (workers.isascii() and workers.isdecimal() and int(workers)):
        raise click.UsageError(say("batch.bad_workers", lang))
    return Order(
        paths=paths,
        settings=Settings(options["standard"], folders, lang),
        out=out,
        workers=int(workers) if workers is not None else None,
        resume=options["resume"],
        executor=options["executor"],
        formats=chosen_formats(options["formats"], lang) if options["formats"] is not None else (),
        templates=folders_of(options["templates"], "PLSP_TEMPLATES"),
        fonts=options["fonts"],
        limit=Limit(limit) if limit is not None else None,
        sampled=sampled_given(options["sampled"], lang),
        report_seconds=_seconds(options["seconds"], lang),
    )


def _seconds(text: str, lang: Lang) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0
    if not 0 < found < 1e6:
        raise click.UsageError(say("batch.bad_timeout", lang))
    return found


def _told(ending: Ending, order: Order, as_json: bool, lang: Lang) -> Exit:
    """Say what came of it, and give the exit code."""
    if ending.nothing and ending.unwritten:
        return Exit.NOT_WRITTEN
    if ending.nothing:
        tell(say("batch.nothing", lang, paths="  ".join(map(str, order.paths))))
        return Exit.NOTHING
    if ending.summary is not None and not as_json:
        from plsp_audit.cli.batch_table import show_batch

        show_batch(ending.summary, lang)
    for row in ending.errors if order.out is None else ():
        told = say("batch.told", lang, fault=row.fault, remedy=row.remedy)
        tell(f"{row.file}{f':{row.line}' if row.line else ''}: {told}")
    tell(say("batch.finished", lang, sites=ending.sites, failed=ending.failed))
    if order.limit is not None and ending.under:
        tell(say("batch.under", lang, limit=order.limit.text, count=ending.under))
    if order.out is not None:
        if ending.failed:
            tell(say("batch.see_errors", lang, file=str(order.out / "errors.csv")))
        if ending.drawn is not None:
            drawn, failed = ending.drawn
            tell(say("batch.drawn", lang, count=drawn))
            if failed:
                tell(say("batch.not_drawn", lang, count=failed, file=str(order.out / "errors.csv")))
        tell(say("batch.written", lang, folder=str(order.out), names="  ".join(ending.written)))
    if ending.unwritten:
        return Exit.NOT_WRITTEN
    return Exit.SOME_FAILED if ending.failed else Exit.FOUND if ending.under else Exit.DONE
