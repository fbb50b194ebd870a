"""`rectify status`: where rectification stands by the ledgers that came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from plsp_audit.analysis.rectify_status import status
from plsp_audit.batch.rectify_files import write_status
from plsp_audit.cli.days import day_given
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import FOLDER, expanded, help_option, no_such_format
from plsp_audit.loading.ledger import ledger_files, read_ledgers
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.rectify_status_view import problems_of

FORMATS = ("xlsx", "json")


def status_command(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("status", help=say("rectify.cli.status", lang), add_help_option=False)
    @click.argument("ledgers", nargs=-1, required=True, type=FOLDER, metavar="LEDGER.xlsx...")
    @click.option("--today", metavar="DATE", help=say("rectify.cli.today", lang))
    @click.option("--changed-deadlines", is_flag=True, help=say("rectify.cli.changed_deadlines", lang))
    @click.option("--out", type=FOLDER, metavar="DIR", help=say("rectify.cli.status_out", lang))
    @click.option("--format", "formats", metavar="xlsx,json", help=say("rectify.cli.status_format", lang))
    @click.option("--json", "as_json", is_flag=True, help=say("rectify.cli.status_json", lang))
    @help_option(lang)
    def command(ledgers: Sequence[Path], **given: Any) -> int:
        # The clock is asked here and nowhere else: results must not depend on when they are made.
        today = day_given(given["today"], lang) if given["today"] else date.today()
        forms = _formats(given["formats"], lang)
        files = ledger_files(expanded(ledgers, lang))
        if not files:
            tell(say("rectify.tell.no_ledgers", lang))
            return Exit.NOTHING
        read = read_ledgers(files)
        found = status(read.entries, read.rows, read.strays, today, changed_deadlines=given["changed_deadlines"],
                       remarks=read.remarks)  # fmt: skip
        if not found.total.total and not found.strays:
            tell(say("rectify.status.none", lang))
            return Exit.NOTHING
        if given["as_json"]:
            from plsp_audit.reporting.rectify_status_json import status_line

            print(status_line(found, lang), flush=True)
        else:
            from plsp_audit.cli.rectify_table import show_status

            show_status(found, lang)
        tell_problems(problems_of(found), lang)
        if given["out"] is not None and not write_status(given["out"], found, forms, lang, tell):
            return Exit.NOT_WRITTEN
        return Exit.DONE

    return command


def _formats(given: str | None, lang: Lang) -> list[str]:
    wanted = [one.strip().lower() for one in (given or "xlsx").replace("，", ",").split(",") if one.strip()]
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown or not wanted:
        raise no_such_format(unknown, FORMATS, lang)
    return list(dict.fromkeys(wanted))
