"""`validate`: every problem of files, nothing scored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from plsp_audit.cli.options import FOLDER, folders_of, help_option, standards_option
from plsp_audit.model.catalogue import Lang, say


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("validate", help=say("cli.validate", lang), add_help_option=False)
    @click.argument("files", nargs=-1, required=True, type=FOLDER, metavar="FILE...")
    @click.option("--standard", metavar="ID", help=say("standards_cli.help_standard", lang))
    @standards_option(lang)
    @click.option("--json", "as_json", is_flag=True, help=say("standards_cli.help_json_file", lang))
    @help_option(lang)
    def validate(files: Sequence[Path], standard: str | None, folders: Sequence[Path], as_json: bool) -> int:
        return _validate(files, standard, folders_of(folders, "PLSP_STANDARDS"), as_json, lang)

    return validate


def _validate(files: Sequence[Path], standard: str | None, folders: Sequence[Path], as_json: bool, lang: Lang) -> int:
    from plsp_audit.batch.desk import Desk
    from plsp_audit.batch.validate import check, files_of
    from plsp_audit.cli.exits import Exit, tell
    from plsp_audit.cli.found import counts, near, print_json, print_problems, problem_json, told
    from plsp_audit.loading.packs import Library

    desk = Desk(Library(folders), standard, lang)
    found = []
    paths = list(dict.fromkeys(path for given in files for path in files_of(given)))
    bad = 0
    for given in files:
        if not files_of(given):
            tell(say("standards_cli.validate.nothing", lang, folder=str(given)))
    if not paths:
        return Exit.NOTHING
    for path in paths:
        problems = told(check(path, desk))
        found += problems
        bad += bool(problems)
        if as_json:
            listed = [problem_json(problem, lang) for problem in problems]
            print_json({"file": near(str(path)), "ok": not problems, "problems": listed})
        else:
            print_problems(problems, lang)
    if not as_json:
        errors, warnings = counts(found)
        key = "found" if found else "clean"
        print(say(f"standards_cli.validate.{key}", lang, count=len(paths), bad=bad, errors=errors, warnings=warnings))
    return Exit.FOUND if found else Exit.DONE
