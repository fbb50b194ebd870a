"""A small standard with a fact of every type, and the ways to read something under it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk, Opened
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.model.problem import InputError

STANDARDS = Path(__file__).parent / "standards"
HEAD = """plsp: site/1
site: {id: a, name: 甲站, tier: station}
standard: trial
inspection: {date: 2018-10-23}
"""
Told = list[tuple[str, int | None, int | None]]


@pytest.fixture(scope="session")
def trial() -> Desk:
    return Desk(Library([STANDARDS]))


@pytest.fixture(scope="session")
def opened(trial: Desk) -> Callable[..., Opened]:
    """Give `opened(rest)`: an inspection that begins like all others, read and bound."""

    def read(rest: str, head: str = HEAD) -> Opened:
        return trial.open_document(read_bytes((head + rest).encode(), "f.yaml"))

    return read


@pytest.fixture(scope="session")
def told(opened: Callable[..., Opened]) -> Callable[..., Told]:
    """Give `told(rest)`: the codes and places of everything that is wrong with such an inspection."""

    def problems(rest: str, head: str = HEAD) -> Told:
        with pytest.raises(InputError) as caught:
            opened(rest, head)
        return [(p.code, p.place.line, p.place.column) for p in caught.value.problems]

    return problems
