"""`doctor`: what this machine lacks, and how to get it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from plsp_audit.cli.options import FOLDER, folders_of, help_option, standards_option
from plsp_audit.model.catalogue import Lang, say


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("doctor", help=say("cli.doctor", lang), add_help_option=False)
    @click.option("--out", type=FOLDER, default=Path("plsp-out"), metavar="DIR", help=say("doctor.help_out", lang))
    @standards_option(lang)
    @click.option("--json", "as_json", is_flag=True, help=say("doctor.help_json", lang))
    @help_option(lang)
    def doctor(out: Path, folders: Sequence[Path], as_json: bool) -> int:
        return _doctor(out, folders_of(folders, "PLSP_STANDARDS"), as_json, lang)

    return doctor


def _doctor(out: Path, folders: Sequence[Path], as_json: bool, lang: Lang) -> int:
    from plsp_audit.cli.exits import Exit, tell
    from plsp_audit.cli.found import print_json
    from plsp_audit.cli.machine import findings

    found = list(findings(folders, out, lang, getattr(sys.stdout, "encoding", None)))
    lacking = [one for one in found if one.state == "missing"]
    if as_json:
        listed = [{"id": f.id, "state": f.state, "title": f.title, "text": f.text} for f in found]
        print_json({"ok": not lacking, "findings": listed})
    else:
        from plsp_audit.cli.screen import show

        show(lambda encoding: _drawing(found, lang, encoding))
        tell(say("doctor.lacking" if lacking else "doctor.all_there", lang, count=len(lacking)))
    return Exit.FOUND if lacking else Exit.DONE


def _drawing(found: Sequence[Any], lang: Lang, encoding: str) -> Any:
    from rich.table import Table
    from rich.text import Text

    from plsp_audit.cli.screen import Prose, Screen

    screen = Screen(lang, encoding)
    styles = {"ok": "green", "note": "yellow", "missing": "bold red"}
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for one in found:
        mark = Text(screen.fit(f"[{say(f'doctor.{one.state}', lang)}]"), style=styles[one.state])
        table.add_row(mark, Text(screen.fit(one.title)), Prose(screen.fit(one.text)))
    return table
