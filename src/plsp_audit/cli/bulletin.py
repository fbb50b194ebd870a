"""`bulletin`: the circular of a city or province, from results that were written before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from plsp_audit.batch.bulletin import NothingToTell, Wanted, gather
from plsp_audit.batch.bulletin_files import FORMATS, Issue, json_line, write_bulletin
from plsp_audit.cli.days import day_text
from plsp_audit.cli.exits import Exit, tell
from plsp_audit.cli.options import FOLDER, expanded, folders_of, help_option, no_such_format, standards_option
from plsp_audit.cli.sampled import sampled_given
from plsp_audit.loading.bulletin_layout import read_layout
from plsp_audit.loading.packs import Library
from plsp_audit.model.bulletin_letter import LetterHead
from plsp_audit.model.bulletin_number import document_number
from plsp_audit.model.catalogue import Lang, say

F = TypeVar("F", bound=Callable[..., Any])
_TEXTS = ("to", "title", "cc", "note", "copy_no", "secrecy", "urgency", "approver", "printed_by")
_DAYS = ("date", "printed_on", "report_by")
_NAMES = {"date": "DATE", "printed_on": "DATE", "report_by": "DATE", "title": "TITLE", "note": "TEXT"}


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("bulletin", help=_say("about", lang), add_help_option=False)
    @click.argument("results", nargs=-1, required=True, type=FOLDER, metavar="RESULTS...")
    @click.option("--issuer", metavar="NAME", help=_say("issuer", lang))
    @click.option("--number", metavar="NUMBER", help=_say("number", lang))
    @_head_options(lang)
    @click.option("--level", type=click.Choice(["province", "city", "county"]), help=_say("level", lang))
    @click.option("--city", metavar="NAME", help=_say("city", lang))
    @click.option("--county", metavar="NAME", help=_say("county", lang))
    @click.option("--order", metavar="NAME,…", default="", help=_say("order", lang))
    @click.option("--sampled", multiple=True, metavar="TIER[=N]", help=_say("sampled", lang))
    @click.option("--list-sites", is_flag=True, help=_say("list_sites", lang))
    @_output_options(lang)
    @help_option(lang)
    def bulletin(results: Sequence[Path], issuer: str | None, number: str | None, **given: Any) -> int:
        for name, text in (("--issuer", issuer), ("--number", number)):
            if not (text or "").strip():
                raise click.UsageError(say("cli.missing_parameter", lang, name=name))
        head = _head(issuer or "", number or "", given, lang)
        wanted = Wanted(given["level"], given["city"], given["county"], sampled_given(given["sampled"], lang),
                        _listed(given["order"]))  # fmt: skip
        templates = folders_of(given["templates"], "PLSP_TEMPLATES")
        formats = _formats(given["formats"], lang)
        layout = read_layout(templates)
        library = Library(folders_of(given["folders"], "PLSP_STANDARDS"))
        try:
            facts = gather(expanded(results, lang), library, wanted, lang, tell)
        except NothingToTell as nothing:
            tell(str(nothing))
            return Exit.NOTHING
        issue = Issue(facts, head, layout, lang, given["list_sites"], templates, given["fonts"])
        if not head.date:
            tell(_say("no_date", lang))
        if given["as_json"]:
            print(json_line(issue))
        else:
            whole = facts.summary
            print(_say("done", lang, sites=whole.sites, rated=whole.rated, not_rated=whole.not_rated,
                       no_score=whole.no_score))  # fmt: skip
        out = given["out"] or (None if given["as_json"] else Path("plsp-out"))
        return Exit.DONE if out is None or write_bulletin(issue, out, formats, tell) else Exit.NOT_WRITTEN

    return bulletin


def _say(key: str, lang: Lang, **params: object) -> str:
    return say(f"bulletin.screen.{key}", lang, **params)


def _head_options(lang: Lang) -> Callable[[F], F]:
    """Give the options for what the office says of the circular."""

    def wrapped(command: F) -> F:
        for name in reversed((*_DAYS[:1], *_TEXTS, *_DAYS[1:])):
            option = click.option(f"--{name.replace('_', '-')}", name, default="", metavar=_NAMES.get(name, "NAME"),
                                  help=_say(name, lang))  # fmt: skip
            command = option(command)
        return command

    return wrapped


def _output_options(lang: Lang) -> Callable[[F], F]:
    options = [
        standards_option(lang),
        click.option("--out", type=FOLDER, metavar="DIR", help=say("cli.help_out", lang)),
        click.option("--format", "formats", metavar="docx,pdf,json", default="docx,pdf", help=_say("format", lang)),
        click.option("--templates", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_templates", lang)),
        click.option("--fonts", type=click.Choice(["bundled", "system"]), default="bundled",
                     help=say("cli.help_fonts", lang)),
        click.option("--json", "as_json", is_flag=True, help=_say("json", lang)),
    ]  # fmt: skip

    def wrapped(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return wrapped


def _head(issuer: str, number: str, given: dict[str, Any], lang: Lang) -> LetterHead:
    days = {name: day_text(given[name], lang) for name in _DAYS}
    texts = {name: given[name].strip() for name in _TEXTS}
    return LetterHead(issuer=issuer.strip(), number=document_number(number), **texts, **days)


def _listed(text: str) -> list[str]:
    plain = text.replace("，", ",").replace("、", ",")
    return [name for part in plain.split(",") if (name := part.strip())]


def _formats(given: str, lang: Lang) -> list[str]:
    wanted = [name.lower() for name in _listed(given)]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise no_such_format(unknown, FORMATS, lang)
    return list(dict.fromkeys(wanted))
