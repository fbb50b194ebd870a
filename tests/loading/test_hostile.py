from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.loading.hostile import CASES

# The costliest of each kind, always; all of them when slow tests run.
ALWAYS = [
    "brackets",
    "dashes",
    "tag handles",
    "one key a million times",
    "broken UTF-8",
    "json brackets",
    "json one key",
]
MAX_SECONDS = 10.0
MAX_MEGABYTES = 200


def run(names: list[str], root: object) -> None:
    command = [sys.executable, "-m", "tests.loading.hostile", *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=str(root), check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in told] == names
    for name, said, seconds, peak in told:
        assert seconds < MAX_SECONDS, (name, said, seconds)
        assert peak < MAX_MEGABYTES, (name, said, peak)


def test_the_worst_files_cost_little(root: object) -> None:
    run(ALWAYS, root)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(CASES))
def test_no_file_costs_much(name: str, root: object) -> None:
    run([name], root)
