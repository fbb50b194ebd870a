"""`standards new` and `standards schema`: what an author begins with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import click

from plsp_audit.cli.exits import Exit, tell
from plsp_audit.cli.found import near, print_json
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, Problem
from plsp_audit.standards.schema import Kind, json_schema


def run_schema(kind: str | None, out: Path | None, as_json: bool, lang: Lang) -> int:
    """Print the schema of a kind of file, or of all; or write them into a folder."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    if kind is not None and kind not in kinds:
        raise click.UsageError(say("standards_cli.no_kind", lang, given=kind, known=" ".join(kinds)))
    wanted = [k for k in kinds if kind in (None, k)]
    schemas = {k: json_schema(k, lang) for k in wanted}
    if out is None:
        document = schemas[wanted[0]] if kind is not None else schemas
        if as_json:
            print_json(document)
        else:
            print(json.dumps(document, ensure_ascii=False, indent=2))
        return Exit.DONE
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, schema in schemas.items():
            text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
            (out / f"{name}.schema.json").write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        tell(say("cli.not_written", lang, file=str(error.filename or out), fault=error.strerror or ""))
        return Exit.NOT_WRITTEN
    tell(say("standards_cli.written", lang, files="  ".join(str(out / f"{name}.schema.json") for name in schemas)))
    return Exit.DONE


def run_new(
    name: str, parent: str | None, home: Path | None, folders: Sequence[Path], as_json: bool, lang: Lang
) -> int:
    """Make the folder of a new standard."""
    from plsp_audit.standards.resolve import resolve
    from plsp_audit.standards.scaffold import new_pack, write_pack

    home = home if home is not None else folders[0] if folders else Path("standards")
    library = Library([*folders, *([home] if home.is_dir() else [])])
    there = next((pack for pack in library.names() if pack.id == name), None)
    if there is not None:
        raise InputError([Problem("standards_cli.id_there", {"id": name, "title": there.title})])
    files = new_pack(name, resolve(library, parent).standard if parent is not None else None)
    try:
        written = [near(str(path)) for path in write_pack(home / name, files)]
    except OSError as error:
        tell(say("cli.not_written", lang, file=str(error.filename or home / name), fault=error.strerror or ""))
        return Exit.NOT_WRITTEN
    if as_json:
        print_json({"id": name, "folder": near(str(home / name)), "files": written})
        return Exit.DONE
    print(say("standards_cli.written", lang, files="  ".join(written)))
    tell(say("standards_cli.next", lang, path=near(str(home / name))))
    return Exit.DONE
