"""Options that several commands share, and the words of help and usage in the user's language."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from plsp_audit.cli.exits import Exit, tell
from plsp_audit.model.catalogue import Lang, known, say
from plsp_audit.model.problem import enumerated

F = TypeVar("F", bound=Callable[..., Any])
FOLDER = click.Path(path_type=Path)


class Formatter(click.HelpFormatter):
    """Help with headings in the user's language."""

    lang: Lang = "zh"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, say("cli.usage", self.lang) + " ")

    def write_heading(self, heading: str) -> None:
        """Write a heading; Options and Commands in the user's language."""
        key = f"cli.heading_{heading.lower()}"
        super().write_heading(say(key, self.lang) if known(key, self.lang) else heading)


def formatter_for(language: Lang) -> type[Formatter]:
    """Give the help formatter of a language."""
    return type("LocalFormatter", (Formatter,), {"lang": language})


def help_option(lang: Lang) -> Callable[[F], F]:
    """Give the `--help` option with its help in the user's language."""
    return click.help_option("--help", "-h", help=say("cli.help_help", lang))


def standards_option(lang: Lang) -> Callable[[F], F]:
    """`--standards DIR`, put in front of `PLSP_STANDARDS` and the shipped folder; may be given more than once."""
    return click.option(
        "--standards", "folders", type=FOLDER, multiple=True, metavar="DIR", help=say("cli.help_standards", lang)
    )


def standard_option(lang: Lang) -> Callable[[F], F]:
    """`--standard ID`."""
    return click.option("--standard", "standard", metavar="ID", help=say("cli.help_standard", lang))


def json_option(lang: Lang) -> Callable[[F], F]:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help=say("cli.help_json", lang))


def expanded(paths: Sequence[Path], lang: Lang) -> list[Path]:
    """Give the files that patterns such as `sites/*.yaml` name, which not every shell fills in itself.

    Raises:
        click.exceptions.Exit: Nothing fits any of them; said, and code 4.
    """
    found: list[Path] = []
    for path in paths:
        text = str(path)
        if any(mark in text for mark in "*?[") and not path.exists():
            found += [Path(name) for name in sorted(glob.glob(text, recursive=True))]
        else:
            found.append(path)
    if not found:
        tell(say("cli.nothing_fits", lang, pattern="  ".join(map(str, paths))))
        raise click.exceptions.Exit(Exit.NOTHING)
    return found


def folders_of(given: Sequence[Path], variable: str) -> list[Path]:
    """Give the folders of an option, then those of its environment variable."""
    more = [Path(p) for p in os.environ.get(variable, "").split(os.pathsep) if p]
    return [*given, *more]


def no_such_format(
    unknown: Iterable[str], known: Iterable[str], lang: Lang, key: str = "cli.no_such_format"
) -> click.UsageError:
    """Give the error for formats that a command cannot write, with those that it can."""
    return click.UsageError(say(key, lang, given=enumerated(unknown).told(lang), known=enumerated(known).told(lang)))


def usage_text(error: click.UsageError, lang: Lang) -> str:
    """Say a usage error in the user's language."""
    if isinstance(error, click.NoSuchOption):
        near = enumerated(error.possibilities or ()).told(lang)
        return say(
            "cli.no_such_option_near" if near else "cli.no_such_option", lang, option=error.option_name, near=near
        )
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else error.param_hint or ""
        return say("cli.missing_parameter", lang, name=str(name))
    if isinstance(error, click.BadOptionUsage):
        return say("cli.option_value", lang, option=error.option_name)
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else ""
        return say("cli.bad_parameter", lang, name=name, fault=error.message)
    return error.message
