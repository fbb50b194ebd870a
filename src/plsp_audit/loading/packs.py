"""Where standards are looked for, and a pack's files read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from plsp_audit.loading.facts import read_facts
from plsp_audit.loading.read_file import BrokenFileError, RawDocument, read_path
from plsp_audit.loading.salvage import salvaged_standard
from plsp_audit.loading.validation import validated
from plsp_audit.model.content import content_dir
from plsp_audit.model.facts import FactsFile
from plsp_audit.model.problem import InputError, Place, Problem, enumerated, in_order
from plsp_audit.model.rules import RulesFile
from plsp_audit.model.standard import StandardFile
from plsp_audit.model.text import folded, nearest
from plsp_audit.model.values import shown

T = TypeVar("T")
_FOLDER_NAME = re.compile(r"[^/\\.:\x00-\x1f][^/\\:\x00-\x1f]{0,60}")


@dataclass(frozen=True, slots=True)
class Pack:
    """One standard's files, read and not yet resolved.

    Attributes:
        document: Its standard.yaml.
        file: The same as a model.
        facts: Its own facts.yaml, None where it has none.
        rules: By tier id: the rules file and its raw rules.
        problems: What is wrong with the files beside standard.yaml; what can be read of them is here all the same.
        facts_known: Whether its facts.yaml could be read, or there is none.
    """

    folder: Path
    document: RawDocument
    file: StandardFile
    facts: FactsFile | None
    facts_document: RawDocument | None
    rules: dict[str, tuple[RawDocument, RulesFile]]
    problems: tuple[Problem, ...] = ()
    facts_known: bool = True


@dataclass(frozen=True, slots=True)
class PackName:
    """A pack that was found: id, title and province as its standard.yaml says."""

    id: str
    title: str
    province: str | None
    folder: Path


def _same(one: str, other: str) -> bool:
    return folded(one) == folded(other)


class Library:
    """The folders in which standards are looked for, in order; the shipped one is last.

    Args:
        folders: A bureau's own folders, searched first.
        shipped: The folder of the shipped standards; None takes the one of this program.
    """

    def __init__(self, folders: Sequence[Path] = (), shipped: Path | None = None) -> None:
        self.shipped = shipped if shipped is not None else content_dir("standards")
        self.folders = (*folders, self.shipped)
        for folder in folders:
            if not folder.is_dir():
                raise InputError([Problem("standard.no_such_folder", {"folder": str(folder)}, Place(str(folder)))])
        self._names: list[PackName] | None = None
        self._shared: list[FactsFile] | None = None

    def names(self) -> list[PackName]:
        """Give every pack that can be named, by id; the first folder that has an id wins, broken packs are left out."""
        if self._names is None:
            found: dict[str, PackName] = {}
            for folder in self.folders:
                for path in sorted(folder.glob("*/standard.yaml")):
                    name = _name_of(path)
                    if name is not None:
                        found.setdefault(name.id, name)
            self._names = sorted(found.values(), key=lambda n: n.id)
        return self._names

    def find(self, name: str) -> PackName:
        """Give the pack of that id or title.

        Raises:
            InputError: There is none.
        """
        for folder in self.folders if _FOLDER_NAME.fullmatch(name) else ():
            if (path := folder / name / "standard.yaml").is_file():
                return PackName(name, name, None, path.parent)
        for pack in self.names():
            if folded(name) in (folded(pack.id), folded(pack.title)):
                return pack
        ids = [p.id for p in self.names()]
        near = nearest(name, [*ids, *(p.title for p in self.names())], 1)
        code = "standard.unknown_standard_near" if near else "standard.unknown_standard"
        raise InputError([Problem(code, {"name": shown(name), "near": "".join(near), "known": enumerated(ids)})])

    def for_province(self, province: str | None, same: Callable[[str, str], bool] = _same) -> list[PackName]:
        """Give the shipped packs of a province, or what a bureau has put in front of them under the same id.

        `same` tells whether two names mean the same place.
        """
        if province is None:
            return []
        shipped = (p for p in self.names() if (self.shipped / p.id / "standard.yaml").is_file())
        return [p for p in shipped if same(p.province or "", province)]

    def shared_facts(self) -> list[FactsFile]:
        """Give the shared dictionaries, the shipped one first."""
        if self._shared is None:
            paths = [folder / "facts.yaml" for folder in reversed(self.folders)]
            self._shared = [read_facts(read_path(path)) for path in paths if path.is_file()]
        return self._shared

    def load(self, name: str) -> Pack:
        """Read a pack's files.

        Raises:
            InputError: There is no such pack, or its standard.yaml cannot be read.
        """
        return load_pack(self.find(name).folder)


def _name_of(path: Path) -> PackName | None:
    try:
        tree = read_path(path).tree
    except InputError:
        return None
    if not isinstance(tree, dict) or not isinstance(tree.get("id"), str):
        return None
    title, province = tree.get("title"), tree.get("province")
    name = str(tree["id"])
    title = title if isinstance(title, str) else name
    return PackName(name, title, province if isinstance(province, str) else None, path.parent)


def load_pack(folder: Path) -> Pack:
    """Read standard.yaml, facts.yaml and the tiers' rules files of one folder.

    Raises:
        InputError: standard.yaml cannot be read; with what is wrong with the files beside it.
    """
    problems: list[Problem] = []
    facts_document, facts = None, None
    if (folder / "facts.yaml").is_file():
        facts_document, facts = _read(folder / "facts.yaml", read_facts, problems)
    facts_known = facts is not None or not problems
    document, file = _read(folder / "standard.yaml", lambda d: validated(StandardFile, d.tree, d), problems)
    if document is not None and file is None and isinstance(document.tree, dict):
        file = salvaged_standard(document.tree)
    if document is None or file is None:
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in ("standard.yaml", "facts.yaml"):
                _read(path, _rules, problems)
        raise InputError(in_order(problems))
    if file.id != folder.name:
        params = {"id": file.id, "folder": folder.name}
        problems.append(Problem("standard.id_is_not_folder", params, document.place(("id",))))
    rules: dict[str, tuple[RawDocument, RulesFile]] = {}
    for i, tier in enumerate(file.tiers):
        path = folder / tier.rules
        if Path(tier.rules).name != tier.rules or not path.is_file():
            place = document.place(("tiers", i, "rules"))
            problems.append(Problem("standard.no_rules_file", {"name": tier.rules, "tier": tier.id}, place))
            continue
        rules_document, rules_file = _read(path, _rules, problems)
        if rules_document is not None and rules_file is not None:
            rules[tier.id] = (rules_document, rules_file)
    return Pack(folder, document, file, facts, facts_document, rules, tuple(problems), facts_known)


def _rules(document: RawDocument) -> RulesFile:
    return validated(RulesFile, document.tree, document)


def _read(path: Path, look: Callable[[RawDocument], T], problems: list[Problem]) -> tuple[RawDocument | None, T | None]:
    """Read one file of a pack; takes down what is wrong with it, and gives what can be relied on all the same."""
    try:
        document = read_path(path)
    except BrokenFileError as error:
        more: Sequence[Problem] = ()
        document, made = error.document, None
        try:
            made = look(document)
        except InputError as found:
            more = found.problems
        problems += error.with_more(more)
        return document, None if error.lost else made
    except InputError as error:
        problems += error.problems
        return None, None
    try:
        return document, look(document)
    except InputError as error:
        problems += error.problems
        return document, None
