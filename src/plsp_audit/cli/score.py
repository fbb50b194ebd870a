"""`score`: one or a few sites, on screen and into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from plsp_audit.batch.desk import Desk, Scored
from plsp_audit.cli.exits import Exit
from plsp_audit.cli.options import FOLDER, expanded, folders_of, help_option, standard_option
from plsp_audit.cli.results import Counter, counter, only_tier, output_options
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("score", help=say("cli.score", lang), add_help_option=False)
    @click.argument("sites", nargs=-1, required=True, type=FOLDER, metavar="SITE...")
    @standard_option(lang)
    @output_options(lang)
    @help_option(lang)
    def score(sites: Sequence[Path], standard: str | None, folders: Sequence[Path], **output: Any) -> int:
        wanted = [s.strip() for s in (standard or "").replace("，", ",").split(",") if s.strip()]
        library = Library(folders_of(folders, "PLSP_STANDARDS"))
        done = counter(lang, **output)
        files = expanded(sites, lang)
        if len(wanted) > 1:
            return _under_several([Desk(library, name, lang) for name in wanted], wanted, files, done)
        desk = Desk(library, wanted[0] if wanted else None, lang)
        for path in files:
            try:
                done.take(desk.score(path), path)
            except InputError as error:
                done.refuse(error.problems)
        return done.exit_code()

    return score


def _under_several(desks: Sequence[Desk], names: Sequence[str], sites: Sequence[Path], done: Counter) -> Exit:
    """Score each site under several standards: one table a site, one line of JSON and one set of files a standard."""
    for path in sites:
        scored: list[tuple[str, Scored | None]] = []
        for desk, name in zip(desks, names, strict=True):
            try:
                found = desk.score(path)
                done.take(found, path, show=False, suffix=f"-{found.standard.id}")
                scored.append((name, found))
            except InputError as error:
                if not only_tier(error):
                    done.refuse(error.problems)
                    break
                scored.append((name, None))
        else:
            if all(found is None for _, found in scored):
                done.refuse([])
            if not done.as_json:
                from plsp_audit.cli.several import show_several

                show_several(path, scored, done.lang)
    return done.exit_code()
