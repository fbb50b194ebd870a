"""`score`: one or a few sites, on screen and into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from plsp_audit.batch.desk import Desk, Scored
from plsp_audit.batch.files import FORMATS, Writer
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import FOLDER, folders_of, help_option, json_option, standard_option, standards_option
from plsp_audit.loading.packs import Library
from plsp_audit.model.base import exact
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.model.text import folded
from plsp_audit.reporting.json_file import json_line


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the user asked for."""

    lang: Lang
    as_json: bool
    fail_under: str | None
    writer: Writer | None


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("score", help=say("cli.score", lang), add_help_option=False)
    @click.argument("sites", nargs=-1, required=True, type=FOLDER, metavar="SITE...")
    @standard_option(lang)
    @standards_option(lang)
    @click.option("--out", type=FOLDER, metavar="DIR", help=say("cli.help_out", lang))
    @click.option(
        "--format", "formats", metavar="pdf,xlsx,…", help=say("cli.help_format", lang, formats=",".join(FORMATS))
    )
    @click.option("--fail-under", metavar="N|GRADE", help=say("cli.help_fail_under", lang))
    @click.option("--templates", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_templates", lang))
    @click.option(
        "--fonts", type=click.Choice(["bundled", "system"]), default="bundled", help=say("cli.help_fonts", lang)
    )
    @json_option(lang)
    @help_option(lang)
    def score(
        sites: Sequence[Path],
        standard: str | None,
        folders: Sequence[Path],
        out: Path | None,
        formats: str | None,
        fail_under: str | None,
        templates: Sequence[Path],
        fonts: Any,
        as_json: bool,
    ) -> int:
        chosen = _formats(formats, lang)
        writer = None
        if not as_json or out is not None:
            folder = out if out is not None else Path("plsp-out")
            writer = Writer(folder, chosen, lang, folders_of(templates, "PLSP_TEMPLATES"), fonts)
        desk = Desk(Library(folders_of(folders, "PLSP_STANDARDS")), standard, lang)
        return _score_all(desk, sites, _Wish(lang, as_json, fail_under, writer))

    return score


def _formats(given: str | None, lang: Lang) -> list[str]:
    wanted = [f.strip().lower() for f in (given or "pdf,xlsx,json").replace("，", ",").split(",") if f.strip()]
    unknown = [f for f in wanted if f not in FORMATS]
    if unknown or not wanted:
        given = "、".join(unknown)
        raise click.UsageError(say("cli.no_such_format", lang, given=given, known="、".join(FORMATS)))
    return list(dict.fromkeys(wanted))


def _score_all(desk: Desk, sites: Sequence[Path], wish: _Wish) -> int:
    invalid = under = unwritten = False
    for path in sites:
        try:
            scored = desk.score(path)
        except InputError as error:
            tell_problems(error.problems, wish.lang)
            invalid = True
            continue
        tell_problems(scored.opened.warnings, wish.lang)
        if scored.opened.aside:
            tell(say("input.aside", wish.lang, file=str(path), names="、".join(scored.opened.aside)))
        _show(scored, wish)
        under = _under(scored, wish.fail_under, wish.lang) or under
        if wish.writer is not None:
            unwritten = not wish.writer.write(scored, path, tell) or unwritten
    if invalid:
        return Exit.INVALID
    return Exit.NOT_WRITTEN if unwritten else Exit.FOUND if under else Exit.DONE


def _show(scored: Scored, wish: _Wish) -> None:
    if wish.as_json:
        print(json_line(scored.result), flush=True)
        return
    from plsp_audit.cli.table import show_score

    show_score(scored.result, wish.lang, standard=scored.standard)


def _under(scored: Scored, limit: str | None, lang: Lang) -> bool:
    """Tell whether the rounded score, or the grade, is below the limit; sites without a score never are."""
    if limit is None:
        return False
    rank = _grade_rank(limit, scored.standard)
    result = scored.result
    try:
        least = exact(limit) if rank is None else None
    except ValueError:
        known = "、".join(f"{g.id}（{g.title}）" for g in scored.standard.grades)
        raise click.UsageError(say("cli.bad_fail_under", lang, given=limit, known=known)) from None
    if result.score is None or result.grade is None:
        return False
    if rank is not None:
        return scored.standard.grade_rank(result.grade.id) > rank
    return least is not None and result.score.rounded < least


def _grade_rank(name: str, standard: ResolvedStandard) -> int | None:
    wanted = folded(name)
    return next((i for i, g in enumerate(standard.grades) if wanted in (folded(g.id), folded(g.title))), None)
