"""Which standards a command was asked about: by id, by title, by folder, or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, Place, Problem, enumerated
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.resolve import Resolution, resolve


@dataclass(frozen=True, slots=True)
class Asked:
    """A standard that was asked for, not yet read: its name, and where it is looked for."""

    name: str
    library: Library

    def resolve(self) -> Resolution:
        """Read and resolve it.

        Raises:
            InputError: Everything that is wrong with it.
        """
        return resolve(self.library, self.name)


def asked(names: Sequence[str], folders: Sequence[Path]) -> list[Asked]:
    """Give the standards of the names, ids, titles, pack folders or folders of packs; without names every one.

    Raises:
        InputError: A path that holds no standard.
    """
    library = Library(folders)
    if not names:
        return [Asked(name, library) for name in folder_names(library)]
    found: list[Asked] = []
    for name in names:
        path = Path(name)
        path = path.parent if path.name == "standard.yaml" else path
        if path.exists() and not _known(name, library):
            found += _below(path, folders)
        else:
            found.append(Asked(name, library))
    return found


def the_one(name: str, folders: Sequence[Path], lang: Lang) -> ResolvedStandard:
    """Give the standard of a name, id, title or pack folder.

    Raises:
        click.UsageError: A folder of several standards.
        InputError: Everything that is wrong with it, or a path that holds no standard.
    """
    found = asked([name], folders)
    if len(found) != 1:
        known = enumerated(one.name for one in found).told(lang)
        raise click.UsageError(say("compare.cli.one_standard", lang, name=name, count=len(found), known=known))
    return found[0].resolve().standard


def _known(name: str, library: Library) -> bool:
    return any(name in (pack.id, pack.title) for pack in library.names())


def _below(path: Path, folders: Sequence[Path]) -> Iterator[Asked]:
    if (path / "standard.yaml").is_file():
        whole = path.resolve()
        parent = path.parent if path.name else whole.parent
        yield Asked(whole.name, Library([parent if (parent / whole.name).is_dir() else whole.parent, *folders]))
        return
    packs = sorted(path.glob("*/standard.yaml"))
    if not packs:
        place = Place(str(path))
        raise InputError([Problem("standards_cli.not_a_pack", {"path": str(path)}, place)])
    library = Library([path, *folders])
    for pack in packs:
        yield Asked(pack.parent.name, library)


def folder_names(library: Library) -> list[str]:
    """Give the name of every folder with a standard.yaml, the unreadable ones too."""
    return sorted({path.parent.name for folder in library.folders for path in folder.glob("*/standard.yaml")})
