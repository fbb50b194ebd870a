"""`standards`: look into packs, find their defects, begin a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from plsp_audit.cli.options import FOLDER, folders_of, help_option, standards_option
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import enumerated
from plsp_audit.model.text import nearest


def _say(key: str, lang: Lang) -> str:
    return say(f"standards_cli.{key}", lang)


F = TypeVar("F", bound=Callable[..., Any])
Resolved = tuple[str | None, click.Command | None, list[str]]


class _Group(click.Group):
    """The sub-commands in the order in which an author meets them."""

    lang: Lang = "zh"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the sub-commands in that order."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Resolved:
        """Find the sub-command; name the nearest one where there is none."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            near = enumerated(nearest(name, self.commands, 1) or self.commands).told(self.lang)
            raise click.UsageError(say("cli.no_such_command", self.lang, name=name, near=near), ctx)
        return super().resolve_command(ctx, args)


def build(lang: Lang) -> click.Command:
    """Give the command group with its help in `lang`."""
    group = _Group("standards", help=say("cli.standards", lang), no_args_is_help=True, add_help_option=False)
    group.lang = lang
    help_option(lang)(group)
    for make in (_list, _show, _lint, _coverage, _compare, _test, _schema, _new):
        group.add_command(make(lang))
    return group


def _json(lang: Lang, key: str = "help_json") -> Callable[[F], F]:
    return click.option("--json", "as_json", is_flag=True, help=_say(key, lang))


def _folders(given: Sequence[Path]) -> list[Path]:
    return folders_of(given, "PLSP_STANDARDS")


def _list(lang: Lang) -> click.Command:
    @click.command("list", help=_say("about_list", lang), add_help_option=False)
    @standards_option(lang)
    @_json(lang)
    @help_option(lang)
    def command(folders: Sequence[Path], as_json: bool) -> int:
        from plsp_audit.cli.standards_list import run_list

        return run_list(_folders(folders), as_json, lang)

    return command


def _show(lang: Lang) -> click.Command:
    @click.command("show", help=_say("about_show", lang), add_help_option=False)
    @click.argument("name", metavar="ID|DIR")
    @click.argument("tier", required=False, metavar="[TIER]")
    @standards_option(lang)
    @_json(lang)
    @help_option(lang)
    def command(name: str, tier: str | None, folders: Sequence[Path], as_json: bool) -> int:
        from plsp_audit.cli.standards_show import run_show

        return run_show(name, tier, _folders(folders), as_json, lang)

    return command


def _lint(lang: Lang) -> click.Command:
    @click.command("lint", help=_say("about_lint", lang), add_help_option=False)
    @click.argument("names", nargs=-1, metavar="[ID|DIR]...")
    @standards_option(lang)
    @_json(lang)
    @help_option(lang)
    def command(names: Sequence[str], folders: Sequence[Path], as_json: bool) -> int:
        from plsp_audit.cli.standards_lint import run_lint

        return run_lint(names, _folders(folders), as_json, lang)

    return command


def _coverage(lang: Lang) -> click.Command:
    @click.command("coverage", help=_say("about_coverage", lang), add_help_option=False)
    @click.argument("names", nargs=-1, metavar="[ID|DIR]...")
    @standards_option(lang)
    @_json(lang)
    @help_option(lang)
    def command(names: Sequence[str], folders: Sequence[Path], as_json: bool) -> int:
        from plsp_audit.cli.standards_coverage import run_coverage

        return run_coverage(names, _folders(folders), as_json, lang)

    return command


def _compare(lang: Lang) -> click.Command:
    @click.command("compare", help=say("compare.cli.about", lang), add_help_option=False)
    @click.argument("a", metavar="A")
    @click.argument("b", metavar="B")
    @click.option("--tier", metavar="TIER[:TIER]", help=say("compare.cli.help_tier", lang))
    @click.option("--out", type=FOLDER, metavar="DIR", help=say("compare.cli.help_out", lang))
    @click.option("--format", "formats", metavar="xlsx,html", help=say("compare.cli.help_format", lang))
    @click.option("--templates", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_templates", lang))
    @standards_option(lang)
    @click.option("--json", "as_json", is_flag=True, help=say("compare.cli.help_json", lang))
    @help_option(lang)
    def command(
        a: str,
        b: str,
        tier: str | None,
        out: Path | None,
        formats: str | None,
        templates: Sequence[Path],
        folders: Sequence[Path],
        as_json: bool,
    ) -> int:
        from plsp_audit.cli.standards_compare import run_compare

        styles = folders_of(templates, "PLSP_TEMPLATES")
        return run_compare((a, b), tier, _folders(folders), out, formats, styles, as_json, lang)

    return command


def _test(lang: Lang) -> click.Command:
    @click.command("test", help=say("cases.about", lang), add_help_option=False)
    @click.argument("paths", nargs=-1, required=True, type=FOLDER, metavar="DIR|FILE...")
    @standards_option(lang)
    @_json(lang, "help_json_file")
    @help_option(lang)
    def command(paths: Sequence[Path], folders: Sequence[Path], as_json: bool) -> int:
        from plsp_audit.cli.standards_cases import run_test

        return run_test(paths, _folders(folders), as_json, lang)

    return command


def _schema(lang: Lang) -> click.Command:
    @click.command("schema", help=_say("about_schema", lang), add_help_option=False)
    @click.argument("kind", required=False, metavar="[facts|standard|rules|site]")
    @click.option("--out", type=FOLDER, metavar="DIR", help=_say("help_out", lang))
    @standards_option(lang)
    @_json(lang, "help_json_schema")
    @help_option(lang)
    def command(kind: str | None, out: Path | None, folders: Sequence[Path], as_json: bool) -> int:
        from plsp_audit.cli.standards_new import run_schema

        return run_schema(kind, out, as_json, lang)

    return command


def _new(lang: Lang) -> click.Command:
    @click.command("new", help=_say("about_new", lang), add_help_option=False)
    @click.argument("name", metavar="ID")
    @click.option("--extends", "parent", metavar="ID", help=_say("help_extends", lang))
    @click.option("--dir", "home", type=FOLDER, metavar="DIR", help=_say("help_dir", lang))
    @standards_option(lang)
    @_json(lang)
    @help_option(lang)
    def command(name: str, parent: str | None, home: Path | None, folders: Sequence[Path], as_json: bool) -> int:
        from plsp_audit.cli.standards_new import run_new

        return run_new(name, parent, home, _folders(folders), as_json, lang)

    return command
