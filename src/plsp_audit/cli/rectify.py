"""`rectify`: ledgers, lists and notices of what is to be rectified; `rectify status`: the ledgers that came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from plsp_audit.analysis.rectify import ListGroup, SiteList, grouped
from plsp_audit.batch.desk import Desk
from plsp_audit.batch.rectify import Gatherer, calendar_of, owners
from plsp_audit.batch.rectify_files import BY, FORMATS, RectifyWriter
from plsp_audit.cli.days import day_text
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import (
    FOLDER,
    expanded,
    folders_of,
    help_option,
    json_option,
    standard_option,
    standards_option,
)
from plsp_audit.cli.rectify_status import status_command
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import enumerated
from plsp_audit.reporting.notice_view import NoticeHead

F = TypeVar("F", bound=Callable[..., Any])
_HEAD = ("issuer", "number", "date", "report_by", "contact", "phone")


class _Rectify(click.Command):
    """The command, and `status` behind it: `rectify` takes files as they come, so it is no group of commands."""

    status: click.Command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Hand what follows `status` to its own command."""
        if args[:1] == ["status"]:
            return self.status.make_context(f"{info_name} status", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""
    about = say("rectify.cli.about", lang)

    @click.command("rectify", cls=_Rectify, help=about, epilog=say("rectify.cli.more", lang), add_help_option=False)
    @click.argument("results", nargs=-1, required=True, type=FOLDER, metavar="RESULT...")
    @click.option("--by", metavar="site,county,all", help=say("rectify.cli.by", lang))
    @click.option("--owner", metavar="NAME|FILE", help=say("rectify.cli.owner", lang))
    @click.option("--workdays", "holidays", type=FOLDER, multiple=True, metavar="FILE",
                  help=say("rectify.cli.workdays", lang))  # fmt: skip
    @_notice_options(lang)
    @standard_option(lang)
    @standards_option(lang)
    @click.option("--out", type=FOLDER, metavar="DIR", help=say("cli.help_out", lang))
    @click.option("--format", "formats", metavar="xlsx,docx,…", help=say("rectify.cli.format", lang))
    @click.option("--templates", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_templates", lang))
    @click.option("--fonts", type=click.Choice(["bundled", "system"]), default="bundled",
                  help=say("cli.help_fonts", lang))  # fmt: skip
    @json_option(lang)
    @help_option(lang)
    def rectify(results: Sequence[Path], **given: Any) -> int:
        asked = _listed(given["by"], BY, "no_such_by", lang) if given["by"] else []
        forms = _listed(given["formats"], FORMATS, "no_such_format", lang) if given["formats"] else []
        head = _head(given, lang)
        desk = Desk(Library(folders_of(given["folders"], "PLSP_STANDARDS")), given["standard"], lang)
        gatherer = Gatherer(desk, tell, owners(given["owner"]), calendar_of(given["holidays"]))
        gatherer.take(expanded(results, lang))
        if gatherer.problems or gatherer.unread:
            tell_problems(gatherer.problems, lang)
            for line in gatherer.unread:
                tell(line)
            return Exit.INVALID
        lists = gatherer.lists()
        if not lists:
            tell(say("rectify.tell.nothing", lang))
            return Exit.NOTHING
        for year in gatherer.unsure_years():
            tell(say("cli.warning", lang) + say("rectify.tell.unsure_year", lang, year=year))
        return _deliver(lists, gatherer, head, asked, forms, given, lang)

    assert isinstance(rectify, _Rectify)
    rectify.status = status_command(lang)
    return rectify


def _deliver(
    lists: Sequence[SiteList],
    gatherer: Gatherer,
    head: NoticeHead,
    asked: Sequence[str],
    forms: Sequence[str],
    given: dict[str, Any],
    lang: Lang,
) -> int:
    """Say the lists and write them."""
    ways = [by for by in BY if by in asked] if asked else [BY[0] if len(lists) == 1 else BY[2]]
    groups = [group for by in ways for group in grouped(lists, by)]
    notices = sum(group.by == "site" and group.count > 0 for group in groups)
    if notices > 1 and head.number and not head.counts:
        raise click.UsageError(say("rectify.tell.one_number", lang, count=notices, number=head.number))
    if given["as_json"]:
        from plsp_audit.reporting.rectify_json import json_line

        for one in lists:
            print(json_line(one), flush=True)
    else:
        from plsp_audit.cli.rectify_table import show_lists

        show_lists(groups, lang)
    if given["as_json"] and given["out"] is None:
        return Exit.DONE
    writer = RectifyWriter(
        given["out"] or Path("plsp-out"), gatherer.sources(), head, lang, tell,
        folders_of(given["templates"], "PLSP_TEMPLATES"), given["fonts"],
    )  # fmt: skip
    for group in groups:
        writer.write(group, forms or _usual(group))
    return Exit.NOT_WRITTEN if writer.unwritten else Exit.DONE


def _usual(group: ListGroup) -> tuple[str, ...]:
    """Give the formats where none are asked for: a site gets its notice, a list is a workbook."""
    return ("xlsx", "docx", "pdf") if group.by == "site" else ("xlsx",)


def _notice_options(lang: Lang) -> Callable[[F], F]:
    """Give the options for what the office says of its notices."""
    names = {"issuer": "NAME", "number": "NUMBER", "date": "DATE", "report_by": "DATE", "contact": "NAME",
             "phone": "PHONE"}  # fmt: skip

    def wrapped(command: F) -> F:
        for name in reversed(_HEAD):
            option = click.option(f"--{name.replace('_', '-')}", name, default="", metavar=names[name],
                                  help=say(f"rectify.cli.{name}", lang))  # fmt: skip
            command = option(command)
        return command

    return wrapped


def _head(given: dict[str, Any], lang: Lang) -> NoticeHead:
    texts = {name: given[name].strip() for name in ("issuer", "number", "contact", "phone")}
    return NoticeHead(**texts, date=day_text(given["date"], lang), report_by=day_text(given["report_by"], lang))


def _listed(given: str, known: Sequence[str], fault: str, lang: Lang) -> list[str]:
    wanted = [one.strip().lower() for one in given.replace("，", ",").replace("、", ",").split(",") if one.strip()]
    unknown = [one for one in wanted if one not in known]
    if unknown or not wanted:
        params = {"given": enumerated(unknown).told(lang), "known": enumerated(known).told(lang)}
        area = "cli" if fault == "no_such_format" else "rectify.tell"
        raise click.UsageError(say(f"{area}.{fault}", lang, **params))
    return list(dict.fromkeys(wanted))
