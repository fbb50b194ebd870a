"""The command line: global options, and each command loaded when it is called."""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from typing import Any, cast

import click

from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import formatter_for, help_option, usage_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, enumerated
from plsp_audit.model.text import nearest

COMMANDS = (
    "score", "batch", "validate", "explain", "rectify", "recheck", "plan", "bulletin", "network", "standards", "doctor"
)  # fmt: skip


class Commands(click.Group):
    """The commands, each imported only when it is wanted."""

    lang: Lang = "zh"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"plsp_audit.cli.{cmd_name}")
        return cast(click.Command, module.build(self.lang))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; name the nearest one where there is none."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            near = enumerated(nearest(name, COMMANDS, 1) or COMMANDS).told(self.lang)
            raise click.UsageError(say("cli.no_such_command", self.lang, name=name, near=near), ctx)
        return super().resolve_command(ctx, args)


def language(args: Sequence[str]) -> tuple[Lang, list[str]]:
    """Take the global options out of the arguments, wherever they stand before a `--`.

    Raises:
        click.UsageError: `--lang` without a language that exists.
    """
    rest: list[str] = []
    wanted: str | None = None
    items = iter(args)
    for arg in items:
        if arg == "--":
            rest += [arg, *items]
        elif arg == "--lang":
            wanted = next(items, "")
        elif arg.startswith("--lang="):
            wanted = arg.removeprefix("--lang=")
        elif arg != "--verbose":
            rest.append(arg)
    if wanted is not None and wanted not in ("zh", "en"):
        raise click.UsageError(say("cli.bad_lang", "zh", given=wanted))
    chosen = wanted or os.environ.get("PLSP_LANG", "zh")
    return ("en" if chosen == "en" else "zh"), rest


def group(lang: Lang) -> click.Group:
    """Give the whole command line in one language."""
    commands = Commands(
        name="plsp-audit",
        help=say("cli.about", lang),
        epilog=say("cli.global_options", lang),
        no_args_is_help=True,
        add_help_option=False,
        context_settings={"help_option_names": []},
    )
    commands.lang = lang
    wrapped = help_option(lang)(commands)
    return cast(click.Group, wrapped)


def run(args: Sequence[str]) -> int:
    """Run one command line; give its exit code."""
    lang: Lang = "zh"
    try:
        lang, rest = language(args)
        click.Context.formatter_class = formatter_for(lang)
        found: Any = group(lang).main(args=rest, prog_name="plsp-audit", standalone_mode=False)
        return int(found) if found is not None else Exit.DONE
    except click.exceptions.NoArgsIsHelpError as error:
        tell(error.format_message())
        return Exit.USAGE
    except click.UsageError as error:
        tell(say("cli.error", lang) + usage_text(error, lang))
        if error.ctx is not None:
            tell(say("cli.see_help", lang, command=error.ctx.command_path))
        return Exit.USAGE
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        if stop.code == 1:
            # Click's answer to a pipe that nobody reads; as an exit code, 1 would mean something else here.
            raise BrokenPipeError from None
        raise
    except click.Abort:
        raise KeyboardInterrupt from None
    except InputError as error:
        tell_problems(error.problems, lang)
        return Exit.INVALID
