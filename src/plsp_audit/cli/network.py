"""`network`: a county's roster counted and scored under tier `network`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.files import write_whole
from plsp_audit.batch.network import last_day, network_site
from plsp_audit.cli.days import day_given
from plsp_audit.cli.exits import Exit, tell
from plsp_audit.cli.options import FOLDER, folders_of, help_option, standard_option
from plsp_audit.cli.results import counter, output_options
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.loading.roster import Roster, read_rosters
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.places import same_place
from plsp_audit.model.problem import InputError, enumerated
from plsp_audit.model.standard import ResolvedStandard


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("network", help=say("cli.network", lang), add_help_option=False)
    @click.argument("roster", type=FOLDER, metavar="ROSTER")
    @standard_option(lang)
    @click.option("--date", "day", metavar="DATE", help=say("cli.help_network_date", lang))
    @click.option("--province", metavar="NAME", help=say("cli.help_network_place", lang))
    @click.option("--city", metavar="NAME", help=say("cli.help_network_place", lang))
    @click.option("--county", metavar="NAME", help=say("cli.help_network_place", lang))
    @click.option("--save", type=FOLDER, metavar="DIR", help=say("cli.help_network_save", lang))
    @output_options(lang)
    @help_option(lang)
    def network(
        roster: Path,
        standard: str | None,
        day: str | None,
        province: str | None,
        city: str | None,
        county: str | None,
        save: Path | None,
        folders: Sequence[Path],
        **output: Any,
    ) -> int:
        done = counter(lang, **output)
        library = Library(folders_of(folders, "PLSP_STANDARDS"))
        desk = Desk(library, None, lang)
        given = {"province": province, "city": city, "county": county}
        for found in read_rosters(roster):
            places = {key: getattr(found, key) or value for key, value in given.items()}
            chosen = _standard(desk, library, standard, places["province"], lang)
            text = network_site(found, chosen.facts, chosen.id, places, _day(day, found, lang))
            try:
                opened = desk.open_document(read_bytes(text.encode("utf-8"), str(roster), "json"))
                done.take(desk.score_opened(opened, roster.parent), roster)
            except InputError as error:
                done.refuse(error.problems)
                continue
            if save is not None:
                _save(save, opened.inspection.site.id, text, lang)
        return done.exit_code()

    return network


def _standard(desk: Desk, library: Library, name: str | None, province: str | None, lang: Lang) -> ResolvedStandard:
    if name is None:
        near = library.for_province(province, same_place)
        if len(near) != 1:
            known = enumerated(p.id for p in library.names()).told(lang)
            raise click.UsageError(say("cli.network_standard", lang, known=known))
        name = near[0].id
    return desk.standard(name).standard


def _day(given: str | None, roster: Roster, lang: Lang) -> str:
    """Give the day of the inspection: as given, else the last in the roster; the clock is not asked."""
    if given is None:
        found = last_day(roster)
        if found is None:
            raise click.UsageError(say("cli.network_date", lang))
        return found
    return day_given(given, lang).isoformat()


def _save(folder: Path, name: str, text: str, lang: Lang) -> None:
    target = folder / f"{name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(target, text.encode("utf-8"))
    except OSError as error:
        tell(say("cli.not_written", lang, file=str(target), fault=error.strerror or ""))
        raise click.exceptions.Exit(Exit.NOT_WRITTEN) from None
    tell(say("cli.written", lang, files=str(target)))
