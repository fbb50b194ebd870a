"""What a machine has and lacks: one finding a piece that the program needs."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import enumerated

State = Literal["ok", "note", "missing"]
FONTS: Final = ("PLSPSansSC-Regular.otf", "PLSPSerifSC-Regular.otf")
_SAMPLE: Final = "公共法律服务中心"
_FANGSONG: Final = ("fangsong", "仿宋")


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece: there, worth a note, or missing so that something does not work. `text` says how to get it."""

    id: str
    state: State
    title: str
    text: str


def findings(folders: Sequence[Path], out: Path, lang: Lang, encoding: str | None) -> Iterator[Finding]:
    """Look at this machine.

    Args:
        folders: A bureau's own folders of standards.
        out: Where results would be written.
        lang: The language of the words.
        encoding: That of the screen.
    """

    def found(name: str, state: State, key: str = "", **params: object) -> Finding:
        text = say(f"doctor.{name}.{key or state}", lang, **params)
        return Finding(name, state, say(f"doctor.{name}.title", lang), text)

    version = ".".join(map(str, sys.version_info[:3]))
    yield found("python", "ok" if sys.version_info >= (3, 11) else "missing", version=version)
    yield found("pango", "ok" if has_pango() else "missing")
    folder, lost = bundled_fonts()
    names = enumerated(lost).told(lang)
    yield found("fonts", "missing" if lost else "ok", folder=folder, names=names, count=len(FONTS) - len(lost))
    state, key, count = system_fonts()
    yield found("system_fonts", state, key, count=count)
    yield found("subset", "ok") if has_subset() else found("subset", "note", "missing")
    shown = encoding or "ascii"
    blind: State = "missing" if lang == "zh" else "note"
    readable = shows_chinese(shown)
    yield found("console", "ok" if readable else blind, "ok" if readable else "missing", encoding=shown)
    fault = unwritable(out)
    yield found("output", "ok" if fault is None else "missing", folder=out, fault=fault or "")
    good, broken = standards(folders)
    key = "missing" if broken else "ok" if good else "none"
    names = enumerated(broken or good).told(lang)
    yield found("standards", "ok" if key == "ok" else "missing", key, count=len(good), names=names)


def has_subset() -> bool:
    """Tell whether fonts can be cut down quickly."""
    return importlib.util.find_spec("uharfbuzz") is not None


def has_pango() -> bool:
    """Tell whether PDF can be drawn."""
    from plsp_audit.reporting.pango import pango_missing

    return pango_missing() is None


def bundled_fonts() -> tuple[Path, list[str]]:
    """Give the folder of the bundled fonts, and which of them are not in it."""
    from plsp_audit.model.content import content_dir

    try:
        folder = content_dir("reports") / "fonts"
    except FileNotFoundError:
        return Path("reports", "fonts"), list(FONTS)
    return folder, [name for name in FONTS if not (folder / name).is_file()]


def system_fonts() -> tuple[State, str, int]:
    """Count the families of Chinese fonts that the machine itself has, and look for 仿宋."""
    program = shutil.which("fc-list")
    if program is None:
        return "note", "unknown", 0
    try:
        done = subprocess.run([program, ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "note", "unknown", 0
    families = {line.strip() for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()}
    if not families:
        return "note", "none", 0
    if any(word in family.lower() for family in families for word in _FANGSONG):
        return "ok", "ok", len(families)
    return "note", "no_fangsong", len(families)


def shows_chinese(encoding: str) -> bool:
    """Tell whether a stream of that encoding can carry Chinese."""
    try:
        _SAMPLE.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def unwritable(folder: Path) -> str | None:
    """Say why nothing can be written into a folder, which need not be there yet; None where it can."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        handle, name = tempfile.mkstemp(prefix=".plsp-", dir=place)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def standards(folders: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Give the ids of the standards that can be used to score, and of those that cannot."""
    from plsp_audit.cli.packs import asked
    from plsp_audit.model.problem import InputError
    from plsp_audit.standards.ruletypes import errors

    good: list[str] = []
    broken: list[str] = []
    try:
        names = asked([], folders)
    except InputError as error:
        return good, [problem.message() for problem in error.problems]
    except FileNotFoundError:
        return good, broken
    for one in names:
        try:
            (broken if errors(one.resolve()) else good).append(one.name)
        except InputError:
            broken.append(one.name)
    return good, broken
