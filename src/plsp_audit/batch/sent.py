"""Settings for a worker that shares no disk: the bureau's own standards travel with them."""

from __future__ import annotations

import atexit
import pickle
import shutil
import tempfile
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from plsp_audit.batch.work import Failed, Settings


class Sent(NamedTuple):
    """Settings, and the standards of their folders, packed."""

    settings: Settings
    packed: bytes


def sent(settings: Settings) -> Sent:
    """Pack the standards of the settings' folders."""
    if not settings.folders:
        return Sent(settings, b"")
    files = [
        (number, path.relative_to(folder).as_posix(), path.read_bytes())
        for number, folder in enumerate(map(Path, settings.folders))
        for path in sorted([*folder.glob("*.yaml"), *folder.glob("*/*.yaml")])
    ]
    return Sent(settings, zlib.compress(pickle.dumps(files)))


@cache
def settings_of(given: Sent) -> tuple[Settings, Callable[[Failed], Failed] | None]:
    """Unpack them, once a process.

    Returns:
        Settings that hold here, and what gives places in those standards as the sender knows them; None where there
        are none.
    """
    if not given.packed:
        return given.settings, None
    top = Path(tempfile.mkdtemp(prefix="plsp-standards-"))
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    names = {}
    for number, folder in enumerate(given.settings.folders):
        here = top / str(number)
        here.mkdir()
        names[str(here)] = folder
    for number, name, content in pickle.loads(zlib.decompress(given.packed)):
        path = top / str(number) / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return given.settings._replace(folders=tuple(names)), partial(_at_home, names)


def _at_home(names: dict[str, str], failed: Failed) -> Failed:
    def told(text: str) -> str:
        for here, there in names.items():
            text = text.replace(here, there)
        return text

    rows = (row._replace(file=told(row.file), fault=told(row.fault), remedy=told(row.remedy)) for row in failed.rows)
    return failed._replace(rows=tuple(rows))
